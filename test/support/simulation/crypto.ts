import type { CryptoProvider } from '../../../packages/runtime/src/crypto/index.js';
import { TELEGRAM_PRIME } from '../../../packages/runtime/src/crypto/index.js';
import { nodeCrypto } from '../../../packages/runtime/src/crypto/provider/node.js';
import { Random } from '../random.js';

/** Bits of an exponent that count modulo Telegram's prime: both sides then still agree, at a hundredth of the cost. */
const EXPONENT_BYTES = 2;

/**
 * Node's provider with random bytes from a seed and, for Diffie–Hellman only, short exponents: a simulation makes
 * thousands of keys and protects nothing. Envelopes, RSA and hashes are the real ones.
 */
export function simulatedCrypto(seed: number): CryptoProvider {
  const random = new Random(seed);
  return {
    ...nodeCrypto,
    randomBytes: (size) => random.bytes(size),
    modPow(base, exponent, modulus) {
      if (modulus.length !== TELEGRAM_PRIME.length || modulus[0] !== TELEGRAM_PRIME[0]) {
        return nodeCrypto.modPow(base, exponent, modulus);
      }
      if (!modulus.every((byte, i) => byte === TELEGRAM_PRIME[i])) {
        return nodeCrypto.modPow(base, exponent, modulus);
      }
      // Long enough for the result to pass the checks of its range.
      const short = exponent.slice(-EXPONENT_BYTES);
      short[0] = (short[0] ?? 0) | 0x80;
      return nodeCrypto.modPow(base, short, modulus);
    },
  };
}
