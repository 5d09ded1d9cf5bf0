import { describe, expect, it } from 'vitest';
import type { GetUpdatesOptions } from '../../../../../packages/runtime/src/updates/hub/index.js';
import { Bench, countedSignal, said, settled, typing } from './kit.js';

/** Collects from now on. */
async function collecting(...texts: string[]): Promise<Bench> {
  const bench = new Bench();
  expect(await bench.hub.getUpdates()).toEqual([]);
  for (const text of texts) bench.deliver(said(text));
  return bench;
}

const read = async (bench: Bench, options?: GetUpdatesOptions): Promise<string[]> =>
  (await bench.hub.getUpdates(options)).map(({ event }) => event.text);

describe('getUpdates', () => {
  it('gives what has come since the first call, again and again until the offset confirms it', async () => {
    const bench = await collecting('a', 'b');
    const answer = await bench.hub.getUpdates();
    expect(answer.map(({ updateId }) => updateId)).toEqual([0, 1]);
    expect(answer[0]?.update).toBe(answer[0]?.event.update);
    expect(await read(bench, { offset: 0 })).toEqual(['a', 'b']);
    expect(bench.done).toEqual([0, 0]);
    expect(await read(bench, { offset: 1 })).toEqual(['b']);
    expect(bench.done).toEqual([1, 0]);
    expect(await read(bench, { offset: 2 })).toEqual([]);
    expect(bench.done).toEqual([1, 1]);
  });

  it('gives what waited for somebody to come', async () => {
    const bench = new Bench();
    bench.deliver(said('a'), said('b'));
    expect(await read(bench)).toEqual(['a', 'b']);
  });

  it('gives no more than the limit', async () => {
    const bench = await collecting('a', 'b', 'c');
    expect(await read(bench, { limit: 2 })).toEqual(['a', 'b']);
    expect(await read(bench, { offset: 2, limit: 2 })).toEqual(['c']);
  });

  it('takes a negative offset from the end, and is done with the others', async () => {
    const bench = await collecting('a', 'b', 'c');
    expect(await read(bench, { offset: -2 })).toEqual(['b', 'c']);
    expect(bench.done).toEqual([1, 0, 0]);
    expect(await read(bench, { offset: -9 })).toEqual(['b', 'c']);
    expect(await read(bench)).toEqual(['b', 'c']);
  });

  it('waits for the first update as long as it was told', async () => {
    const bench = await collecting();
    const waiting = read(bench, { timeout: 5 });
    await bench.clock.pass(4999);
    bench.deliver(said('a'), said('b'));
    expect(await waiting).toEqual(['a', 'b']);
    expect(bench.clock.pending).toBe(0);
    const vain = read(bench, { offset: 2, timeout: 5 });
    await bench.clock.pass(5000);
    expect(await vain).toEqual([]);
    expect(bench.clock.pending).toBe(0);
  });

  it('waits without an end if it is told to', async () => {
    const bench = await collecting();
    const waiting = read(bench, { timeout: Number.POSITIVE_INFINITY });
    await settled();
    expect(bench.clock.pending).toBe(0);
    bench.deliver(said('a'));
    expect(await waiting).toEqual(['a']);
  });

  it('waits in one call at a time: another ends the wait', async () => {
    const bench = await collecting();
    const first = read(bench, { timeout: 5 });
    const second = read(bench, { timeout: 5 });
    expect(await first).toEqual([]);
    bench.deliver(said('a'));
    expect(await second).toEqual(['a']);
    const third = read(bench, { offset: 1, timeout: 5 });
    expect(await read(bench)).toEqual([]);
    expect(await third).toEqual([]);
    expect(bench.clock.pending).toBe(0);
  });

  it('skips what the account did itself, unless it is wanted', async () => {
    const bench = await collecting();
    bench.deliver(said({ text: 'sent', out: true }), said('a'));
    expect(await read(bench, { own: true })).toEqual(['sent', 'a']);
    expect(bench.done).toEqual([0, 0]);
    expect(await read(bench)).toEqual(['a']);
    expect(bench.done).toEqual([1, 0]);
    expect(await read(bench, { own: true })).toEqual(['a']);
  });

  it('does not stop waiting for what it skips', async () => {
    const bench = await collecting();
    const waiting = read(bench, { timeout: 5 });
    bench.deliver(said({ text: 'sent', out: true }));
    await settled();
    expect(bench.done).toEqual([1]);
    bench.deliver(said('a'), said({ text: 'sent', out: true }));
    expect(await waiting).toEqual(['a']);
    const own = read(bench, { own: true, offset: 3, timeout: 5 });
    bench.deliver(said({ text: 'mine', out: true }));
    expect(await own).toEqual(['mine']);
  });

  it('counts a negative offset without what it skips', async () => {
    const bench = await collecting('a', 'b');
    bench.deliver(said({ text: 'sent', out: true }));
    expect(await read(bench, { offset: -2 })).toEqual(['a', 'b']);
  });

  it('is given up by its signal', async () => {
    const bench = await collecting();
    const { signal, controller, listeners } = countedSignal();
    const waiting = read(bench, { timeout: 5, signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(read(bench, { timeout: 5, signal })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(listeners()).toBe(0);
    expect(bench.clock.pending).toBe(0);
    const other = countedSignal();
    const answered = read(bench, { timeout: 5, signal: other.signal });
    bench.deliver(said('a'));
    expect(await answered).toEqual(['a']);
    expect(other.listeners()).toBe(0);
  });

  it('rejects when the client is closed; nothing is done then', async () => {
    const bench = await collecting();
    const waiting = read(bench, { timeout: 5 });
    bench.hub.close();
    await expect(waiting).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(read(bench)).rejects.toMatchObject({ code: 'CLOSED' });
    expect(bench.clock.pending).toBe(0);
  });

  it('keeps no more than 100 updates of the moment', async () => {
    const bench = await collecting('a');
    for (let i = 0; i < 300; i++) bench.deliver(typing());
    const answer = await bench.hub.getUpdates();
    expect(answer).toHaveLength(101);
    expect(answer[0]?.event.text).toBe('a');
  });

  it('refuses options that mean nothing, and offsets of another run', async () => {
    const bench = await collecting('a');
    const bad: [GetUpdatesOptions, string][] = [
      [{ offset: 1.5 }, 'offset'],
      [{ offset: Number.NaN }, 'offset'],
      [{ offset: '1' as never }, 'offset'],
      [{ offset: 2 }, 'offset'],
      [{ limit: 0 }, 'limit'],
      [{ limit: -1 }, 'limit'],
      [{ limit: null as never }, 'limit'],
      [{ timeout: -1 }, 'timeout'],
      [{ timeout: Number.NaN }, 'timeout'],
      [{ own: 0 as never }, 'own'],
      [{ signal: {} as never }, 'signal'],
    ];
    for (const [options, option] of bad) {
      await expect(bench.hub.getUpdates(options), option).rejects.toMatchObject({
        code: 'BAD_OPTION',
        option,
      });
    }
    expect(await read(bench)).toEqual(['a']);
  });
});
