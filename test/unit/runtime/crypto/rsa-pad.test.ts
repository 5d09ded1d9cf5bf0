import { constants, createHash, createPublicKey, publicEncrypt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  bigIntFromBytes,
  bytesFromBigInt,
  concat,
  rsaKeyFrom,
  rsaPad,
  rsaUnpad,
  toHex,
  type CryptoProvider,
  type RsaPrivateKey,
} from '../../../../packages/runtime/src/crypto/index.js';
import { Random } from '../../../support/random.js';
import { counting, providers, withRandom } from './support/providers.js';
import { igePlain } from './support/reference.js';
import { D, E, N } from './support/rsa-key.js';

const BAD = expect.objectContaining({ name: 'CryptoError', code: 'bad-rsa' });

/** A seed whose result begins with a zero byte. */
const LEADING_ZERO_SEED = 52;
const sha256 = (...parts: Uint8Array[]): Uint8Array =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

/** RSA_PAD as the documentation words it, step by step; null where it says to start again. */
function padPlain(data: Uint8Array, padding: Uint8Array, tempKey: Uint8Array): Uint8Array | null {
  const dataWithPadding = Buffer.concat([data, padding]);
  const reversed = Buffer.from(dataWithPadding).reverse();
  const dataWithHash = Buffer.concat([reversed, sha256(tempKey, dataWithPadding)]);
  const aesEncrypted = igePlain(dataWithHash, tempKey, new Uint8Array(32), true);
  const hash = sha256(aesEncrypted);
  const keyAesEncrypted = Buffer.concat([tempKey.map((byte, i) => byte ^ hash[i]!), aesEncrypted]);
  if (bigIntFromBytes(keyAesEncrypted) >= bigIntFromBytes(N)) return null;
  const jwk = {
    kty: 'RSA',
    n: Buffer.from(N).toString('base64url'),
    e: Buffer.from(E).toString('base64url'),
  };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, keyAesEncrypted);
}

/** A seeded source that remembers what it gave. */
function seeded(
  crypto: CryptoProvider,
  seed: number,
): { crypto: CryptoProvider; draws: Uint8Array[] } {
  const random = new Random(seed);
  const draws: Uint8Array[] = [];
  const source = withRandom(crypto, (size) => {
    const bytes = random.bytes(size);
    draws.push(bytes.slice());
    return bytes;
  });
  return { crypto: source, draws };
}

describe.each(providers)('RSA_PAD on $name', (crypto) => {
  const key: RsaPrivateKey = { ...rsaKeyFrom(crypto, N, E), d: D };

  it('rsa/pad-fixed-random: repeats with a new temp_key until the value is below the modulus', () => {
    const repeats: number[] = [];
    for (let seed = 0; seed < 12; seed += 1) {
      const { crypto: source, draws } = seeded(crypto, seed);
      const data = counting(100, seed);
      const encrypted = rsaPad(source, data, key);
      const [padding, ...tempKeys] = draws;
      expect([padding!.length, ...tempKeys.map((temp) => temp.length)]).toEqual([
        92,
        ...tempKeys.map(() => 32),
      ]);
      const attempts = tempKeys.map((tempKey) => padPlain(data, padding!, tempKey));
      expect(attempts.slice(0, -1).every((attempt) => attempt === null)).toBe(true);
      expect(toHex(encrypted)).toBe(toHex(attempts.at(-1)!));
      repeats.push(tempKeys.length - 1);
    }
    expect(Math.max(...repeats)).toBeGreaterThan(1);
    expect(repeats).toContain(0);
  });

  it('rsa/pad-fixed-random: the result is 256 bytes even when it begins with zeros', () => {
    const { crypto: source } = seeded(crypto, LEADING_ZERO_SEED);
    const encrypted = rsaPad(source, counting(144), key);
    expect(encrypted.length).toBe(256);
    expect(encrypted[0]).toBe(0);
    expect(rsaUnpad(crypto, encrypted, key).subarray(0, 144)).toEqual(counting(144));
  });

  it('rsa/pad-fixed-random: unpadding gives back data and padding, for every allowed size', () => {
    for (const size of [0, 1, 96, 143, 144]) {
      const { crypto: source, draws } = seeded(crypto, 500 + size);
      const encrypted = rsaPad(source, counting(size, 9), key);
      expect(rsaUnpad(crypto, encrypted, key)).toEqual(concat(counting(size, 9), draws[0]!));
    }
    const [one, two] = [0, 1].map(() => rsaPad(crypto, counting(144), key));
    expect(one).not.toEqual(two);
  });

  it('rsa/pad-fixed-random: more than 144 bytes are refused', () => {
    for (const size of [145, 192, 256]) {
      expect(() => rsaPad(crypto, counting(size), key)).toThrow(BAD);
    }
  });

  it('ends with an error, not in a loop, when the random source is broken', () => {
    let calls = 0;
    // One temp_key that yields a number above the modulus, again and again.
    const padding = counting(92);
    let stuck: Uint8Array = counting(32);
    for (let start = 0; padPlain(counting(100), padding, stuck) !== null; start += 1) {
      stuck = counting(32, start);
    }
    const broken = withRandom(crypto, (size) => ((calls += 1), size === 32 ? stuck : padding));
    expect(() => rsaPad(broken, counting(100), key)).toThrow(BAD);
    expect(calls).toBe(257);
  });

  it('unpadding refuses what RSA_PAD did not make', () => {
    const encrypted = rsaPad(crypto, counting(50), key);
    for (const at of [0, 40, 128, 255]) {
      const changed = encrypted.slice();
      changed[at]! ^= 1;
      expect(() => rsaUnpad(crypto, changed, key)).toThrow(BAD);
    }
    const hostile = [
      new Uint8Array(256),
      encrypted.subarray(1),
      concat(Uint8Array.of(0), encrypted),
      N,
      bytesFromBigInt(bigIntFromBytes(N) - 1n),
      new Uint8Array(256).fill(255),
      new Uint8Array(),
    ];
    for (const bytes of hostile) expect(() => rsaUnpad(crypto, bytes, key)).toThrow(BAD);
  });
});
