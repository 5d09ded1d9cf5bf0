import { bigIntFromBytes, bytesFromBigInt } from './bytes.js';
import { equalBytes } from './compare.js';
import { DH_SIZE } from './dh-group.js';
import { CryptoError } from './errors.js';
import type { CryptoProvider } from './provider/types.js';
import {
  power,
  proof,
  scramble,
  srpGroup,
  srpPublic,
  type PasswordAlgo,
  type SrpGroup,
} from './srp-values.js';

const ATTEMPTS = 16;

/**
 * The server's half of one 2FA check: knows the verifier, never the password. Good for one sign-in attempt.
 *
 * @see https://core.telegram.org/api/srp
 */
export class SrpServer {
  /** `srp_B`: 256 bytes. */
  readonly B: Uint8Array;
  readonly #crypto: CryptoProvider;
  readonly #group: SrpGroup;
  readonly #verifier: bigint;
  readonly #secret: bigint;

  /**
   * @param verifier - what {@link newPasswordVerifier} of the client returned.
   * @throws CryptoError `bad-srp` when the group or the verifier is unusable.
   */
  constructor(crypto: CryptoProvider, algo: PasswordAlgo, verifier: Uint8Array) {
    this.#crypto = crypto;
    this.#group = srpGroup(crypto, algo);
    this.#verifier = bigIntFromBytes(srpPublic(verifier, algo, 'the verifier'));
    const { secret, B } = this.#draw();
    this.#secret = secret;
    this.B = B;
  }

  /**
   * Whether the proof belongs to the password. Compares in constant time.
   *
   * @throws CryptoError `bad-srp` when A is outside the safe range.
   */
  check(clientA: Uint8Array, M1: Uint8Array): boolean {
    const crypto = this.#crypto;
    const group = this.#group;
    const A = srpPublic(clientA, group.algo, 'A');
    const u = scramble(crypto, A, this.B);
    const blinded = bigIntFromBytes(power(crypto, group, this.#verifier, u));
    const base = (bigIntFromBytes(A) * blinded) % group.p;
    const shared = power(crypto, group, base, this.#secret);
    return equalBytes(proof(crypto, group, A, this.B, shared), M1);
  }

  #draw(): { secret: bigint; B: Uint8Array } {
    const { p, k, algo } = this.#group;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const secret = bigIntFromBytes(this.#crypto.randomBytes(DH_SIZE));
      const open = bigIntFromBytes(power(this.#crypto, this.#group, BigInt(algo.g), secret));
      const B = bytesFromBigInt((k * this.#verifier + open) % p, DH_SIZE);
      try {
        return { secret, B: srpPublic(B, algo, 'B') };
      } catch (error) {
        if (!(error instanceof CryptoError)) throw error;
      }
    }
    throw new CryptoError('bad-srp', 'the random source yields no safe public value');
  }
}
