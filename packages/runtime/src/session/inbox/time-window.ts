import { SecurityError } from '../../crypto/errors.js';
import type { Now } from '../../platform/types.js';
import { messageIdTime, type MessageIds } from '../message-ids.js';

/** A message may be this much older than server time, milliseconds. */
const OLDEST = 300_000;
/** And this much newer. */
const NEWEST = 30_000;

/**
 * Refuses ids of messages that were not made about now (security guidelines, "Checking msg_id"). Nothing is refused
 * before server time is known.
 *
 * @throws SecurityError `message-id-time`
 */
export function checkTime(msgId: bigint, ids: MessageIds, now: Now): void {
  if (!ids.known) return;
  const age = ids.serverTime(now) - messageIdTime(msgId);
  if (age > OLDEST) throw outside(`${Math.round(age / 1000)} s old`);
  if (age < -NEWEST) throw outside(`${Math.round(-age / 1000)} s in the future`);
}

function outside(how: string): SecurityError {
  return new SecurityError('message-id-time', `the message is ${how}`);
}
