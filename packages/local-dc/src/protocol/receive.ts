import { encode } from '@tlgen/codec';
import { MsgDetailedInfo } from '@tlgen/mtproto';
import { concat, toHex, type PlainMessage } from '@tlgen/runtime/crypto';
import type { ServerConnection } from './connection.js';
import { constructorOf, readContainer, type InnerMessage } from './container.js';
import { MSG_CONTAINER } from './ids.js';
import { unpack } from './packed.js';
import type { ReceivedMessage } from './received.js';
import type { RefusalKind } from './refusals.js';
import { BAD_MSG, checkMessage } from './rules.js';
import { isRepeatable, serve } from './service.js';
import type { ServerSession } from './session.js';

/**
 * Takes one decrypted packet of a session, in which hostile or clumsy clients may have put anything.
 *
 * Messages that came before are recognized first, whatever else is wrong with the packet: to a refusal the client
 * would answer with the same message under a new id, and it would run twice.
 */
export function receivePacket(
  session: ServerSession,
  connection: ServerConnection,
  plain: PlainMessage,
  packet: string,
  injected: number | null,
): void {
  const at: Place = { session, connection };
  const known = session.received.get(plain.msgId);
  // Neither is noted: the one is no fault of the client, the other was noted before.
  const forced = injected ?? session.received.refusalOf(plain.msgId);
  if (constructorOf(plain.body) !== MSG_CONTAINER) {
    if (known) repeated(at, known, plain);
    else {
      const code = forced ?? saltFault(session, plain);
      if (code !== null) refuse(at, plain, code, forced !== null);
      else accept(at, plain, plain.msgId);
    }
    return;
  }
  if (known && known.packet !== packet) {
    refuse(at, plain, 19);
    return;
  }
  const messages = readContainer(plain.body, plain.msgId);
  if (typeof messages === 'string') {
    refuse(at, plain, 64, false, messages);
    return;
  }
  const { settings } = session.host;
  const time = session.host.time();
  const code = known
    ? null
    : (forced ??
      checkMessage(plain, session.received, time, MSG_CONTAINER, settings.strict) ??
      saltFault(session, plain));
  if (code !== null) {
    const silent = forced !== null || (code === 20 && session.received.isBefore(plain.msgId));
    refuseContainer(at, plain, messages, code, silent);
    return;
  }
  if (!known) session.received.add(record(session, plain, packet));
  const first = messages.reduce(
    (least, one) => (one.msgId < least ? one.msgId : least),
    plain.msgId,
  );
  for (const message of messages) {
    if (session.ended || connection.closed) return;
    accept(at, message, first);
  }
}

interface Place {
  readonly session: ServerSession;
  readonly connection: ServerConnection;
}

/** Refuses a container as a whole, unless messages in it came before. */
function refuseContainer(
  at: Place,
  plain: PlainMessage,
  messages: readonly InnerMessage[],
  code: number,
  silent: boolean,
): void {
  const { received } = at.session;
  if (!messages.some((one) => received.get(one.msgId))) {
    refuse(at, plain, code, silent);
    // The client will send them under other ids.
    for (const { msgId } of messages) remember(at, msgId, code, silent);
    return;
  }
  for (const message of messages) {
    const known = received.get(message.msgId);
    if (known) repeated(at, known, message);
    else refuse(at, message, code, silent);
  }
}

function saltFault(session: ServerSession, plain: PlainMessage): 48 | null {
  const now = session.host.time() / 1000;
  return session.key.salts.accepts(plain.salt, now) ? null : 48;
}

/** Takes a message by itself. @param first - lowest id of the packet, for new_session_created. */
function accept(at: Place, message: InnerMessage, first: bigint): void {
  const { session, connection } = at;
  const { received, host } = session;
  const known = received.get(message.msgId);
  if (known) {
    repeated(at, known, message);
    return;
  }
  const body = unpack(message.body);
  const constructorId = body === null ? 0 : constructorOf(body);
  const before = received.refusalOf(message.msgId);
  const code =
    before ?? checkMessage(message, received, host.time(), constructorId, host.settings.strict);
  if (code !== null) {
    // Overtaken by the packet that began the session: no fault of the client.
    refuse(at, message, code, before !== null || (code === 20 && received.isBefore(message.msgId)));
    return;
  }
  if (constructorId === MSG_CONTAINER) {
    refuse(at, message, 64, false, 'the container is compressed');
    return;
  }
  received.add(record(session, message, null));
  session.announce(first);
  if (message.seqNo % 2 !== 0) session.acks.add(message.msgId, host.clock());
  const served =
    body === null ? false : serve(session, connection, message.msgId, body, constructorId);
  if (served === null) {
    complain(at, message, 'malformed', null, 'a service message that cannot be read');
  } else if (!served) session.calls.begin(message.msgId, body);
}

/** A message came again: what it asks for is not done twice. */
function repeated(at: Place, known: ReceivedMessage, message: InnerMessage): void {
  const { session, connection } = at;
  if (known.digest !== digestOf(session, message)) {
    complain(at, message, 'reused-id', null, 'the id of an earlier, different message');
    if (session.host.settings.strict) connection.close(true);
    return;
  }
  if (message.seqNo % 2 !== 0) session.acks.add(message.msgId, session.host.clock());
  const answer = session.calls.get(message.msgId)?.answer;
  if (answer) {
    session.acks.settle(message.msgId);
    const { detailedInfoAbove } = session.host.settings;
    if (answer.body.length <= detailedInfoAbove || answer.msgId === null) {
      session.delivery.again(answer);
    } else {
      const info = { msgId: message.msgId, answerMsgId: answer.msgId };
      const rest = { bytes: answer.body.length, status: 0 };
      session.replyWith(message.msgId, encode(new MsgDetailedInfo({ ...info, ...rest })), false);
    }
    return;
  }
  const body = unpack(message.body);
  const constructorId = body === null ? 0 : constructorOf(body);
  if (body !== null && isRepeatable(constructorId))
    serve(session, connection, message.msgId, body, constructorId);
}

/** @param silent - not the client's fault, or noted before. */
function refuse(
  at: Place,
  message: Pick<InnerMessage, 'msgId' | 'seqNo'>,
  code: number,
  silent = false,
  detail = '',
): void {
  at.session.refuse(message, code);
  remember(at, message.msgId, code, silent);
  if (silent) return;
  const salt = code === 48;
  const meaning = salt ? 'the salt is not valid (any more)' : (BAD_MSG[code] ?? '');
  const text = detail === '' ? meaning : `${meaning}: ${detail}`;
  complain(at, message, salt ? 'bad-salt' : 'bad-msg', code, text);
}

/** Codes after which every client makes a new id, because this one's time or order is wrong. */
const FINAL = new Set([16, 17, 20]);

function remember(at: Place, msgId: bigint, code: number, silent: boolean): void {
  // After 48 the same id may come again, with the right salt.
  if (code !== 48 && (silent || FINAL.has(code))) at.session.received.refuse(msgId, code);
}

function complain(
  at: Place,
  message: Pick<InnerMessage, 'msgId'>,
  kind: RefusalKind,
  code: number | null,
  detail: string,
): void {
  const { session, connection } = at;
  session.host.refuse({
    kind,
    code,
    dcId: connection.dcId,
    connection: connection.id,
    sessionId: session.id,
    msgId: message.msgId,
    detail,
  });
}

function record(
  session: ServerSession,
  message: InnerMessage,
  packet: string | null,
): ReceivedMessage {
  const { msgId, seqNo } = message;
  return { msgId, seqNo, digest: digestOf(session, message), packet, acknowledged: false };
}

function digestOf(session: ServerSession, message: InnerMessage): string {
  const seqNo = new Uint8Array(Int32Array.of(message.seqNo).buffer);
  const hash = session.host.settings.crypto.sha256(concat(seqNo, message.body));
  return toHex(hash.subarray(0, 16));
}
