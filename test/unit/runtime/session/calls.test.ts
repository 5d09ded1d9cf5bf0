import {
  BadMsgNotification,
  DestroySessionOk,
  MsgDetailedInfo,
  MsgNewDetailedInfo,
  MsgResendReq,
  MsgsAck,
  NewSessionCreated,
  RpcAnswerDropped,
  type DestroySessionRequest,
  type RpcDropAnswerRequest,
} from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { quickAckToken } from '../../../../packages/runtime/src/crypto/index.js';
import { answer, request, Rig } from './rig.js';

const quiet = { answer: true, content: false };

describe('answers and acknowledgements', () => {
  it('rpc/ack-then-result: the call is acknowledged once, then answered', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    const [sent] = rig.requests();
    rig.say(rig.peer.message(new MsgsAck({ msgIds: [sent!.msgId, 4n] }), quiet));
    rig.say(rig.peer.message(new MsgsAck({ msgIds: [sent!.msgId] }), quiet));
    expect(rig.told()).toEqual([`acknowledged ${call}`]);
    rig.say(rig.peer.result(sent!.msgId, answer(5)));
    rig.say(rig.peer.result(sent!.msgId, answer(6)));
    expect(rig.newEvents()).toEqual([{ type: 'result', call, body: answer(5) }]);
    expect(rig.engine.pendingCalls).toBe(0);
  });

  it('rpc/acks: content is acknowledged, also inside containers; service messages are not', () => {
    const rig = new Rig().start();
    const inner = [rig.peer.message(answer(1)), rig.peer.message(answer(2))];
    rig.say(rig.peer.container([...inner, rig.peer.message(new MsgsAck({ msgIds: [] }), quiet)]));
    const alone = rig.peer.message(answer(3));
    rig.say(alone);
    expect(rig.flush()).toEqual([]);
    rig.wait(4_999);
    expect(rig.flush()).toEqual([]);
    rig.wait(1);
    const acks = rig.service<MsgsAck>('msgs_ack');
    expect(acks).toEqual([new MsgsAck({ msgIds: [...inner, alone].map(({ msgId }) => msgId) })]);
    rig.wait(20_000);
    expect(rig.service('msgs_ack')).toEqual([]);
  });

  it('rpc/acks: they travel with the next call; 64 do not wait for it', () => {
    const rig = new Rig().start();
    rig.say(rig.peer.message(answer(1)));
    rig.call(1);
    expect(rig.messages().map((one) => rig.decoded(one)?._)).toEqual([undefined, 'msgs_ack']);
    for (let i = 0; i < 63; i++) rig.say(rig.peer.message(answer(1)));
    expect(rig.flush()).toEqual([]);
    rig.say(rig.peer.message(answer(1)));
    expect(rig.service<MsgsAck>('msgs_ack')[0]!.msgIds).toHaveLength(64);
  });

  it('rpc/acks: one message names at most 8,192', () => {
    const rig = new Rig().start();
    for (let i = 0; i < 9; i++) {
      const messages = Array.from({ length: 1000 }, () => rig.peer.message(answer(1)));
      rig.say(rig.peer.container(messages));
    }
    const acks = rig.service<MsgsAck>('msgs_ack');
    expect(acks.map(({ msgIds }) => msgIds.length)).toEqual([8192]);
  });

  it('a quick acknowledgement acknowledges the calls of its packet that asked', () => {
    const rig = new Rig().start();
    const call = rig.call(1, { quickAck: true });
    rig.call(2);
    const [packet] = rig.engine.takePackets(rig.now);
    expect(packet!.quickAck).toBe(true);
    const padded = rig.crypto.open2(packet!.bytes, rig.key.bytes, 0);
    const token = quickAckToken(rig.crypto, rig.key.bytes, padded!, 0);
    rig.engine.receive({ type: 'quick-ack', token: token ^ 1 }, rig.now);
    expect(rig.told()).toEqual([]);
    rig.engine.receive({ type: 'quick-ack', token }, rig.now);
    rig.engine.receive({ type: 'quick-ack', token }, rig.now);
    expect(rig.told()).toEqual([`acknowledged ${call}`]);
    rig.call(3);
    expect(rig.engine.takePackets(rig.now)[0]!.quickAck).toBeUndefined();
  });
});

describe('rpc/new-session-created', () => {
  const created = (firstMsgId: bigint): NewSessionCreated =>
    new NewSessionCreated({ firstMsgId, uniqueId: 5n, serverSalt: 42n });

  it('rpc/new-session-created: only what is older than first_msg_id goes again; salt and news are told', () => {
    const rig = new Rig().start();
    rig.call(1, { repeatable: true });
    const [old] = rig.requests();
    const young = rig.call(2);
    const [kept] = rig.requests();
    rig.say(rig.peer.message(created(kept!.msgId), { answer: true }));
    expect(rig.newEvents()).toEqual([
      { type: 'salt', salt: 42n },
      { type: 'session-created', firstMsgId: kept!.msgId, uniqueId: 5n },
    ]);
    const [packet, ...more] = rig.flush();
    expect(more).toEqual([]);
    expect(packet!.salt).toBe(42n);
    expect(packet!.messages.map(({ body }) => body).at(0)).toEqual(old!.body);
    rig.say(rig.peer.result(kept!.msgId, answer(2)));
    expect(rig.told()).toEqual([`result ${young}`]);
  });

  it('rpc/new-session-created: an id of a container covers the messages in it', () => {
    const rig = new Rig().start();
    rig.call(1);
    rig.call(2);
    const [packet] = rig.flush();
    rig.say(rig.peer.message(created(packet!.packet.msgId), { answer: true }));
    expect(rig.requests()).toEqual([]);
  });

  it('rpc/new-session-created: an acknowledged call may have run, so only a read goes again', () => {
    const rig = new Rig().start();
    const [write, read] = [rig.call(1), rig.call(2, { repeatable: true })];
    const sent = rig.requests();
    rig.say(rig.peer.message(new MsgsAck({ msgIds: sent.map(({ msgId }) => msgId) }), quiet));
    rig.newEvents();
    rig.say(rig.peer.message(created(sent[1]!.msgId + 400n), { answer: true }));
    expect(rig.newEvents().filter(({ type }) => type === 'lost')).toEqual([
      expect.objectContaining({ call: write, mayHaveRun: true }),
    ]);
    expect(rig.requests().map(({ body }) => body[0])).toEqual([2]);
    expect(read).toBeGreaterThan(write);
  });
});

describe('rpc/detailed-info', () => {
  it('rpc/detailed-info: an answer that did not come is asked for', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    const [sent] = rig.requests();
    const result = rig.peer.result(sent!.msgId, answer(1));
    const info = { answerMsgId: result.msgId, bytes: 100, status: 0 };
    rig.say(rig.peer.message(new MsgDetailedInfo({ msgId: sent!.msgId, ...info }), quiet));
    expect(rig.told()).toEqual([`acknowledged ${call}`]);
    expect(rig.service('msg_resend_req')).toEqual([new MsgResendReq({ msgIds: [result.msgId] })]);
    rig.say(result);
    expect(rig.told()).toEqual([`result ${call}`]);
    rig.flush();
    // It came: now the acknowledgement was lost.
    rig.say(rig.peer.message(new MsgDetailedInfo({ msgId: sent!.msgId, ...info }), quiet));
    rig.wait(5_000);
    const messages = rig.messages().map((one) => rig.decoded(one));
    expect(messages.map((one) => one?._)).toEqual(['msgs_ack']);
    expect((messages[0] as MsgsAck).msgIds).toContain(result.msgId);
  });

  it('rpc/detailed-info: an answer to a call that is settled is acknowledged only', () => {
    const rig = new Rig().start();
    const info = { msgId: 4n, answerMsgId: 9n, bytes: 100, status: 0 };
    rig.say(rig.peer.message(new MsgDetailedInfo(info), quiet));
    rig.wait(5_000);
    expect(rig.messages().map((one) => rig.decoded(one))).toStrictEqual([
      new MsgsAck({ msgIds: [9n] }),
    ]);
  });

  it('rpc/detailed-info: an unknown update is asked for, a known one acknowledged', () => {
    const rig = new Rig().start();
    const update = rig.peer.message(answer(1));
    const info = { answerMsgId: update.msgId, bytes: 100, status: 0 };
    rig.say(rig.peer.message(new MsgNewDetailedInfo(info), quiet));
    expect(rig.service('msg_resend_req')).toEqual([new MsgResendReq({ msgIds: [update.msgId] })]);
    rig.say(update);
    rig.wait(5_000);
    rig.flush();
    rig.say(rig.peer.message(new MsgNewDetailedInfo(info), quiet));
    rig.wait(5_000);
    expect(rig.messages().map((one) => rig.decoded(one))).toStrictEqual([
      new MsgsAck({ msgIds: [update.msgId] }),
    ]);
  });
});

describe('giving up', () => {
  it('rpc/drop-answer: cancel sends rpc_drop_answer, a late result is ignored, nothing is left', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    const [sent] = rig.requests();
    rig.engine.cancel(call, rig.now);
    expect(rig.newEvents()).toEqual([
      { type: 'lost', call, mayHaveRun: true, reason: 'cancelled' },
    ]);
    const [drop] = rig.messages();
    expect((rig.decoded(drop!) as RpcDropAnswerRequest).reqMsgId).toBe(sent!.msgId);
    rig.say(rig.peer.result(drop!.msgId, new RpcAnswerDropped({ msgId: 1n, seqNo: 1, bytes: 4 })));
    rig.say(rig.peer.result(sent!.msgId, answer(1)));
    expect(rig.told()).toEqual([]);
    expect(rig.engine.pendingCalls).toBe(0);
    rig.wait(20_000);
    expect(rig.service('msgs_state_req')).toEqual([]);
    rig.engine.cancel(call, rig.now);
    expect(rig.told()).toEqual([]);
  });

  it('rpc/drop-answer: a call that was not sent just goes', () => {
    const rig = new Rig();
    const call = rig.call(1);
    rig.engine.cancel(call, rig.now);
    expect(rig.newEvents()).toEqual([
      { type: 'lost', call, mayHaveRun: false, reason: 'cancelled' },
    ]);
    rig.connect();
    expect(rig.requests()).toEqual([]);
  });

  it('rpc/close-not-acked-vs-acked: close settles every call and says which may have run', () => {
    const rig = new Rig().start();
    const sent = rig.call(1);
    rig.flush();
    const waiting = rig.call(2);
    rig.engine.close(rig.now);
    rig.engine.close(rig.now);
    const late = rig.call(3);
    expect(rig.newEvents()).toEqual([
      { type: 'lost', call: sent, mayHaveRun: true, reason: 'closed' },
      { type: 'lost', call: waiting, mayHaveRun: false, reason: 'closed' },
      { type: 'lost', call: late, mayHaveRun: false, reason: 'closed' },
    ]);
    expect(rig.engine.deadline()).toBeNull();
    expect(rig.flush()).toEqual([]);
    rig.say(rig.peer.message(answer(1)));
    expect(rig.told()).toEqual([]);
  });

  it('a request that no packet can hold, or that is no TL, is lost at once', () => {
    const rig = new Rig().start();
    const big = rig.engine.call({ body: new Uint8Array(1_044_408) }, rig.now);
    const odd = rig.engine.call({ body: new Uint8Array(6) }, rig.now);
    const none = rig.engine.call({ body: new Uint8Array(0) }, rig.now);
    expect(rig.newEvents()).toEqual(
      [big, odd, none].map((call) =>
        expect.objectContaining({ type: 'lost', call, mayHaveRun: false }),
      ),
    );
    rig.engine.call({ body: new Uint8Array(1_044_404) }, rig.now);
    expect(rig.flush()).toHaveLength(1);
  });

  it('a session that was left behind is destroyed', () => {
    const rig = new Rig().start();
    const before = rig.peer.sessionId;
    const old = rig.peer.message(answer(1));
    for (let i = 0; i < 1000; i++) rig.say(rig.peer.message(answer(2)));
    rig.say(old);
    const [destroy] = rig.service<DestroySessionRequest>('destroy_session');
    expect(destroy!.sessionId).toBe(before);
    rig.newEvents();
    rig.say(rig.peer.message(new DestroySessionOk({ sessionId: before }), quiet));
    expect(rig.told()).toEqual([]);
  });
});

describe('rpc/invoke-after', () => {
  const after = (msgId: bigint, body: Uint8Array): Uint8Array => {
    const bytes = new Uint8Array(12 + body.length);
    new DataView(bytes.buffer).setUint32(0, 0xcb9f372d, true);
    new DataView(bytes.buffer).setBigInt64(4, msgId, true);
    bytes.set(body, 12);
    return bytes;
  };

  it('rpc/invoke-after: the second names the message of the first', () => {
    const rig = new Rig().start();
    const first = rig.call(1);
    rig.call(2, { after: first });
    const [one, two] = rig.requests();
    expect(two!.body).toEqual(after(one!.msgId, request(2)));
  });

  it('rpc/invoke-after: once the first is answered nothing is named', () => {
    const rig = new Rig().start();
    const first = rig.call(1);
    const [one] = rig.requests();
    rig.say(rig.peer.result(one!.msgId, answer(1)));
    rig.call(2, { after: first });
    expect(rig.requests().map(({ body }) => body)).toEqual([request(2)]);
  });

  it('rpc/invoke-after: when the first fails, those that wait fail, however long the chain', () => {
    const rig = new Rig();
    const calls = [rig.call(1)];
    for (let i = 0; i < 20_000; i++) calls.push(rig.call(2, { after: calls.at(-1) }));
    rig.engine.cancel(calls[0]!, rig.now);
    const told = rig.newEvents();
    expect(told).toHaveLength(20_001);
    expect(told.at(-1)).toEqual({
      type: 'error',
      call: calls.at(-1),
      code: 400,
      message: 'MSG_WAIT_FAILED',
    });
    const late = rig.call(3, { after: calls.at(-1)! });
    expect(rig.newEvents()).toEqual([
      { type: 'error', call: late, code: 400, message: 'MSG_WAIT_FAILED' },
    ]);
  });

  it('rpc/invoke-after: one under way hears it from the server', () => {
    const rig = new Rig().start();
    const first = rig.call(1);
    const second = rig.call(2, { after: first });
    const [one, two] = rig.requests();
    rig.say(rig.peer.error(one!.msgId, 400, 'BAD'));
    expect(rig.told()).toEqual([`error ${first}`]);
    rig.say(rig.peer.error(two!.msgId, 400, 'MSG_WAIT_FAILED'));
    expect(rig.told()).toEqual([`error ${second}`]);
    expect(rig.requests()).toEqual([]);
  });

  it('rpc/invoke-after: the second is written anew when the first has ended or got another id, not before', () => {
    const rig = new Rig().start();
    const first = rig.call(1);
    const second = rig.call(2, { after: first });
    const [one, two] = rig.requests();
    const created = new NewSessionCreated({ firstMsgId: two!.msgId, uniqueId: 2n, serverSalt: 0n });
    expect(one!.msgId).toBeLessThan(two!.msgId);
    rig.say(rig.peer.message(created, { answer: true }));
    // Both went in one container, which is newer: nothing happened to it.
    expect(rig.requests()).toEqual([]);
    rig.say(rig.peer.error(two!.msgId, 400, 'MSG_WAIT_FAILED'));
    expect(rig.requests()).toEqual([]);
    rig.say(
      rig.peer.message(
        new BadMsgNotification({ badMsgId: one!.msgId, badMsgSeqno: one!.seqNo, errorCode: 20 }),
        quiet,
      ),
    );
    const [anew, again] = rig.requests();
    expect(again!.body).toEqual(after(anew!.msgId, request(2)));
    rig.newEvents();
    rig.say(rig.peer.result(again!.msgId, answer(2)));
    expect(rig.told()).toEqual([`result ${second}`]);
  });
});
