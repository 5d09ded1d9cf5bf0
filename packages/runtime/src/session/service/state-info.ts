import { encode, TlError } from '@tlgen/codec';
import { MsgResendAnsReq, MsgsStateInfo, type MsgsAllInfo } from '@tlgen/mtproto';
import type { Now } from '../../platform/types.js';
import { MAX_IDS } from '../limits.js';
import { messageIdTime } from '../message-ids.js';
import type { SentMessage } from '../outbox/sent-messages.js';
import type { SessionParts } from '../session-parts.js';

/*
 * Bytes of msgs_state_info (service messages about messages, "Informational Message regarding Status of Messages").
 */
const FORGOTTEN = 1;
const NOT_RECEIVED = 2;
const TOO_HIGH = 3;
const RECEIVED = 4;
const STATE_MASK = 7;
/** The query is being processed or done, or its answer has been made. */
const ANSWER_MASK = 32 | 64;

/** Older ids could be refused on their way: the call then gets another one. Milliseconds. */
const STILL_YOUNG = 200_000;

/** Handles the answer to a question about messages. */
export function onStateInfo(parts: SessionParts, info: MsgsStateInfo, now: Now): void {
  const question = parts.outbox.sent.get(info.reqMsgId);
  if (question?.item.type !== 'service') return;
  const { kind, about } = question.item;
  if (kind !== 'state' && kind !== 'answers') return;
  parts.outbox.sent.delete(info.reqMsgId);
  // An answer to `msg_resend_ans_req` must not lead to the next one.
  takeStates(parts, about, info.info, kind === 'state', now);
}

/** Handles news about messages that nobody asked for. */
export function onAllInfo(parts: SessionParts, news: MsgsAllInfo, now: Now): void {
  takeStates(parts, news.msgIds, news.info, false, now);
}

function takeStates(
  parts: SessionParts,
  msgIds: readonly bigint[],
  info: Uint8Array,
  askForAnswers: boolean,
  now: Now,
): void {
  if (info.length !== msgIds.length) {
    throw new TlError('bad-length', `${info.length} states for ${msgIds.length} messages`);
  }
  const answered: bigint[] = [];
  for (let i = 0; i < msgIds.length; i++) {
    const message = parts.outbox.sent.get(msgIds[i] as bigint);
    if (message === undefined) continue;
    const state = info[i] as number;
    takeState(parts, message, state & STATE_MASK, now);
    const elsewhere = message.connection !== parts.outbox.connection;
    const received = (state & STATE_MASK) === RECEIVED;
    if (received && ((state & ANSWER_MASK) !== 0 || elsewhere)) answered.push(message.msgId);
  }
  if (!askForAnswers) return;
  for (let at = 0; at < answered.length; at += MAX_IDS) {
    const wanted = answered.slice(at, at + MAX_IDS);
    parts.outbox.request('answers', encode(new MsgResendAnsReq({ msgIds: wanted })), wanted);
  }
}

function takeState(parts: SessionParts, message: SentMessage, state: number, now: Now): void {
  const { item } = message;
  if (item.type !== 'call') return;
  const { calls, ids } = parts.context;
  if (state === FORGOTTEN) {
    parts.outbox.sent.delete(message.msgId);
    calls.abandoned(item.call, 'the server does not know any more what became of it');
  } else if (state === NOT_RECEIVED || state === TOO_HIGH) {
    const age = ids.serverTime(now) - messageIdTime(message.msgId);
    if (age < STILL_YOUNG) return parts.outbox.sendAgain(message.msgId);
    parts.outbox.sent.delete(message.msgId);
    calls.requeue(item.call);
  } else if (state === RECEIVED) {
    calls.acknowledged(item.call);
    parts.questions.acknowledged(message, now.steady);
  }
}

/** Tells the server which of its messages arrived. */
export function tellStates(parts: SessionParts, reqMsgId: bigint, msgIds: readonly bigint[]): void {
  const states = { seen: RECEIVED, 'too-old': FORGOTTEN, missing: NOT_RECEIVED, higher: TOO_HIGH };
  const info = Uint8Array.from(msgIds, (id) => states[parts.replay.stateOf(id)]);
  parts.outbox.request('info', encode(new MsgsStateInfo({ reqMsgId, info })));
}

/** Handles `msg_resend_req` of the server: the messages again, or which of them there are. */
export function sendMessagesAgain(
  parts: SessionParts,
  reqMsgId: bigint,
  msgIds: readonly bigint[],
): void {
  const info = Uint8Array.from(msgIds, (id) =>
    parts.outbox.sent.get(id) === undefined ? FORGOTTEN : RECEIVED,
  );
  for (const id of msgIds) parts.outbox.sendAgain(id);
  if (!info.includes(FORGOTTEN)) return;
  parts.outbox.request('info', encode(new MsgsStateInfo({ reqMsgId, info })));
}
