import type { AuthKey } from './auth-key.js';
import { concat } from './bytes.js';
import { equalBytes } from './compare.js';
import { ENVELOPE_HEAD, checkOutside, readLength, wrongMessageKey } from './envelope.js';
import { SecurityError } from './errors.js';
import { deriveKeys1, messageKey1 } from './kdf.js';
import type { CryptoProvider, KeyOffset } from './provider/types.js';

/**
 * Encrypts an MTProto 1.0 packet; the padding of 0 … 15 bytes is not covered by msg_key.
 *
 * @param x - 0 for what a client sends and for secret chats in both directions; 8 for what a server sends.
 * @returns auth_key_id, msg_key, ciphertext.
 * @see https://core.telegram.org/mtproto/description_v1
 */
export function sealEnvelope1(
  crypto: CryptoProvider,
  key: AuthKey,
  x: KeyOffset,
  plain: Uint8Array,
): Uint8Array {
  const msgKey = messageKey1(crypto, plain);
  const aes = deriveKeys1(crypto, key.bytes, msgKey, x);
  const padding = (16 - (plain.length % 16)) % 16;
  const padded = padding === 0 ? plain : concat(plain, crypto.randomBytes(padding));
  return concat(key.idBytes, msgKey, crypto.aesIgeEncrypt(padded, aes.key, aes.iv));
}

/**
 * Decrypts an MTProto 1.0 packet and does every check. Here the length has to be read before msg_key can be compared;
 * so all that is wrong inside is told as `msg-key`, and a forger learns nothing from the difference.
 *
 * @param head - bytes of the plaintext that precede the body; the last four of them hold the body's length.
 * @returns head and body, without padding.
 * @throws SecurityError `packet-length`, `auth-key-id` or `msg-key`
 */
export function openEnvelope1(
  crypto: CryptoProvider,
  key: AuthKey,
  x: KeyOffset,
  packet: Uint8Array,
  head: number,
): Uint8Array {
  checkOutside(packet, key, head);
  const msgKey = packet.subarray(8, ENVELOPE_HEAD);
  const aes = deriveKeys1(crypto, key.bytes, msgKey, x);
  const padded = crypto.aesIgeDecrypt(packet.subarray(ENVELOPE_HEAD), aes.key, aes.iv);
  const size = plausibleSize(padded, head);
  // A hash is computed in each case, so a bad length takes as long as a bad msg_key.
  const plain = padded.subarray(0, size ?? padded.length);
  const same = equalBytes(messageKey1(crypto, plain), msgKey);
  if (!same || size === null) throw wrongMessageKey();
  return plain;
}

/** Bytes of head and body, or null when the length is impossible or leaves more than 15 bytes of padding. */
function plausibleSize(padded: Uint8Array, head: number): number | null {
  try {
    const size = head + readLength(padded, head);
    return padded.length - size <= 15 ? size : null;
  } catch (error) {
    if (error instanceof SecurityError) return null;
    throw error;
  }
}
