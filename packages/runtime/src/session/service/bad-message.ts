import type { BadMsgNotification, BadServerSalt } from '@tlgen/mtproto';
import type { Now } from '../../platform/types.js';
import { messageIdTime } from '../message-ids.js';
import type { SentMessage } from '../outbox/sent-messages.js';
import { refuseMessage, type SessionParts } from '../session-parts.js';

/** What to do about a refused message. */
export type BadMessageAction =
  /** Take the server's time from the notification, then send again. */
  | 'time'
  /** Send again with another id. */
  | 'again'
  /** The numbering of the session is broken: begin another session. */
  | 'new-session';

/** Codes of bad_msg_notification (service messages about messages, "Notice of Ignored Error Message"). */
export const BAD_MESSAGES: ReadonlyMap<number, readonly [BadMessageAction, string]> = new Map([
  [16, ['time', 'msg_id too low']],
  [17, ['time', 'msg_id too high']],
  [18, ['new-session', 'msg_id is no multiple of 4']],
  [19, ['new-session', 'container msg_id used before']],
  [20, ['again', 'message too old']],
  [32, ['new-session', 'msg_seqno too low']],
  [33, ['new-session', 'msg_seqno too high']],
  [34, ['new-session', 'even msg_seqno expected']],
  [35, ['new-session', 'odd msg_seqno expected']],
  [48, ['again', 'wrong salt']],
  [64, ['new-session', 'invalid container']],
]);

/** Ids this far ahead of server time begin anew after a correction of the clock, and so must the session. */
const TOO_FAR_AHEAD = 20_000;

/** Handles `bad_msg_notification`. */
export function onBadMessage(
  parts: SessionParts,
  notice: BadMsgNotification,
  msgId: bigint,
  now: Now,
): void {
  const messages = refusedBy(parts, notice.badMsgId, now);
  if (messages === null) return;
  const [action, meaning] = BAD_MESSAGES.get(notice.errorCode) ?? ['again', 'unknown error'];
  const reason = `bad_msg_notification ${notice.errorCode}: ${meaning}`;
  const { ids } = parts.context;
  if (action === 'time') ids.resetTo(messageIdTime(msgId) - now.wall);
  for (const message of messages) refuseMessage(parts, message, reason);
  if (action === 'new-session') parts.fail(reason);
  if (action === 'time' && ids.ahead(now) > TOO_FAR_AHEAD) parts.fail(reason);
}

/** Handles `bad_server_salt`: exactly what the notice names is sent again, with the salt it tells. */
export function onBadSalt(parts: SessionParts, notice: BadServerSalt, now: Now): void {
  const messages = refusedBy(parts, notice.badMsgId, now);
  parts.useSalt(notice.newServerSalt);
  for (const message of messages ?? []) refuseMessage(parts, message, 'wrong salt');
}

/** The messages that a notice is about; null when it names nothing of this session. */
function refusedBy(parts: SessionParts, badMsgId: bigint, now: Now): SentMessage[] | null {
  const { outbox, acks } = parts;
  const messages = outbox.sent.named(badMsgId);
  const acknowledged = outbox.acksOf(badMsgId);
  // Acknowledgements in a refused packet were not read.
  for (const id of acknowledged ?? []) acks.add(id, now.steady);
  return messages.length === 0 && acknowledged === undefined ? null : messages;
}
