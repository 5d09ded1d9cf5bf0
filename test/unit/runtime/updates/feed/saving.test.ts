import { describe, expect, it } from 'vitest';
import { StorageError } from '../../../../../packages/runtime/src/storage/types.js';
import { settle } from '../../network/fakes/clock.js';
import {
  channelEmpty,
  channelMessage,
  container,
  difference,
  message,
  newMessage,
  state,
  SELF,
} from '../kit.js';
import { FeedBench } from './bench.js';

const at = (pts: number, done: unknown[] = []) => ({
  v: 2,
  owner: String(SELF),
  pts,
  qts: 5,
  seq: 3,
  date: 1,
  done,
});

describe('what is saved', () => {
  it('nothing before the state is known, then what is done, about a second later', async () => {
    const bench = new FeedBench();
    await bench.start();
    await bench.clock.advance(5000);
    expect(bench.commits).toEqual([]);
    bench.answer(state(10, 5, 3));
    await settle();
    expect(await bench.stored()).toEqual({ 'main:state': at(10) });

    bench.feed.pushed(container([newMessage(11)]));
    await bench.clock.advance(5000);
    expect(await bench.stored()).toEqual({ 'main:state': at(10) });
    bench.done();
    await bench.clock.advance(500);
    expect(await bench.stored()).toEqual({ 'main:state': at(10) });
    await bench.clock.advance(600);
    expect(await bench.stored()).toEqual({ 'main:state': at(11) });
  });

  it('many changes are one commit, and only of channels that moved', async () => {
    const bench = await FeedBench.started();
    for (const id of [50n, 51n, 52n]) bench.feed.follow(id, 5);
    bench.onDeliver = (_, done) => done();
    await bench.clock.advance(2000);
    const before = bench.commits.length;
    for (let pts = 6; pts < 106; pts++) bench.feed.pushed(container([channelMessage(51n, pts)]));
    await bench.clock.advance(2000);
    expect(bench.commits.slice(before).map((one) => one.map(({ key }) => key))).toEqual([
      ['main:channel:51'],
    ]);
    expect((await bench.stored())['main:channel:51']).toEqual({ v: 1, pts: 105 });
  });

  it('one commit at a time; what changes meanwhile is in the next', async () => {
    const bench = await FeedBench.started();
    await bench.clock.advance(2000);
    let running = 0;
    let most = 0;
    const { commit } = bench.store;
    bench.store.commit = async (changes) => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => bench.clock.after(3000, resolve));
      await commit.call(bench.store, changes);
      running--;
    };
    bench.onDeliver = (_, done) => done();
    for (let pts = 11; pts < 21; pts++) {
      bench.feed.pushed(container([newMessage(pts)]));
      await bench.clock.advance(700);
    }
    await bench.clock.advance(10_000);
    expect(most).toBe(1);
    expect(await bench.stored()).toEqual({ 'main:state': at(20) });
  });

  it('upd/persist-after-dispatch: a crash between handler and save delivers again, never loses', async () => {
    const bench = await FeedBench.started();
    await bench.feed.save();
    bench.feed.pushed(container([newMessage(11)]));
    expect(bench.seen).toEqual([11]);
    bench.done();
    await bench.die();

    const second = new FeedBench(bench);
    await second.start();
    expect(second.next().request).toMatchObject({ _: 'updates.getDifference', pts: 10, qts: 5 });
  });

  it('upd/persist-after-dispatch: what was done ahead of an earlier one does not come again', async () => {
    const bench = await FeedBench.started();
    bench.feed.pushed(container([newMessage(11), newMessage(12), newMessage(13)]));
    bench.deliveries[1]?.done();
    bench.deliveries[2]?.done();
    await bench.feed.save();
    expect(await bench.stored()).toEqual({ 'main:state': at(10, [['new:0', 12, 13]]) });
    await bench.die();

    const second = new FeedBench(bench);
    await second.start();
    second.answer(difference(state(13, 5, 3), { messages: [11, 12, 13].map((id) => message(id)) }));
    await settle();
    expect(second.seen).toEqual([11]);
    await second.feed.save();
    expect(await second.stored()).toMatchObject({
      'main:state': { pts: 10, done: [['new:0', 12, 13]] },
    });
    second.done();
    await second.feed.save();
    expect(await second.stored()).toEqual({ 'main:state': at(13) });
    // once each: the same again is another matter
    second.feed.pushed(container([newMessage(14)]));
    expect(second.seen).toEqual([11, 14]);
  });

  it('upd/persist-after-dispatch: none of 3,000 done behind one that hangs comes again', async () => {
    const bench = await FeedBench.started();
    bench.settings.queueLimit = 5000;
    const ids = Array.from({ length: 3001 }, (_, i) => 11 + i);
    for (const pts of ids) {
      bench.feed.pushed(container([newMessage(pts)]));
      if (pts > 11) bench.deliveries.at(-1)?.done();
    }
    await bench.feed.save();
    expect(await bench.stored()).toEqual({ 'main:state': at(10, [['new:0', 12, 3011]]) });
    await bench.die();

    const second = new FeedBench(bench);
    await second.start();
    second.answer(difference(state(3011, 5, 3), { messages: ids.map((id) => message(id)) }));
    await settle();
    expect(second.seen).toEqual([11]);
    second.done();
    await second.feed.save();
    expect(await second.stored()).toEqual({ 'main:state': at(3011) });
  });

  it('a commit that fails is told once, tried again, and never lost', async () => {
    const bench = await FeedBench.started();
    await bench.clock.advance(2000);
    bench.broken = new StorageError('io', 'the disk is full');
    bench.onDeliver = (_, done) => done();
    bench.feed.pushed(container([newMessage(11)]));
    await bench.clock.advance(20_000);
    expect(bench.failures).toEqual([bench.broken]);
    expect((await bench.stored())['main:state']).toMatchObject({ pts: 10 });
    bench.broken = null;
    await bench.clock.advance(64_000);
    expect((await bench.stored())['main:state']).toMatchObject({ pts: 11 });
    expect(bench.failures).toHaveLength(1);
    bench.broken = new StorageError('io', 'again');
    bench.feed.pushed(container([newMessage(12)]));
    await bench.clock.advance(2000);
    expect(bench.failures).toHaveLength(2);
  });

  it('save() rejects when it cannot, and what it was for is written later', async () => {
    const bench = await FeedBench.started();
    bench.feed.pushed(container([newMessage(11)]));
    bench.done();
    bench.broken = new StorageError('io', 'the disk is full');
    await expect(bench.feed.save()).rejects.toBe(bench.broken);
    expect(bench.failures).toEqual([]);
    bench.broken = null;
    await bench.clock.advance(64_000);
    expect((await bench.stored())['main:state']).toMatchObject({ pts: 11 });
  });

  it('what is done after stop() counts, and is saved soon', async () => {
    const bench = await FeedBench.started();
    bench.feed.pushed(container([newMessage(11), newMessage(12)]));
    await bench.feed.stop();
    expect((await bench.stored())['main:state']).toMatchObject({ pts: 10 });
    expect(bench.clock.pending).toBe(0);
    bench.deliveries[0]?.done();
    await bench.clock.advance(1500);
    expect((await bench.stored())['main:state']).toMatchObject({ pts: 11 });
    bench.deliveries[1]?.done();
    await bench.feed.save();
    expect((await bench.stored())['main:state']).toMatchObject({ pts: 12 });
    expect(bench.clock.pending).toBe(0);
  });

  it('where an account begins is written at once: what was pushed in between is not lost', async () => {
    const bench = new FeedBench();
    await bench.start();
    bench.feed.pushed(container([newMessage(11)]));
    bench.answer(state(11, 5, 3));
    await settle();
    expect(bench.seen).toEqual([11]);
    await bench.die();
    const second = new FeedBench(bench);
    await second.start();
    expect(second.next().request).toMatchObject({ _: 'updates.getDifference', pts: 10 });
  });

  it('after stop() and a save() that rejects nothing is tried any more, and save() alone tells', async () => {
    const bench = await FeedBench.started();
    bench.feed.pushed(container([newMessage(11)]));
    await bench.clock.advance(5000);
    bench.done();
    bench.broken = new StorageError('io', 'the disk is full');
    await bench.feed.stop();
    expect(bench.failures).toEqual([]);
    await expect(bench.feed.save()).rejects.toBe(bench.broken);
    expect([bench.clock.pending, bench.failures]).toEqual([0, []]);
  });

  it('a stop() that cannot save goes on trying, and tells once', async () => {
    const bench = await FeedBench.started();
    bench.feed.pushed(container([newMessage(11)]));
    bench.done();
    bench.broken = new StorageError('io', 'the disk is full');
    await bench.feed.stop();
    await bench.clock.advance(10_000);
    expect(bench.failures).toEqual([bench.broken]);
    bench.broken = null;
    await bench.clock.advance(64_000);
    expect((await bench.stored())['main:state']).toMatchObject({ pts: 11 });
    expect([bench.clock.pending, bench.failures.length]).toEqual([0, 1]);
  });

  it('a storage that is closed after stop() is no failure', async () => {
    const bench = await FeedBench.started();
    bench.feed.pushed(container([newMessage(11)]));
    await bench.feed.stop();
    await bench.store.close();
    bench.done();
    await bench.clock.advance(200_000);
    expect([bench.failures, bench.clock.pending]).toEqual([[], 0]);
  });

  it('records of channels that are not followed any more go', async () => {
    const bench = await FeedBench.started();
    bench.feed.follow(50n, 5);
    bench.feed.follow(51n, 5);
    await bench.feed.save();
    await bench.die();
    const second = await FeedBench.started(bench);
    second.refuse('CHANNEL_PRIVATE');
    second.answer(channelEmpty(5));
    await settle();
    await second.feed.save();
    expect(Object.keys(await second.stored()).toSorted()).toEqual([
      'main:channel:51',
      'main:state',
    ]);
  });
});
