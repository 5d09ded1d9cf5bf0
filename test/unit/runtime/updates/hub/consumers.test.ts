import { describe, expect, it } from 'vitest';
import type { Lost } from '../../../../../packages/runtime/src/updates/engine/index.js';
import { all, Bench, said, settled, texts, typing } from './kit.js';

describe('those who want updates', () => {
  it('are told of when the first comes, and again after the last has gone', async () => {
    const bench = new Bench();
    expect([bench.hub.isWanted, bench.wanted]).toEqual([false, 0]);
    const off = bench.hub.on(all, () => undefined);
    const other = bench.hub.on(all, () => undefined);
    expect([bench.hub.isWanted, bench.wanted]).toEqual([true, 1]);
    off();
    off();
    expect(bench.hub.isWanted).toBe(true);
    other();
    expect(bench.hub.isWanted).toBe(false);
    const reader = bench.hub.updates();
    expect([bench.hub.isWanted, bench.wanted]).toEqual([true, 2]);
    await reader.return();
    expect(bench.hub.isWanted).toBe(false);
    const conversation = bench.hub.conversation(100n);
    expect([bench.hub.isWanted, bench.wanted]).toEqual([true, 3]);
    conversation.close();
    conversation.close();
    expect(bench.hub.isWanted).toBe(false);
    await bench.hub.getUpdates();
    expect([bench.hub.isWanted, bench.wanted]).toEqual([true, 4]);
  });

  it('are wanted already when that is told', () => {
    const bench = new Bench();
    const seen: boolean[] = [];
    Object.assign((bench.hub as unknown as { context: object }).context, {
      wanted: () => seen.push(bench.hub.isWanted),
    });
    bench.hub.on(all, () => undefined);
    expect(seen).toEqual([true]);
  });

  it('not interested in an update: it is done at once', () => {
    const bench = new Bench();
    bench.hub.on(texts('other'), () => undefined);
    bench.hub.conversation(5n);
    bench.deliver(said('a'), said({ text: 'b', out: true }));
    expect(bench.done).toEqual([1, 1]);
  });

  it('see in order what came before there was anybody, but not what mattered only then', async () => {
    const bench = new Bench();
    bench.deliver(said('a'), typing(), said('b'));
    expect(bench.done).toEqual([0, 1, 0]);
    const first = bench.listen();
    const second = bench.listen();
    expect(first).toEqual([]);
    bench.deliver(said('c'), typing());
    await settled();
    expect(first).toEqual(['a', 'b', 'c', '']);
    expect(second).toEqual(first);
    bench.deliver(said('d'));
    expect(first.at(-1)).toBe('d');
    expect(bench.done).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('lose nothing between two loops', async () => {
    const bench = new Bench();
    const seen: string[] = [];
    bench.deliver(said('a'));
    for await (const { text } of bench.hub.updates()) {
      seen.push(text);
      break;
    }
    bench.deliver(said('b'), said('c'));
    for await (const { text } of bench.hub.updates()) {
      seen.push(text);
      if (seen.length === 3) break;
    }
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(bench.done).toEqual([1, 1, 1]);
  });

  it('who leave while they are given what waited leave the rest to the next', async () => {
    const bench = new Bench();
    bench.deliver(said('a'), said('b'));
    const seen: string[] = [];
    const off = bench.hub.on(all, ({ text }) => {
      seen.push(text);
      off();
    });
    await settled();
    expect([seen, bench.done]).toEqual([['a'], [1, 0]]);
    const heard = bench.listen();
    await settled();
    expect([heard, bench.done]).toEqual([['b'], [1, 1]]);
  });

  it('who are gone before they saw anything leave all to the next', async () => {
    const bench = new Bench();
    bench.deliver(said('a'));
    bench.hub.on(all, () => undefined)();
    await settled();
    expect(bench.done).toEqual([0]);
    expect((await bench.hub.getUpdates()).map(({ event }) => event.text)).toEqual(['a']);
  });

  it('share an update: it is done when all are done with it', async () => {
    const bench = new Bench();
    bench.listen();
    const reader = bench.hub.updates();
    await bench.hub.getUpdates();
    bench.deliver(said('a'));
    expect(bench.done).toEqual([0]);
    await reader.next();
    void reader.next();
    expect(bench.done).toEqual([0]);
    await bench.hub.getUpdates({ offset: 1 });
    expect(bench.done).toEqual([1]);
  });

  it('are told of losses at once', () => {
    const bench = new Bench();
    const lost: Lost = {
      type: 'lost',
      id: 1,
      box: 3n,
      from: 5,
      to: 90,
      messages: [],
      entities: { users: [], chats: [] },
    };
    bench.hub.lost(lost);
    bench.hub.lost({ ...lost, box: 'common', to: null });
    bench.hub.lost({ ...lost, box: -3n });
    expect(bench.losses).toMatchObject([
      {
        reason: 'too-long',
        chatId: -1_000_000_000_003n,
        from: 5,
        to: 90,
        count: null,
        messages: [],
      },
      { reason: 'too-long', chatId: null, from: 5, to: null },
      { chatId: null },
    ]);
  });
});
