import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AuthKey,
  SecurityError,
  concat,
  openMessage,
  sealMessage,
} from '../../../../packages/runtime/src/crypto/index.js';
import { VECTOR_KEY, providers } from './support/providers.js';

const LONG = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const BODY = fc
  .uint8Array({ maxLength: 600 })
  .map((bytes) => bytes.subarray(0, bytes.length & ~3).slice());
const MESSAGE = fc.record({
  salt: LONG,
  sessionId: LONG,
  msgId: LONG,
  seqNo: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  body: BODY,
});

describe.each(providers)('hostile packets on $name', (crypto) => {
  const key = new AuthKey(crypto, VECTOR_KEY);

  it('any message survives sealing and opening', () => {
    fc.assert(
      fc.property(
        MESSAGE,
        fc.constantFrom('client' as const, 'server' as const),
        (message, from) => {
          const packet = sealMessage(crypto, key, from, message);
          expect(openMessage(crypto, key, from, packet)).toEqual(message);
        },
      ),
      { seed: 4, numRuns: 100 },
    );
  });

  it('random bytes, with and without the right key id, end in a SecurityError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (noise, named) => {
        const packet = named ? concat(key.idBytes, noise) : noise;
        expect(() => openMessage(crypto, key, 'server', packet)).toThrow(SecurityError);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it('a packet with bytes changed, cut or added ends in a SecurityError', () => {
    const change = fc.record({
      message: MESSAGE,
      at: fc.nat(),
      xor: fc.integer({ min: 1, max: 255 }),
      kind: fc.constantFrom('change', 'cut', 'add', 'repeat'),
    });
    fc.assert(
      fc.property(change, ({ message, at, xor, kind }) => {
        const packet = sealMessage(crypto, key, 'server', message);
        const place = at % packet.length;
        const changed = packet.slice();
        changed[place]! ^= xor;
        const hostile = {
          change: changed,
          cut: packet.subarray(0, place),
          add: concat(packet, new Uint8Array(xor)),
          repeat: concat(packet, packet.subarray(24)),
        }[kind];
        expect(() => openMessage(crypto, key, 'server', hostile!)).toThrow(SecurityError);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('a plaintext of random bytes under a right msg_key is opened or refused, nothing else', () => {
    let opened = 0;
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 48, maxLength: 1300 }),
        fc.integer({ min: -8, max: 1400 }),
        (noise, length) => {
          const plain = noise.slice(0, noise.length & ~15);
          new DataView(plain.buffer).setInt32(28, length, true);
          const packet = concat(key.idBytes, new Uint8Array(16), plain);
          crypto.seal2(packet, key.bytes, 8);
          const padding = plain.length - 32 - length;
          const good = length >= 0 && length % 4 === 0 && padding >= 12 && padding <= 1024;
          if (good) {
            opened += 1;
            expect(openMessage(crypto, key, 'server', packet).body.length).toBe(length);
          } else {
            expect(() => openMessage(crypto, key, 'server', packet)).toThrow(SecurityError);
          }
        },
      ),
      { seed: 4, numRuns: 500 },
    );
    expect(opened).toBeGreaterThan(5);
  });
});
