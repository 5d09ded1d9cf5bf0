import { decode, encode, type TlObject } from '@tlgen/codec';
import * as tl from '@tlgen/mtproto';
import { registry } from '@tlgen/mtproto/registry';
import { resultBody } from './calls.js';
import type { ServerConnection } from './connection.js';
import { isMissing, isReceived, ownStatesOf, statesOf } from './message-states.js';
import type { ServerSession } from './session.js';

/** Seconds that `ping_delay_disconnect` may ask for, at most. */
const LONGEST_DELAY = 86_400;

type Handler = (
  session: ServerSession,
  connection: ServerConnection,
  msgId: bigint,
  o: TlObject,
) => void;

const handlers = new Map<number, Handler>();

/** @param handler - gets an object of that class, because the id says so. */
function on<T extends TlObject>(
  type: { readonly id: number; readonly prototype: T },
  handler: (session: ServerSession, connection: ServerConnection, msgId: bigint, o: T) => void,
): void {
  handlers.set(type.id, handler as Handler);
}

on(tl.MsgsAck, (session, _, __, o) => {
  for (const id of o.msgIds) session.acknowledged(id);
});

on(tl.PingRequest, (session, _, msgId, o) => {
  session.reply(msgId, new tl.Pong({ msgId, pingId: o.pingId }));
});

on(tl.PingDelayDisconnectRequest, (session, connection, msgId, o) => {
  connection.disconnectAfter(Math.max(0, Math.min(o.disconnectDelay, LONGEST_DELAY)) * 1000);
  session.reply(msgId, new tl.Pong({ msgId, pingId: o.pingId }));
});

on(tl.GetFutureSaltsRequest, (session, _, msgId, o) => {
  const now = session.host.time() / 1000;
  const salts = session.key.salts.future(now, o.num).map((one) => new tl.FutureSalt(one));
  session.reply(msgId, new tl.FutureSalts({ reqMsgId: msgId, now: Math.floor(now), salts }));
});

on(tl.HttpWait, (session, connection, _, o) => session.waitOver(connection, o));

on(tl.MsgsStateReq, (session, _, msgId, o) => {
  const info = statesOf(o.msgIds, session.received, session.calls);
  for (const id of o.msgIds) if (session.received.get(id)) session.acks.settle(id);
  session.reply(msgId, new tl.MsgsStateInfo({ reqMsgId: msgId, info }));
});

on(tl.MsgsAllInfo, (session, _, __, o) => {
  o.msgIds.forEach((id, i) => {
    const state = o.info[i] ?? 0;
    if (isReceived(state)) session.acknowledged(id);
    else if (isMissing(state)) session.resend(id);
  });
});

on(tl.MsgResendReq, (session, _, msgId, o) => {
  const info = ownStatesOf(o.msgIds, session.outbox);
  const missing = o.msgIds.filter((id) => !session.resend(id));
  if (missing.length > 0) session.reply(msgId, new tl.MsgsStateInfo({ reqMsgId: msgId, info }));
});

on(tl.MsgResendAnsReq, (session, _, msgId, o) => {
  const missing = o.msgIds.filter((id) => !session.resendAnswer(id));
  if (missing.length === 0) return;
  const info = statesOf(o.msgIds, session.received, session.calls);
  session.reply(msgId, new tl.MsgsStateInfo({ reqMsgId: msgId, info }));
});

on(tl.RpcDropAnswerRequest, (session, _, msgId, o) => {
  const answer = encode(session.dropAnswer(o.reqMsgId));
  session.replyWith(msgId, resultBody(msgId, answer), true);
});

on(tl.DestroySessionRequest, (session, _, msgId, o) => {
  const { sessionId } = o;
  // The session that asks cannot be ended by itself.
  const ended = sessionId !== session.id && session.host.destroySession(session.key, sessionId);
  const Answer = ended ? tl.DestroySessionOk : tl.DestroySessionNone;
  session.reply(msgId, new Answer({ sessionId }));
});

on(tl.DestroyAuthKeyRequest, (session, _, msgId) => {
  session.reply(msgId, new tl.DestroyAuthKeyOk());
  session.flush();
  session.host.destroyKey(session.key.key.id);
});

// Answers to questions that this server does not ask.
on(tl.MsgsStateInfo, () => undefined);

/** Questions whose answers are not kept: when they come again, they are answered again. */
const repeatable = new Set<number>(
  [
    tl.PingRequest,
    tl.PingDelayDisconnectRequest,
    tl.GetFutureSaltsRequest,
    tl.MsgsStateReq,
    tl.MsgResendReq,
    tl.MsgResendAnsReq,
  ].map((one) => one.id),
);

export function isRepeatable(constructorId: number): boolean {
  return repeatable.has(constructorId);
}

/**
 * Carries out a service message.
 *
 * @returns false when it is none: a request. null when it cannot be read.
 */
export function serve(
  session: ServerSession,
  connection: ServerConnection,
  msgId: bigint,
  body: Uint8Array,
  constructorId: number,
): boolean | null {
  const handler = handlers.get(constructorId);
  if (handler === undefined) return false;
  let object: TlObject;
  try {
    object = decode(body, registry);
  } catch {
    return null;
  }
  handler(session, connection, msgId, object);
  return true;
}
