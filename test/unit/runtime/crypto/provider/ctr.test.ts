import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Random, RUNS, SEED } from '../../../../support/random.js';
import { hex, PROVIDERS, unhex } from './providers.js';

const oneShot = (data: Uint8Array, key: Uint8Array, iv: Uint8Array): string =>
  createCipheriv('aes-256-ctr', key, iv).update(data).toString('hex');

describe.each(PROVIDERS)('AES-256-CTR, %s', (_, crypto) => {
  it('NIST SP 800-38A, F.5.5', () => {
    const stream = crypto.aesCtr(
      unhex('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4'),
      unhex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'),
    );
    const plain = unhex(
      '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51' +
        '30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
    );
    expect(hex(stream.process(plain))).toBe(
      '601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5' +
        '2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6',
    );
  });

  it('ige/vectors-and-random-split: the key stream continues across calls of any size', () => {
    const random = new Random(SEED);
    const [data, key, iv] = [random.bytes(70_000), random.bytes(32), random.bytes(16)];
    const expected = oneShot(data, key, iv);
    for (let round = 0; round < 20 * RUNS; round++) {
      const stream = crypto.aesCtr(key, iv);
      const largest = random.pick([3, 17, 40, 1000, 40_000]);
      const parts: Uint8Array[] = [];
      for (let at = 0; at < data.length;) {
        const size = random.below(largest + 1);
        parts.push(stream.process(data.subarray(at, at + size)));
        at += size;
      }
      expect(hex(Buffer.concat(parts))).toBe(expected);
    }
  });

  it('carries through the whole counter', () => {
    const key = new Random(SEED).bytes(32);
    for (const iv of ['f'.repeat(32), `${'0'.repeat(16)}${'f'.repeat(16)}`, `${'0'.repeat(31)}f`]) {
      const data = new Uint8Array(100);
      expect(hex(crypto.aesCtr(key, unhex(iv)).process(data))).toBe(oneShot(data, key, unhex(iv)));
    }
  });

  it('keeps streams and everything else apart', () => {
    const random = new Random(SEED + 3);
    const streams = Array.from({ length: 5 }, () => {
      const [key, iv] = [random.bytes(32), random.bytes(16)];
      return { key, iv, stream: crypto.aesCtr(key, iv), data: [] as Uint8Array[], out: '' };
    });
    for (let i = 0; i < 200; i++) {
      const entry = random.pick(streams);
      const data = random.bytes(random.below(50));
      entry.data.push(data);
      entry.out += hex(entry.stream.process(data));
      crypto.seal2(random.bytes(56), random.bytes(256), 0);
      crypto.aesIgeDecrypt(random.bytes(32), random.bytes(32), random.bytes(32));
    }
    for (const { key, iv, data, out } of streams) {
      expect(out).toBe(oneShot(Buffer.concat(data), key, iv));
    }
  });

  it('refuses keys and counters of other lengths', () => {
    const refused = expect.objectContaining({ name: 'CryptoError', code: 'bad-length' });
    expect(() => crypto.aesCtr(new Uint8Array(16), new Uint8Array(16))).toThrow(refused);
    expect(() => crypto.aesCtr(new Uint8Array(32), new Uint8Array(32))).toThrow(refused);
    expect(() => crypto.aesCtr(new Uint8Array(32), new Uint8Array(15))).toThrow(refused);
  });
});
