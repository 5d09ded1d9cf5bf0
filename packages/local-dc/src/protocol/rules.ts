import { registry } from '@tlgen/mtproto/registry';
import { MSG_CONTAINER } from './ids.js';
import type { InnerMessage } from './container.js';
import { timeOfMessageId } from './message-ids.js';
import type { ReceivedMessages } from './received.js';

/** Error codes of bad_msg_notification ("Service Messages about Messages: Notice of Ignored Error Message"). */
export type BadMsgCode = 16 | 17 | 18 | 19 | 20 | 32 | 33 | 34 | 35 | 64;

/** What each code means, for the list of refusals. */
export const BAD_MSG: Readonly<Record<number, string>> = {
  16: 'msg_id is more than 300 s in the past',
  17: 'msg_id is more than 30 s in the future',
  18: 'msg_id is no multiple of 4',
  19: 'a container has the msg_id of an earlier message',
  20: 'msg_id is older than all that are remembered',
  32: 'msg_seqno is lower than that of an earlier message',
  33: 'msg_seqno is higher than that of a later message',
  34: 'msg_seqno is odd where no acknowledgement can be due',
  35: 'msg_seqno is even where an acknowledgement is due',
  64: 'invalid container',
};

/** Milliseconds that a message id may be behind or ahead of the server's time. */
const PAST = 300_000;
const FUTURE = 30_000;

/** Whether the seqno of such a message has to be odd; null: clients differ, and servers take both. */
function mustBeOdd(constructorId: number): boolean | null {
  if (constructorId === MSG_CONTAINER) return false;
  // Pings, state requests, even acknowledgements: some clients number them as content, some do not.
  return registry.get(constructorId) === undefined ? true : null;
}

/**
 * Holds the id and seqno of a new message against the rules, in the order in which real servers do.
 *
 * @param time - server time, milliseconds.
 * @param constructorId - of the message, gzip_packed taken off.
 */
export function checkMessage(
  message: InnerMessage,
  received: ReceivedMessages,
  time: number,
  constructorId: number,
  strict: boolean,
): BadMsgCode | null {
  const { msgId, seqNo } = message;
  if (strict) {
    if (msgId % 4n !== 0n) return 18;
    const sent = timeOfMessageId(msgId);
    if (sent < time - PAST) return 16;
    if (sent > time + FUTURE) return 17;
  }
  if (received.tooOld(msgId)) return 20;
  if (!strict) return null;
  const odd = seqNo % 2 !== 0;
  const expected = mustBeOdd(constructorId);
  if (expected === false && odd) return 34;
  if (expected === true && !odd) return 35;
  return received.seqNoFault(msgId, seqNo);
}
