import { createRequire } from 'node:module';
import type bigInt from 'big-integer';
import {
  createAesIgeForMessage,
  createAesIgeForMessageOld,
  generateKeyAndIvFromNonce,
} from '@mtcute/core/utils.js';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  CryptoError,
  deriveKeys1,
  deriveKeys2,
  fromHex,
  handshakeKeys,
  messageKey1,
  messageKey2,
  toHex,
  type KeyOffset,
} from '../../../../packages/runtime/src/crypto/index.js';
import { MtcuteCrypto } from '../../../support/strangers/mtcute-crypto.js';
import { VECTOR_KEY, counting, providers } from './support/providers.js';

const require = createRequire(import.meta.url);
const mtcute = new MtcuteCrypto();
beforeAll(() => mtcute.initialize());

const OFFSETS: readonly KeyOffset[] = [0, 8];
/** Five words, and the message of the research's vectors: length, body. */
const BODY = fromHex('00112233'.repeat(5));
const PLAIN = Uint8Array.from([20, 0, 0, 0, ...BODY]);

describe.each(providers)('key derivation on $name', (crypto) => {
  it('kdf/v1-v2-vectors: msg_key of the research', () => {
    const padded = Uint8Array.from([...PLAIN, ...counting(24)]);
    expect(toHex(messageKey2(crypto, VECTOR_KEY, padded, 0))).toBe(
      '28397f8306af8cd4b5127d30c1deddde',
    );
    expect(toHex(messageKey2(crypto, VECTOR_KEY, padded, 8))).toBe(
      '5c6a3f0ad1d6e1b78444c47d39080973',
    );
    expect(toHex(messageKey1(crypto, PLAIN))).toBe('f4709ce2cc74719c6864d5db35a65d82');
  });

  it.each(OFFSETS)('kdf/v1-v2-vectors: keys for x = %i encrypt as mtcute does', (x) => {
    const msgKey = counting(16, 90);
    const data = counting(64, 30);
    const { key, iv } = deriveKeys2(crypto, VECTOR_KEY, msgKey, x);
    const theirs = createAesIgeForMessage(mtcute, VECTOR_KEY, msgKey, x === 0);
    expect(crypto.aesIgeEncrypt(data, key, iv)).toEqual(theirs.encrypt(data));
    const old = deriveKeys1(crypto, VECTOR_KEY, msgKey, x);
    const theirOld = createAesIgeForMessageOld(mtcute, VECTOR_KEY, msgKey, x === 0);
    expect(crypto.aesIgeEncrypt(data, old.key, old.iv)).toEqual(theirOld.encrypt(data));
  });

  it('derives the handshake keys of the documentation, of mtcute and of GramJS', async () => {
    const newNonce = fromHex('311c85db234aa2640afc4a76a735cf5b1f0fd68bd17fa181e1229ad867cc024d');
    const serverNonce = fromHex('a5cf4d33f4a11ea877ba4aa573907330');
    const ours = handshakeKeys(crypto, newNonce, serverNonce);
    expect(toHex(ours.key)).toBe(
      'f011280887c7bb01df0fc4e17830e0b91fbb8be4b2267cb985ae25f33b527253',
    );
    expect(toHex(ours.iv)).toBe('3212d579ee35452ed23e0d0c92841aa7d31b2e9bdef2151e80d15860311c85db');

    const nonces: [Uint8Array, Uint8Array][] = [[newNonce, serverNonce]];
    // Leading and trailing zeros: nonces are bytes, not numbers.
    for (const zeros of [1, 2, 3]) {
      const [front, back] = [newNonce.slice(), serverNonce.slice()];
      front.fill(0, 0, zeros);
      back.fill(0, -zeros);
      nonces.push([front, back], [front.slice().reverse(), back.slice().reverse()]);
    }
    const helpers = require('telegram/Helpers') as {
      generateKeyDataFromNonce(s: unknown, n: unknown): Promise<{ key: Buffer; iv: Buffer }>;
      readBigIntFromBuffer(bytes: Buffer, little: boolean, signed: boolean): bigInt.BigInteger;
    };
    for (const [fresh, server] of nonces) {
      const { key, iv } = handshakeKeys(crypto, fresh, server);
      const [theirKey, theirIv] = generateKeyAndIvFromNonce(mtcute, server, fresh);
      expect([toHex(key), toHex(iv)]).toEqual([toHex(theirKey), toHex(theirIv)]);
      const gram = await helpers.generateKeyDataFromNonce(
        helpers.readBigIntFromBuffer(Buffer.from(server), true, true),
        helpers.readBigIntFromBuffer(Buffer.from(fresh), true, true),
      );
      expect([toHex(key), toHex(iv)]).toEqual([toHex(gram.key), toHex(gram.iv)]);
    }
  });

  it('refuses keys and nonces of another size', () => {
    const short = (): void => void deriveKeys2(crypto, counting(255), counting(16), 0);
    expect(short).toThrow(CryptoError);
    expect(() => deriveKeys1(crypto, VECTOR_KEY, counting(15), 0)).toThrow(CryptoError);
    expect(() => handshakeKeys(crypto, counting(16), counting(32))).toThrow(CryptoError);
  });
});
