import type { AuthKey } from './auth-key.js';
import {
  openEnvelope,
  openEnvelopeWithToken,
  sealEnvelope,
  sealEnvelopeWithToken,
  type SealOptions,
  type SealedPacket,
} from './envelope.js';
import { openEnvelope1, sealEnvelope1 } from './envelope1.js';
import type { CryptoProvider, KeyOffset } from './provider/types.js';

export { authKeyIdOf, quickAckToken } from './envelope.js';

/** salt, session_id, message_id (8 bytes each), seq_no, length (4 each). */
const HEAD = 32;

/** Who encrypted a packet; each direction derives its own keys. */
export type Sender = 'client' | 'server';

/** The plaintext of an encrypted message between a client and a data center. Numbers as signed 64 bits. */
export interface PlainMessage {
  readonly salt: bigint;
  readonly sessionId: bigint;
  readonly msgId: bigint;
  readonly seqNo: number;
  /** The serialized message, a multiple of 4 bytes. After opening: a view of the decrypted packet, not a copy. */
  readonly body: Uint8Array;
}

/**
 * Encrypts a message with MTProto 2.0.
 *
 * @param message - its body must be a multiple of 4 bytes, or the other side refuses it.
 * @returns the packet: auth_key_id, msg_key, ciphertext, in a buffer of its own.
 * @see https://core.telegram.org/mtproto/description
 */
export function sealMessage(
  crypto: CryptoProvider,
  key: AuthKey,
  from: Sender,
  message: PlainMessage,
  options: SealOptions = {},
): Uint8Array {
  const fill = (plain: Uint8Array): void => writePlain(plain, message);
  return sealEnvelope(crypto, key, offsetOf(from), HEAD + message.body.length, fill, options);
}

/** {@link sealMessage} that also computes the token of the packet's quick acknowledgement. */
export function sealMessageWithToken(
  crypto: CryptoProvider,
  key: AuthKey,
  from: Sender,
  message: PlainMessage,
  options: SealOptions = {},
): SealedPacket {
  const fill = (plain: Uint8Array): void => writePlain(plain, message);
  const size = HEAD + message.body.length;
  return sealEnvelopeWithToken(crypto, key, offsetOf(from), size, fill, options);
}

/**
 * Decrypts a message of MTProto 2.0 and checks all that can be checked without knowing the session.
 *
 * @param from - who must have sent it; a packet reflected to its sender is refused.
 * @throws SecurityError `packet-length`, `auth-key-id`, `msg-key`, `message-length` or `padding`
 * @see https://core.telegram.org/mtproto/security_guidelines#mtproto-encrypted-messages
 */
export function openMessage(
  crypto: CryptoProvider,
  key: AuthKey,
  from: Sender,
  packet: Uint8Array,
): PlainMessage {
  return readPlain(openEnvelope(crypto, key, offsetOf(from), packet, HEAD));
}

/**
 * {@link openMessage} that also computes the token with which a server acknowledges the packet at once.
 *
 * @throws SecurityError as {@link openMessage}
 */
export function openMessageWithToken(
  crypto: CryptoProvider,
  key: AuthKey,
  from: Sender,
  packet: Uint8Array,
): { message: PlainMessage; token: number } {
  const opened = openEnvelopeWithToken(crypto, key, offsetOf(from), packet, HEAD);
  return { message: readPlain(opened.plain), token: opened.token };
}

/**
 * Encrypts a message with MTProto 1.0. Only `auth.bindTempAuthKey` still needs it, with random bits for salt and
 * session id.
 *
 * @see https://core.telegram.org/method/auth.bindTempAuthKey
 */
export function sealMessage1(
  crypto: CryptoProvider,
  key: AuthKey,
  from: Sender,
  message: PlainMessage,
): Uint8Array {
  const plain = new Uint8Array(HEAD + message.body.length);
  writePlain(plain, message);
  return sealEnvelope1(crypto, key, offsetOf(from), plain);
}

/**
 * Decrypts a message of MTProto 1.0.
 *
 * @throws SecurityError `packet-length`, `auth-key-id` or `msg-key`
 */
export function openMessage1(
  crypto: CryptoProvider,
  key: AuthKey,
  from: Sender,
  packet: Uint8Array,
): PlainMessage {
  return readPlain(openEnvelope1(crypto, key, offsetOf(from), packet, HEAD));
}

function offsetOf(from: Sender): KeyOffset {
  return from === 'client' ? 0 : 8;
}

function writePlain(plain: Uint8Array, message: PlainMessage): void {
  const view = new DataView(plain.buffer, plain.byteOffset, HEAD);
  view.setBigInt64(0, message.salt, true);
  view.setBigInt64(8, message.sessionId, true);
  view.setBigInt64(16, message.msgId, true);
  view.setInt32(24, message.seqNo, true);
  view.setInt32(28, message.body.length, true);
  plain.set(message.body, HEAD);
}

function readPlain(plain: Uint8Array): PlainMessage {
  const view = new DataView(plain.buffer, plain.byteOffset, HEAD);
  return {
    salt: view.getBigInt64(0, true),
    sessionId: view.getBigInt64(8, true),
    msgId: view.getBigInt64(16, true),
    seqNo: view.getInt32(24, true),
    body: plain.subarray(HEAD),
  };
}
