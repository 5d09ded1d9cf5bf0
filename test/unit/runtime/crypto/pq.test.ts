import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import {
  bigIntFromBytes,
  bytesFromBigInt,
  concat,
  factorize,
  fromHex,
} from '../../../../packages/runtime/src/crypto/index.js';
import { MtcuteCrypto } from '../../../support/strangers/mtcute-crypto.js';
import { derive, providers } from './support/providers.js';

const require = createRequire(import.meta.url);
const BAD = expect.objectContaining({ name: 'CryptoError', code: 'bad-pq' });

/** Products with their factors: published samples, small ones, squares' neighbours, and the largest of 63 bits. */
const TABLE: readonly (readonly [bigint, bigint, bigint])[] = [
  [0x17ed48941a08f981n, 1229739323n, 1402015859n],
  [1470626929934143021n, 1206429347n, 1218991343n],
  [1724114033281923457n, 1229739323n, 1402015859n],
  [2363612107535801713n, 1518968219n, 1556064227n],
  [378221n, 613n, 617n],
  [15n, 3n, 5n],
  [6n, 2n, 3n],
  [2n * 4611686018427387847n, 2n, 4611686018427387847n],
  [3037000453n * 3037000493n, 3037000453n, 3037000493n],
];

describe.each(providers)('factorization on $name', (crypto) => {
  const numbers = (pq: Uint8Array): bigint[] => {
    const { p, q } = factorize(crypto, pq);
    return [bigIntFromBytes(p), bigIntFromBytes(q)];
  };

  it.each(TABLE)('pq/table: %s = %s · %s', (pq, p, q) => {
    expect(p * q).toBe(pq);
    expect(numbers(bytesFromBigInt(pq, 8))).toEqual([p, q]);
    expect(numbers(bytesFromBigInt(pq))).toEqual([p, q]);
    const factors = factorize(crypto, bytesFromBigInt(pq));
    expect(factors).toEqual({ p: bytesFromBigInt(p), q: bytesFromBigInt(q) });
  });

  it('pq/table: primes, squares, 0, 1 and too large numbers are refused', () => {
    const bad = [
      0n,
      1n,
      2n,
      3n,
      5n,
      4n,
      9n,
      1229739323n ** 2n,
      4611686018427387847n,
      2n ** 61n - 1n,
    ];
    for (const pq of bad) expect(() => factorize(crypto, bytesFromBigInt(pq, 8))).toThrow(BAD);
    // A provider that could split them does not matter: 2^63 is the limit of the protocol.
    const able = derive(crypto, { findFactor: () => 3n });
    const limit = (1n << 63n) - 1n;
    for (const pq of [3n * (limit / 3n + 1n), 3n * (limit / 2n)]) {
      expect(() => factorize(able, bytesFromBigInt(pq, 8))).toThrow(BAD);
    }
    const below = factorize(able, bytesFromBigInt(3n * (limit / 3n), 8));
    expect(below.p).toEqual(Uint8Array.of(3));
    const large = [
      fromHex('01' + '00'.repeat(8)),
      new Uint8Array(1 << 20).fill(7),
      new Uint8Array(),
    ];
    for (const pq of large) expect(() => factorize(crypto, pq)).toThrow(BAD);
  });

  it('pq/table: never trusts what the provider found', () => {
    for (const factor of [1n, 0n, -3n, 2n, 15n, 30n]) {
      const liar = derive(crypto, { findFactor: () => factor });
      expect(() => factorize(liar, Uint8Array.of(15))).toThrow(BAD);
    }
    const larger = derive(crypto, { findFactor: () => 5n });
    expect(factorize(larger, Uint8Array.of(15))).toEqual({
      p: Uint8Array.of(3),
      q: Uint8Array.of(5),
    });
  });

  it('pq/table: agrees with mtcute and GramJS', () => {
    const mtcute = new MtcuteCrypto();
    const { Factorizator } = require('telegram/crypto/Factorizator') as {
      Factorizator: { factorize(pq: unknown): { p: unknown; q: unknown } };
    };
    const bigInt = require('big-integer') as (text: string) => unknown;
    for (const [pq] of TABLE.slice(0, 2)) {
      const ours = numbers(bytesFromBigInt(pq));
      const theirs = mtcute.factorizePQ(bytesFromBigInt(pq)).map(bigIntFromBytes);
      expect(ours).toEqual(theirs);
      const gram = Factorizator.factorize(bigInt(pq.toString()));
      expect(ours.map(String)).toEqual([String(gram.p), String(gram.q)]);
    }
  });

  it('accepts leading zeros', () => {
    expect(numbers(concat(new Uint8Array(2), bytesFromBigInt(15n, 8)))).toEqual([3n, 5n]);
  });
});
