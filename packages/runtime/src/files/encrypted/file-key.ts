import { md5 } from '@noble/hashes/legacy.js';
import { CryptoError } from '../../crypto/errors.js';
import { concat } from '../../crypto/bytes.js';
import type { CryptoProvider } from '../../crypto/provider/types.js';

/** What a file of a secret chat is encrypted with; fresh for each file, never used for another. */
export interface FileKey {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 32 bytes. */
  readonly iv: Uint8Array;
  /** What `key_fingerprint` has to be: {@link fileKeyFingerprint}. */
  readonly fingerprint: number;
}

/** A fresh key for one file, from the platform's random source. */
export function newFileKey(crypto: Pick<CryptoProvider, 'randomBytes'>): FileKey {
  const key = crypto.randomBytes(32);
  const iv = crypto.randomBytes(32);
  return { key, iv, fingerprint: fileKeyFingerprint(key, iv) };
}

/**
 * The signed 32-bit `key_fingerprint` of an encrypted file: the first four bytes of MD5(key ‖ iv) XOR the next four,
 * read as little-endian. ("End-to-end encryption: sending encrypted files" of the protocol documents.)
 *
 * @param key - 32 bytes.
 * @param iv - 32 bytes.
 * @throws CryptoError `bad-length`.
 */
export function fileKeyFingerprint(key: Uint8Array, iv: Uint8Array): number {
  if (key.length !== 32 || iv.length !== 32) {
    const got = `got ${key.length} and ${iv.length}`;
    throw new CryptoError('bad-length', `Key and iv of a file have 32 bytes each; ${got}`);
  }
  const digest = md5(concat(key, iv));
  const view = new DataView(digest.buffer, digest.byteOffset, digest.length);
  return view.getInt32(0, true) ^ view.getInt32(4, true);
}
