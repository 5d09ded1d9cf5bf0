import { bytesFromBigInt, type CryptoProvider } from '@tlgen/runtime/crypto';
import type { Puzzle } from './exchange-store.js';

const LOWEST = 2 ** 30;

/** A product of two different primes of 31 bits: hard enough to be a proof of work, and below 2^63. */
export function makePuzzle(crypto: CryptoProvider): Puzzle {
  const first = randomPrime(crypto);
  let second = randomPrime(crypto);
  while (second === first) second = randomPrime(crypto);
  return puzzleOf(BigInt(Math.min(first, second)), BigInt(Math.max(first, second)));
}

export function puzzleOf(p: bigint, q: bigint): Puzzle {
  return { pq: bytesFromBigInt(p * q), p: bytesFromBigInt(p), q: bytesFromBigInt(q) };
}

function randomPrime(crypto: CryptoProvider): number {
  const bytes = crypto.randomBytes(4);
  const random = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  // From the random odd number upwards; the end of the range wraps to its beginning.
  let candidate = (LOWEST + (random % LOWEST)) | 1;
  while (!isPrime(candidate)) candidate = candidate + 2 < 2 * LOWEST ? candidate + 2 : LOWEST + 1;
  return candidate;
}

/** By division: at most 23,000 steps for 31 bits. */
function isPrime(odd: number): boolean {
  for (let divisor = 3; divisor * divisor <= odd; divisor += 2) {
    if (odd % divisor === 0) return false;
  }
  return true;
}
