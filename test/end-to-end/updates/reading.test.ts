import { type UpdateEvent } from '@tlgen/runtime';
import { describe, expect, it } from 'vitest';
import { scene, settled, waits } from './talkers.js';

describe('updates(): an iterator', () => {
  it('gives each update once and in order, and nothing is lost between two loops', async () => {
    await using at = await scene();
    const texts: string[] = [];
    const read = async (count: number): Promise<void> => {
      for await (const { text } of at.one.client.updates()) {
        texts.push(text);
        if (texts.length === count) break;
      }
    };
    const first = read(5);
    await settled(at.one);
    for (let n = 0; n < 12; n++) at.write(`${n}`);
    await first;
    // These come while nobody reads.
    for (let n = 12; n < 20; n++) at.write(`${n}`);
    await at.one.client.me({ refresh: true });
    await read(15);
    // The loop that was left had taken what it could hold; what came behind that is all there.
    expect(texts.slice(0, 5)).toEqual(['0', '1', '2', '3', '4']);
    expect(texts).toEqual([...new Set(texts)]);
    expect(texts.slice(5)).toEqual(texts.slice(5).toSorted((a, b) => Number(a) - Number(b)));
  });

  it('ends with the client', async () => {
    await using at = await scene();
    const events: UpdateEvent[] = [];
    const reading = (async () => {
      for await (const event of at.one.client.updates()) events.push(event);
      return 'ended';
    })();
    await settled(at.one);
    at.write('one');
    await waits(() => expect(events).toHaveLength(1));
    await at.one.client.close();
    expect(await reading).toBe('ended');
  });

  it('tells why when the client cannot connect', async () => {
    await using at = await scene();
    await at.one.client.close();
    await expect(at.one.client.updates().next()).rejects.toMatchObject({ name: 'ClosedError' });
  });
});

describe('getUpdates()', () => {
  it('numbers updates from 0; offset, limit and timeout are heeded', async () => {
    await using at = await scene();
    const { client } = at.one;
    expect(await client.getUpdates({ timeout: 0 })).toEqual([]);
    await settled(at.one);
    const waiting = client.getUpdates({ timeout: 20 });
    at.write('zero');
    const [zero] = await waiting;
    expect(zero).toMatchObject({ updateId: 0, update: { _: 'updateNewMessage' } });
    at.write('one');
    at.write('two');
    at.write('three');
    // Not yet done with: the same again.
    await waits(() => undefined);
    await client.me({ refresh: true });
    await waits(async () => expect(await client.getUpdates()).toHaveLength(4) as never);
    const two = await client.getUpdates({ offset: 1, limit: 2 });
    expect(two.map(({ updateId, event }) => [updateId, event.text])).toEqual([
      [1, 'one'],
      [2, 'two'],
    ]);
    const last = await client.getUpdates({ offset: -1 });
    expect(last.map(({ event }) => event.text)).toEqual(['three']);
    expect(await client.getUpdates({ offset: last[0]!.updateId + 1 })).toEqual([]);
  });
});
