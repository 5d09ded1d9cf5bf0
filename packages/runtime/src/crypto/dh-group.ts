import { bigIntFromBytes, fromHex, toHex } from './bytes.js';
import { CryptoError } from './errors.js';
import type { CryptoProvider } from './provider/types.js';

/** Bytes of the prime, of public values and of the shared key. */
export const DH_SIZE = 256;
/** Public values keep this distance from 0 and from p. */
const MARGIN = 1n << (2048n - 64n);
/** A composite passes one round of Miller–Rabin in at most a quarter of the cases: 4^−64 is 2^−128. */
const ROUNDS = 64;
/** How many verdicts are kept for each provider; servers use one or two primes. */
const VERDICTS = 64;

/** The prime that Telegram's data centers use: a safe prime, for which 3, 4 and 7 are good generators. */
export const TELEGRAM_PRIME: Uint8Array = fromHex(
  'c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f' +
    '48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37' +
    '20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64' +
    '2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4' +
    'a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754' +
    'fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4' +
    'e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f' +
    '0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b',
);
const TELEGRAM_PRIME_HEX = toHex(TELEGRAM_PRIME);

/** For which residues of p a generator generates the subgroup of order (p − 1) / 2. */
const RESIDUES: ReadonlyMap<number, { modulus: bigint; allowed: readonly bigint[] }> = new Map([
  [2, { modulus: 8n, allowed: [7n] }],
  [3, { modulus: 3n, allowed: [2n] }],
  [4, { modulus: 1n, allowed: [0n] }],
  [5, { modulus: 5n, allowed: [1n, 4n] }],
  [6, { modulus: 24n, allowed: [19n, 23n] }],
  [7, { modulus: 7n, allowed: [3n, 5n, 6n] }],
]);

/** Verdicts by the prime's value, apart for each provider because they are only as good as its primality test. */
const verdicts = new WeakMap<CryptoProvider, Map<string, boolean>>();

/**
 * Checks a Diffie–Hellman group that another party chose: p has exactly 2048 bits, p and (p − 1) / 2 are prime, and g
 * generates the subgroup of order (p − 1) / 2. Verdicts on primes are remembered; Telegram's own prime is known good.
 *
 * @param prime - big-endian, 256 bytes.
 * @throws CryptoError `bad-dh`
 * @see https://core.telegram.org/mtproto/auth_key#presenting-proof-of-work-server-authentication
 */
export function checkDhGroup(crypto: CryptoProvider, g: number, prime: Uint8Array): void {
  if (prime.length !== DH_SIZE || (prime[0] ?? 0) < 0x80) {
    throw new CryptoError('bad-dh', 'the prime must have exactly 2048 bits');
  }
  const rule = RESIDUES.get(g);
  if (rule === undefined) throw new CryptoError('bad-dh', 'the generator must be one of 2 … 7');
  const p = bigIntFromBytes(prime);
  if (!rule.allowed.includes(p % rule.modulus)) {
    throw new CryptoError('bad-dh', `${g} generates the wrong group for this prime`);
  }
  if (!isSafePrime(crypto, prime)) {
    throw new CryptoError('bad-dh', 'p or (p - 1) / 2 is not prime');
  }
}

/**
 * Checks a public value, received or about to be sent: 2^1984 ≤ v ≤ p − 2^1984, which includes 1 < v < p − 1.
 *
 * @param value - big-endian, not longer than the prime.
 * @param name - what to call the value in the error: `g_a`, `g_b`.
 * @throws CryptoError `bad-dh`
 */
export function checkDhValue(value: Uint8Array, prime: Uint8Array, name: string): void {
  // The length first: the bytes come from outside, and huge numbers cost time.
  const number = value.length > prime.length ? 0n : bigIntFromBytes(value);
  if (number < MARGIN || number > bigIntFromBytes(prime) - MARGIN) {
    throw new CryptoError('bad-dh', `${name} is outside 2^1984 … p - 2^1984`);
  }
}

function isSafePrime(crypto: CryptoProvider, prime: Uint8Array): boolean {
  const name = toHex(prime);
  if (name === TELEGRAM_PRIME_HEX) return true;
  let known = verdicts.get(crypto);
  if (known === undefined) verdicts.set(crypto, (known = new Map<string, boolean>()));
  const before = known.get(name);
  if (before !== undefined) return before;
  const safe =
    crypto.isProbablyPrime(prime, ROUNDS) && crypto.isProbablyPrime(halve(prime), ROUNDS);
  if (known.size >= VERDICTS) known.delete([...known.keys()][0] ?? '');
  known.set(name, safe);
  return safe;
}

/** (p − 1) / 2 of an odd p: one shift to the right. */
function halve(prime: Uint8Array): Uint8Array {
  return prime.map((byte, index) => (byte >> 1) | (((prime[index - 1] ?? 0) & 1) << 7));
}
