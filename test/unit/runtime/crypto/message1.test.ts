import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AuthKey,
  SecurityError,
  concat,
  deriveKeys1,
  fromHex,
  messageKey1,
  openEnvelope1,
  openMessage1,
  sealEnvelope1,
  sealMessage1,
  toHex,
  type PlainMessage,
} from '../../../../packages/runtime/src/crypto/index.js';
import { VECTOR_KEY, counting, providers, withRandom } from './support/providers.js';

const PLAIN = concat(Uint8Array.of(20, 0, 0, 0), fromHex('00112233'.repeat(5)));

describe.each(providers)('messages of MTProto 1.0 on $name', (crypto) => {
  const key = new AuthKey(crypto, VECTOR_KEY);

  it('msg/vectors: the packet of the research', () => {
    const counted = withRandom(crypto, (size) => counting(size));
    const packet = sealEnvelope1(counted, key, 0, PLAIN);
    expect(toHex(packet)).toBe(
      '9ed6e6ef196cc931f4709ce2cc74719c6864d5db35a65d82' +
        'f9b9508d5d1ce7334c1bcb90eeb63ae26878dbbaa92d99542f8e819d5f841282',
    );
    expect(openEnvelope1(crypto, key, 0, packet, 4)).toEqual(PLAIN);
  });

  it('opens what it seals, for every need of padding and both directions', () => {
    for (let body = 0; body <= 64; body += 4) {
      for (const from of ['client', 'server'] as const) {
        const message: PlainMessage = {
          salt: -1n,
          sessionId: 1n << 62n,
          msgId: 4n,
          seqNo: -3,
          body: counting(body),
        };
        const packet = sealMessage1(crypto, key, from, message);
        expect(packet.length).toBe(24 + Math.ceil((32 + body) / 16) * 16);
        expect(openMessage1(crypto, key, from, packet)).toEqual(message);
        const back = from === 'client' ? 'server' : 'client';
        expect(() => openMessage1(crypto, key, back, packet)).toThrow(SecurityError);
      }
    }
  });

  it('refuses each flipped bit of msg_key, and of the ciphertext that msg_key covers', () => {
    const packet = sealEnvelope1(crypto, key, 0, PLAIN);
    for (let bit = 64; bit < packet.length * 8; bit += 1) {
      const other = packet.slice();
      other[bit >> 3]! ^= 1 << (bit & 7);
      const open = (): Uint8Array => openEnvelope1(crypto, key, 0, other, 4);
      expect(open).toThrow(expect.objectContaining({ code: 'msg-key' }));
    }
  });

  it('refuses lengths that are impossible or leave 16 bytes of padding, all alike', () => {
    for (const length of [-4, 4, 8, 12, 18, 32, 2 ** 31 - 4]) {
      const plain = counting(32);
      new DataView(plain.buffer).setInt32(0, length, true);
      // msg_key of what the length claims, where it can be had: so only the check of the length remains.
      const claimed = plain.subarray(0, Math.max(4, Math.min(32, length + 4)));
      for (const covered of [plain, claimed]) {
        const msgKey = messageKey1(crypto, covered);
        const aes = deriveKeys1(crypto, key.bytes, msgKey, 0);
        const packet = concat(key.idBytes, msgKey, crypto.aesIgeEncrypt(plain, aes.key, aes.iv));
        const open = (): Uint8Array => openEnvelope1(crypto, key, 0, packet, 4);
        expect(open).toThrow(expect.objectContaining({ code: 'msg-key' }));
      }
    }
  });

  it('answers any bytes with a SecurityError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.boolean(), (noise, named) => {
        const packet = named ? concat(key.idBytes, noise) : noise;
        expect(() => openMessage1(crypto, key, 'client', packet)).toThrow(SecurityError);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
