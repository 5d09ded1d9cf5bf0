import { getDiffieHellman } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  TELEGRAM_PRIME,
  bigIntFromBytes,
  bytesFromBigInt,
  checkDhGroup,
  checkDhValue,
  concat,
  toHex,
  type CryptoProvider,
} from '../../../../packages/runtime/src/crypto/index.js';
import { ALL_GOOD, NOT_SAFE, SEVEN_BAD, THREE_BAD } from './support/primes.js';
import { derive, fewRounds, providers } from './support/providers.js';

const BAD = expect.objectContaining({ name: 'CryptoError', code: 'bad-dh' });
const because = (text: string): unknown =>
  expect.objectContaining({ code: 'bad-dh', message: expect.stringContaining(text) });

/** A provider that counts primality tests, and may answer them itself. */
function counted(
  crypto: CryptoProvider,
  answer?: boolean,
): { crypto: CryptoProvider; tests: number[] } {
  const tests: number[] = [];
  const isProbablyPrime = (value: Uint8Array, rounds: number): boolean => {
    tests.push(rounds);
    return answer ?? crypto.isProbablyPrime(value, rounds);
  };
  return { crypto: derive(crypto, { isProbablyPrime }), tests };
}

describe.each(providers.map(fewRounds))('Diffie–Hellman group on $name', (crypto) => {
  it('dh/prime-size: anything but exactly 2048 bits is refused before it is tested', () => {
    const spy = counted(crypto, true);
    const sizes = [
      bytesFromBigInt(bigIntFromBytes(ALL_GOOD) >> 1n, 256), // 2047 bits, in 256 bytes
      bytesFromBigInt(bigIntFromBytes(ALL_GOOD) >> 1n).subarray(0, 255),
      concat(Uint8Array.of(1), ALL_GOOD), // 2049 bits
      concat(Uint8Array.of(0), ALL_GOOD), // 2048 bits, in 257 bytes
      new Uint8Array(256),
      new Uint8Array(),
      new Uint8Array(100_000).fill(255),
    ];
    for (const prime of sizes) {
      expect(() => checkDhGroup(spy.crypto, 4, prime)).toThrow(because('2048 bits'));
    }
    expect(spy.tests).toEqual([]);
  });

  it('dh/prime-size: 2^2047, exactly, is refused', () => {
    const power = bytesFromBigInt(1n << 2047n, 256);
    for (const g of [2, 3, 4, 5, 6, 7]) expect(() => checkDhGroup(crypto, g, power)).toThrow(BAD);
  });

  it('dh/prime-not-prime: a composite is refused, near a prime or the square of one', () => {
    const near = bytesFromBigInt(bigIntFromBytes(TELEGRAM_PRIME) + 2n, 256);
    const prime1024 = bigIntFromBytes(getDiffieHellman('modp2').getPrime());
    const square = bytesFromBigInt(prime1024 * prime1024, 256);
    for (const composite of [near, square]) {
      expect(() => checkDhGroup(crypto, 4, composite)).toThrow(because('not prime'));
    }
  });

  it('dh/prime-not-safe: a prime whose half is composite is refused', () => {
    expect(crypto.isProbablyPrime(NOT_SAFE, 8)).toBe(true);
    for (const g of [2, 3, 4, 6]) {
      expect(() => checkDhGroup(crypto, g, NOT_SAFE)).toThrow(because('(p - 1) / 2'));
    }
  });

  it('dh/g-table: each generator against residues that allow and forbid it', () => {
    const outcome = (g: number, prime: Uint8Array): boolean => {
      try {
        checkDhGroup(crypto, g, prime);
        return true;
      } catch (error) {
        expect(error).toEqual(because('wrong group'));
        return false;
      }
    };
    const table = (prime: Uint8Array): boolean[] =>
      [2, 3, 4, 5, 6, 7].map((g) => outcome(g, prime));
    expect(table(ALL_GOOD)).toEqual([true, true, true, true, true, true]);
    expect(table(SEVEN_BAD)).toEqual([true, true, true, true, true, false]);
    // Telegram's prime: mod 8 = 3, mod 5 = 3, mod 24 = 11.
    expect(table(TELEGRAM_PRIME)).toEqual([false, true, true, false, false, true]);
    expect(outcome(3, THREE_BAD)).toBe(false);
    for (const g of [0, 1, 8, -1, 2.5, Number.NaN, 2 ** 31]) {
      expect(() => checkDhGroup(crypto, g, ALL_GOOD)).toThrow(because('one of 2'));
    }
  });

  it('dh/g-table: the whole table, for every residue that a 2048-bit number can have', () => {
    const { crypto: credulous } = counted(crypto, true);
    const top = 1n << 2047n;
    for (let rest = 0n; rest < 840n; rest += 1n) {
      const p = top + ((rest - (top % 840n) + 840n) % 840n);
      const allowed = [
        p % 8n === 7n,
        p % 3n === 2n,
        true,
        [1n, 4n].includes(p % 5n),
        [19n, 23n].includes(p % 24n),
        [3n, 5n, 6n].includes(p % 7n),
      ];
      const got = [2, 3, 4, 5, 6, 7].map((g) => {
        try {
          checkDhGroup(credulous, g, bytesFromBigInt(p, 256));
          return true;
        } catch {
          return false;
        }
      });
      if (String(got) !== String(allowed)) expect([rest, got]).toEqual([rest, allowed]);
    }
  });

  it("dh/known-prime-cache: Telegram's prime passes without a test", () => {
    const spy = counted(crypto);
    for (const g of [3, 4, 7]) checkDhGroup(spy.crypto, g, TELEGRAM_PRIME.slice());
    expect(spy.tests).toEqual([]);
    expect(toHex(TELEGRAM_PRIME)).toMatch(/^c71caeb9c6b1c904[0-9a-f]{488}b92fcc5b$/);
    expect(crypto.isProbablyPrime(TELEGRAM_PRIME, 4)).toBe(true);
    const half = bytesFromBigInt((bigIntFromBytes(TELEGRAM_PRIME) - 1n) / 2n, 256);
    expect(crypto.isProbablyPrime(half, 4)).toBe(true);
  });

  it('dh/known-prime-cache: a verdict is kept by value; bad stays bad, good stays good', () => {
    const spy = counted(crypto);
    checkDhGroup(spy.crypto, 2, SEVEN_BAD);
    expect(spy.tests).toEqual([64, 64]);
    checkDhGroup(spy.crypto, 3, SEVEN_BAD.slice());
    expect(() => checkDhGroup(spy.crypto, 7, SEVEN_BAD)).toThrow(BAD);
    expect(spy.tests.length).toBe(2);
    for (let time = 0; time < 3; time += 1) {
      expect(() => checkDhGroup(spy.crypto, 2, NOT_SAFE.slice())).toThrow(BAD);
    }
    expect(spy.tests.length).toBe(4);
    const changed = SEVEN_BAD.slice();
    checkDhGroup(spy.crypto, 2, changed);
    changed[100]! ^= 1;
    expect(() => checkDhGroup(spy.crypto, 4, changed)).toThrow(BAD);
    expect(spy.tests.length).toBeGreaterThan(4);
  });

  it('dh/known-prime-cache: verdicts of one provider do not count for another, and are bounded', () => {
    const credulous = counted(crypto, true);
    checkDhGroup(credulous.crypto, 2, NOT_SAFE);
    expect(() => checkDhGroup(counted(crypto, false).crypto, 2, NOT_SAFE)).toThrow(BAD);
    const start = bigIntFromBytes(ALL_GOOD);
    for (let step = 1n; step <= 64n; step += 1n) {
      checkDhGroup(credulous.crypto, 4, bytesFromBigInt(start - step * 2n, 256));
    }
    const before = credulous.tests.length;
    checkDhGroup(credulous.crypto, 2, NOT_SAFE); // forgotten by now, so tested again
    expect(credulous.tests.length).toBe(before + 2);
  });
});

describe('Diffie–Hellman values', () => {
  it.each([
    ["Telegram's prime", TELEGRAM_PRIME],
    ['group 14', ALL_GOOD],
  ])('dh/range: bounds of public values for %s', (_name, prime) => {
    const p = bigIntFromBytes(prime);
    const margin = 1n << 1984n;
    const check = (value: bigint): void => {
      checkDhValue(bytesFromBigInt(value, value >> 2048n ? 257 : 256), prime, 'g_a');
    };
    for (const value of [margin, margin + 1n, p / 2n, p - margin - 1n, p - margin]) check(value);
    const outside = [
      0n,
      1n,
      2n,
      margin - 1n,
      p - margin + 1n,
      p - 2n,
      p - 1n,
      p,
      p + 1n,
      p + margin * 2n,
    ];
    for (const value of outside) expect(() => check(value)).toThrow(because('g_a is outside'));
  });

  it('dh/range: short values are read as numbers, long ones refused by their length', () => {
    const small = bytesFromBigInt(1n << 1984n);
    expect(small.length).toBe(249);
    checkDhValue(small, ALL_GOOD, 'g_b');
    const long = concat(new Uint8Array(8), ALL_GOOD.subarray(0, 249));
    expect(long.length).toBe(257);
    for (const value of [long, new Uint8Array(1 << 20).fill(1), new Uint8Array()]) {
      expect(() => checkDhValue(value, ALL_GOOD, 'g_b')).toThrow(because('g_b'));
    }
  });
});
