import { BadMsgNotification, BadServerSalt, MsgsAck } from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { BAD_MESSAGES } from '../../../../packages/runtime/src/session/index.js';
import { messageIdTime } from '../../../../packages/runtime/src/session/message-ids.js';
import { answer, Rig } from './rig.js';

const AGAIN = [20, 48, 63];
const TIME = [16, 17];
const NEW_SESSION = [18, 19, 32, 33, 34, 35, 64];

function refuse(rig: Rig, badMsgId: bigint, errorCode: number): void {
  const notice = new BadMsgNotification({ badMsgId, badMsgSeqno: 1, errorCode });
  rig.say(rig.peer.message(notice, { answer: true, content: false }));
}

describe('rpc/bad-msg-codes', () => {
  it('rpc/bad-msg-codes: the table knows every code', () => {
    expect([...BAD_MESSAGES.keys()]).toEqual([16, 17, 18, 19, 20, 32, 33, 34, 35, 48, 64]);
  });

  it.each([...AGAIN, ...TIME])(
    'rpc/bad-msg-codes: %i sends the call again with a new id, in the same session',
    (code) => {
      const rig = new Rig().start();
      const call = rig.call(1);
      const session = rig.peer.sessionId;
      const [first] = rig.requests();
      refuse(rig, first!.msgId, code);
      const [second, ...more] = rig.requests();
      expect(more).toEqual([]);
      expect(second!.body).toEqual(first!.body);
      expect(second!.msgId).toBeGreaterThan(first!.msgId);
      expect(rig.peer.sessionId).toBe(session);
      rig.say(rig.peer.result(second!.msgId, answer(1)));
      expect(rig.told()).toEqual([`result ${call}`]);
    },
  );

  it.each(NEW_SESSION)(
    'rpc/bad-msg-codes: %i begins a new session; the refused call goes there, others by their fate',
    (code) => {
      const rig = new Rig().start();
      const before = rig.peer.sessionId;
      const [refused, unknown, read] = [
        rig.call(1),
        rig.call(2),
        rig.call(3, { repeatable: true }),
      ];
      const [first] = rig.requests();
      refuse(rig, first!.msgId, code);
      const again = rig.requests();
      expect(rig.peer.sessionId).not.toBe(before);
      expect(again.map(({ body }) => body[0])).toEqual([1, 3]);
      expect(rig.newEvents()).toEqual([
        { type: 'session-failed', reason: expect.stringContaining(`${code}`) },
        expect.objectContaining({ type: 'lost', call: unknown, mayHaveRun: true }),
        { type: 'ready', sessionId: rig.peer.sessionId },
      ]);
      rig.say(rig.peer.result(again[0]!.msgId, answer(1)));
      rig.say(rig.peer.result(again[1]!.msgId, answer(3)));
      expect(rig.told()).toEqual([`result ${refused}`, `result ${read}`]);
    },
  );

  it.each([...AGAIN, ...TIME])(
    'rpc/bad-msg-codes: %i for ever ends in a typed loss that says the call did not run',
    (code) => {
      const rig = new Rig().start();
      const call = rig.call(1);
      let sent = 0;
      for (let [one] = rig.requests(); one; [one] = rig.requests()) {
        sent++;
        refuse(rig, one.msgId, code);
        if (sent > 20) throw new Error('for ever');
      }
      expect(sent).toBe(6);
      expect(rig.newEvents()).toEqual([
        { type: 'lost', call, mayHaveRun: false, reason: expect.stringContaining(`${code}`) },
      ]);
    },
  );

  it('rpc/bad-msg-codes: sessions that fail again and again end in a new connection', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    for (let i = 0; i < 4; i++) {
      const [one] = rig.requests();
      refuse(rig, one!.msgId, 32);
    }
    expect(rig.told().at(-2)).toBe('reconnect');
    expect(rig.flush()).toEqual([]);
    rig.cut();
    rig.connect();
    const [one] = rig.requests();
    rig.say(rig.peer.result(one!.msgId, answer(1)));
    expect(rig.told()).toContain(`result ${call}`);
  });

  it.each([
    [16, -400_000],
    [17, 400_000],
  ])('rpc/bad-msg-codes: %i corrects a clock that is %i ms off', (code, skew) => {
    const rig = new Rig();
    rig.skew = skew;
    rig.connect();
    rig.call(1);
    const [first] = rig.flush();
    expect(messageIdTime(first!.packet.msgId) - rig.peer.time()).toBeCloseTo(skew, -2);
    // Handled although time is not known, and although it would be outside of the window.
    refuse(rig, first!.packet.msgId, code);
    const [second] = rig.requests();
    expect(Math.abs(messageIdTime(second!.msgId) - rig.peer.time())).toBeLessThan(1_000);
    const times = rig.newEvents().filter(({ type }) => type === 'time');
    expect(times).toEqual([{ type: 'time', offset: expect.closeTo(-skew, -2) }]);
  });

  it('msg/id-time-window: bad_msg 16 and 17 and bad_server_salt are handled outside of the window too', () => {
    const rig = new Rig().start();
    rig.call(1);
    const [first] = rig.requests();
    const late = (): bigint => rig.peer.id(true, 4_000);
    const salt = new BadServerSalt({
      badMsgId: first!.msgId,
      badMsgSeqno: 1,
      errorCode: 48,
      newServerSalt: 77n,
    });
    rig.say(rig.peer.message(salt, { msgId: late(), content: false }));
    const [packet] = rig.flush();
    expect(packet!.salt).toBe(77n);
    const second = new BadMsgNotification({
      badMsgId: packet!.packet.msgId,
      badMsgSeqno: 1,
      errorCode: 16,
    });
    rig.newEvents();
    const container = rig.peer.container(
      [
        rig.peer.message(second, { msgId: rig.peer.id(true, 4_001), seqNo: 0 }),
        rig.peer.message(answer(1), { msgId: rig.peer.id(false, 4_002), seqNo: 0 }),
      ],
      { msgId: rig.peer.id(true, 4_003) },
    );
    rig.say(container);
    // The neighbour is outside of the window and stays out.
    expect(rig.told()).toEqual(['refused', 'time']);
    expect(messageIdTime(rig.requests()[0]!.msgId) - rig.peer.time()).toBeGreaterThan(3_999_000);
  });

  it('a notice about a message that was never sent changes nothing', () => {
    const rig = new Rig().start();
    rig.call(1);
    rig.requests();
    for (const code of [16, 17, 20, 32, 64]) refuse(rig, 4n, code);
    expect(rig.requests()).toEqual([]);
    expect(rig.told()).toEqual([]);
  });

  it('rpc/result-for-container: a notice that names a container sends all of its messages again', () => {
    for (const code of [...AGAIN, ...TIME]) {
      const rig = new Rig().start();
      const inside = [rig.call(1), rig.call(2), rig.call(3)];
      const [container] = rig.flush();
      expect(container!.contained).toBe(true);
      rig.call(4);
      rig.flush();
      refuse(rig, container!.packet.msgId, code);
      const again = rig.requests();
      expect(again.map(({ body }) => body[0])).toEqual([1, 2, 3]);
      for (const { msgId } of again) rig.say(rig.peer.result(msgId, answer(1)));
      expect(rig.told()).toEqual(inside.map((call) => `result ${call}`));
    }
  });
});

describe('rpc/bad-server-salt', () => {
  function badSalt(rig: Rig, badMsgId: bigint, newServerSalt: bigint): void {
    const notice = new BadServerSalt({ badMsgId, badMsgSeqno: 1, errorCode: 48, newServerSalt });
    rig.say(rig.peer.message(notice, { answer: true, content: false }));
  }

  it('rpc/bad-server-salt: the salt is replaced and told, exactly the named message goes again', () => {
    const rig = new Rig().start();
    rig.call(1);
    const [one] = rig.flush();
    const other = rig.call(2);
    const [two] = rig.flush();
    badSalt(rig, one!.packet.msgId, 99n);
    expect(rig.newEvents()).toEqual([{ type: 'salt', salt: 99n }]);
    const again = rig.flush();
    expect(again).toHaveLength(1);
    expect(again[0]!.salt).toBe(99n);
    expect(again[0]!.messages.map(({ body }) => body[0])).toEqual([1]);
    rig.say(rig.peer.result(two!.packet.msgId, answer(2)));
    expect(rig.told()).toEqual([`result ${other}`]);
  });

  it('rpc/bad-server-salt: an answer under the old id and one under the new id settle the call once', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    const [one] = rig.requests();
    badSalt(rig, one!.msgId, 99n);
    const [two] = rig.requests();
    rig.say(rig.peer.result(one!.msgId, answer(7)));
    expect(rig.told()).toEqual(['salt']);
    rig.say(rig.peer.result(two!.msgId, answer(8)));
    rig.say(rig.peer.result(two!.msgId, answer(9)));
    expect(rig.newEvents()).toEqual([{ type: 'result', call, body: answer(8) }]);
  });

  it('rpc/bad-server-salt: acknowledgements in the refused packet are sent again', () => {
    const rig = new Rig().start();
    const update = rig.peer.message(answer(1));
    rig.say(update);
    rig.call(1);
    const [packet] = rig.flush();
    expect(packet!.messages.map((one) => rig.decoded(one)?._)).toContain('msgs_ack');
    badSalt(rig, packet!.packet.msgId, 99n);
    const acks = rig.service<MsgsAck>('msgs_ack');
    expect(acks.flatMap(({ msgIds }) => msgIds)).toEqual([update.msgId]);
  });

  it('rpc/bad-server-salt: service messages go again too, not for ever', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    rig.flush();
    rig.engine.cancel(call, rig.now);
    let sent = 0;
    for (let [packet] = rig.flush(); packet; [packet] = rig.flush()) {
      expect(packet.messages.map((one) => rig.decoded(one)?._)).toEqual(['rpc_drop_answer']);
      sent++;
      badSalt(rig, packet.packet.msgId, BigInt(sent));
      if (sent > 20) throw new Error('for ever');
    }
    expect(sent).toBe(4);
  });
});
