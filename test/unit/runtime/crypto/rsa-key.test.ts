import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { parsePublicKey } from '@mtcute/core/utils.js';
import { describe, expect, it } from 'vitest';
import {
  CryptoError,
  bytesFromBigInt,
  concat,
  fromHex,
  parseRsaKey,
  rsaKeyFrom,
  telegramRsaKeys,
  toHex,
  type RsaKey,
} from '../../../../packages/runtime/src/crypto/index.js';
import { MtcuteCrypto } from '../../../support/strangers/mtcute-crypto.js';
import { mtcuteRsaKeys } from './support/peers.js';
import { providers } from './support/providers.js';
import { E, N } from './support/rsa-key.js';

const BAD = expect.objectContaining({ name: 'CryptoError', code: 'bad-rsa' });

/** What OpenSSL writes for a key. */
function pem(n: Uint8Array, e: Uint8Array, type: 'pkcs1' | 'spki'): string {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  const key = createPublicKey({ key: { kty: 'RSA', n: text(n), e: text(e) }, format: 'jwk' });
  return key.export({ type, format: 'pem' }).toString();
}

function wrap(der: Uint8Array, label = 'RSA PUBLIC KEY'): string {
  const text = Buffer.from(der).toString('base64');
  return `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`;
}

function derOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64'));
}

/** One DER element. */
function element(tag: number, ...content: Uint8Array[]): Uint8Array {
  const body = concat(...content);
  const size = body.length;
  const long = size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return concat(Uint8Array.of(tag, ...(size < 128 ? [size] : long)), body);
}

describe.each(providers)('RSA keys on $name', (crypto) => {
  it("rsa/fingerprints: Telegram's keys have their known fingerprints", () => {
    const keys = telegramRsaKeys(crypto);
    expect(keys.map((key) => key.fingerprint)).toEqual([
      -3414540481677951611n,
      -5595554452916591101n,
    ]);
    expect(keys.map((key) => BigInt.asUintN(64, key.fingerprint).toString(16))).toEqual([
      'd09d1d85de64fd85',
      'b25898df208d2603',
    ]);
  });

  it('rsa/fingerprints: ten keys of mtcute, old and new, as numbers, PKCS#1 and SPKI', async () => {
    const known = await mtcuteRsaKeys();
    expect(known.length).toBe(10);
    for (const { modulus, exponent, fingerprint } of known) {
      const [n, e] = [fromHex(modulus), fromHex(exponent)];
      const parsed: RsaKey[] = [
        rsaKeyFrom(crypto, n, e),
        rsaKeyFrom(crypto, concat(Uint8Array.of(0), n), concat(Uint8Array.of(0), e)),
        parseRsaKey(crypto, pem(n, e, 'pkcs1')),
        parseRsaKey(crypto, pem(n, e, 'spki')),
        parseRsaKey(crypto, `\n${pem(n, e, 'pkcs1').replaceAll('\n', '\r\n')} `),
      ];
      for (const key of parsed) {
        expect(toHex(key.n)).toBe(modulus);
        expect(key.e).toEqual(Uint8Array.of(1, 0, 1));
        expect(BigInt.asUintN(64, key.fingerprint).toString(16).padStart(16, '0')).toBe(
          fingerprint,
        );
      }
    }
  });

  it('rsa/fingerprints: agrees with mtcute on a key of ours, whatever its exponent', () => {
    const mtcute = new MtcuteCrypto();
    for (const e of [3n, 17n, 257n, 65537n, (1n << 32n) + 15n]) {
      const text = pem(N, bytesFromBigInt(e), 'pkcs1');
      const theirs = parsePublicKey(mtcute, text).fingerprint;
      const ours = BigInt.asUintN(64, parseRsaKey(crypto, text).fingerprint);
      const number = BigInt.asUintN(64, rsaKeyFrom(crypto, N, bytesFromBigInt(e)).fingerprint);
      expect(ours).toBe(number);
      expect(ours.toString(16).padStart(16, '0')).toBe(theirs);
    }
  });

  it('refuses keys that are not RSA of 2048 bits', () => {
    const sizes = [N.subarray(128), N.subarray(1), concat(Uint8Array.of(129), N)];
    for (const n of sizes) {
      for (const type of ['pkcs1', 'spki'] as const) {
        expect(() => parseRsaKey(crypto, pem(n, E, type))).toThrow(BAD);
      }
    }
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const curve = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(() => parseRsaKey(crypto, curve)).toThrow(BAD);
    const even = N.slice();
    even[255]! &= 254;
    const numbers: [Uint8Array, Uint8Array][] = [
      [even, E],
      [bytesFromBigInt((1n << 2047n) - 1n), E],
      [concat(Uint8Array.of(1), N), E],
      [new Uint8Array(256), E],
      [N, new Uint8Array()],
      [N, Uint8Array.of(0)],
      [N, Uint8Array.of(1)],
      [N, Uint8Array.of(1, 0, 0)],
      [N, new Uint8Array(9).fill(1)],
    ];
    for (const [n, e] of numbers) expect(() => rsaKeyFrom(crypto, n, e)).toThrow(BAD);
  });

  it('refuses text that is no public key', () => {
    const good = pem(N, E, 'pkcs1');
    const texts = [
      '',
      'RSA PUBLIC KEY',
      good.replaceAll('PUBLIC', 'PRIVATE'),
      good.replace('END RSA PUBLIC', 'END PUBLIC'),
      good.replaceAll('RSA PUBLIC', 'PUBLIC'),
      pem(N, E, 'spki').replaceAll('PUBLIC', 'RSA PUBLIC'),
      good + good,
      good.replace(/[A-Z]{3}/, '*'),
      wrap(new Uint8Array()),
    ];
    for (const text of texts) expect(() => parseRsaKey(crypto, text)).toThrow(BAD);
  });

  it('refuses DER that is cut, extended or not minimal', () => {
    for (const [type, label] of [
      ['pkcs1', 'RSA PUBLIC KEY'],
      ['spki', 'PUBLIC KEY'],
    ] as const) {
      const der = derOf(pem(N, E, type));
      expect(parseRsaKey(crypto, wrap(der, label)).n).toEqual(N);
      for (let size = 0; size < der.length; size += 1) {
        expect(() => parseRsaKey(crypto, wrap(der.subarray(0, size), label))).toThrow(BAD);
      }
      const longer = concat(der, Uint8Array.of(0));
      expect(() => parseRsaKey(crypto, wrap(longer, label))).toThrow(BAD);
    }
    const integer = (...content: number[]): number[] => [2, content.length, ...content];
    const inner = [
      integer(0, 1),
      integer(),
      integer(0x80),
      [2, 0x81, 1, 5],
      [2, 0x80, 0],
      [2, 0x84, 0, 0, 0, 1, 5],
    ];
    for (const element of inner) {
      const body = [...element, ...integer(3)];
      expect(() => parseRsaKey(crypto, wrap(Uint8Array.of(0x30, body.length, ...body)))).toThrow(
        BAD,
      );
    }
  });

  it('refuses DER whose parts are right and whose structure is not', () => {
    const n = element(2, concat(Uint8Array.of(0), N));
    const e = element(2, E);
    const extra = element(2, Uint8Array.of(5));
    const parse = (der: Uint8Array, label: string): RsaKey => parseRsaKey(crypto, wrap(der, label));
    const keys = {
      good: element(0x30, n, e),
      extra: element(0x30, n, e, extra),
      swapped: element(0x30, e, n),
      missing: element(0x30, n),
      longer: element(0x30, n, Uint8Array.of(2, 4, 1, 0, 1)),
      notMinimal: element(0x30, n, Uint8Array.of(2, 0x81, 3, 1, 0, 1)),
      notMinimal2: element(0x30, n, Uint8Array.of(2, 0x82, 0, 3, 1, 0, 1)),
      zeros: element(0x30, n, element(2, concat(Uint8Array.of(0), E))),
      negative: element(0x30, element(2, N), e),
      wrongTag: element(0x31, n, e),
    };
    for (const [name, der] of Object.entries(keys)) {
      const act = (): RsaKey => parse(der, 'RSA PUBLIC KEY');
      if (name === 'good') expect(act().n).toEqual(N);
      else expect(act, name).toThrow(BAD);
    }

    const oid = (last: number): Uint8Array =>
      concat(element(6, fromHex('2a864886f70d0101'), Uint8Array.of(last)), Uint8Array.of(5, 0));
    const bits = (unused: number): Uint8Array => element(3, Uint8Array.of(unused), keys.good);
    const infos = {
      good: element(0x30, element(0x30, oid(1)), bits(0)),
      pss: element(0x30, element(0x30, oid(10)), bits(0)),
      extra: element(0x30, element(0x30, oid(1)), bits(0), extra),
      unused: element(0x30, element(0x30, oid(1)), bits(1)),
      empty: element(0x30, element(0x30, oid(1)), element(3)),
      after: element(0x30, element(0x30, oid(1)), element(3, Uint8Array.of(0), keys.good, extra)),
    };
    for (const [name, der] of Object.entries(infos)) {
      const act = (): RsaKey => parse(der, 'PUBLIC KEY');
      if (name === 'good') expect(act().n).toEqual(N);
      else expect(act, name).toThrow(BAD);
    }
  });

  it('any changed bytes yield a key or a CryptoError', () => {
    const ders = [derOf(pem(N, E, 'pkcs1')), derOf(pem(N, E, 'spki'))];
    fc.assert(
      fc.property(fc.boolean(), fc.nat(40), fc.nat(255), fc.nat(300), (spki, at, byte, cut) => {
        const der = ders[spki ? 1 : 0]!.slice(0, 300 - (cut > 280 ? cut - 280 : 0));
        der[at] = byte;
        try {
          expect(
            parseRsaKey(crypto, wrap(der, spki ? 'PUBLIC KEY' : 'RSA PUBLIC KEY')).n.length,
          ).toBe(256);
        } catch (error) {
          expect(error).toBeInstanceOf(CryptoError);
        }
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
