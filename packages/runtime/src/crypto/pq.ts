import { bigIntFromBytes, bytesFromBigInt } from './bytes.js';
import { CryptoError } from './errors.js';
import type { CryptoProvider } from './provider/types.js';

const LIMIT = (1n << 63n) - 1n;

/** The proof of work of a key exchange: p < q, big-endian without leading zeros. */
export interface Factors {
  readonly p: Uint8Array;
  readonly q: Uint8Array;
}

/**
 * Splits the number that a data center sent in `resPQ`.
 *
 * @param pq - big-endian, at most 2^63 − 1.
 * @throws CryptoError `bad-pq` when it is too large or not the product of two different factors.
 * @see https://core.telegram.org/mtproto/auth_key step 3
 */
export function factorize(crypto: CryptoProvider, pq: Uint8Array): Factors {
  // Two spare bytes for leading zeros; longer input is not even turned into a number.
  const value = pq.length > 10 ? LIMIT + 1n : bigIntFromBytes(pq);
  if (value > LIMIT) throw new CryptoError('bad-pq', 'pq must be below 2^63');
  const factor = value < 4n ? null : crypto.findFactor(value);
  if (factor === null || factor <= 1n || value % factor !== 0n) {
    throw new CryptoError('bad-pq', 'pq is not a product of two primes');
  }
  const other = value / factor;
  if (other <= 1n || other === factor) {
    throw new CryptoError('bad-pq', 'pq is not a product of two different primes');
  }
  const [p, q] = factor < other ? [factor, other] : [other, factor];
  return { p: bytesFromBigInt(p), q: bytesFromBigInt(q) };
}
