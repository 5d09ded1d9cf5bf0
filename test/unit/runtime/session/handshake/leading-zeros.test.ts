import { describe, expect, it } from 'vitest';
import {
  bigIntFromBytes,
  bytesFromBigInt,
  TELEGRAM_PRIME,
  toHex,
} from '../../../../../packages/runtime/src/crypto/index.js';
import { onMessage, Pair, seeded, withRandom } from './support.js';

/** 3 to this power has that many leading zero bytes in 256, and still is no smaller than allowed. */
const SMALL_POWERS = [1286n, 1280n, 1275n] as const;

const P = bigIntFromBytes(TELEGRAM_PRIME);
/** Order of the group that 3 generates. */
const ORDER = (P - 1n) / 2n;

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Random bytes whose draws of that size begin with what is given. */
function starting(seed: number, size: number, head: Uint8Array): ReturnType<typeof seeded> {
  const random = seeded(seed);
  return withRandom((wanted) => {
    const bytes = random.randomBytes(wanted);
    if (wanted === size) bytes.set(head);
    return bytes;
  });
}

const leadingZeros = (bytes: Uint8Array): number => bytes.findIndex((byte) => byte !== 0);

describe('bigint/leading-zeros in a key exchange', () => {
  for (const zeros of [1, 2, 3]) {
    const small = SMALL_POWERS[zeros - 1]!;

    it(`bigint/leading-zeros: g_a with ${zeros} leading zero bytes, sent with and without them`, () => {
      for (const trimmed of [false, true]) {
        let seen: Uint8Array | null = null;
        const inner = onMessage('server_DH_inner_data', (message) => {
          const gA = message['gA'] as Uint8Array;
          seen = gA;
          return trimmed ? { gA: gA.subarray(zeros) } : {};
        });
        const pair = new Pair({ hooks: { ...inner, exponent: () => bytesFromBigInt(small, 256) } });
        const done = pair.run();
        expect(leadingZeros(seen!)).toBe(zeros);
        expect(toHex(done.key.bytes)).toBe(toHex(pair.made!.key.bytes));
      }
    });

    it(`bigint/leading-zeros: g_b with ${zeros} leading zero bytes`, () => {
      const clientCrypto = starting(5, 256, bytesFromBigInt(small, 256));
      const pair = new Pair({ clientCrypto });
      const done = pair.run();
      expect(toHex(done.key.bytes)).toBe(toHex(pair.made!.key.bytes));
    });

    it(`bigint/leading-zeros: a key with ${zeros} leading zero bytes has all of its 256`, () => {
      const a = bigIntFromBytes(seeded(6).randomBytes(256)) % ORDER;
      // g^(ab) = g^small, and the order is prime: the inverse of a by Fermat.
      const b = (small * power(a, ORDER - 2n, ORDER)) % ORDER;
      const pair = new Pair({
        hooks: { exponent: () => bytesFromBigInt(a, 256) },
        clientCrypto: starting(7, 256, bytesFromBigInt(b, 256)),
      });
      const done = pair.run();
      expect(done.key.bytes).toHaveLength(256);
      expect(leadingZeros(done.key.bytes)).toBe(zeros);
      expect(toHex(done.key.bytes)).toBe(toHex(pair.made!.key.bytes));
      expect(bigIntFromBytes(done.key.bytes)).toBe(3n ** small);
    });

    it(`bigint/leading-zeros: nonces with ${zeros} leading zero bytes`, () => {
      const head = new Uint8Array(zeros);
      for (const size of [16, 32]) {
        const pair = new Pair({
          clientCrypto: starting(8, size, head),
          serverCrypto: starting(9, 16, head),
        });
        const done = pair.run();
        expect(done.salt).toBe(pair.made!.salt);
        expect(toHex(done.key.bytes)).toBe(toHex(pair.made!.key.bytes));
      }
    });
  }
});
