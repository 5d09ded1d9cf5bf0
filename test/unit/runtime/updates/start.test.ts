import { describe, expect, it } from 'vitest';
import { updates } from '@tlgen/telegram';
import {
  Bench,
  channelEmpty,
  channelMessage,
  container,
  difference,
  empty,
  message,
  named,
  newMessage,
  newSecret,
  state,
} from './kit.js';

describe('start', () => {
  it('the first run asks for the state and never assumes 1', () => {
    const bench = new Bench();
    bench.start(null);
    expect(bench.asked.map(({ request }) => request)).toEqual([{ type: 'state' }]);
    expect(bench.engine.snapshot()).toBeNull();
    bench.answer(state(500, 20, 9, 77));
    expect(bench.engine.snapshot()).toEqual({
      pts: 500,
      qts: 20,
      seq: 9,
      date: 77,
      channels: new Map(),
    });
    bench.push(newMessage(501));
    expect(bench.seen).toEqual([501]);
  });

  it('the first run begins with what was pushed before the state came', () => {
    const bench = new Bench();
    bench.start(null);
    bench.push(newMessage(499), newMessage(500));
    bench.receive(container([named(1)], 10));
    expect(bench.seen).toEqual([]);
    bench.answer(state(500, 20, 9));
    expect(bench.seen).toEqual([499, 500, 'updateChannel']);
    expect(bench.asked).toEqual([]);
  });

  it('the first run begins before what only its container numbers, the very first as well', () => {
    const bench = new Bench();
    bench.start(null);
    bench.receive(container([named(1)], 1));
    bench.answer(state(500, 20, 1));
    expect(bench.seen).toEqual(['updateChannel']);
    expect(bench.asked).toEqual([]);
  });

  it('the first run begins before what came of people nobody knows', () => {
    const bench = new Bench({ knows: () => false });
    bench.start(null);
    bench.push(newMessage(500));
    bench.answer(state(500, 20, 9));
    expect(bench.asked.map(({ request }) => request)).toMatchObject([
      { type: 'difference', pts: 499, qts: 20 },
    ]);
    bench.answer(difference(state(500, 20, 9), { messages: [message(500)] }));
    expect(bench.seen).toEqual([500]);
    expect(bench.asked).toEqual([]);
  });

  it('a stored account asks for what it missed, in each box', () => {
    const bench = new Bench();
    bench.start({ pts: 10, qts: 5, seq: 3, date: 1, channels: new Map([[50n, 7]]) });
    expect(bench.asked.map(({ request }) => request.type)).toEqual([
      'difference',
      'channel-difference',
    ]);
    bench.answer(difference(state(11, 5, 3), { messages: [message(11)] }));
    bench.answer(channelEmpty(7));
    expect(bench.seen).toEqual([11]);
  });

  it('bots ask channels for more', () => {
    const limit = (bot: boolean): unknown => {
      const bench = new Bench({ bot });
      bench.start({ pts: 1, qts: 1, seq: 1, date: 1, channels: new Map([[50n, 7]]) });
      return bench.asked[1]?.request;
    };
    expect(limit(false)).toMatchObject({ limit: 100 });
    expect(limit(true)).toMatchObject({ limit: 100_000 });
  });

  it('upd/persist-after-dispatch: a crash between handler and save delivers again, never loses', () => {
    const first = Bench.started();
    first.push(newMessage(11), newMessage(12), newMessage(13));
    const [one, , three] = first.deliveries;
    first.engine.delivered(one?.id ?? 0, first.now);
    first.engine.delivered(three?.id ?? 0, first.now);
    const saved = first.engine.snapshot();
    expect(saved?.pts).toBe(11);
    const second = new Bench();
    second.start(saved);
    second.answer(difference(state(13, 5, 3), { messages: [message(12), message(13)] }));
    expect(second.seen).toEqual([12, 13]);
  });

  it('upd/persist-after-dispatch: a difference is saved when all it brought is acknowledged', () => {
    const bench = Bench.started();
    bench.engine.missed(bench.now);
    bench.take();
    bench.answer(difference(state(12, 5, 4, 9), { messages: [message(11)], others: [named(1)] }));
    expect(bench.engine.snapshot()).toMatchObject({ pts: 10, seq: 3, date: 1 });
    bench.acknowledge();
    expect(bench.engine.snapshot()).toMatchObject({ pts: 12, seq: 4, date: 9 });
  });

  it('qts is saved only when the secret message is stored, and holds nothing else back', () => {
    const bench = Bench.started();
    bench.push(newSecret(6), newMessage(11));
    bench.acknowledge();
    expect(bench.engine.snapshot()).toMatchObject({ pts: 11, qts: 5 });
    const kept = bench.deliveries.find(({ durable }) => durable);
    bench.engine.delivered(kept?.id ?? 0, bench.now);
    expect(bench.engine.snapshot()?.qts).toBe(5);
    bench.engine.stored(kept?.id ?? 0, bench.now);
    expect(bench.engine.snapshot()).toMatchObject({ pts: 11, qts: 6 });
  });

  it('too much unacknowledged: nothing is taken, and all is asked for when there is room', () => {
    const bench = Bench.started({ outstanding: 3 }, [[50n, 7]]);
    bench.push(newMessage(11), newMessage(12), newMessage(13));
    bench.push(newMessage(14), channelMessage(50n, 8));
    expect([bench.seen, bench.asked]).toEqual([[11, 12, 13], []]);
    bench.wait(60_000);
    expect(bench.asked).toEqual([]);
    bench.acknowledge();
    expect(bench.asked.map(({ request }) => request)).toMatchObject([
      { type: 'difference', pts: 13 },
      { type: 'channel-difference', pts: 7 },
    ]);
  });

  it('failures are asked again after 1, 2, 4 … 64 seconds, or as the server says', () => {
    const bench = new Bench();
    bench.start({ pts: 10, qts: 5, seq: 3, date: 1, channels: new Map() });
    for (const seconds of [1, 2, 4, 8, 16, 32, 64, 64]) {
      bench.fail('INTERNAL');
      bench.wait(seconds * 1000 - 1);
      expect(bench.asked).toEqual([]);
      bench.wait(1);
      expect(bench.asked).toHaveLength(1);
    }
    bench.fail('FLOOD_WAIT', 300);
    bench.wait(299_000);
    expect(bench.asked).toEqual([]);
    bench.wait(1000);
    bench.answer(empty(3));
    bench.engine.missed(bench.now);
    bench.take();
    bench.fail('INTERNAL');
    bench.wait(1000);
    expect(bench.asked).toHaveLength(1);
  });

  it('upd/too-long: differenceTooLong is told, set and followed by another difference', () => {
    const bench = Bench.started();
    bench.engine.missed(bench.now);
    bench.take();
    bench.answer(new updates.DifferenceTooLong({ pts: 900 }));
    expect(bench.lost).toMatchObject([{ box: 'common', from: 10, to: 900 }]);
    expect(bench.engine.snapshot()?.pts).toBe(10);
    expect(bench.asked[0]?.request).toMatchObject({ type: 'difference', pts: 900 });
    bench.answer(empty(3));
    bench.acknowledge();
    expect(bench.engine.snapshot()?.pts).toBe(900);
    bench.push(newMessage(901));
    expect(bench.seen).toEqual([901]);
  });

  it('upd/channel-errors: an invalid state begins anew with a fresh one, and says so', () => {
    const bench = Bench.started();
    bench.engine.missed(bench.now);
    bench.take();
    bench.fail('PERSISTENT_TIMESTAMP_INVALID');
    bench.wait(1000);
    expect(bench.asked.map(({ request }) => request)).toEqual([{ type: 'state' }]);
    bench.answer(state(700, 5, 3));
    expect(bench.lost).toMatchObject([{ box: 'common', from: 10, to: 700 }]);
    bench.answer(empty(3));
    bench.push(newMessage(701));
    expect(bench.seen).toEqual([701]);
  });

  it('upd/channel-errors: an invalid pts loses no secret message, and nothing without a pts', () => {
    const bench = Bench.started();
    bench.engine.missed(bench.now);
    bench.take();
    bench.fail('PERSISTENT_TIMESTAMP_INVALID');
    bench.wait(1000);
    bench.answer(state(700, 9, 8, 50));
    expect(bench.asked[0]?.request).toMatchObject({ pts: 700, qts: 5, date: 1 });
    expect(bench.engine.snapshot()).toMatchObject({ qts: 5, seq: 3, date: 1 });
    // it is not the pts: all begins anew, and says so
    bench.fail('PERSISTENT_TIMESTAMP_INVALID');
    bench.wait(1000);
    bench.answer(state(700, 9, 8, 50));
    expect(bench.lost.slice(1)).toMatchObject([
      { box: 'common', from: 700, to: 700 },
      { box: 'qts', from: 5, to: 9 },
    ]);
    bench.acknowledge();
    expect(bench.engine.snapshot()).toMatchObject({ pts: 700, qts: 9, seq: 8, date: 50 });
    bench.wait(5000);
    expect(bench.asked).toEqual([]);
  });
});
