import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { StorageError } from '../../../../../packages/runtime/src/storage/types.js';
import { settle } from '../../network/fakes/clock.js';
import { channelMessage, container, newMessage, state } from '../kit.js';
import { FeedBench } from './bench.js';

const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const STATE = { v: 1, owner: '7', pts: 10, qts: 5, seq: 3, date: 1, done: [] };

async function withRecords(records: Record<string, unknown>): Promise<FeedBench> {
  const bench = new FeedBench();
  await bench.store.open();
  await bench.store.commit(
    Object.entries(records).map(([key, value]) => ({
      space: 'updates',
      key,
      value: value instanceof Uint8Array ? value : text(value),
    })),
  );
  return bench;
}

describe('start', () => {
  it('nothing without somebody who is signed in', async () => {
    const bench = new FeedBench();
    bench.self = null;
    await bench.start();
    expect([bench.feed.running, bench.names]).toEqual([false, []]);
    await bench.feed.stop();
    await bench.feed.save();
  });

  it('asks for what was missed in each box, once, however often it is called', async () => {
    const bench = await withRecords({ 'main:state': STATE, 'main:channel:50': { v: 1, pts: 8 } });
    await Promise.all([bench.feed.start(), bench.feed.start()]);
    await bench.feed.start();
    await settle();
    expect(bench.asked.map(({ request }) => request)).toMatchObject([
      { _: 'updates.getDifference', pts: 10, qts: 5, date: 1 },
      { _: 'updates.getChannelDifference', pts: 8, channel: { channelId: 50n }, limit: 100 },
    ]);
    expect(
      bench.asked.every(({ options }) => (options as object)['floodWaitLimit' as never] === 0),
    ).toBe(true);
  });

  it('what another account, or the other world, left is not used, and goes', async () => {
    const bench = await withRecords({
      'main:state': { ...STATE, owner: '8' },
      'main:channel:50': { v: 1, pts: 8 },
      'test:state': STATE,
      'test:channel:9': { v: 1, pts: 8 },
    });
    await bench.start();
    expect(bench.names).toEqual(['updates.getState']);
    expect(Object.keys(await bench.stored())).toHaveLength(4);
    bench.answer(state(20, 1, 2));
    await settle();
    await bench.feed.save();
    expect(await bench.stored()).toMatchObject({ 'main:state': { owner: '7', pts: 20 } });
    expect(Object.keys(await bench.stored())).toEqual([
      'main:state',
      'test:state',
      'test:channel:9',
    ]);
    expect(bench.commits).toHaveLength(1);
  });

  it('catchUp false: a fresh state, and channels from their next update on', async () => {
    const bench = await withRecords({ 'main:state': STATE, 'main:channel:50': { v: 1, pts: 8 } });
    bench.settings.catchUp = false;
    await bench.start();
    expect(bench.names).toEqual(['updates.getState']);
    bench.answer(state(20, 1, 2));
    await settle();
    await bench.feed.save();
    expect(Object.keys(await bench.stored())).toEqual(['main:state']);
    bench.feed.pushed(container([channelMessage(50n, 30)]));
    expect(bench.seen).toEqual([30]);
  });

  it.each([
    ['no JSON', new Uint8Array([1, 2, 3])],
    ['not an object', []],
    ['another version', { ...STATE, v: 3 }],
    ['no owner', { ...STATE, owner: 7 }],
    ['a negative pts', { ...STATE, pts: -1 }],
    ['a fraction', { ...STATE, qts: 0.5 }],
    ['too great', { ...STATE, seq: 2 ** 31 }],
    ['keys that are none', { ...STATE, done: [1] }],
    ['no keys', { ...STATE, done: null }],
  ])('a record that cannot be read is told, and things begin afresh: %s', async (_, record) => {
    const bench = await withRecords({ 'main:state': record, 'main:channel:50': { v: 1, pts: 8 } });
    await bench.start();
    expect([bench.names, bench.failures]).toEqual([['updates.getState'], []]);
    expect(bench.lines.join()).toContain('warning');
  });

  it('a channel whose record cannot be read is left out, the others go on', async () => {
    const bench = await withRecords({
      'main:state': STATE,
      'main:channel:50': { v: 1, pts: -1 },
      'main:channel:51': { v: 1, pts: 8 },
      'main:channel:x': { v: 1, pts: 8 },
    });
    await bench.start();
    expect(bench.names).toEqual(['updates.getDifference', 'updates.getChannelDifference']);
    expect(bench.asked[1]?.request).toMatchObject({ channel: { channelId: 51n } });
  });

  it('a storage that cannot be read: nothing is asked or written, it is tried again, and told once', async () => {
    const bench = await withRecords({ 'main:state': STATE });
    const { store } = bench;
    const list = store.list.bind(store);
    const times: number[] = [];
    const began = bench.clock.now().steady;
    const broken = new StorageError('io', 'cannot be read');
    store.list = () => {
      times.push((bench.clock.now().steady - began) / 1000);
      return Promise.reject(broken);
    };
    await bench.feed.start();
    expect([bench.feed.running, bench.failures]).toEqual([true, [broken]]);
    bench.feed.pushed(container([new base.UpdateConfig()]));
    await bench.feed.save();
    await bench.clock.advance(255_000);
    expect(times).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 191, 255]);
    expect([bench.names, bench.commits, bench.seen]).toEqual([[], [], []]);
    store.list = list;
    await bench.clock.advance(64_000);
    expect(bench.names).toEqual(['updates.getDifference']);
    expect([bench.seen, bench.failures]).toEqual([['updateConfig'], [broken]]);
    expect((await bench.stored())['main:state']).toEqual(STATE);
  });

  it('a stop ends that', async () => {
    const bench = new FeedBench();
    await bench.feed.start();
    expect([bench.failures.length, bench.clock.pending]).toEqual([1, 1]);
    await bench.feed.stop();
    expect([bench.feed.running, bench.clock.pending, bench.names]).toEqual([false, 0, []]);
    await bench.start();
    expect(bench.names).toEqual(['updates.getState']);
  });

  it('what was missed because a record is damaged is told to the sink', async () => {
    const lost = (box: unknown) => ({ type: 'lost', box, from: null, to: null });
    const channel = { 'main:channel:50': { v: 1, pts: -1 }, 'main:channel:51': { v: 1, pts: 0 } };
    const one = await withRecords({ 'main:state': STATE, ...channel });
    await one.start();
    expect(one.losses).toMatchObject([lost(50n)]);
    expect(one.asked[1]?.request).toMatchObject({ channel: { channelId: 51n }, pts: 0 });

    const all = await withRecords({ 'main:state': [], ...channel });
    await all.start();
    expect(all.losses).toMatchObject([lost('common'), lost(50n), lost(51n)]);

    const other = await withRecords({ 'main:state': { ...STATE, owner: '8' }, ...channel });
    await other.start();
    const fresh = await withRecords({ 'main:state': [], ...channel });
    fresh.settings.catchUp = false;
    await fresh.start();
    expect([other.losses, fresh.losses]).toEqual([[], []]);
  });

  it('what comes while the storage is read is not lost', async () => {
    const bench = await withRecords({ 'main:state': STATE });
    const starting = bench.feed.start();
    expect(bench.feed.running).toBe(true);
    bench.feed.pushed(container([new base.UpdateConfig()]));
    bench.feed.pushed(container([newMessage(11)]));
    expect(bench.seen).toEqual([]);
    await starting;
    expect(bench.seen).toEqual(['updateConfig']);
    await settle();
    bench.answer(
      new (await import('@tlgen/telegram')).updates.DifferenceEmpty({ date: 1, seq: 3 }),
    );
    await settle();
    expect(bench.seen).toEqual(['updateConfig', 11]);
  });
});

describe('stop', () => {
  it('a stop on the way of a start counts, and so does a start on the way of a stop', async () => {
    const bench = await withRecords({ 'main:state': STATE });
    void bench.feed.start();
    await bench.feed.stop();
    await settle();
    expect([bench.feed.running, bench.names]).toEqual([false, []]);
    void bench.feed.start();
    void bench.feed.stop();
    await bench.feed.start();
    await settle();
    expect([bench.feed.running, bench.names]).toEqual([true, ['updates.getDifference']]);
    void bench.feed.stop();
    await bench.feed.start();
    await settle();
    expect([bench.feed.running, bench.names.length]).toEqual([true, 2]);
  });

  it('a stop, or another user, while the storage is read: nothing begins', async () => {
    for (const happens of ['stop', 'other', 'nobody'] as const) {
      const bench = await withRecords({ 'main:state': STATE });
      let read: (() => void) | undefined;
      const { store } = bench;
      const list = store.list.bind(store);
      store.list = async (space) => {
        await new Promise<void>((resolve) => (read = resolve));
        return list(space);
      };
      const starting = bench.feed.start();
      await settle();
      if (happens === 'stop') void bench.feed.stop();
      else bench.self = happens === 'other' ? { id: 8n, bot: false } : null;
      read?.();
      await starting;
      await settle();
      expect([bench.feed.running, bench.names, bench.clock.pending]).toEqual([false, [], 0]);
    }
  });

  it('nothing reaches anybody after it', async () => {
    const bench = await FeedBench.started();
    bench.feed.sessionCreated();
    bench.feed.connected();
    const before = bench.asked.length;
    const stopping = bench.feed.stop();
    expect(bench.feed.running).toBe(false);
    bench.feed.pushed(container([newMessage(11)]));
    bench.feed.follow(50n, 3);
    bench.feed.connected();
    bench.feed.answered(container([newMessage(11)]), bench.asked[0]?.request as never);
    for (const { resolve } of bench.asked) {
      resolve(container([]));
      resolve(state(1));
    }
    await stopping;
    await bench.clock.advance(3_600_000);
    expect([bench.seen, bench.asked.length - before, bench.failures]).toEqual([[], 0, []]);
    expect(bench.clock.pending).toBe(0);
  });

  it('goes on after another start, from what was done', async () => {
    const bench = await FeedBench.started();
    bench.feed.pushed(container([newMessage(11), newMessage(12)]));
    bench.deliveries[0]?.done();
    await bench.feed.stop();
    await bench.feed.start();
    await settle();
    expect(bench.next('updates.getDifference').request).toMatchObject({ pts: 11 });
    // of a life that is over: comes again
    bench.deliveries[1]?.done();
    await bench.clock.advance(3000);
    expect((await bench.stored())['main:state']).toMatchObject({ pts: 11 });
  });

  it('forget() drops all that is stored, and what is done later stores nothing', async () => {
    const bench = await withRecords({ 'test:state': STATE });
    await bench.feed.start();
    await settle();
    bench.answer(state(10));
    await settle();
    bench.feed.follow(50n, 3);
    bench.feed.pushed(container([newMessage(11)]));
    await bench.feed.save();
    expect(Object.keys(await bench.stored())).toHaveLength(3);
    await bench.feed.forget();
    bench.done();
    await bench.clock.advance(10_000);
    await bench.feed.save();
    expect(Object.keys(await bench.stored())).toEqual(['test:state']);
    expect([bench.feed.running, bench.clock.pending]).toEqual([false, 0]);
  });
});
