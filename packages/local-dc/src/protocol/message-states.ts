import type { Calls } from './calls.js';
import type { Outbox } from './outbox.js';
import type { ReceivedMessages } from './received.js';

/** Bits of msgs_state_info ("Information about the status of messages"). */
const NOT_KNOWN = 1;
const NOT_RECEIVED = 2;
const NOT_YET = 3;
const RECEIVED = 4;
const ACKNOWLEDGED = 8;
const NO_ACK_NEEDED = 16;
const QUERY = 32;
const ANSWERED = 64;
const KNOWN_RECEIVED = 128;

/** What the server knows of messages of the client, a byte each. */
export function statesOf(
  msgIds: readonly bigint[],
  received: ReceivedMessages,
  calls: Calls,
): Uint8Array {
  return Uint8Array.from(msgIds, (msgId) => {
    const message = received.get(msgId);
    if (message === undefined) {
      if (received.tooOld(msgId)) return NOT_KNOWN;
      return msgId > received.highest ? NOT_YET : NOT_RECEIVED;
    }
    let state = RECEIVED;
    if (message.acknowledged) state |= ACKNOWLEDGED;
    if (message.seqNo % 2 === 0) state |= NO_ACK_NEEDED;
    const call = calls.get(msgId);
    if (call) state |= QUERY;
    if (call && call.succeeded !== null && !call.dropped) state |= ANSWERED;
    if (call?.acknowledged) state |= KNOWN_RECEIVED;
    return state;
  });
}

/** What the server knows of messages of its own that the client asks for again. */
export function ownStatesOf(msgIds: readonly bigint[], outbox: Outbox): Uint8Array {
  return Uint8Array.from(msgIds, (msgId) => (outbox.sent(msgId) ? RECEIVED : NOT_KNOWN));
}

/** What the client says of messages of the server. */
export function isReceived(state: number): boolean {
  return (state & 7) === RECEIVED;
}

/** Whether the client lacks the message. */
export function isMissing(state: number): boolean {
  const known = state & 7;
  return known === NOT_KNOWN || known === NOT_RECEIVED || known === NOT_YET;
}
