import { describe, expect, it } from 'vitest';
import { base } from '@tlgen/telegram';
import {
  Bench,
  channelMessage,
  channelDifference,
  combined,
  container,
  difference,
  empty,
  message,
  named,
  newMessage,
  newSecret,
  secret,
  slice,
  state,
} from './kit.js';

describe('updates in order', () => {
  it('asks nothing and saves what was acknowledged', () => {
    const bench = Bench.started();
    bench.push(newMessage(11));
    bench.push(newMessage(12));
    expect([bench.seen, bench.asked]).toEqual([[11, 12], []]);
    expect(bench.engine.snapshot()?.pts).toBe(10);
    bench.acknowledge();
    expect(bench.engine.snapshot()?.pts).toBe(12);
  });

  it('sorts what came together by where it begins', () => {
    const bench = Bench.started();
    bench.push(newMessage(13), newMessage(11), newMessage(12), newSecret(7), newSecret(6));
    expect(bench.seen).toEqual(['secret 6', 'secret 7', 11, 12, 13].sort());
    expect(bench.asked).toEqual([]);
  });

  it('drops duplicates', () => {
    const bench = Bench.started();
    bench.push(newMessage(11));
    bench.push(newMessage(11));
    bench.push(newSecret(6), newSecret(6));
    expect(bench.seen).toEqual([11, 'secret 6']);
  });

  it('upd/pts-zero, qts-zero, seq-zero: delivered, state unchanged', () => {
    const bench = Bench.started();
    const before = bench.engine.snapshot();
    bench.push(newMessage(0, 0), newSecret(0), named(1));
    bench.receive(combined([named(2)], 0, 0));
    bench.receive(combined([named(3)], 0, 9));
    expect(bench.deliveries).toHaveLength(5);
    bench.acknowledge();
    expect(bench.engine.snapshot()).toEqual(before);
    expect(bench.asked).toEqual([]);
  });

  it('upd/pts-zero: count 0 is delivered, once its pts is reached', () => {
    const bench = Bench.started();
    const read = (pts: number): base.UpdateReadHistoryOutbox =>
      new base.UpdateReadHistoryOutbox({
        peer: new base.PeerUser({ userId: 1n }),
        maxId: 1,
        pts,
        ptsCount: 0,
      });
    bench.push(read(10), read(4));
    expect(bench.seen).toHaveLength(2);
    bench.push(read(11));
    expect(bench.seen).toHaveLength(2);
    bench.push(newMessage(11));
    expect(bench.seen.slice(2)).toEqual([11, 'updateReadHistoryOutbox']);
  });

  it('same pts with different counts: complete together', () => {
    const bench = Bench.started();
    bench.push(newMessage(13, 1));
    bench.push(newMessage(13, 2));
    expect(bench.seen).toHaveLength(2);
    bench.acknowledge();
    expect(bench.engine.snapshot()?.pts).toBe(13);
  });

  it('pts that make no sense are not counted', () => {
    const bench = Bench.started();
    bench.push(newMessage(5, 50), newMessage(-3, 1), newMessage(20, -1), newSecret(-1));
    expect(bench.deliveries).toHaveLength(4);
    expect(bench.asked).toEqual([]);
    expect(bench.engine.snapshot()?.pts).toBe(10);
  });

  it('what is of interest only now never waits', () => {
    const bench = new Bench();
    bench.start(null);
    const user = new base.UpdateUserStatus({ userId: 1n, status: new base.UserStatusEmpty() });
    bench.receive(container([user, newMessage(11)], 9));
    expect(bench.seen).toEqual(['updateUserStatus']);
  });
});

describe('gaps', () => {
  it('upd/gap-half-second: filled at 0.49 s: no request; at 0.51 s: exactly one getDifference', () => {
    const filled = Bench.started();
    filled.push(newMessage(12));
    filled.wait(490);
    filled.push(newMessage(11));
    filled.wait(1000);
    expect([filled.seen, filled.asked]).toEqual([[11, 12], []]);
    const open = Bench.started();
    open.push(newMessage(12));
    open.wait(499);
    expect(open.asked).toEqual([]);
    open.wait(10);
    open.wait(2000);
    expect(open.asked.map(({ request }) => request)).toEqual([
      { type: 'difference', pts: 10, qts: 5, date: 1, limit: undefined },
    ]);
  });

  it('a gap of qts and one of seq are asked about too', () => {
    const bench = Bench.started();
    bench.push(newSecret(7));
    bench.wait(510);
    expect(bench.asked).toHaveLength(1);
    const other = Bench.started();
    other.receive(container([named(1)], 5));
    expect(other.seen).toEqual([]);
    other.wait(510);
    expect(other.asked).toHaveLength(1);
  });

  it('containers are ordered by seq, whatever numbered updates they hold', () => {
    const bench = Bench.started();
    bench.receive(container([named(2), newMessage(11)], 5, 9));
    expect(bench.seen).toEqual([11]);
    bench.receive(container([named(1)], 4, 8));
    expect(bench.seen).toEqual([11, 'updateChannel', 'updateChannel']);
    bench.receive(container([named(3)], 4, 8));
    bench.receive(combined([named(4)], 5, 7));
    expect(bench.seen).toHaveLength(4);
    bench.acknowledge();
    expect(bench.engine.snapshot()).toMatchObject({ pts: 11, seq: 7, date: 9 });
  });

  it('an overlap is asked about at once', () => {
    const bench = Bench.started();
    bench.push(newMessage(12, 3));
    expect(bench.asked).toHaveLength(1);
    expect(bench.seen).toEqual([]);
  });

  it('more than may wait is asked about at once', () => {
    const bench = Bench.started({ pending: 3 });
    bench.push(newMessage(20), newMessage(21), newMessage(22));
    expect(bench.asked).toHaveLength(0);
    bench.push(newMessage(23));
    expect(bench.asked).toHaveLength(1);
    for (let pts = 30; pts < 1000; pts++) bench.push(newMessage(pts));
    expect(bench.asked).toHaveLength(1);
  });

  it('a jump of the wall clock does nothing', () => {
    const bench = Bench.started();
    bench.engine.tick({ wall: bench.time + 10 ** 9, steady: bench.time });
    bench.engine.tick({ wall: 0, steady: bench.time });
    bench.take();
    expect(bench.asked).toEqual([]);
  });
});

describe('differences', () => {
  it('what is pushed meanwhile waits: neither dropped nor passed on', () => {
    const bench = Bench.started();
    bench.engine.missed(bench.now);
    bench.take();
    bench.push(newMessage(11));
    bench.push(newMessage(13));
    bench.wait(5000);
    expect([bench.seen, bench.asked.length]).toEqual([[], 1]);
    bench.answer(difference(state(12, 5, 3), { messages: [message(11), message(12)] }));
    expect(bench.seen).toEqual([11, 12, 13]);
    expect(bench.asked).toEqual([]);
  });

  it('a gap that stays after the answer has its own half second', () => {
    const bench = Bench.started();
    bench.engine.missed(bench.now);
    bench.take();
    bench.push(newMessage(20));
    bench.wait(3000);
    bench.answer(difference(state(12, 5, 3)));
    bench.wait(499);
    expect(bench.asked).toEqual([]);
    bench.wait(2);
    expect(bench.asked).toHaveLength(1);
  });

  it('slices are asked for to the end, each from where the last one ended', () => {
    const bench = Bench.started();
    bench.engine.missed(bench.now);
    bench.take();
    bench.answer(slice(state(12, 6, 3, 4), { messages: [message(12)], secrets: [secret(6)] }));
    bench.push(newMessage(13));
    expect(bench.seen).toEqual([12, 'secret 6']);
    expect(bench.asked[0]?.request).toMatchObject({ pts: 12, qts: 6, date: 4 });
    bench.answer(difference(state(13, 6, 3, 5), { messages: [message(13)] }));
    expect(bench.seen).toEqual([12, 'secret 6', 13]);
    bench.push(newMessage(14));
    expect(bench.seen.at(-1)).toBe(14);
  });

  it('between slices that cannot be asked for, what follows the last one is delivered', () => {
    const bench = Bench.started();
    bench.engine.missed(bench.now);
    bench.take();
    bench.push(newMessage(13));
    bench.answer(slice(state(12, 5, 9), { messages: [message(12)] }));
    expect(bench.seen).toEqual([12, 13]);
    bench.fail('INTERNAL');
    bench.push(newMessage(14));
    expect(bench.seen).toEqual([12, 13, 14]);
    bench.wait(1000);
    expect(bench.asked[0]?.request).toMatchObject({ pts: 14 });
    bench.acknowledge();
    expect(bench.engine.snapshot()?.seq).toBe(3);
  });

  it('a slice that leads nowhere is asked for again later, not at once', () => {
    const bench = Bench.started();
    bench.engine.missed(bench.now);
    bench.take();
    bench.answer(slice(state(10, 5, 3)));
    expect(bench.asked).toEqual([]);
    bench.wait(1000);
    expect(bench.asked).toHaveLength(1);
  });

  it('messages found carry no pts, and the same key as when they are pushed', () => {
    const bench = Bench.started();
    bench.engine.missed(bench.now);
    bench.take();
    bench.answer(difference(state(11, 6, 3), { messages: [message(11)], secrets: [secret(6)] }));
    expect(bench.deliveries[0]?.update).toMatchObject({ pts: 0, ptsCount: 0 });
    const pushed = Bench.started();
    pushed.push(newMessage(11), newSecret(6));
    const keys = (one: Bench): unknown[] => one.deliveries.map(({ key }) => key).sort();
    expect(keys(bench)).toEqual(keys(pushed));
    expect(bench.deliveries.map(({ from }) => from)).toEqual(['difference', 'difference']);
  });

  it('what belongs to channels goes to their boxes', () => {
    const bench = Bench.started({}, [[50n, 7]]);
    bench.engine.missed(bench.now);
    bench.take();
    bench.answer(
      difference(state(10, 5, 3), {
        others: [
          channelMessage(50n, 7),
          channelMessage(50n, 8),
          new base.UpdateChannelTooLong({ channelId: 50n, pts: 9 }),
        ],
      }),
    );
    expect(bench.seen).toEqual([8]);
    expect(bench.asked[0]?.request).toMatchObject({ type: 'channel-difference', pts: 8 });
    bench.answer(channelDifference(9, { messages: [message(9, 50n)] }));
    expect(bench.seen).toEqual([8, 9]);
  });

  it('asked again while one runs: coalesced into one more', () => {
    const bench = Bench.started();
    for (let i = 0; i < 5; i++) bench.engine.missed(bench.now);
    bench.take();
    for (let i = 0; i < 5; i++) bench.engine.missed(bench.now);
    bench.take();
    expect(bench.asked).toHaveLength(1);
    bench.answer(empty(3));
    expect(bench.asked).toHaveLength(1);
    bench.answer(empty(3));
    expect(bench.asked).toEqual([]);
  });

  it('upd/idle-15min, new_session_created, reconnect: exactly one difference each', () => {
    const bench = Bench.started();
    bench.wait(15 * 60_000 - 1);
    expect(bench.asked).toEqual([]);
    bench.wait(1);
    expect(bench.asked).toHaveLength(1);
    bench.answer(empty(3));
    bench.wait(60_000);
    bench.engine.missed(bench.now);
    bench.take();
    expect(bench.asked).toHaveLength(1);
    bench.answer(empty(3));
    bench.receive(new base.UpdatesTooLong());
    expect(bench.asked).toHaveLength(1);
  });

  it('answers to nothing are ignored', () => {
    const bench = Bench.started();
    bench.engine.answered(99, difference(state(90)), bench.now);
    bench.engine.failed(99, { code: 'TIMEOUT' }, bench.now);
    expect(bench.engine.snapshot()?.pts).toBe(10);
  });

  it('a server that went back is followed, with a warning', () => {
    const bench = Bench.started();
    bench.engine.missed(bench.now);
    bench.take();
    bench.answer(difference(state(4, 5, 3)));
    expect(bench.others).toMatchObject([{ type: 'log', level: 'warn' }]);
    bench.push(newMessage(5));
    expect(bench.seen).toEqual([5]);
  });
});
