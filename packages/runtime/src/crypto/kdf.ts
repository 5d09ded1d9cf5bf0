import { concat } from './bytes.js';
import { CryptoError } from './errors.js';
import type { CryptoProvider, KeyOffset } from './provider/types.js';

/** What AES-256-IGE takes: 32 bytes each. */
export interface AesKeys {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

/**
 * MTProto 2.0: the AES key and iv of one message.
 *
 * @param authKey - 256 bytes.
 * @param msgKey - 16 bytes.
 * @throws CryptoError `bad-length`
 * @see https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector
 */
export function deriveKeys2(
  crypto: CryptoProvider,
  authKey: Uint8Array,
  msgKey: Uint8Array,
  x: KeyOffset,
): AesKeys {
  requireSizes(authKey, msgKey);
  const a = crypto.sha256(concat(msgKey, authKey.subarray(x, x + 36)));
  const b = crypto.sha256(concat(authKey.subarray(x + 40, x + 76), msgKey));
  return {
    key: concat(a.subarray(0, 8), b.subarray(8, 24), a.subarray(24, 32)),
    iv: concat(b.subarray(0, 8), a.subarray(8, 24), b.subarray(24, 32)),
  };
}

/**
 * MTProto 1.0: the AES key and iv of one message; for binding temporary keys and for old secret chats.
 *
 * @param authKey - 256 bytes.
 * @param msgKey - 16 bytes.
 * @throws CryptoError `bad-length`
 * @see https://core.telegram.org/mtproto/description_v1#defining-aes-key-and-initialization-vector
 */
export function deriveKeys1(
  crypto: CryptoProvider,
  authKey: Uint8Array,
  msgKey: Uint8Array,
  x: KeyOffset,
): AesKeys {
  requireSizes(authKey, msgKey);
  const part = (from: number, size: number): Uint8Array =>
    authKey.subarray(x + from, x + from + size);
  const a = crypto.sha1(concat(msgKey, part(0, 32)));
  const b = crypto.sha1(concat(part(32, 16), msgKey, part(48, 16)));
  const c = crypto.sha1(concat(part(64, 32), msgKey));
  const d = crypto.sha1(concat(msgKey, part(96, 32)));
  return {
    key: concat(a.subarray(0, 8), b.subarray(8, 20), c.subarray(4, 16)),
    iv: concat(a.subarray(8, 20), b.subarray(0, 8), c.subarray(16, 20), d.subarray(0, 8)),
  };
}

/** MTProto 2.0 hashes a piece of the key with the whole plaintext, padding included. */
export function messageHash2(
  crypto: CryptoProvider,
  authKey: Uint8Array,
  paddedPlain: Uint8Array,
  x: KeyOffset,
): Uint8Array {
  return crypto.sha256(concat(authKey.subarray(x + 88, x + 120), paddedPlain));
}

/** MTProto 2.0: msg_key, the middle 16 bytes of {@link messageHash2}. */
export function messageKey2(
  crypto: CryptoProvider,
  authKey: Uint8Array,
  paddedPlain: Uint8Array,
  x: KeyOffset,
): Uint8Array {
  return messageHash2(crypto, authKey, paddedPlain, x).slice(8, 24);
}

/** MTProto 1.0: msg_key, the last 16 bytes of SHA1 of the plaintext without its padding. */
export function messageKey1(crypto: CryptoProvider, plain: Uint8Array): Uint8Array {
  return crypto.sha1(plain).slice(4);
}

/**
 * tmp_aes_key and tmp_aes_iv, which hide the Diffie–Hellman part of a key exchange.
 *
 * @param newNonce - 32 bytes.
 * @param serverNonce - 16 bytes.
 * @throws CryptoError `bad-length`
 * @see https://core.telegram.org/mtproto/auth_key step 6
 */
export function handshakeKeys(
  crypto: CryptoProvider,
  newNonce: Uint8Array,
  serverNonce: Uint8Array,
): AesKeys {
  if (newNonce.length !== 32 || serverNonce.length !== 16) {
    throw new CryptoError('bad-length', 'new_nonce has 32 bytes and server_nonce 16');
  }
  const newServer = crypto.sha1(concat(newNonce, serverNonce));
  const serverNew = crypto.sha1(concat(serverNonce, newNonce));
  const newNew = crypto.sha1(concat(newNonce, newNonce));
  return {
    key: concat(newServer, serverNew.subarray(0, 12)),
    iv: concat(serverNew.subarray(12, 20), newNew, newNonce.subarray(0, 4)),
  };
}

function requireSizes(authKey: Uint8Array, msgKey: Uint8Array): void {
  if (authKey.length !== 256 || msgKey.length !== 16) {
    throw new CryptoError('bad-length', 'an auth key has 256 bytes and msg_key 16');
  }
}
