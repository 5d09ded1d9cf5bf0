import { describe, expect, it } from 'vitest';
import { base } from '@tlgen/telegram';
import { PeerError } from '../../../../../packages/runtime/src/peers/errors.js';
import { settle } from '../../network/fakes/clock.js';
import { channelMessage, container, empty, message, newMessage, state } from '../kit.js';
import { FeedBench } from './bench.js';

describe('requests', () => {
  it('upd/channel-errors: FLOOD_WAIT is waited for by the engine', async () => {
    const bench = new FeedBench();
    await bench.start();
    bench.refuse('FLOOD_WAIT_20', 420);
    await bench.clock.advance(19_900);
    expect(bench.names).toEqual([]);
    await bench.clock.advance(200);
    expect(bench.names).toEqual(['updates.getState']);
  });

  it('upd/channel-errors: errors of no code back off', async () => {
    const bench = new FeedBench();
    await bench.start();
    for (const seconds of [1, 2, 4]) {
      bench.next().reject(new Error('no network'));
      await bench.clock.advance(seconds * 1000 - 10);
      expect(bench.names).toEqual([]);
      await bench.clock.advance(20);
    }
    bench.next().reject(null);
    await bench.clock.advance(8000);
    expect(bench.names).toEqual(['updates.getState']);
  });

  it('upd/channel-errors: a channel that cannot be named is forgotten, with its record', async () => {
    const bench = await FeedBench.started();
    bench.feed.follow(50n, 5);
    await bench.feed.save();
    bench.inputChannel = () => Promise.reject(new PeerError('UNKNOWN_PEER', '50', 'unknown'));
    bench.feed.pushed(container([channelMessage(50n, 9)]));
    await bench.clock.advance(70_000);
    expect([bench.names, bench.losses.length]).toEqual([[], 1]);
    expect(Object.keys(await bench.stored())).toEqual(['main:state']);
  });

  it('upd/channel-errors: one that was left is forgotten, one that is polled by name is not', async () => {
    const bench = await FeedBench.started();
    bench.settings.pollChannels = [-1_000_000_000_051n];
    const leave = (id: bigint, left: boolean) =>
      container([new base.UpdateChannel({ channelId: id })], 0, 1, [
        new base.Channel({
          id,
          left,
          accessHash: 1n,
          title: '',
          photo: new base.ChatPhotoEmpty(),
          date: 1,
        }),
      ]);
    for (const id of [50n, 51n, 52n]) bench.feed.follow(id, 5);
    for (const id of [50n, 51n]) bench.feed.pushed(leave(id, true));
    bench.feed.pushed(leave(52n, false));
    await bench.feed.save();
    const keys = Object.keys(await bench.stored()).filter((key) => key.includes('channel'));
    expect(keys).toEqual(['main:channel:51', 'main:channel:52']);
  });

  it('each is answered or failed once, whatever the answer', async () => {
    const bench = await FeedBench.started();
    bench.feed.pushed(container([newMessage(12)]));
    await bench.clock.advance(600);
    bench.answer({ _: 'boolTrue' });
    await settle();
    await bench.clock.advance(2000);
    expect(bench.names).toEqual(['updates.getDifference']);
    bench.answer(null);
    await bench.clock.advance(10_000);
    expect(bench.names).toEqual(['updates.getDifference']);
  });

  it('an answer of an odd shape stops nothing', async () => {
    const bench = await FeedBench.started();
    bench.feed.pushed(container([newMessage(12)]));
    await bench.clock.advance(600);
    bench.answer({ _: 'updates.difference', newMessages: [null], state: state(12) });
    await settle();
    expect(bench.failures).toHaveLength(1);
    await bench.clock.advance(2000);
    expect(bench.names).toEqual(['updates.getDifference']);
    bench.answer(empty(3));
    bench.feed.pushed(container([newMessage(11)]));
    await settle();
    expect(bench.seen).toEqual([11, 12]);
  });

  it('an answer of an odd shape stops no channel', async () => {
    const bench = await FeedBench.started();
    bench.feed.follow(50n, 5);
    bench.feed.pushed(container([channelMessage(50n, 7)]));
    await bench.clock.advance(600);
    const odd = { _: 'updates.channelDifference', final: true, pts: 7, newMessages: [null] };
    bench.answer(odd, 'updates.getChannelDifference');
    await settle();
    expect(bench.failures).toHaveLength(1);
    await bench.clock.advance(2000);
    expect(bench.names).toContain('updates.getChannelDifference');
  });

  it('what is pushed in an odd shape stops nothing, and a difference is asked for', async () => {
    const bench = await FeedBench.started();
    bench.feed.pushed({ _: 'updates', updates: [null], users: [], chats: [], seq: 0 } as never);
    bench.feed.pushed({ _: 'updateShort' } as never);
    bench.feed.pushed(null as never);
    expect(bench.failures.length).toBeGreaterThan(0);
    await bench.clock.advance(1100);
    expect(bench.names).toEqual(['updates.getDifference']);
    bench.answer(empty(3));
    await settle();
    bench.feed.pushed(container([newMessage(11)]));
    expect(bench.seen).toEqual([11]);
  });

  it('a sink that throws holds nothing up', async () => {
    const bench = await FeedBench.started();
    bench.onDeliver = () => {
      throw new Error('a defect');
    };
    bench.feed.pushed(container([newMessage(11), newMessage(12)]));
    await bench.feed.save();
    expect(bench.failures).toHaveLength(2);
    expect((await bench.stored())['main:state']).toMatchObject({ pts: 12 });
  });

  it('upd/too-long: is told to the sink, and gone on from', async () => {
    const bench = await FeedBench.started();
    bench.feed.pushed(new base.UpdatesTooLong());
    await settle();
    bench.answer({ _: 'updates.differenceTooLong', pts: 90 });
    await settle();
    expect(bench.losses).toMatchObject([{ box: 'common', from: 10, to: 90 }]);
    expect(bench.next().request).toMatchObject({ _: 'updates.getDifference', pts: 90 });
    await bench.feed.save();
    expect((await bench.stored())['main:state']).toMatchObject({ pts: 90 });
  });

  it('upd/deadlock-many-channels: 1 000 in gap at once: bounded requests, all completed', async () => {
    const bench = await FeedBench.started();
    bench.settings.queueLimit = 10;
    bench.onDeliver = (_, done) => done();
    for (let id = 1n; id <= 1000n; id++) {
      bench.feed.follow(id, 5);
      bench.feed.pushed(container([channelMessage(id, 7)]));
    }
    await bench.clock.advance(600);
    let most = 0;
    for (let rounds = 0; rounds < 1000 && bench.asked.length > 0; rounds++) {
      most = Math.max(most, bench.asked.length);
      for (const { request, resolve } of bench.asked.splice(0)) {
        const { channelId } = (request as unknown as { channel: base.InputChannel }).channel;
        const found = { final: true, pts: 7, otherUpdates: [], users: [], chats: [] };
        const newMessages = [message(6, channelId), message(7, channelId)];
        resolve({ _: 'updates.channelDifference', ...found, newMessages });
      }
      await settle();
    }
    expect([most, bench.asked.length, bench.seen.length]).toEqual([10, 0, 2000]);
    await bench.feed.save();
    expect(Object.keys(await bench.stored())).toHaveLength(1001);
  });
});
