import { describe, expect, it } from 'vitest';
import { Random, RUNS, SEED } from '../../../../support/random.js';
import { bytesOf, nodeCrypto, PROVIDERS } from './providers.js';

const isPrime = (value: bigint): boolean => nodeCrypto.isProbablyPrime(bytesOf(value), 5);

/** The next prime, up to 64 bits. */
function primeFrom(start: bigint): bigint {
  let candidate = start | 1n;
  while (!isPrime(candidate)) candidate += 2n;
  return candidate;
}

describe.each(PROVIDERS)('findFactor, %s', (_, crypto) => {
  it('pq/table: numbers of other clients’ tests', () => {
    const table: [bigint, bigint, bigint][] = [
      [1724114033281923457n, 1229739323n, 1402015859n],
      [378221n, 613n, 617n],
      [15n, 3n, 5n],
      [0x17ed48941a08f981n, 0x494c553bn, 0x53911073n],
      [1470626929934143021n, 1206429347n, 1218991343n],
    ];
    for (const [pq, p, q] of table) {
      expect(crypto.findFactor(pq)).toBe(p);
      expect(p * q).toBe(pq);
      expect(isPrime(p) && isPrime(q)).toBe(true);
    }
  });

  it('pq/table: nothing to find in 0, 1, primes, negative numbers and those of 64 bits', () => {
    const nothing = [0n, 1n, 2n, 3n, 5n, 251n, 257n, 65537n, 2n ** 31n - 1n, 2n ** 61n - 1n];
    nothing.push(9223372036854775783n, -1n, -15n, 2n ** 63n, 2n ** 64n - 1n, 15n << 64n);
    for (const n of nothing) expect([n, crypto.findFactor(n)]).toEqual([n, null]);
  });

  it('every number up to 3000: a proper factor, or it is prime', () => {
    for (let n = 2n; n < 3000n; n++) {
      const factor = crypto.findFactor(n);
      if (factor === null) expect([n, isPrime(n)]).toEqual([n, true]);
      else expect([n, factor > 1n && factor * factor <= n && n % factor === 0n]).toEqual([n, true]);
    }
  });

  it('pq/table: even numbers, squares and higher powers', () => {
    for (const prime of [2n, 3n, 257n, 65537n, 2n ** 31n - 1n, 3037000493n]) {
      expect(crypto.findFactor(prime * prime)).toBe(prime);
      const even = crypto.findFactor(prime * 2n);
      expect(even).toBe(2n);
    }
    for (const prime of [257n, 65537n, 2097143n]) {
      const factor = crypto.findFactor(prime ** 3n) ?? 0n;
      expect([prime, prime * prime]).toContain(factor);
    }
    expect(crypto.findFactor(2n ** 62n)).toBe(2n);
  });

  it('pq/table: products close to 2^63, and of every pair of sizes', () => {
    expect(crypto.findFactor(3037000493n * 3037000453n)).toBe(3037000453n);
    const random = new Random(SEED);
    for (let i = 0; i < 60 * RUNS; i++) {
      const bits = 9 + random.below(23);
      const p = primeFrom((1n << BigInt(bits - 1)) + BigInt(random.next() % 2 ** (bits - 1)));
      const rest = 62 - bits;
      const q = primeFrom(
        (1n << BigInt(rest - 1)) + BigInt(random.next() % 2 ** Math.min(30, rest)),
      );
      const smaller = p < q ? p : q;
      expect([p * q, crypto.findFactor(p * q)]).toEqual([p * q, smaller]);
    }
  });
});
