import { SecurityError } from '../../crypto/errors.js';

/**
 * Ids of a server are odd: 1 mod 4 answers a message of the client, 3 mod 4 does not (MTProto description, "Message
 * Identifier (msg_id)").
 *
 * @throws SecurityError `message-id-parity`
 */
export function checkServerId(msgId: bigint): void {
  if ((msgId & 1n) === 0n) throw wrong(`${msgId} is even: no id of a server`);
}

/** @throws SecurityError `message-id-parity` */
export function checkAnswerId(msgId: bigint): void {
  if ((msgId & 3n) !== 1n) throw wrong(`${msgId} carries an answer and is not 1 mod 4`);
}

/** @throws SecurityError `message-id-parity` */
export function checkNewsId(msgId: bigint): void {
  if ((msgId & 3n) !== 3n) throw wrong(`${msgId} answers nothing and is not 3 mod 4`);
}

function wrong(what: string): SecurityError {
  return new SecurityError('message-id-parity', what);
}
