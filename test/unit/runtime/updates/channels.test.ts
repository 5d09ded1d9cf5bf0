import { describe, expect, it } from 'vitest';
import { base } from '@tlgen/telegram';
import {
  Bench,
  channelDifference,
  channelEmpty,
  channelMessage,
  channelTooLong,
  message,
  newMessage,
} from './kit.js';

const tooLong = (channelId: bigint, pts?: number): base.UpdateChannelTooLong =>
  new base.UpdateChannelTooLong({ channelId, pts });

const positions = (bench: Bench): ReadonlyMap<bigint, number> | undefined =>
  bench.engine.snapshot()?.channels;

describe('channels', () => {
  it('each counts for itself, beside the common box', () => {
    const bench = Bench.started({}, [
      [50n, 7],
      [51n, 10],
    ]);
    bench.push(channelMessage(51n, 11), newMessage(11), channelMessage(50n, 9));
    expect(bench.seen.sort()).toEqual([11, 11]);
    bench.wait(510);
    expect(bench.asked.map(({ request }) => request)).toEqual([
      { type: 'channel-difference', channel: 50n, pts: 7, limit: 100 },
    ]);
    bench.answer(channelDifference(9, { messages: [message(8, 50n), message(9, 50n)] }));
    expect(bench.seen).toHaveLength(4);
  });

  it('the history of an unknown one begins with its first update', () => {
    const bench = Bench.started();
    bench.push(channelMessage(60n, 41));
    expect(positions(bench)).toEqual(new Map([[60n, 40]]));
    bench.acknowledge();
    expect(positions(bench)).toEqual(new Map([[60n, 41]]));
    bench.engine.follow(60n, 99, bench.now);
    bench.engine.follow(61n, 99, bench.now);
    expect(positions(bench)).toEqual(
      new Map([
        [60n, 41],
        [61n, 99],
      ]),
    );
  });

  it('the history of an unknown one begins with the earliest of those that came together', () => {
    const bench = Bench.started();
    bench.push(channelMessage(60n, 42), channelMessage(60n, 41));
    expect([bench.seen, bench.asked]).toEqual([[41, 42], []]);
  });

  it('migrated chats: the pts of the channel have nothing to do with those of the chat', () => {
    const bench = Bench.started();
    bench.push(newMessage(11));
    bench.push(channelMessage(70n, 2), newMessage(12), channelMessage(70n, 3));
    expect(bench.seen.sort()).toEqual([11, 12, 2, 3].sort());
    expect(bench.asked).toEqual([]);
  });

  it('differences that are not final go on; what is pushed meanwhile waits', () => {
    const bench = Bench.started({}, [[50n, 7]]);
    bench.push(tooLong(50n));
    bench.push(channelMessage(50n, 10));
    bench.answer(channelDifference(8, { messages: [message(8, 50n)], final: false }));
    expect(bench.seen).toEqual([8]);
    expect(bench.asked[0]?.request).toMatchObject({ pts: 8 });
    bench.answer(channelDifference(9, { messages: [message(9, 50n)] }));
    expect([bench.seen, bench.asked]).toEqual([[8, 9, 10], []]);
  });

  it('an answer that is not final and leads nowhere is asked for again later', () => {
    const bench = Bench.started({}, [[50n, 7]]);
    bench.push(tooLong(50n));
    bench.answer(channelDifference(7, { final: false }));
    expect(bench.asked).toEqual([]);
    bench.wait(1000);
    expect(bench.asked).toHaveLength(1);
  });

  it('upd/too-long: channelTooLong with and without pts', () => {
    const bench = Bench.started({}, [[50n, 7]]);
    bench.push(tooLong(50n, 7));
    expect(bench.asked).toEqual([]);
    bench.push(tooLong(50n, 8));
    bench.answer(channelEmpty(8));
    bench.push(tooLong(50n));
    expect(bench.asked).toHaveLength(1);
    bench.answer(channelEmpty(8));
    bench.push(tooLong(60n), tooLong(61n, 9));
    expect(bench.asked).toEqual([]);
    expect(bench.lost).toMatchObject([{ box: 61n, from: null, to: 9 }]);
  });

  it('upd/too-long: channelDifferenceTooLong is told, with the last messages, and gone on from', () => {
    const bench = Bench.started({}, [[50n, 7]]);
    bench.push(tooLong(50n));
    bench.answer(channelTooLong(50n, 90));
    expect(bench.lost).toMatchObject([{ box: 50n, from: 7, to: 90, messages: [{ id: 90 }] }]);
    expect(positions(bench)).toEqual(new Map([[50n, 7]]));
    bench.acknowledge();
    expect(positions(bench)).toEqual(new Map([[50n, 90]]));
    bench.push(channelMessage(50n, 91));
    expect(bench.seen).toEqual([91]);
  });

  it('upd/too-long: without a pts in the dialog it is a failure', () => {
    const bench = Bench.started({}, [[50n, 7]]);
    bench.push(tooLong(50n));
    bench.answer(channelTooLong(50n));
    expect([bench.asked, bench.lost]).toEqual([[], []]);
    bench.wait(1000);
    expect(bench.asked).toHaveLength(1);
  });

  it.each(['CHANNEL_PRIVATE', 'CHANNEL_INVALID'])(
    'upd/channel-errors: %s: forgotten, with its gap and timers',
    (code) => {
      const bench = Bench.started({}, [[50n, 7]]);
      bench.push(channelMessage(50n, 9));
      bench.wait(510);
      bench.fail(code);
      expect(bench.others).toEqual([{ type: 'forgotten', channel: 50n, reason: code }]);
      expect(positions(bench)?.size).toBe(0);
      bench.wait(14 * 60_000);
      expect(bench.asked).toEqual([]);
    },
  );

  it('upd/channel-errors: one that cannot be addressed yet is tried for a minute, then its updates are lost', () => {
    const bench = Bench.started({}, [[50n, 7]]);
    bench.push(channelMessage(50n, 9));
    bench.wait(510);
    for (const seconds of [1, 2, 4, 8, 16, 32]) {
      bench.fail('unknown-channel');
      expect([bench.lost, bench.others]).toEqual([[], []]);
      bench.wait(seconds * 1000);
    }
    bench.fail('unknown-channel');
    expect(bench.lost).toMatchObject([{ box: 50n, from: 7, to: null }]);
    expect(bench.others).toEqual([{ type: 'forgotten', channel: 50n, reason: 'unknown-channel' }]);
  });

  it('upd/channel-errors: one that could not be addressed goes on where it was', () => {
    const bench = Bench.started({}, [[50n, 7]]);
    bench.push(channelMessage(50n, 9));
    bench.wait(510);
    bench.fail('unknown-channel');
    bench.push(channelMessage(50n, 8));
    expect(bench.seen).toEqual([8, 9]);
    expect(bench.lost).toEqual([]);
  });

  it.each(['PERSISTENT_TIMESTAMP_EMPTY', 'PERSISTENT_TIMESTAMP_INVALID'])(
    'upd/channel-errors: %s: begun anew, and told',
    (code) => {
      const bench = Bench.started({}, [[50n, 7]]);
      bench.push(tooLong(50n));
      bench.fail(code);
      expect(bench.lost).toMatchObject([{ box: 50n, from: 7, to: null }]);
      bench.push(channelMessage(50n, 30));
      expect(bench.seen).toEqual([30]);
    },
  );

  it.each([
    ['PERSISTENT_TIMESTAMP_OUTDATED', undefined, 1],
    ['INTERNAL', undefined, 1],
    ['FLOOD_WAIT', 20, 20],
  ])('upd/channel-errors: %s: asked again later', (code, seconds, wait) => {
    const bench = Bench.started({}, [[50n, 7]]);
    bench.push(tooLong(50n));
    bench.fail(code, seconds);
    bench.wait(wait * 1000 - 1);
    expect(bench.asked).toEqual([]);
    bench.wait(1);
    expect(bench.asked).toHaveLength(1);
  });

  it('one that was left is forgotten, once', () => {
    const bench = Bench.started({}, [[50n, 7]]);
    bench.engine.forget(50n, bench.now);
    expect(bench.engine.take()).toEqual([{ type: 'forgotten', channel: 50n, reason: 'left' }]);
    bench.engine.forget(50n, bench.now);
    expect(bench.engine.take()).toEqual([]);
  });

  it.each(['PERSISTENT_TIMESTAMP_INVALID', 'unknown-channel'])(
    'upd/channel-errors: %s: its place is saved until what was delivered is done',
    (code) => {
      const bench = Bench.started({}, [[50n, 7]]);
      bench.push(channelMessage(50n, 8));
      bench.push(tooLong(50n));
      for (let tries = 0; tries < 7 && bench.lost.length === 0; tries++) {
        bench.fail(code);
        if (bench.lost.length === 0) bench.wait(64_000);
      }
      const [delivery] = bench.deliveries;
      const [lost] = bench.lost;
      if (!delivery || !lost) throw new Error('nothing came');
      bench.engine.delivered(lost.id, bench.now);
      expect(positions(bench)).toEqual(new Map([[50n, 7]]));
      expect(bench.engine.covers(delivery)).toBe(false);
      bench.push(channelMessage(50n, 30));
      const later = bench.deliveries.at(-1);
      if (!later) throw new Error('nothing came');
      bench.engine.delivered(later.id, bench.now);
      expect(positions(bench)).toEqual(new Map([[50n, 7]]));
      expect(bench.engine.covers(later)).toBe(false);
      bench.engine.delivered(delivery.id, bench.now);
      expect(positions(bench)).toEqual(new Map([[50n, 30]]));
      expect([delivery, later].map((one) => bench.engine.covers(one))).toEqual([true, true]);
    },
  );

  it('an answer to what was asked before it was forgotten is not taken for a later one', () => {
    const bench = Bench.started({}, [[50n, 7]]);
    bench.push(tooLong(50n));
    bench.engine.forget(50n, bench.now);
    bench.push(channelMessage(50n, 30));
    bench.answer(channelDifference(9, { messages: [message(9, 50n)] }));
    expect(bench.seen).toEqual([30]);
    bench.push(channelMessage(50n, 31));
    expect(bench.seen).toEqual([30, 31]);
  });

  it('a silent one is asked about after 15 minutes, a polled one after the time the server names', () => {
    const bench = Bench.started({ poll: (channel) => channel === 50n }, [
      [50n, 7],
      [51n, 7],
    ]);
    bench.push(tooLong(50n), tooLong(51n));
    bench.answer(channelEmpty(7, 30));
    bench.answer(channelEmpty(7, 30));
    bench.wait(30_000);
    expect(bench.asked.map(({ request }) => request)).toMatchObject([{ channel: 50n }]);
    bench.answer(channelEmpty(7));
    bench.wait(15 * 60_000 - 30_000);
    const silent = bench.asked.filter(({ request }) => request.type === 'channel-difference');
    expect(silent.map(({ request }) => request)).toMatchObject([{ channel: 51n }]);
  });

  it('upd/deadlock-many-channels: 1 000 in gap at once: bounded requests, all completed', () => {
    const ids = Array.from({ length: 1000 }, (_, at) => BigInt(at + 1));
    const bench = Bench.started(
      {},
      ids.map((id) => [id, 7]),
    );
    for (const id of ids) bench.push(channelMessage(id, 9));
    bench.wait(510);
    let most = 0;
    for (let answered = 0; bench.asked.length > 0; answered++) {
      most = Math.max(most, bench.asked.length);
      if (answered > 1000) throw new Error('more requests than gaps');
      const { request } = bench.asked[0] ?? {};
      if (request?.type !== 'channel-difference') throw new Error('not of a channel');
      const { channel } = request;
      const found = [message(8, channel), message(9, channel)];
      bench.answer(channelDifference(9, { messages: found }));
    }
    expect(most).toBe(10);
    expect(bench.deliveries).toHaveLength(2000);
    bench.acknowledge();
    expect([...(positions(bench)?.values() ?? [])].every((pts) => pts === 9)).toBe(true);
  });
});
