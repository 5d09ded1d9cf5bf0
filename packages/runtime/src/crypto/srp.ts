import { bigIntFromBytes, concat } from './bytes.js';
import { DH_SIZE } from './dh-group.js';
import { CryptoError } from './errors.js';
import type { CryptoProvider } from './provider/types.js';
import {
  passwordNumber,
  power,
  proof,
  scramble,
  srpGroup,
  srpPublic,
  type PasswordAlgo,
  type SrpGroup,
} from './srp-values.js';

export { SrpServer } from './srp-server.js';
export type { PasswordAlgo } from './srp-values.js';

const NEW_SALT = 32;
/** One draw fails with probability 2^−63, so this ends only with a broken random source. */
const ATTEMPTS = 16;

/** The fields of `inputCheckPasswordSRP`. */
export interface PasswordProof {
  readonly srpId: bigint;
  /** 256 bytes. */
  readonly A: Uint8Array;
  /** 32 bytes. */
  readonly M1: Uint8Array;
}

/**
 * Proves knowledge of a 2FA password without sending it. The secret exponent comes from our own random source only.
 *
 * @param algo - `account.password.current_algo`.
 * @param srpB - `account.password.srp_B`.
 * @throws CryptoError `bad-srp` when the server's numbers are not safe to answer.
 * @see https://core.telegram.org/api/srp#checking-the-password-with-srp
 */
export async function checkPassword(
  crypto: CryptoProvider,
  password: string,
  algo: PasswordAlgo,
  srpB: Uint8Array,
  srpId: bigint,
): Promise<PasswordProof> {
  const group = srpGroup(crypto, algo);
  const B = srpPublic(srpB, algo, 'srp_B');
  const x = await passwordNumber(crypto, password, algo);
  const verifier = bigIntFromBytes(power(crypto, group, BigInt(algo.g), x));
  const { A, a } = drawSecret(crypto, group);
  const u = scramble(crypto, A, B);
  const base = modulo(bigIntFromBytes(B) - group.k * verifier, group.p);
  if (base === 0n) throw new CryptoError('bad-srp', 'srp_B reveals nothing but the verifier');
  const shared = power(crypto, group, base, a + u * x);
  return { srpId, A, M1: proof(crypto, group, A, B, shared) };
}

/**
 * What the server stores instead of a new password: g^x mod p.
 *
 * @param algo - from {@link withNewSalt}.
 * @returns 256 bytes: `new_password_hash`.
 * @throws CryptoError `bad-srp`
 * @see https://core.telegram.org/api/srp#setting-a-new-2fa-password
 */
export async function newPasswordVerifier(
  crypto: CryptoProvider,
  password: string,
  algo: PasswordAlgo,
): Promise<Uint8Array> {
  const group = srpGroup(crypto, algo);
  const x = await passwordNumber(crypto, password, algo);
  return power(crypto, group, BigInt(algo.g), x);
}

/** `account.password.new_algo` with 32 random bytes of ours after salt1, as a new password needs it. */
export function withNewSalt(crypto: CryptoProvider, algo: PasswordAlgo): PasswordAlgo {
  return { ...algo, salt1: concat(algo.salt1, crypto.randomBytes(NEW_SALT)) };
}

function drawSecret(crypto: CryptoProvider, group: SrpGroup): { A: Uint8Array; a: bigint } {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const a = bigIntFromBytes(crypto.randomBytes(DH_SIZE));
    const A = power(crypto, group, BigInt(group.algo.g), a);
    try {
      return { A: srpPublic(A, group.algo, 'A'), a };
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error;
    }
  }
  throw new CryptoError('bad-srp', 'the random source yields no safe public value');
}

function modulo(value: bigint, modulus: bigint): bigint {
  return ((value % modulus) + modulus) % modulus;
}
