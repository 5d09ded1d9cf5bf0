import { describe, it } from 'vitest';
import {
  bigIntFromBytes,
  bytesFromBigInt,
  type CryptoProvider,
} from '../../packages/runtime/src/crypto/index.js';
import { nodeCrypto } from '../../packages/runtime/src/crypto/provider/node.js';
import type { HandshakeHooks } from '../../packages/local-dc/src/protocol/handshake/index.js';
import { ALL_GOOD, NOT_SAFE } from '../unit/runtime/crypto/support/primes.js';
import { onMessage, seeded } from '../unit/runtime/session/handshake/support.js';
import { exchange, expectMade, expectRefused } from './exchange.js';

/** A client that takes every number for a prime: what it refuses, it refuses for another reason. */
function credulous(isPrime: (value: Uint8Array) => boolean = () => true): CryptoProvider {
  const isProbablyPrime = (value: Uint8Array): boolean => isPrime(value);
  return Object.assign(Object.create(seeded(1)) as CryptoProvider, { isProbablyPrime });
}

const withGroup = (g: number, prime: Uint8Array): HandshakeHooks => ({
  group: () => ({ g, prime }),
});

/** An odd number of that many bits. */
const odd = (bits: number): Uint8Array =>
  bytesFromBigInt((1n << BigInt(bits - 1)) + 0x1234_5678n * 2n + 1n);

/** A number of 2048 bits that leaves that remainder. */
function leaving(remainder: number, modulus: number): Uint8Array {
  let p = bigIntFromBytes(ALL_GOOD) - 1_000_000n;
  // Odd as well, as every prime is.
  while (p % 2n === 0n || p % BigInt(modulus) !== BigInt(remainder)) p--;
  return bytesFromBigInt(p, 256);
}

describe('the size of the prime', () => {
  it('guideline/dh-prime-size: a prime of 2047 or 2049 bits is refused, and one of 2048 bits accepted', () => {
    const crypto = credulous();
    expectMade(exchange(withGroup(4, odd(2048)), { crypto }));
    for (const bits of [8, 1024, 2040, 2047, 2049, 2056, 4096]) {
      const outcome = exchange(withGroup(4, odd(bits)), { crypto });
      expectRefused(outcome, 'dh-parameters', `${bits} bits`);
    }
  });

  it('guideline/dh-prime-size: zeros in front do not make a prime longer', () => {
    const crypto = credulous();
    const padded = bytesFromBigInt(bigIntFromBytes(odd(2047)), 256);
    expectRefused(exchange(withGroup(4, padded), { crypto }), 'dh-parameters');
    const longer = Uint8Array.of(0, ...odd(2048));
    const named = onMessage('server_DH_inner_data', () => ({ dhPrime: longer }));
    expectRefused(exchange({ ...withGroup(4, odd(2048)), ...named }, { crypto }), 'dh-parameters');
    expectMade(exchange(withGroup(4, odd(2048)), { crypto }));
  });
});

describe('the safety of the prime', () => {
  it('guideline/dh-prime-safe: a composite number and a prime with a composite half are refused', () => {
    const composite = ALL_GOOD.slice();
    composite[255] = composite[255]! - 12;
    expectRefused(exchange(withGroup(4, NOT_SAFE)), 'dh-parameters');
    expectRefused(exchange(withGroup(4, composite)), 'dh-parameters');
    expectMade(exchange(withGroup(4, ALL_GOOD)));
  });

  it('guideline/dh-prime-safe: both numbers are tested, each by itself', () => {
    const prime = odd(2048);
    const half = bytesFromBigInt(bigIntFromBytes(prime) >> 1n, 256);
    const is = (wanted: Uint8Array) => (value: Uint8Array) => Buffer.compare(value, wanted) === 0;
    for (const only of [prime, half]) {
      const crypto = credulous(is(only));
      expectRefused(exchange(withGroup(4, prime), { crypto }), 'dh-parameters');
    }
    const crypto = credulous((value) => is(prime)(value) || is(half)(value));
    expectMade(exchange(withGroup(4, prime), { crypto }));
  });

  it('guideline/dh-prime-safe: a verdict that is remembered stays what it was', () => {
    const crypto = Object.create(nodeCrypto) as CryptoProvider;
    for (let i = 0; i < 3; i++) {
      expectRefused(exchange(withGroup(4, NOT_SAFE), { crypto }), 'dh-parameters');
      expectMade(exchange(withGroup(4, ALL_GOOD), { crypto }));
    }
  });
});

/** For each generator: remainders of which modulus let it generate the subgroup of prime order. */
const RESIDUES: readonly (readonly [g: number, modulus: number, allowed: readonly number[]])[] = [
  [2, 8, [7]],
  [3, 3, [2]],
  [4, 1, [0]],
  [5, 5, [1, 4]],
  [6, 24, [19, 23]],
  [7, 7, [3, 5, 6]],
];

describe('the generator', () => {
  for (const [g, modulus, allowed] of RESIDUES) {
    it(`guideline/dh-generator: of all remainders of the prime only the right ones do for g = ${g}`, () => {
      const crypto = credulous();
      for (let remainder = 0; remainder < modulus; remainder++) {
        if (modulus % 2 === 0 && remainder % 2 === 0) continue;
        const outcome = exchange(withGroup(g, leaving(remainder, modulus)), { crypto });
        const what = `p mod ${modulus} = ${remainder}`;
        if (allowed.includes(remainder)) expectMade(outcome, what);
        else expectRefused(outcome, 'dh-parameters', what);
      }
    });
  }

  it('guideline/dh-generator: g is none but 2 to 7', () => {
    for (const g of [0, 1, 8, 9, 16, 255, -1, -4, 0x7fff_ffff, -0x8000_0000]) {
      const named = onMessage('server_DH_inner_data', () => ({ g }));
      expectRefused(exchange({ ...withGroup(4, ALL_GOOD), ...named }), 'dh-parameters', `${g}`);
    }
    expectMade(exchange(withGroup(4, ALL_GOOD)));
  });
});
