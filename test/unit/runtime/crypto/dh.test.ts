import { describe, expect, it } from 'vitest';
import {
  DhExchange,
  TELEGRAM_PRIME,
  bigIntFromBytes,
  bytesFromBigInt,
  concat,
  toHex,
} from '../../../../packages/runtime/src/crypto/index.js';
import { NOT_SAFE } from './support/primes.js';
import { counting, fewRounds, providers, withRandom } from './support/providers.js';
import { modPowPlain } from './support/reference.js';

const BAD = expect.objectContaining({ name: 'CryptoError', code: 'bad-dh' });
const P = bigIntFromBytes(TELEGRAM_PRIME);
const power = (g: number, exponent: Uint8Array): Uint8Array =>
  bytesFromBigInt(modPowPlain(BigInt(g), bigIntFromBytes(exponent), P), 256);

describe.each(providers.map(fewRounds))('Diffie–Hellman exchange on $name', (crypto) => {
  /** A side whose random source yields the given exponents, one after the other. */
  const side = (
    exponents: Uint8Array[],
    extra?: Uint8Array,
  ): { exchange: DhExchange; draws: number[] } => {
    const draws: number[] = [];
    const source = withRandom(crypto, (size) => {
      draws.push(size);
      return (exponents[draws.length - 1] ?? exponents.at(-1)!).slice();
    });
    return { exchange: new DhExchange(source, 3, TELEGRAM_PRIME, extra), draws };
  };

  it('both sides find the same key of 256 bytes, that of plain arithmetic', () => {
    const [a, b] = [counting(256, 3), counting(256, 99)];
    const [left, right] = [side([a]).exchange, side([b]).exchange];
    expect(left.publicValue).toEqual(power(3, a));
    const key = left.sharedKey(right.publicValue);
    expect(right.sharedKey(left.publicValue)).toEqual(key);
    expect(bigIntFromBytes(key)).toBe(modPowPlain(3n, bigIntFromBytes(a) * bigIntFromBytes(b), P));
  });

  it('bigint/leading-zeros: public values and keys keep 256 bytes', () => {
    // Exponents found by search: g^a has leading zero bytes, or the key has.
    for (const { exponent, other } of searchLeadingZeros()) {
      const { exchange } = side([exponent]);
      const key = exchange.sharedKey(other);
      expect([exchange.publicValue.length, key.length]).toEqual([256, 256]);
      expect(exchange.publicValue[0] === 0 || key[0] === 0).toBe(true);
      expect(key).toEqual(
        bytesFromBigInt(modPowPlain(bigIntFromBytes(other), bigIntFromBytes(exponent), P), 256),
      );
    }
  });

  it('dh/range: draws again while its own public value is outside the range', () => {
    const [zero, one] = [new Uint8Array(256), bytesFromBigInt(1n, 256)];
    const minusOne = bytesFromBigInt((P - 1n) / 2n, 256); // 3^((p−1)/2) = 1
    const good = counting(256, 7);
    const { exchange, draws } = side([zero, one, minusOne, good]);
    expect(draws).toEqual([256, 256, 256, 256]);
    expect(exchange.publicValue).toEqual(power(3, good));
    expect(() => side([one])).toThrow(BAD);
  });

  it('dh/range: refuses public values of the other side outside the range', () => {
    const { exchange } = side([counting(256)]);
    const margin = 1n << 1984n;
    for (const value of [0n, 1n, margin - 1n, P - margin + 1n, P - 1n, P, P + 1n]) {
      expect(() => exchange.sharedKey(bytesFromBigInt(value, 256))).toThrow(BAD);
    }
    expect(exchange.sharedKey(bytesFromBigInt(margin)).length).toBe(256);
    expect(exchange.sharedKey(bytesFromBigInt(P - margin)).length).toBe(256);
    expect(() => exchange.sharedKey(concat(new Uint8Array(1), counting(256, 1)))).toThrow(BAD);
  });

  it('checks the group before it draws anything', () => {
    const source = withRandom(crypto, () => {
      throw new Error('drawn');
    });
    expect(() => new DhExchange(source, 2, TELEGRAM_PRIME)).toThrow(BAD);
    const real = (): DhExchange => new DhExchange(crypto, 2, NOT_SAFE);
    expect(real).toThrow(BAD);
  });

  it("mixes the server's random bytes into its own and never relies on them", () => {
    const own = counting(256, 5);
    const extra = counting(256, 77).reverse();
    const mixed = own.map((byte, index) => byte ^ extra[index]!);
    expect(side([own], extra).exchange.publicValue).toEqual(power(3, mixed));
    for (const short of [new Uint8Array(), new Uint8Array(256), new Uint8Array(999)]) {
      expect(side([own], short).exchange.publicValue).toEqual(power(3, own));
    }
    const half = own.map((byte, index) => (index < 128 ? byte ^ extra[index]! : byte));
    expect(side([own], extra.subarray(0, 128)).exchange.publicValue).toEqual(power(3, half));
    // Two clients with the same bytes of the server still differ.
    const two = [1, 2].map(() => new DhExchange(crypto, 3, TELEGRAM_PRIME, extra));
    expect(toHex(two[0]!.publicValue)).not.toBe(toHex(two[1]!.publicValue));
  });
});

/** Exponents by whose means a public value or a key begins with a zero byte; the first few from a fixed start. */
function searchLeadingZeros(): { exponent: Uint8Array; other: Uint8Array }[] {
  const start = bigIntFromBytes(counting(256, 11));
  const other = power(3, counting(256, 50));
  const found: { exponent: Uint8Array; other: Uint8Array }[] = [];
  let [own, key] = [modPowPlain(3n, start, P), modPowPlain(bigIntFromBytes(other), start, P)];
  for (let step = 0n; found.length < 6; step += 1n) {
    const small = [own, key].some((value) => value < 1n << 2040n && value > 1n << 1984n);
    if (small) found.push({ exponent: bytesFromBigInt(start + step, 256), other });
    own = (own * 3n) % P;
    key = (key * bigIntFromBytes(other)) % P;
  }
  return found;
}
