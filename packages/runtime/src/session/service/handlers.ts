import { encode, TlError, type TlObject } from '@tlgen/codec';
import { MsgResendReq, type NewSessionCreated } from '@tlgen/mtproto';
import type { Now } from '../../platform/types.js';
import { MAX_IDS } from '../limits.js';
import type { SessionParts } from '../session-parts.js';
import { onBadMessage, onBadSalt } from './bad-message.js';
import type { ServiceMessage } from './registry.js';
import { onAllInfo, onStateInfo, sendMessagesAgain, tellStates } from './state-info.js';

/** Handles a service message of the server (Mobile Protocol: service messages, and service messages about messages). */
export function onService(parts: SessionParts, object: TlObject, msgId: bigint, now: Now): void {
  const message = object as ServiceMessage;
  const { outbox, pinger, salts } = parts;
  if ('msgIds' in message) limit(message.msgIds);
  switch (message._) {
    case 'msgs_ack':
      for (const id of message.msgIds) onAck(parts, id, now);
      return;
    case 'bad_msg_notification':
      return onBadMessage(parts, message, msgId, now);
    case 'bad_server_salt':
      return onBadSalt(parts, message, now);
    case 'new_session_created':
      return onNewSession(parts, message);
    case 'future_salts': {
      const question = outbox.sent.get(message.reqMsgId);
      if (question?.item.type !== 'service' || question.item.kind !== 'salts') return;
      outbox.sent.delete(message.reqMsgId);
      salts.schedule(message.salts, message.now, now.steady);
      return;
    }
    case 'pong':
      outbox.sent.delete(message.msgId);
      return pinger.pong(message.pingId, now.steady);
    case 'msgs_state_info':
      return onStateInfo(parts, message, now);
    case 'msgs_all_info':
      return onAllInfo(parts, message, now);
    case 'msg_detailed_info':
      if (outbox.sent.get(message.msgId) !== undefined) onAck(parts, message.msgId, now);
      return onAnswerWaiting(
        parts,
        message.answerMsgId,
        outbox.sent.get(message.msgId) !== undefined,
        now,
      );
    case 'msg_new_detailed_info':
      return onAnswerWaiting(parts, message.answerMsgId, true, now);
    case 'msgs_state_req':
    case 'msg_resend_ans_req':
      return tellStates(parts, msgId, message.msgIds);
    case 'msg_resend_req':
      return sendMessagesAgain(parts, msgId, message.msgIds);
    case 'destroy_session_ok':
    case 'destroy_session_none':
      for (const one of outbox.sent.all()) {
        const { item } = one;
        if (item.type !== 'service' || item.kind !== 'destroy') continue;
        if (item.about[0] === message.sessionId) outbox.sent.delete(one.msgId);
      }
      return;
    case 'rpc_answer_unknown':
    case 'rpc_answer_dropped_running':
    case 'rpc_answer_dropped':
      // The call was settled when it was cancelled.
      return;
  }
}

function onAck(parts: SessionParts, id: bigint, now: Now): void {
  const message = parts.outbox.sent.get(id);
  if (message?.item.type !== 'call') return;
  parts.context.calls.acknowledged(message.item.call);
  parts.questions.acknowledged(message, now.steady);
}

/** An answer exists that has not come, or has: then it only has to be acknowledged. */
function onAnswerWaiting(parts: SessionParts, answerId: bigint, wanted: boolean, now: Now): void {
  const known = parts.replay.stateOf(answerId) === 'seen';
  if (known || !wanted) return parts.acks.add(answerId, now.steady);
  parts.outbox.request('resend', encode(new MsgResendReq({ msgIds: [answerId] })));
}

/**
 * The server knows nothing of what was sent before `firstMsgId`. The first time that means that it did not arrive.
 * Later it means that the server has lost a session that was there: what was sent then may have run, acknowledged or
 * not, and its answer is gone.
 */
function onNewSession(parts: SessionParts, news: NewSessionCreated): void {
  const { outbox, context } = parts;
  const { firstMsgId, uniqueId } = news;
  // The same news under another message id.
  if (parts.created === uniqueId) return;
  const again = parts.created !== null;
  parts.created = uniqueId;
  if (parts.salts.current !== news.serverSalt) parts.useSalt(news.serverSalt);
  outbox.initialized = false;
  context.emit({ type: 'session-created', firstMsgId, uniqueId });
  for (const message of outbox.sent.all()) {
    // The id may be that of a container, which is higher than those in it.
    if (message.packetId >= firstMsgId) continue;
    const { item } = message;
    outbox.sent.delete(message.msgId);
    if (item.type === 'bind') parts.bindAgain('the server began a new session');
    if (item.type !== 'call') continue;
    if (again || item.call.acknowledged) {
      context.calls.abandoned(item.call, 'the server lost the session');
    } else context.calls.requeue(item.call);
  }
}

function limit(ids: readonly bigint[]): void {
  if (ids.length > MAX_IDS) {
    throw new TlError('vector-too-long', `${ids.length} ids in one service message`);
  }
}
