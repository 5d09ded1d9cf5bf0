import { bigIntFromBytes, concat } from './bytes.js';
import { equalBytes } from './compare.js';
import { CryptoError } from './errors.js';
import type { CryptoProvider } from './provider/types.js';
import type { RsaKey, RsaPrivateKey } from './rsa-key.js';

export { parseRsaKey, rsaKeyFrom } from './rsa-key.js';
export type { RsaKey, RsaPrivateKey } from './rsa-key.js';

const LIMIT = 144;
const PADDED = 192;
const SIZE = 256;
const TEMP_KEY = 32;
/** Each attempt fails for at most every second key, so with real randomness this is never reached. */
const ATTEMPTS = 256;

/**
 * RSA_PAD: encrypts the inner data of a key exchange for the holder of an RSA key. Fills the data up with random
 * bytes, hides it under a random AES key, and that key under a hash of the result; so what RSA sees looks random, and
 * any change to it destroys all of it.
 *
 * @param data - at most 144 bytes.
 * @returns exactly 256 bytes.
 * @throws CryptoError `bad-rsa` when the data is too long.
 * @see https://core.telegram.org/mtproto/auth_key#41-rsa-paddata-server-public-key-mentioned-above-is-implemented-as-follows
 */
export function rsaPad(crypto: CryptoProvider, data: Uint8Array, key: RsaKey): Uint8Array {
  if (data.length > LIMIT) {
    throw new CryptoError('bad-rsa', `RSA_PAD takes ${LIMIT} bytes at most, not ${data.length}`);
  }
  const padded = concat(data, crypto.randomBytes(PADDED - data.length));
  const modulus = bigIntFromBytes(key.n);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const block = hide(crypto, padded, crypto.randomBytes(TEMP_KEY));
    if (bigIntFromBytes(block) < modulus) return crypto.modPow(block, key.e, key.n);
  }
  throw new CryptoError('bad-rsa', 'the random source yields no number below the modulus');
}

/**
 * The data center's half of {@link rsaPad}.
 *
 * @returns the 192 bytes of data and random padding.
 * @throws CryptoError `bad-rsa` when the bytes were not made by RSA_PAD for this key.
 */
export function rsaUnpad(
  crypto: CryptoProvider,
  encrypted: Uint8Array,
  key: RsaPrivateKey,
): Uint8Array {
  if (encrypted.length !== SIZE || bigIntFromBytes(encrypted) >= bigIntFromBytes(key.n)) {
    throw new CryptoError('bad-rsa', 'encrypted data must be 256 bytes below the modulus');
  }
  const block = crypto.modPow(encrypted, key.d, key.n);
  const hidden = block.subarray(TEMP_KEY);
  const tempKey = xor(block.subarray(0, TEMP_KEY), crypto.sha256(hidden));
  const opened = crypto.aesIgeDecrypt(hidden, tempKey, new Uint8Array(32));
  const padded = opened.slice(0, PADDED).reverse();
  if (!equalBytes(opened.subarray(PADDED), crypto.sha256(concat(tempKey, padded)))) {
    throw new CryptoError('bad-rsa', 'the hash inside the encrypted data differs');
  }
  return padded;
}

/** One attempt: 256 bytes that RSA can encrypt if they are below the modulus. */
function hide(crypto: CryptoProvider, padded: Uint8Array, tempKey: Uint8Array): Uint8Array {
  const hash = crypto.sha256(concat(tempKey, padded));
  const withHash = concat(padded.slice().reverse(), hash);
  const hidden = crypto.aesIgeEncrypt(withHash, tempKey, new Uint8Array(32));
  return concat(xor(tempKey, crypto.sha256(hidden)), hidden);
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, index) => byte ^ (b[index] ?? 0));
}
