import { bigIntFromBytes, bytesFromBigInt, concat } from './bytes.js';
import { DH_SIZE, checkDhGroup, checkDhValue } from './dh-group.js';
import { CryptoError } from './errors.js';
import type { CryptoProvider } from './provider/types.js';

const ITERATIONS = 100_000;
const MIN_SALT = 8;
const HASH_SIZE = 64;

/**
 * How passwords are hashed: the fields of
 * `passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow`.
 */
export interface PasswordAlgo {
  /** At least 8 bytes. */
  readonly salt1: Uint8Array;
  /** At least 8 bytes. */
  readonly salt2: Uint8Array;
  readonly g: number;
  /** 256 bytes. */
  readonly p: Uint8Array;
}

/** The group and the salts with the numbers that both sides derive from them. */
export interface SrpGroup {
  readonly algo: PasswordAlgo;
  readonly p: bigint;
  /** g as 256 bytes. */
  readonly g: Uint8Array;
  /** k = H(p | g). */
  readonly k: bigint;
}

/**
 * Checks what the server says about the group before anything secret is computed with it.
 *
 * @throws CryptoError `bad-srp`
 */
export function srpGroup(crypto: CryptoProvider, algo: PasswordAlgo): SrpGroup {
  if (algo.salt1.length < MIN_SALT || algo.salt2.length < MIN_SALT) {
    throw new CryptoError('bad-srp', `a password salt is shorter than ${MIN_SALT} bytes`);
  }
  asSrp(() => checkDhGroup(crypto, algo.g, algo.p));
  const g = bytesFromBigInt(BigInt(algo.g), DH_SIZE);
  const k = bigIntFromBytes(crypto.sha256(concat(algo.p, g)));
  return { algo, p: bigIntFromBytes(algo.p), g, k };
}

/**
 * Checks a public value of the other side and pads it to 256 bytes.
 *
 * @throws CryptoError `bad-srp`
 */
export function srpPublic(value: Uint8Array, algo: PasswordAlgo, name: string): Uint8Array {
  asSrp(() => checkDhValue(value, algo.p, name));
  return bytesFromBigInt(bigIntFromBytes(value), DH_SIZE);
}

/** x = PH2(password): the password's number. */
export async function passwordNumber(
  crypto: CryptoProvider,
  password: string,
  algo: PasswordAlgo,
): Promise<bigint> {
  const salted = (data: Uint8Array, salt: Uint8Array): Uint8Array =>
    crypto.sha256(concat(salt, data, salt));
  const bytes = new TextEncoder().encode(password);
  const first = salted(salted(bytes, algo.salt1), algo.salt2);
  const slow = await crypto.pbkdf2Sha512(first, algo.salt1, ITERATIONS, HASH_SIZE);
  return bigIntFromBytes(salted(slow, algo.salt2));
}

/**
 * u = H(A | B), which both sides must find different from zero.
 *
 * @throws CryptoError `bad-srp`
 */
export function scramble(crypto: CryptoProvider, a: Uint8Array, b: Uint8Array): bigint {
  const u = bigIntFromBytes(crypto.sha256(concat(a, b)));
  if (u === 0n) throw new CryptoError('bad-srp', 'u is zero');
  return u;
}

/** M1 = H(H(p) xor H(g) | H(salt1) | H(salt2) | A | B | H(S)): proof of knowing the password. */
export function proof(
  crypto: CryptoProvider,
  group: SrpGroup,
  a: Uint8Array,
  b: Uint8Array,
  shared: Uint8Array,
): Uint8Array {
  const { algo } = group;
  const hashG = crypto.sha256(group.g);
  const mixed = crypto.sha256(algo.p).map((byte, index) => byte ^ (hashG[index] ?? 0));
  const salts = [crypto.sha256(algo.salt1), crypto.sha256(algo.salt2)];
  return crypto.sha256(concat(mixed, ...salts, a, b, crypto.sha256(shared)));
}

/** base^exponent mod p; an exponent too long for the provider is first reduced (Fermat: base^(p−1) = 1). */
export function power(
  crypto: CryptoProvider,
  group: SrpGroup,
  base: bigint,
  exponent: bigint,
): Uint8Array {
  const reduced = exponent % (group.p - 1n);
  return crypto.modPow(
    bytesFromBigInt(base, DH_SIZE),
    bytesFromBigInt(reduced, DH_SIZE),
    group.algo.p,
  );
}

function asSrp(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof CryptoError) throw new CryptoError('bad-srp', error.message);
    throw error;
  }
}
