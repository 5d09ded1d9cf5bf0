/**
 * The edge cases of the research (models.md §4.6), each by its number. More of what they are about:
 *
 * | edge case | covered further in |
 * | --- | --- |
 * | 1 pts, qts, pts_count 0 | boxes.test.ts `upd/pts-zero`, sequence.test.ts `upd/pts-zero` |
 * | 2 same pts, other counts | sequence.test.ts `upd/sum-of-counts` |
 * | 4 first run | start.test.ts |
 * | 6 own requests | short.test.ts `upd/affected`, simulation/updates.test.ts |
 * | 7 min and unknown peers | short.test.ts `upd/short-*`, `upd/difference-with-min-or-unknown-peers` |
 * | 8 too long | start.test.ts, channels.test.ts `upd/too-long` |
 * | 9 closed channels | channels.test.ts `upd/channel-errors` |
 * | 14 slow handlers | many-channels.test.ts |
 * | 16 two clients, one session | storage/memory.test.ts, storage/sqlite.test.ts, storage/kill.test.ts |
 * | 18 secret messages | simulation/updates.test.ts |
 */
import { describe, expect, it } from 'vitest';
import { base, messages } from '@tlgen/telegram';
import type { TlMethod } from '@tlgen/codec';
import { RpcError } from '../../../../packages/runtime/src/core/errors.js';
import * as make from '../../../simulation/updates/model/make.js';
import { CountingStorage, SmallFeed } from '../../../simulation/updates/run/small.js';
import {
  Bench,
  channelDifference,
  channelEmpty,
  channelMessage,
  channelTooLong,
  combined,
  container,
  difference,
  empty,
  message,
  named,
  newMessage,
  newSecret,
  state,
  USER,
} from './kit.js';

const CHANNEL = 50n;

/** A server on which nothing happened since pts 10, qts 5, seq 3. */
function quiet(request: TlMethod): unknown {
  if (request._ === 'updates.getState') return state(10, 5, 3);
  if (request._ === 'updates.getDifference') return empty(3);
  if (request._ === 'updates.getChannelDifference') return channelEmpty(7);
  return [];
}

const users = (...ids: bigint[]) => ids.map((id) => make.user(id));
const tooLong = (channelId: bigint): base.UpdateChannelTooLong =>
  new base.UpdateChannelTooLong({ channelId });

/** Of somebody who is known. */
function known(...list: base.TypeUpdate[]): base.Updates {
  const updates = container(list, 0, 1, [make.channel(CHANNEL)]);
  updates.users = users(USER, make.SELF);
  return updates;
}

/** Requests beside the first state. */
const differences = ({ methods }: SmallFeed): string[] =>
  methods.filter((name) => name !== 'updates.getState');

describe('edge cases of the research, by number', () => {
  it('§4.6-1 pts or qts 0, pts_count 0: delivered, and nothing moves', () => {
    const bench = Bench.started();
    const page = new base.WebPageEmpty({ id: 1n });
    bench.push(
      new base.UpdateWebPage({ webpage: page, pts: 0, ptsCount: 0 }),
      new base.UpdateWebPage({ webpage: page, pts: 10, ptsCount: 0 }),
      newSecret(0),
    );
    expect(bench.deliveries).toHaveLength(3);
    bench.acknowledge();
    expect(bench.engine.snapshot()).toMatchObject({ pts: 10, qts: 5 });
    bench.wait(510);
    expect(bench.asked).toEqual([]);
  });

  it('§4.6-2 the same pts with different counts: both are delivered, when nothing is missing', () => {
    const bench = Bench.started();
    bench.push(newMessage(13, 2), newMessage(13, 1));
    expect(bench.deliveries).toHaveLength(2);
    bench.push(newMessage(14));
    expect(bench.deliveries).toHaveLength(3);
    bench.wait(510);
    expect(bench.asked).toEqual([]);
  });

  it('§4.6-3 seq_start 0: the container is taken at once and seq stays', () => {
    const bench = Bench.started();
    bench.receive(combined([named(1)], 0, 9));
    bench.receive(combined([named(2)], 0, 0));
    expect(bench.deliveries).toHaveLength(2);
    bench.acknowledge();
    expect(bench.engine.snapshot()).toMatchObject({ seq: 3 });
    bench.receive(combined([named(3)], 4, 4));
    expect(bench.deliveries).toHaveLength(3);
    expect(bench.asked).toEqual([]);
  });

  it('§4.6-4 the first run asks for the state, and a difference is never asked from 1 or 0', async () => {
    const small = new SmallFeed(quiet);
    await small.start();
    expect(small.methods[0]).toBe('updates.getState');
    const from = small.asked.flatMap((one) => ('pts' in one ? [one.pts] : []));
    expect(from.filter((pts) => pts !== 10)).toEqual([]);
  });

  it('§4.6-5 bots may have 100 000 updates of a channel at one time, users 100', () => {
    for (const [bot, limit] of [
      [true, 100_000],
      [false, 100],
    ] as const) {
      const bench = new Bench({ bot });
      bench.start({ pts: 10, qts: 5, seq: 3, date: 1, channels: new Map([[CHANNEL, 7]]) });
      const asked = bench.asked.find(({ request }) => request.type === 'channel-difference');
      expect(asked?.request).toMatchObject({ limit });
    }
  });

  it('§4.6-6 the pts of own requests go through the same boxes: affected, sent, updates in results', async () => {
    const small = new SmallFeed(quiet);
    await small.start();
    small.peers.learn(users(USER, make.SELF), [make.channel(CHANNEL)]);
    small.feed.follow(CHANNEL, 7);
    const before = differences(small).length;
    const peer = new base.InputPeerUser({ userId: USER, accessHash: 1n });
    small.feed.answered(
      new messages.AffectedMessages({ pts: 12, ptsCount: 2 }),
      new messages.DeleteMessagesRequest({ id: [1, 2] }),
    );
    small.feed.answered(
      new base.UpdateShortSentMessage({ out: true, id: 77, pts: 13, ptsCount: 1, date: 5 }),
      new messages.SendMessageRequest({ peer, message: 'what was sent', randomId: 1n }),
    );
    small.feed.answered(
      known(channelMessage(CHANNEL, 8)),
      new messages.SendMessageRequest({
        peer: make.inputPeer(new base.PeerChannel({ channelId: CHANNEL })),
        message: '',
        randomId: 2n,
      }),
    );
    await small.wait(10);
    small.push(known(newMessage(14), channelMessage(CHANNEL, 9)));
    await small.wait(1_000);
    expect(small.deliveries.map(({ from }) => from)).toEqual(['own', 'own', 'push', 'push']);
    expect(small.deliveries[0]?.update).toMatchObject({
      message: { id: 77, message: 'what was sent', peerId: { userId: USER } },
    });
    expect(differences(small)).toHaveLength(before);
  });

  it('§4.6-7 an unknown or min peer: one difference, which is not followed by another', async () => {
    let asked = 0;
    const stranger = 900n;
    const small = new SmallFeed((request) => {
      if (request._ !== 'updates.getDifference' || ++asked > 1) return quiet(request);
      // even if the difference does not say who it is
      return difference(state(11, 5, 3), { messages: [messageFrom(11, stranger)] });
    });
    await small.start();
    asked = 0;
    const update = new base.UpdateNewMessage({
      message: messageFrom(11, stranger),
      pts: 11,
      ptsCount: 1,
    });
    const pushed = container([update]);
    pushed.users = [make.user(stranger, true)];
    small.push(pushed);
    await small.wait(60_000);
    expect(asked).toBe(1);
    expect(small.deliveries).toHaveLength(1);
    expect(small.deliveries[0]).toMatchObject({ from: 'difference', key: 'new:0:11' });
  });

  it('§4.6-8 too long is a loss that is told, and updates go on after it', () => {
    const bench = Bench.started({}, [[CHANNEL, 7]]);
    bench.push(tooLong(CHANNEL));
    bench.answer(channelTooLong(CHANNEL, 90));
    expect(bench.lost).toMatchObject([{ box: CHANNEL, from: 7, to: 90 }]);
    bench.push(channelMessage(CHANNEL, 91));
    expect(bench.seen).toEqual([91]);
  });

  it('§4.6-9 a channel that is closed to us: no timer, no state, no gap is left of it', async () => {
    const small = new SmallFeed((request) =>
      request._ === 'updates.getChannelDifference'
        ? new RpcError(400, 'CHANNEL_PRIVATE', request._)
        : quiet(request),
    );
    await small.start();
    small.peers.learn(users(USER), [make.channel(CHANNEL)]);
    small.feed.follow(CHANNEL, 7);
    await small.wait(3_000);
    expect(await stored(small)).toContain(String(CHANNEL));
    small.push(known(channelMessage(CHANNEL, 12)));
    await small.wait(3_000);
    const asked = (): number =>
      small.methods.filter((name) => name === 'updates.getChannelDifference').length;
    expect(asked()).toBe(1);
    await small.wait(40 * 60_000);
    expect(asked()).toBe(1);
    expect(await stored(small)).not.toContain(String(CHANNEL));
    expect(small.deliveries).toEqual([]);
  });

  it('§4.6-10 asked again while one runs: one more, not one for each', () => {
    const bench = Bench.started();
    bench.engine.missed(bench.now);
    bench.take();
    for (let i = 0; i < 5; i++) bench.receive(new base.UpdatesTooLong());
    expect(bench.asked).toHaveLength(1);
    bench.answer(empty(3));
    expect(bench.asked).toHaveLength(1);
    bench.answer(empty(3));
    expect(bench.asked).toEqual([]);
  });

  it('§4.6-11 an answer slower than the wait for gaps: nothing is asked twice, nothing comes twice', () => {
    const bench = Bench.started();
    bench.push(newMessage(12));
    bench.wait(510);
    expect(bench.asked).toHaveLength(1);
    bench.push(newMessage(14));
    bench.wait(5_000);
    expect(bench.asked).toHaveLength(1);
    bench.answer(
      difference(state(14, 5, 3), { messages: [11, 12, 13, 14].map((id) => message(id)) }),
    );
    bench.wait(5_000);
    expect([bench.seen, bench.asked]).toEqual([[11, 12, 13, 14], []]);
  });

  it('§4.6-12 a new session and a reconnect: one difference each', async () => {
    const small = new SmallFeed(quiet);
    await small.start();
    const count = (): number => differences(small).length;
    let before = count();
    small.feed.sessionCreated();
    await small.wait(5_000);
    expect(count() - before).toBe(1);
    before = count();
    small.feed.connected();
    await small.wait(5_000);
    expect(count() - before).toBe(1);
  });

  it('§4.6-13 saved after the handler, and many as one write', async () => {
    const small = new SmallFeed(quiet, { handler: null });
    await small.start();
    small.peers.learn(users(USER, make.SELF), []);
    await small.wait(3_000);
    const [before, state10] = [small.storage.writes, await stored(small)];
    for (let pts = 11; pts <= 60; pts++) small.push(known(newMessage(pts)));
    await small.wait(5_000);
    expect(small.deliveries).toHaveLength(50);
    expect(await stored(small)).toBe(state10);
    for (const done of small.dones) done();
    await small.wait(5_000);
    expect(await stored(small)).not.toBe(state10);
    expect(small.storage.writes - before).toBeLessThanOrEqual(2);
  });

  it('§4.6-14 a slow handler: no more is taken than may wait, nothing is lost, nothing locks up', async () => {
    const small = new SmallFeed(
      (request) => {
        if (request._ !== 'updates.getDifference' || !('pts' in request)) return quiet(request);
        const list = from(Number(request.pts) + 1, 100).map((id) => message(id));
        // as if nothing had happened before the first is pushed
        return busy && list.length > 0
          ? difference(state(100, 5, 3), { messages: list })
          : empty(3);
      },
      { handler: null, settings: { queueLimit: 10 } },
    );
    let busy = false;
    await small.start();
    busy = true;
    small.peers.learn(users(USER, make.SELF), []);
    const seen = (): number[] => small.deliveries.map(({ update }) => idOf(update));
    for (const pts of from(11, 100)) small.push(known(newMessage(pts)));
    await small.wait(60_000);
    expect(seen()).toEqual(from(11, 20));
    for (let at = 0; at < small.dones.length; at++) {
      small.dones[at]?.();
      await small.wait(50);
    }
    expect(seen()).toEqual(from(11, 100));
  });

  it('§4.6-15 the wall clock jumps: no deadline moves, nothing is asked', async () => {
    const small = new SmallFeed(quiet);
    await small.start();
    small.peers.learn(users(USER, make.SELF), []);
    const before = small.asked.length;
    for (const days of [1, -3, 400]) {
      small.scheduler.jumped += days * 86_400_000;
      small.push(known(newMessage(11)));
      await small.wait(1_000);
    }
    expect(small.asked).toHaveLength(before);
    small.push(known(newMessage(13)));
    await small.wait(490);
    expect(small.asked).toHaveLength(before);
    await small.wait(20);
    expect(small.asked).toHaveLength(before + 1);
  });

  it('§4.6-16 two clients with one session: the second one is told', async () => {
    const storage = new CountingStorage();
    const first = new SmallFeed(quiet, { storage });
    await first.start();
    const second = new SmallFeed(quiet, { storage });
    await expect(second.store.open()).rejects.toMatchObject({ code: 'locked' });
  });

  it('§4.6-17 a group becomes a channel: each has a pts of its own', () => {
    const bench = Bench.started();
    const migrated = new base.MessageService({
      id: 11,
      peerId: new base.PeerChat({ chatId: 5n }),
      date: 1,
      action: new base.MessageActionChatMigrateTo({ channelId: CHANNEL }),
    });
    bench.push(
      new base.UpdateNewMessage({ message: migrated, pts: 11, ptsCount: 1 }),
      channelMessage(CHANNEL, 2),
      newMessage(12),
    );
    expect(bench.deliveries.map(({ box }) => box)).toEqual([CHANNEL, 'common', 'common']);
    bench.acknowledge();
    expect(bench.engine.snapshot()).toMatchObject({ pts: 12, channels: new Map([[CHANNEL, 2]]) });
    bench.push(channelMessage(CHANNEL, 4));
    bench.wait(510);
    expect(bench.asked).toMatchObject([{ request: { channel: CHANNEL, pts: 2 } }]);
    bench.answer(channelDifference(4, { messages: [message(3, CHANNEL), message(4, CHANNEL)] }));
    expect(bench.asked).toEqual([]);
  });

  it('§4.6-18 qts: a secret message is confirmed when the journal has it, and not before', async () => {
    let stored: (() => void) | null = null;
    const small = new SmallFeed(quiet, {
      journal: () => ({ store: () => new Promise((resolve) => (stored = resolve)) }),
    });
    await small.start();
    const confirmed = (): unknown[] =>
      small.asked.flatMap((one) => ('maxQts' in one ? [one.maxQts] : []));
    small.push(container([newSecret(6)]));
    await small.wait(60_000);
    expect(small.deliveries).toEqual([]);
    expect(confirmed().filter((qts) => Number(qts) > 5)).toEqual([]);
    (stored as (() => void) | null)?.();
    await small.wait(60_000);
    expect(small.deliveries).toHaveLength(1);
    expect(confirmed().at(-1)).toBe(6);
  });
});

const from = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);

function messageFrom(id: number, userId: bigint): base.Message {
  const peerId = new base.PeerUser({ userId });
  return new base.Message({ id, peerId, fromId: peerId, date: 1, message: 'hello' });
}

function idOf(update: base.TypeUpdate): number {
  return update._ === 'updateNewMessage' ? update.message.id : 0;
}

/** All that is stored of updates, as text. */
async function stored({ storage }: SmallFeed): Promise<string> {
  const entries = await storage.list('updates');
  return entries
    .map(([key, value]) => `${key}=${new TextDecoder().decode(value)}`)
    .sort()
    .join('\n');
}
