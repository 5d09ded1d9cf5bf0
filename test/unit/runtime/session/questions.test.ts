import {
  MsgResendAnsReq,
  MsgResendReq,
  MsgsAck,
  MsgsAllInfo,
  MsgsStateInfo,
  MsgsStateReq,
} from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import type { PeerMessage } from '../../../support/session-peer.js';
import { answer, Rig } from './rig.js';

const quiet = { answer: true, content: false };

/** The state question among what the engine wants to send, and its message id. */
function question(rig: Rig): { id: bigint; msgIds: readonly bigint[]; others: PeerMessage[] } {
  const all = rig.messages();
  const at = all.find((one) => rig.decoded(one)?._ === 'msgs_state_req');
  if (at === undefined) throw new Error('no question');
  const { msgIds } = rig.decoded(at) as MsgsStateReq;
  return { id: at.msgId, msgIds, others: all.filter((one) => one !== at) };
}

function states(rig: Rig, reqMsgId: bigint, ...info: number[]): void {
  rig.say(rig.peer.message(new MsgsStateInfo({ reqMsgId, info: Uint8Array.from(info) }), quiet));
}

describe('questions about calls', () => {
  it('rpc/close-not-acked-vs-acked: after a reconnect nothing is sent twice on a guess', () => {
    const rig = new Rig().start();
    const calls = [1, 2, 3, 4, 5].map((n) => rig.call(n, { repeatable: n === 5 }));
    const sent = rig.requests();
    rig.cut();
    rig.wait(1_000);
    rig.connect();
    const { id, msgIds, others } = question(rig);
    expect(msgIds).toEqual(sent.map(({ msgId }) => msgId));
    expect(others.filter((one) => rig.decoded(one) === null)).toEqual([]);
    rig.newEvents();
    // not received, too high, received and answered, forgotten, forgotten
    states(rig, id, 2, 3, 4 | 64, 1, 1);
    expect(rig.newEvents()).toEqual([
      { type: 'acknowledged', call: calls[2] },
      expect.objectContaining({ type: 'lost', call: calls[3], mayHaveRun: true }),
    ]);
    const after = rig.messages();
    const again = after.filter((one) => rig.decoded(one) === null);
    expect(again.map(({ body }) => body[0])).toEqual([1, 2, 5]);
    // With the ids they had, so that they cannot run twice even if they arrived after all.
    expect(again.slice(0, 2)).toEqual(sent.slice(0, 2));
    expect(again[2]!.msgId).toBeGreaterThan(sent[4]!.msgId);
    const answers = after
      .map((one) => rig.decoded(one))
      .filter((one) => one?._ === 'msg_resend_ans_req');
    expect(answers).toEqual([new MsgResendAnsReq({ msgIds: [sent[2]!.msgId] })]);
    rig.say(rig.peer.result(sent[2]!.msgId, answer(3)));
    expect(rig.told()).toEqual([`result ${calls[2]}`]);
  });

  it('a call that did not arrive for minutes gets another id', () => {
    const rig = new Rig().start();
    rig.call(1);
    const [sent] = rig.requests();
    rig.cut();
    rig.wait(250_000);
    rig.connect();
    const { id } = question(rig);
    states(rig, id, 2);
    const [again] = rig.requests();
    expect(again!.body).toEqual(sent!.body);
    expect(again!.msgId).toBeGreaterThan(sent!.msgId);
  });

  it('asks after ten seconds without a word, then more rarely; an acknowledged call after a minute', () => {
    const rig = new Rig().start();
    rig.call(1);
    const [sent] = rig.requests();
    rig.wait(9_999);
    expect(rig.service('msgs_state_req')).toEqual([]);
    rig.wait(1);
    expect(question(rig).msgIds).toEqual([sent!.msgId]);
    rig.wait(9_999);
    expect(rig.service('msgs_state_req')).toEqual([]);
    rig.wait(1);
    const { id } = question(rig);
    states(rig, id, 4);
    rig.say(rig.peer.message(answer(1)));
    rig.wait(19_000);
    expect(rig.service('msgs_state_req')).toEqual([]);
  });

  it('states that do not fit the question, or were not asked for, are no proof of anything', () => {
    const rig = new Rig().start();
    rig.call(1);
    const [sent] = rig.requests();
    states(rig, sent!.msgId, 2);
    states(rig, 4n, 2);
    rig.wait(10_000);
    const { id } = question(rig);
    states(rig, id, 2, 2);
    expect(rig.told()).toEqual(['refused']);
    expect(rig.requests()).toEqual([]);
  });

  it('an answer to a request for answers does not lead to the next one', () => {
    const rig = new Rig().start();
    rig.call(1);
    rig.requests();
    rig.wait(10_000);
    states(rig, question(rig).id, 4 | 32);
    const all = rig.messages();
    const asked = all.find((one) => rig.decoded(one)?._ === 'msg_resend_ans_req');
    states(rig, asked!.msgId, 4 | 32);
    expect(rig.flush()).toEqual([]);
  });

  it('msgs_all_info acknowledges calls', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    const [sent] = rig.requests();
    const news = new MsgsAllInfo({ msgIds: [sent!.msgId, 4n], info: Uint8Array.of(4, 1) });
    rig.say(rig.peer.message(news, quiet));
    expect(rig.told()).toEqual([`acknowledged ${call}`]);
  });

  it('gramjs 19: msgs_state_req of the server is answered byte by byte', () => {
    const rig = new Rig().start();
    const seen = rig.peer.message(answer(1));
    rig.say(seen);
    const missing = rig.peer.id(false);
    rig.say(rig.peer.message(answer(1)));
    const ask = rig.peer.message(
      new MsgsStateReq({ msgIds: [seen.msgId, missing, rig.peer.id(false, 20)] }),
      { content: false, answer: false },
    );
    rig.say(ask);
    expect(rig.service('msgs_state_info')).toEqual([
      new MsgsStateInfo({ reqMsgId: ask.msgId, info: Uint8Array.of(4, 2, 3) }),
    ]);
  });

  it('msg_resend_req of the server brings the message as it was, and says what is gone', () => {
    const rig = new Rig().start();
    rig.call(1);
    const [sent] = rig.requests();
    const ask = rig.peer.message(new MsgResendReq({ msgIds: [sent!.msgId, 4n] }), quiet);
    rig.say(ask);
    const [packet] = rig.flush();
    expect(packet!.contained).toBe(true);
    expect(packet!.messages[0]).toEqual({
      msgId: sent!.msgId,
      seqNo: sent!.seqNo,
      body: sent!.body,
    });
    expect(packet!.packet.msgId).toBeGreaterThan(sent!.msgId);
    expect(rig.decoded(packet!.messages[1]!)).toStrictEqual(
      new MsgsStateInfo({ reqMsgId: ask.msgId, info: Uint8Array.of(4, 1) }),
    );
  });

  it('service messages with more than 8,192 ids are refused', () => {
    const rig = new Rig().start();
    const msgIds = Array.from({ length: 8193 }, (_, i) => BigInt(i));
    rig.say(rig.peer.message(new MsgsAck({ msgIds }), quiet));
    rig.say(rig.peer.message(new MsgsStateReq({ msgIds }), quiet));
    expect(rig.refusals()).toEqual(['vector-too-long', 'vector-too-long']);
    expect(rig.flush()).toEqual([]);
  });
});
