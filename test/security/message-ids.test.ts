import { BadMsgNotification, BadServerSalt } from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { answer, Rig } from '../unit/runtime/session/rig.js';
import { deliver, expectDelivered, expectDropped, packet } from './packets.js';

const numbers = (rig: Rig, bytes: Uint8Array): (number | undefined)[] =>
  deliver(rig, bytes).flatMap((one) => (one.type === 'update' ? [one.body[4]] : []));

describe('parity', () => {
  it('guideline/msg-id-parity: an even id is refused, and its odd neighbour accepted', () => {
    const rig = new Rig().start();
    for (const rest of [0n, 2n]) {
      const msgId = (rig.peer.id(false) & ~3n) + rest;
      const message = rig.peer.message(answer(1), { msgId });
      expectDropped(rig, packet(rig, message), 'message-id-parity', `${rest} mod 4`);
      const odd = { ...message, msgId: msgId | 3n };
      expectDelivered(rig, packet(rig, odd), answer(1));
    }
  });

  it('guideline/msg-id-parity: a service message with an even id changes nothing', () => {
    for (const contained of [false, true]) {
      const rig = new Rig().start();
      rig.call(1);
      const [sent] = rig.requests();
      const notice = new BadServerSalt({
        badMsgId: sent!.msgId,
        badMsgSeqno: sent!.seqNo,
        errorCode: 48,
        newServerSalt: 0x77n,
      });
      const say = (msgId: bigint): string[] => {
        const message = rig.peer.message(notice, { content: false, msgId });
        rig.say(contained ? rig.peer.container([message]) : message);
        return rig.told();
      };
      expect(say(rig.peer.id(true) & ~3n)).toEqual(['refused']);
      expect(say((rig.peer.id(true) & ~3n) + 2n)).toEqual(['refused']);
      expect(rig.requests()).toEqual([]);
      expect(say(rig.peer.id(true))).toEqual(['salt']);
      expect(rig.requests()).toHaveLength(1);
    }
  });

  it('guideline/msg-id-parity: an even id inside a container is refused, its neighbours are not', () => {
    const rig = new Rig().start();
    const even = rig.peer.message(answer(1), { msgId: rig.peer.id(false) & ~3n });
    const container = rig.peer.container([even, rig.peer.message(answer(2))]);
    const events = deliver(rig, packet(rig, container));
    expect(events.map(({ type }) => type)).toEqual(['refused', 'update']);
    expect(events[0]).toMatchObject({ error: { code: 'message-id-parity' } });
    expect(events[1]).toMatchObject({ body: answer(2) });
  });

  it('guideline/msg-id-parity: ids of answers and of news are not taken for each other', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    const [sent] = rig.requests();
    const news = rig.peer.message(answer(1), { msgId: rig.peer.id(true) });
    expectDropped(rig, packet(rig, news), 'message-id-parity');
    const result = rig.peer.result(sent!.msgId, answer(2), { msgId: rig.peer.id(false) });
    expectDropped(rig, packet(rig, result), 'message-id-parity');
    const right = rig.peer.result(sent!.msgId, answer(3));
    expect(deliver(rig, packet(rig, right))).toEqual([{ type: 'result', call, body: answer(3) }]);
  });

  it('guideline/msg-id-own: ids of the client are multiples of 4 and rise, whatever the server says of time', () => {
    const rig = new Rig().start();
    let last = 0n;
    for (let i = 0; i < 20; i++) {
      rig.time += 100;
      rig.call(i);
      const [sent] = rig.requests();
      expect(sent!.msgId % 4n).toBe(0n);
      expect(sent!.msgId > last, `${i}`).toBe(true);
      last = sent!.msgId;
      // A little back and forth: the session goes on, so its ids may not repeat.
      const offset = i % 2 === 0 ? -8 : 8;
      const notice = new BadMsgNotification({
        badMsgId: sent!.msgId,
        badMsgSeqno: sent!.seqNo,
        errorCode: 17,
      });
      rig.say(rig.peer.message(notice, { content: false, msgId: rig.peer.id(true, offset) }));
      const again = rig.requests();
      expect(again).toHaveLength(1);
      expect(again[0]!.msgId % 4n).toBe(0n);
      expect(again[0]!.msgId > last, `${i}, again`).toBe(true);
      last = again[0]!.msgId;
    }
  });

  it('guideline/msg-id-own: ids begin anew only with another session', () => {
    const rig = new Rig().start();
    rig.call(1);
    const [sent] = rig.requests();
    const { sessionId } = rig.peer;
    const back = (badMsgId: bigint): BadMsgNotification =>
      new BadMsgNotification({ badMsgId, badMsgSeqno: 1, errorCode: 17 });
    const say = (badMsgId: bigint, offset: number): void =>
      rig.say(
        rig.peer.message(back(badMsgId), { content: false, msgId: rig.peer.id(true, offset) }),
      );
    say(sent!.msgId, -15);
    const [again] = rig.requests();
    expect(again!.msgId > sent!.msgId).toBe(true);
    expect(rig.peer.sessionId).toBe(sessionId);
    say(again!.msgId, -3600);
    const [last] = rig.requests();
    expect(last!.msgId < sent!.msgId).toBe(true);
    expect(last!.msgId % 4n).toBe(0n);
    expect(rig.peer.sessionId).not.toBe(sessionId);
  });
});

describe('replay', () => {
  it('guideline/msg-id-replay: the same packet, and the same message in another packet, are handled once', () => {
    const rig = new Rig().start();
    const message = rig.peer.message(answer(1));
    const bytes = packet(rig, message);
    expectDelivered(rig, bytes, answer(1));
    expect(deliver(rig, bytes)).toEqual([]);
    expect(deliver(rig, packet(rig, message, { room: 256 }))).toEqual([]);
    expect(deliver(rig, packet(rig, { ...message, body: answer(2) }))).toEqual([]);
    expectDelivered(rig, packet(rig, rig.peer.message(answer(3))), answer(3));
  });

  it('guideline/msg-id-replay: an id is remembered from a container and inside one', () => {
    const rig = new Rig().start();
    const message = rig.peer.message(answer(1));
    const container = rig.peer.container([message, message]);
    expect(numbers(rig, packet(rig, container))).toEqual([1]);
    expect(numbers(rig, packet(rig, message))).toEqual([]);
    expect(numbers(rig, packet(rig, container))).toEqual([]);
    const other = rig.peer.container([message, rig.peer.message(answer(2))]);
    expect(numbers(rig, packet(rig, other))).toEqual([2]);
    // The id of the container itself was used up as well.
    const same = rig.peer.message(answer(3), { msgId: other.msgId });
    expect(numbers(rig, packet(rig, same))).toEqual([]);
  });

  it('guideline/msg-id-replay: not only the last one is remembered', () => {
    const rig = new Rig().start();
    const all = Array.from({ length: 900 }, (_, i) => rig.peer.message(answer(i & 255)));
    for (const one of all) expect(numbers(rig, packet(rig, one))).toHaveLength(1);
    for (let i = 0; i < all.length; i += 37) expect(numbers(rig, packet(rig, all[i]!))).toEqual([]);
  });
});

describe('ids below the window', () => {
  it('guideline/msg-id-too-old: an unseen id below a full window is refused, one inside it accepted', () => {
    const rig = new Rig().start();
    const below = rig.peer.message(answer(1));
    const first = rig.peer.message(answer(2));
    expectDelivered(rig, packet(rig, first), answer(2));
    const late = rig.peer.message(answer(3));
    for (let i = 0; i < 998; i++) deliver(rig, packet(rig, rig.peer.message(answer(4))));
    // The window is full with this one, and `first` is its lowest id.
    expectDelivered(rig, packet(rig, late), answer(3));
    expect(deliver(rig, packet(rig, first))).toEqual([]);
    const events = deliver(rig, packet(rig, below));
    expect(events.filter(({ type }) => type === 'update')).toEqual([]);
    expect(events[0]).toMatchObject({ type: 'refused', error: { code: 'message-id-too-old' } });
    // It cannot be told from a replay any more, so the session is not used any longer.
    expect(events.map(({ type }) => type)).toContain('session-failed');
  });
});

describe('time', () => {
  it('guideline/msg-id-time: more than 300 s behind or 30 s ahead of server time is refused, the ends accepted', () => {
    for (const offset of [-301, -310, -86_400, 31, 40, 86_400]) {
      const rig = new Rig().start();
      const message = rig.peer.message(answer(1), { msgId: rig.peer.id(false, offset) });
      expectDropped(rig, packet(rig, message), 'message-id-time', `${offset} s`);
      expectDelivered(rig, packet(rig, rig.peer.message(answer(2))), answer(2));
    }
    for (const offset of [-299, -30, 29, 5]) {
      const rig = new Rig().start();
      const message = rig.peer.message(answer(1), { msgId: rig.peer.id(false, offset) });
      expectDelivered(rig, packet(rig, message), answer(1), `${offset} s`);
    }
  });

  it('guideline/msg-id-time: a wrong wall clock is not taken for the time of the server', () => {
    const rig = new Rig().start();
    // Set two hours ahead by its owner; what the server says now is still news.
    rig.skew = 7_200_000;
    rig.time += 1_000;
    const known = rig.peer.message(answer(1), { answer: true, content: false });
    deliver(rig, packet(rig, known));
    const other = new Rig();
    other.skew = -7_200_000;
    other.start();
    expectDelivered(other, packet(other, other.peer.message(answer(2))), answer(2));
    const late = other.peer.message(answer(3), { msgId: other.peer.id(false, -400) });
    expectDropped(other, packet(other, late), 'message-id-time');
  });

  it('guideline/msg-id-time-notices: what corrects salt and time counts outside of the window, and nothing else', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    const [sent] = rig.requests();
    const notice = new BadServerSalt({
      badMsgId: sent!.msgId,
      badMsgSeqno: sent!.seqNo,
      errorCode: 48,
      newServerSalt: 0x1234n,
    });
    const salt = rig.peer.message(notice, { content: false, msgId: rig.peer.id(true, 4000) });
    const news = rig.peer.message(answer(1), { msgId: rig.peer.id(false, 4000) });
    const container = rig.peer.container([salt, news], { msgId: rig.peer.id(false, 4001) });
    const events = deliver(rig, packet(rig, container));
    expect(events).toEqual([
      { type: 'salt', salt: 0x1234n },
      { type: 'refused', error: expect.objectContaining({ code: 'message-id-time' }) },
    ]);
    const [again] = rig.flush();
    expect(again!.salt).toBe(0x1234n);
    const time = new BadMsgNotification({
      badMsgId: again!.messages[0]!.msgId,
      badMsgSeqno: again!.messages[0]!.seqNo,
      errorCode: 16,
    });
    rig.say(rig.peer.message(time, { content: false, msgId: rig.peer.id(true, 5000) }));
    expect(rig.told()).toEqual(['time']);
    expect(rig.engine.timeOffset).toBeCloseTo(5_000_000, -3);
    const [last] = rig.requests();
    rig.say(rig.peer.result(last!.msgId, answer(7), { msgId: rig.peer.id(true, 5001) }));
    expect(rig.told()).toContain(`result ${call}`);
  });

  it('guideline/msg-id-time-notices: a notice about nothing that was sent corrects no clock', () => {
    const rig = new Rig().start();
    rig.call(1);
    const [sent] = rig.requests();
    const before = rig.engine.timeOffset;
    const notice = (badMsgId: bigint): BadMsgNotification =>
      new BadMsgNotification({ badMsgId, badMsgSeqno: 1, errorCode: 17 });
    const say = (badMsgId: bigint): void =>
      rig.say(
        rig.peer.message(notice(badMsgId), { content: false, msgId: rig.peer.id(true, 9000) }),
      );
    say(sent!.msgId + 4n);
    expect(rig.engine.timeOffset).toBe(before);
    rig.newEvents();
    rig.time += 1;
    say(sent!.msgId);
    expect(rig.told()).toContain('time');
  });
});
