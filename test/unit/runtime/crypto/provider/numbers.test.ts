import { describe, expect, it } from 'vitest';
import { Random, RUNS, SEED } from '../../../../support/random.js';
import { bytesOf, hex, number, PROVIDERS, TELEGRAM_PRIME, unhex } from './providers.js';

/** By the definition. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n % modulus;
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus) {
    if (e & 1n) result = (result * b) % modulus;
  }
  return result;
}

const P = number(TELEGRAM_PRIME);
const ROUNDS = 12;

describe.each(PROVIDERS)('modPow, %s', (_, crypto) => {
  const check = (base: Uint8Array, exponent: Uint8Array, modulus: Uint8Array): void => {
    const expected = power(number(base), number(exponent), number(modulus));
    const before = [hex(base), hex(exponent), hex(modulus)];
    const result = crypto.modPow(base, exponent, modulus);
    expect(hex(result)).toBe(hex(bytesOf(expected, modulus.length)));
    expect(result.length).toBe(modulus.length);
    expect([hex(base), hex(exponent), hex(modulus)]).toEqual(before);
  };

  it('random numbers of the sizes of the key exchange', () => {
    const random = new Random(SEED);
    for (let i = 0; i < 6 * RUNS; i++) {
      check(random.bytes(256), random.bytes(256), TELEGRAM_PRIME);
      check(random.bytes(255), random.bytes(32), TELEGRAM_PRIME);
      const modulus = random.bytes(256);
      modulus[255] = (modulus[255] ?? 0) | 1;
      check(random.bytes(200), unhex('010001'), modulus);
      check(random.bytes(200), random.bytes(256), modulus);
    }
  });

  it('edges: 0, 1, the modulus and beyond as base and exponent', () => {
    const values = [0n, 1n, 2n, 3n, 65537n, P - 1n, P, P + 1n, P * 3n + 2n];
    for (const base of values) {
      for (const exponent of [0n, 1n, 2n, 3n, 4n, 65537n, 1n << 32n]) {
        check(bytesOf(base), bytesOf(exponent), TELEGRAM_PRIME);
      }
    }
    for (const exponent of [P - 1n, P, P << 64n]) {
      check(bytesOf(7n), bytesOf(exponent), TELEGRAM_PRIME);
    }
    check(new Uint8Array(), new Uint8Array(), TELEGRAM_PRIME);
  });

  it('bigint/leading-zeros: they change nothing going in and fill up coming out', () => {
    const zeros = (count: number, bytes: Uint8Array): Uint8Array =>
      new Uint8Array([...new Uint8Array(count), ...bytes]);
    const random = new Random(SEED + 1);
    const [base, exponent] = [random.bytes(64), random.bytes(40)];
    check(zeros(9, base), zeros(300, exponent), zeros(3, TELEGRAM_PRIME));
    check(zeros(300, base), unhex('00010001'), zeros(1, TELEGRAM_PRIME));
    check(bytesOf(2n, 256), bytesOf(3n, 256), TELEGRAM_PRIME);
    expect(hex(crypto.modPow(unhex('02'), unhex('05'), TELEGRAM_PRIME))).toBe(
      '20'.padStart(512, '0'),
    );
  });

  it('moduli that OpenSSL refuses: tiny, even, one', () => {
    const random = new Random(SEED + 2);
    for (const modulus of [1n, 2n, 3n, 23n, 35n, 2n ** 64n - 59n, P - 1n, 2n ** 511n - 111n]) {
      for (const exponent of [bytesOf(0n), bytesOf(5n), random.bytes(33)]) {
        check(random.bytes(64), exponent, bytesOf(modulus));
        check(unhex('02'), exponent, bytesOf(modulus));
      }
    }
  });

  it('refuses the modulus 0', () => {
    const refused = expect.objectContaining({ name: 'CryptoError', code: 'bad-dh' });
    expect(() => crypto.modPow(unhex('02'), unhex('03'), new Uint8Array(256))).toThrow(refused);
    expect(() => crypto.modPow(unhex('02'), unhex('03'), new Uint8Array())).toThrow(refused);
  });
});

describe.each(PROVIDERS)('isProbablyPrime, %s', (_, crypto) => {
  const isPrime = (value: bigint, rounds = ROUNDS): boolean =>
    crypto.isProbablyPrime(bytesOf(value), rounds);

  it('small numbers as the sieve says', () => {
    const composite = new Set<number>();
    for (let n = 2; n < 2000; n++) {
      for (let multiple = n * n; multiple < 2000; multiple += n) composite.add(multiple);
      expect([n, isPrime(BigInt(n))]).toEqual([n, !composite.has(n)]);
    }
    expect(isPrime(0n)).toBe(false);
    expect(isPrime(1n)).toBe(false);
    expect(crypto.isProbablyPrime(new Uint8Array(), ROUNDS)).toBe(false);
    expect(crypto.isProbablyPrime(new Uint8Array(8), ROUNDS)).toBe(false);
  });

  it('Carmichael numbers and strong pseudoprimes are composite', () => {
    const liars = [
      561n,
      1105n,
      1729n,
      2465n,
      6601n,
      8911n,
      41041n,
      825265n,
      321197185n,
      9746347772161n,
      // Pass Miller–Rabin for the bases 2 … 37, and 2 … 41.
      3825123056546413051n,
      318665857834031151167461n,
      3317044064679887385961981n,
    ];
    for (const liar of liars) expect([liar, isPrime(liar)]).toEqual([liar, false]);
  });

  it('large primes and their neighbours', () => {
    const primes = [2n ** 61n - 1n, 2n ** 127n - 1n, 2n ** 521n - 1n, 2n ** 255n - 19n];
    for (const prime of primes) {
      expect(isPrime(prime)).toBe(true);
      expect(isPrime(prime - 2n)).toBe(false);
      expect(isPrime(prime * (2n ** 89n - 1n))).toBe(false);
    }
  });

  it("Telegram's prime is a safe prime", () => {
    expect(isPrime(P, 2)).toBe(true);
    expect(isPrime((P - 1n) / 2n, 2)).toBe(true);
    expect(isPrime(P + 2n)).toBe(false);
    expect(crypto.isProbablyPrime(new Uint8Array([0, 0, ...TELEGRAM_PRIME]), 2)).toBe(true);
  });
});
