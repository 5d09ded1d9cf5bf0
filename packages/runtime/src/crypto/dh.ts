import { DH_SIZE, checkDhGroup, checkDhValue } from './dh-group.js';
import { bigIntFromBytes, bytesFromBigInt } from './bytes.js';
import { CryptoError } from './errors.js';
import type { CryptoProvider } from './provider/types.js';

export { TELEGRAM_PRIME, checkDhGroup, checkDhValue } from './dh-group.js';

/** One draw fails with probability 2^−63, so this ends only with a broken random source. */
const ATTEMPTS = 16;

/**
 * One side of a Diffie–Hellman exchange. The private exponent never leaves the object.
 *
 * @see https://core.telegram.org/mtproto/auth_key
 */
export class DhExchange {
  /** g^exponent mod p: 256 bytes, inside the safe range. */
  readonly publicValue: Uint8Array;
  readonly #crypto: CryptoProvider;
  readonly #prime: Uint8Array;
  readonly #exponent: Uint8Array;

  /**
   * Checks the group and draws a private exponent of 2048 bits, again until the public value is in the safe range.
   *
   * @param g - generator, 2 … 7.
   * @param prime - 256 bytes.
   * @param extraRandom - random bytes of the server: they are mixed into our own randomness and never replace it.
   * @throws CryptoError `bad-dh`
   */
  constructor(crypto: CryptoProvider, g: number, prime: Uint8Array, extraRandom?: Uint8Array) {
    checkDhGroup(crypto, g, prime);
    this.#crypto = crypto;
    this.#prime = prime.slice();
    const base = Uint8Array.of(g);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const exponent = mix(crypto.randomBytes(DH_SIZE), extraRandom);
      const value = toFixed(crypto.modPow(base, exponent, prime));
      if (inRange(value, prime)) {
        this.#exponent = exponent;
        this.publicValue = value;
        return;
      }
    }
    throw new CryptoError('bad-dh', 'the random source yields no safe public value');
  }

  /**
   * g^(ab) mod p.
   *
   * @param other - the public value of the other side; checked.
   * @returns 256 bytes, with leading zeros where the number is small.
   * @throws CryptoError `bad-dh`
   */
  sharedKey(other: Uint8Array): Uint8Array {
    checkDhValue(other, this.#prime, 'the public value of the other side');
    return toFixed(this.#crypto.modPow(other, this.#exponent, this.#prime));
  }
}

function inRange(value: Uint8Array, prime: Uint8Array): boolean {
  try {
    checkDhValue(value, prime, 'our public value');
    return true;
  } catch (error) {
    if (error instanceof CryptoError) return false;
    throw error;
  }
}

/** XOR with our own random bytes: the result is as random as the better of the two. */
function mix(own: Uint8Array, extra: Uint8Array | undefined): Uint8Array {
  return extra === undefined ? own : own.map((byte, index) => byte ^ (extra[index] ?? 0));
}

function toFixed(number: Uint8Array): Uint8Array {
  return number.length === DH_SIZE ? number : bytesFromBigInt(bigIntFromBytes(number), DH_SIZE);
}
