import { describe, expect, it } from 'vitest';
import { Random } from '../../../../support/random.js';
import {
  DoneKeys,
  type DoneKey,
} from '../../../../../packages/runtime/src/updates/feed/done-keys.js';
import { settle } from '../../network/fakes/clock.js';
import { container, empty, newMessage } from '../kit.js';
import { FeedBench } from './bench.js';

async function withKeys(done: readonly DoneKey[], v = 2): Promise<FeedBench> {
  const record = { v, owner: '7', pts: 10, qts: 5, seq: 3, date: 1, done };
  const bench = new FeedBench();
  await bench.store.open();
  const value = new TextEncoder().encode(JSON.stringify(record));
  await bench.store.commit([{ space: 'updates', key: 'main:state', value }]);
  await bench.feed.start();
  await settle();
  bench.answer(empty(3));
  await settle();
  return bench;
}

describe('keys of what is done', () => {
  it('are two thousand ranges at most, those of before the start counted; the oldest go', async () => {
    const before = Array.from({ length: 2000 }, (_, i) => `new:9:${2 * i}`);
    const bench = await withKeys(before);
    bench.feed.pushed(container([11, 12, 13, 14].map((pts) => newMessage(pts))));
    for (const at of [1, 3]) bench.deliveries[at]?.done();
    await bench.feed.save();
    expect((await bench.stored())['main:state']).toMatchObject({
      pts: 10,
      done: [...before.slice(2), 'new:0:12', 'new:0:14'],
    });
  });

  it('as the version before wrote them are understood', async () => {
    const bench = await withKeys(['new:0:11', 'new:0:12', 'secret:1:-7'], 1);
    bench.feed.pushed(container([11, 12, 13].map((pts) => newMessage(pts))));
    expect(bench.seen).toEqual([13]);
    await bench.feed.save();
    expect((await bench.stored())['main:state']).toMatchObject({
      v: 2,
      pts: 12,
      done: ['secret:1:-7'],
    });
  });

  it.each<[string, unknown]>([
    ['too few parts', ['new:0', 1]],
    ['no numbers', ['new:0', '1', '2']],
    ['back to front', ['new:0', 2, 1]],
    ['a fraction', ['new:0', 1.5, 2]],
    ['a negative number', ['new:0', -1, 2]],
    ['no prefix', [7, 1, 2]],
    ['a long prefix', ['n'.repeat(201), 1, 2]],
  ])('a range that is none makes the record unreadable: %s', async (_, range) => {
    const bench = new FeedBench();
    const record = { v: 2, owner: '7', pts: 10, qts: 5, seq: 3, date: 1, done: [range] };
    await bench.store.open();
    const value = new TextEncoder().encode(JSON.stringify(record));
    await bench.store.commit([{ space: 'updates', key: 'main:state', value }]);
    await bench.feed.start();
    await settle();
    expect(bench.names).toEqual(['updates.getState']);
  });
});

describe('ranges of keys', () => {
  const of = (id: number) => ({ id, box: 'common' as const });

  it('hold what a set holds', () => {
    const random = new Random(5);
    const keys = new DoneKeys();
    const set = new Set<string>();
    const prefixes = ['new:0', 'new:50', 'query', 'x'];
    for (let id = 1; id < 3000; id++) {
      const end = random.pick([String(random.below(40)), '007', '-3', '1234567890123456']);
      const key = `${random.pick(prefixes)}:${end}`;
      if (random.chance(60)) {
        keys.add(key, of(id));
        set.add(key);
      } else expect([key, keys.delete(key)]).toEqual([key, set.delete(key)]);
      if (id % 50 > 0) continue;
      const all = keys.list().flatMap((one) => {
        if (typeof one === 'string') return [one];
        const [prefix, from, to] = one;
        return Array.from({ length: to - from + 1 }, (_, i) => `${prefix}:${from + i}`);
      });
      expect(all.toSorted()).toEqual([...set].toSorted());
      expect(keys.size).toBe(keys.list().length);
    }
  });

  it('of different boxes stay apart: what covers one says nothing of the other', () => {
    const keys = new DoneKeys();
    keys.add('new:0:1', of(1));
    keys.add('new:0:2', { id: 2, box: 50n });
    keys.add('new:0:3', of(3));
    expect(keys.list()).toEqual(['new:0:1', 'new:0:2', 'new:0:3']);
    keys.trim(10, ({ box }) => box === 'common');
    expect(keys.list()).toEqual(['new:0:2']);
  });

  it('a range stays while its last one is not covered, and the oldest go first', () => {
    const keys = new DoneKeys();
    for (let id = 1; id <= 9; id++) keys.add(`new:0:${id}`, of(id));
    keys.trim(10, ({ id }) => id < 9);
    expect(keys.list()).toEqual([['new:0', 1, 9]]);
    keys.add('query:-1', of(10));
    keys.delete('new:0:5');
    keys.trim(2, () => false);
    expect([keys.size, keys.list().at(-1)]).toEqual([2, 'query:-1']);
    keys.trim(1, () => false);
    expect(keys.list()).toEqual(['query:-1']);
  });
});
