import { TransportError, type Frame } from '../types.js';
import { MAX_PADDING } from './limits.js';
import { int32At } from './words.js';

const ERROR_SIZE = 4;
/** auth_key_id, message_id and length of an unencrypted message. */
const PLAIN_HEADER = 20;
/** auth_key_id and msg_key of an encrypted message; what follows is a multiple of an AES block. */
const ENCRYPTED_HEADER = 24;
const BLOCK = 16;

/**
 * What a framing's payload is: a packet, a transport error (four bytes, negative) or nothing (four zero bytes, which
 * servers send to keep a connection open).
 *
 * @throws TransportError `bad-frame` when four bytes are neither an error nor zero, or the length is impossible.
 */
export function frameOf(payload: Uint8Array, quickAck: boolean): Frame | null {
  if (payload.length % 4 !== 0) {
    throw badFrame(`a payload of ${payload.length} bytes is not a multiple of 4`);
  }
  if (payload.length <= ERROR_SIZE) return errorOf(payload);
  return quickAck
    ? { type: 'packet', bytes: payload, quickAck: true }
    : { type: 'packet', bytes: payload };
}

/**
 * The same for the padded intermediate framing, whose 0 … 15 random bytes at the end have no length of their own.
 * The packet's length follows from what a packet can be:
 *
 * - under 20 bytes nothing but a transport error fits;
 * - with auth_key_id 0 the message says its length;
 * - an encrypted message is 24 bytes and whole AES blocks, so the remainder is padding.
 */
export function paddedFrameOf(payload: Uint8Array, quickAck: boolean): Frame | null {
  if (payload.length < ERROR_SIZE) {
    throw badFrame(`a payload of ${payload.length} bytes holds no packet`);
  }
  if (payload.length < PLAIN_HEADER) return errorOf(payload.subarray(0, ERROR_SIZE));
  return frameOf(payload.subarray(0, unpaddedLength(payload)), quickAck);
}

function unpaddedLength(payload: Uint8Array): number {
  if (int32At(payload, 0) === 0 && int32At(payload, 4) === 0) {
    const length = PLAIN_HEADER + int32At(payload, 16);
    const padding = payload.length - length;
    if (length < PLAIN_HEADER || padding < 0 || padding > MAX_PADDING) {
      throw badFrame(
        `an unencrypted message of ${length} bytes does not fit ${payload.length} bytes`,
      );
    }
    return length;
  }
  if (payload.length < ENCRYPTED_HEADER + BLOCK) {
    throw badFrame(`an encrypted message cannot have ${payload.length} bytes`);
  }
  return payload.length - ((payload.length - ENCRYPTED_HEADER) % BLOCK);
}

function errorOf(payload: Uint8Array): Frame | null {
  const code = int32At(payload, 0);
  if (payload.length !== ERROR_SIZE || code > 0) {
    throw badFrame(`${payload.length} bytes that are neither a packet nor a transport error`);
  }
  return code === 0 ? null : { type: 'error', code };
}

/** A stream that cannot be trusted any more. */
export function badFrame(message: string): TransportError {
  return new TransportError('bad-frame', `${message}; the connection has to be closed`);
}
