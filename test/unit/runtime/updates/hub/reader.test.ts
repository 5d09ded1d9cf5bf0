import { AbortError } from '../../../../../packages/runtime/src/core/errors.js';
import { describe, expect, it } from 'vitest';
import { Bench, countedSignal, said, settled, typing } from './kit.js';

const END = { value: undefined, done: true };

describe('a reader', () => {
  it('is done with an update when it asks for the next', async () => {
    const bench = new Bench();
    const reader = bench.hub.updates();
    bench.deliver(said('a'), said('b'));
    expect((await reader.next()).value?.text).toBe('a');
    expect(bench.done).toEqual([0, 0]);
    expect((await reader.next()).value?.text).toBe('b');
    expect(bench.done).toEqual([1, 0]);
    void reader.next();
    expect(bench.done).toEqual([1, 1]);
  });

  it('is done when the loop is left; what waited for it waits for the next one', async () => {
    const bench = new Bench();
    const reader = bench.hub.updates();
    bench.deliver(said('a'), said('b'), said('c'));
    for await (const event of reader) {
      expect([event.text, bench.done]).toEqual(['a', [0, 0, 0]]);
      break;
    }
    expect(bench.done).toEqual([1, 0, 0]);
    expect(await reader.next()).toEqual(END);
    expect(bench.hub.isWanted).toBe(false);
    const next = bench.hub.updates();
    expect((await next.next()).value?.text).toBe('b');
    expect((await next.next()).value?.text).toBe('c');
    await next.return();
    expect(bench.done).toEqual([1, 1, 1]);
  });

  it('gives up what waited for it when it is left and somebody else listens', async () => {
    const bench = new Bench();
    const reader = bench.hub.updates();
    const other = bench.hub.updates();
    bench.deliver(said('a'), said('b'));
    await reader.next();
    await reader.return();
    expect((await other.next()).value?.text).toBe('a');
    expect((await other.next()).value?.text).toBe('b');
    await other.return();
    expect(bench.done).toEqual([1, 1]);
  });

  it('is done when the body of the loop throws', async () => {
    const bench = new Bench();
    const reader = bench.hub.updates();
    bench.deliver(said('a'));
    const loop = async (): Promise<void> => {
      for await (const { text } of reader) throw new Error(text);
    };
    await expect(loop()).rejects.toThrow('a');
    expect(bench.done).toEqual([1]);
  });

  it('ends with its block', async () => {
    const bench = new Bench();
    const reader = bench.hub.updates();
    const pending = reader.next();
    await reader[Symbol.asyncDispose]();
    expect(await pending).toEqual(END);
    expect(bench.hub.isWanted).toBe(false);
  });

  it('serves calls that wait at one time in their order', async () => {
    const bench = new Bench();
    const reader = bench.hub.updates();
    const calls = [reader.next(), reader.next(), reader.next()];
    bench.deliver(said('a'), said('b'));
    bench.deliver(said('c'));
    const results = await Promise.all(calls);
    expect(results.map(({ value }) => value?.text)).toEqual(['a', 'b', 'c']);
    expect(bench.done).toEqual([0, 0, 0]);
    void reader.next();
    expect(bench.done).toEqual([1, 1, 1]);
  });

  it('is one of several: each sees all', async () => {
    const bench = new Bench();
    const [one, two] = [bench.hub.updates(), bench.hub.updates()];
    bench.deliver(said('a'));
    expect((await one.next()).value?.text).toBe('a');
    void one.next();
    expect(bench.done).toEqual([0]);
    expect((await two.next()).value?.text).toBe('a');
    await two.return();
    expect(bench.done).toEqual([1]);
  });

  it('does not see what the account did itself, unless it wants to', async () => {
    const bench = new Bench();
    const others = bench.hub.updates();
    const own = bench.hub.updates({ own: true });
    bench.deliver(said({ text: 'sent', out: true }), said('came'));
    expect((await others.next()).value?.text).toBe('came');
    expect((await own.next()).value?.text).toBe('sent');
  });

  it('leaves what it had not read to the next start when the client is closed', async () => {
    const bench = new Bench();
    const reader = bench.hub.updates();
    bench.deliver(said('a'), said('b'));
    await reader.next();
    bench.hub.close();
    expect(await reader.next()).toEqual(END);
    await reader.return();
    expect(bench.done).toEqual([0, 0]);
    await expect(bench.hub.updates().next()).rejects.toMatchObject({ name: 'ClosedError' });
  });

  it('ends quietly while it waits when the client is closed', async () => {
    const bench = new Bench();
    const reader = bench.hub.updates();
    const pending = [reader.next(), reader.next()];
    bench.hub.close();
    expect(await Promise.all(pending)).toEqual([END, END]);
  });

  it('ends by its signal: AbortError, then nothing', async () => {
    const bench = new Bench();
    const { signal, controller, listeners } = countedSignal();
    const reader = bench.hub.updates({ signal });
    const pending = reader.next();
    controller.abort(new Error('enough'));
    await expect(pending).rejects.toBeInstanceOf(AbortError);
    await expect(pending).rejects.toMatchObject({ cause: { message: 'enough' } });
    expect(await reader.next()).toEqual(END);
    expect(listeners()).toBe(0);
    expect(bench.hub.isWanted).toBe(false);
  });

  it('told to end while nobody waits says so at the next call, and leaves what it had not read', async () => {
    const bench = new Bench();
    const { signal, controller } = countedSignal();
    const reader = bench.hub.updates({ signal });
    bench.deliver(said('a'), said('b'));
    await reader.next();
    controller.abort();
    expect(bench.done).toEqual([0, 0]);
    await expect(reader.next()).rejects.toMatchObject({ code: 'ABORTED' });
    expect(bench.done).toEqual([1, 0]);
    expect(await reader.next()).toEqual(END);
  });

  it('whose signal has aborted before begins with the error', async () => {
    const bench = new Bench();
    const reader = bench.hub.updates({ signal: AbortSignal.abort() });
    expect(bench.hub.isWanted).toBe(false);
    await expect(reader.next()).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('leaves no listener at a signal that many share', async () => {
    const bench = new Bench();
    const { signal, listeners } = countedSignal();
    for (let i = 0; i < 50; i++) {
      const reader = bench.hub.updates({ signal });
      expect(listeners()).toBe(1);
      await reader.return();
    }
    expect(listeners()).toBe(0);
    const last = bench.hub.updates({ signal });
    bench.hub.close();
    expect(listeners()).toBe(0);
    expect(await last.next()).toEqual(END);
  });

  it('that stands still keeps no more than 100 updates of the moment', async () => {
    const bench = new Bench();
    const reader = bench.hub.updates();
    bench.deliver(said('a'));
    for (let i = 0; i < 250; i++) bench.deliver(typing());
    expect(bench.finished).toHaveLength(150);
    expect(bench.done[0]).toBe(0);
    expect((await reader.next()).value?.text).toBe('a');
    expect((await reader.next()).value?.id).toBe(151);
  });

  it('refuses options that mean nothing', () => {
    const bench = new Bench();
    expect(() => bench.hub.updates({ signal: 5 as never })).toThrow('signal');
    expect(() => bench.hub.updates({ own: 'yes' as never })).toThrow('own');
    expect(bench.hub.isWanted).toBe(false);
  });
});

describe('drop-oldest', () => {
  const limited = { queueLimit: 3, overflow: 'drop-oldest' } as const;

  it('gives the oldest up, and tells once in a second how many', async () => {
    const bench = new Bench(limited);
    const reader = bench.hub.updates();
    for (let i = 0; i < 10; i++) bench.deliver(said(`${i}`));
    expect(bench.finished).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(bench.losses).toEqual([]);
    await bench.clock.pass(1000);
    expect(bench.losses).toEqual([
      {
        reason: 'dropped',
        chatId: null,
        from: null,
        to: null,
        count: 7,
        messages: [],
        users: [],
        chats: [],
      },
    ]);
    bench.deliver(said('10'));
    await bench.clock.pass(999);
    expect(bench.losses).toHaveLength(1);
    await bench.clock.pass(1);
    expect(bench.losses[1]?.count).toBe(1);
    expect(bench.clock.pending).toBe(0);
    expect((await reader.next()).value?.text).toBe('8');
  });

  it('counts an update once, whoever gave it up, and none that mattered only then', async () => {
    const bench = new Bench(limited);
    bench.hub.updates();
    bench.hub.updates();
    await bench.hub.getUpdates();
    bench.deliver(typing());
    for (let i = 0; i < 5; i++) bench.deliver(said(`${i}`));
    await bench.clock.pass(1000);
    expect(bench.losses.map(({ count }) => count)).toEqual([2]);
    expect(bench.finished).toEqual([0, 1, 2]);
  });

  it('bounds what waits for the first to come', async () => {
    const bench = new Bench(limited);
    for (let i = 0; i < 5; i++) bench.deliver(said(`${i}`));
    expect(bench.finished).toEqual([0, 1]);
    const heard = bench.listen();
    await settled();
    expect(heard).toEqual(['2', '3', '4']);
  });

  it('tells the rest when the client is closed', () => {
    const bench = new Bench(limited);
    bench.hub.updates();
    for (let i = 0; i < 5; i++) bench.deliver(said(`${i}`));
    bench.hub.close();
    expect(bench.losses.map(({ count }) => count)).toEqual([2]);
    expect(bench.clock.pending).toBe(0);
  });

  it('is not what pause does', async () => {
    const bench = new Bench({ queueLimit: 3, overflow: 'pause' });
    bench.hub.updates();
    await bench.hub.getUpdates();
    for (let i = 0; i < 100; i++) bench.deliver(said(`${i}`));
    expect([bench.finished, bench.losses]).toEqual([[], []]);
  });
});
