import { concat } from '../../crypto/bytes.js';
import { equalBytes } from '../../crypto/compare.js';
import type { CryptoProvider } from '../../crypto/provider/types.js';

const HASH_SIZE = 20;
const BLOCK = 16;

/** SHA1, the data, and random padding of less than 16 bytes: what the key exchange encrypts with AES. */
export function sealHashed(crypto: CryptoProvider, data: Uint8Array): Uint8Array {
  const used = HASH_SIZE + data.length;
  const padding = (BLOCK - (used % BLOCK)) % BLOCK;
  return concat(crypto.sha1(data), data, crypto.randomBytes(padding));
}

/**
 * Finds the data that the hash in front covers. Nothing is parsed before the hash fits, so the length of the padding
 * (0 … 15 bytes; data is a multiple of 4) is found by trying.
 *
 * @returns a view; null when no length fits.
 */
export function openHashed(crypto: CryptoProvider, plain: Uint8Array): Uint8Array | null {
  const hash = plain.subarray(0, HASH_SIZE);
  for (let padding = 0; padding < BLOCK; padding += 4) {
    const data = plain.subarray(HASH_SIZE, plain.length - padding);
    if (equalBytes(crypto.sha1(data), hash)) return data;
  }
  return null;
}
