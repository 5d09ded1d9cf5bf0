import type { CryptoProvider } from '../../../../../packages/runtime/src/crypto/provider/types.js';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import { portableCrypto } from '../../../../../packages/runtime/src/crypto/provider/portable.js';

/** Every test of the protocol's cryptography runs on each of these. */
export const providers: readonly CryptoProvider[] = [nodeCrypto, portableCrypto];

/** A provider whose random bytes come from a function; everything else is the original's. */
export function withRandom(
  crypto: CryptoProvider,
  randomBytes: (size: number) => Uint8Array,
): CryptoProvider {
  return derive(crypto, { randomBytes });
}

/**
 * A provider that tests primes with few rounds, for tests whose subject is something else: 64 rounds take seconds
 * without native code.
 */
export function fewRounds(crypto: CryptoProvider): CryptoProvider {
  return derive(crypto, {
    isProbablyPrime: (value, rounds) => crypto.isProbablyPrime(value, Math.min(rounds, 2)),
  });
}

/** A provider with some methods replaced. */
export function derive(crypto: CryptoProvider, replaced: Partial<CryptoProvider>): CryptoProvider {
  return new Proxy(crypto, {
    get(target, name) {
      const value: unknown = Reflect.get(name in replaced ? replaced : target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Bytes 0, 1, 2 … */
export function counting(size: number, start = 0): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => (start + index) & 255);
}

/** The key of the research's vectors: key[i] = 7·i + 3. */
export const VECTOR_KEY = Uint8Array.from({ length: 256 }, (_, index) => (7 * index + 3) & 255);
