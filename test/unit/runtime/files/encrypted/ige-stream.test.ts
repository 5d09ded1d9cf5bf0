import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import { portableCrypto } from '../../../../../packages/runtime/src/crypto/provider/portable.js';
import type { CryptoWorkers } from '../../../../../packages/runtime/src/crypto/workers.js';
import { chainOf, IgeStream } from '../../../../../packages/runtime/src/files/encrypted/index.js';
import { Random, RUNS } from '../../../../support/random.js';
import { decryptsTo, igeDecrypt, igeEncrypt } from './independent.js';

const random = new Random(31);
const key = random.bytes(32);
const iv = random.bytes(32);

/** Cuts at random block borders; pieces may be empty. */
function pieces(bytes: Uint8Array): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Math.min(bytes.length - at, 16 * random.below(40));
    out.push(bytes.subarray(at, at + length));
    at += length;
  }
  return out;
}

async function all(stream: IgeStream, parts: readonly Uint8Array[]): Promise<Buffer> {
  const out: Uint8Array[] = [];
  for (const part of parts) out.push(await stream.next(part));
  return Buffer.concat(out);
}

/** Does the work, late and in another place. */
function workers(used: number[]): Pick<CryptoWorkers, 'ige' | 'threshold'> {
  return {
    threshold: 256,
    async ige(direction, data, workKey, chain) {
      used.push(data.length);
      await undefined;
      return direction === 'encrypt'
        ? portableCrypto.aesIgeEncrypt(data, workKey, chain)
        : portableCrypto.aesIgeDecrypt(data, workKey, chain);
    },
  };
}

describe('IgeStream', () => {
  it('ige/vectors-and-random-split: pieces give what the whole gives', async () => {
    for (let run = 0; run < 20 * RUNS; run += 1) {
      const plain = random.bytes(16 * (1 + random.below(300)));
      const whole = igeEncrypt(plain, key, iv);
      const used: number[] = [];
      for (const pool of [undefined, workers(used)]) {
        const encrypt = new IgeStream(nodeCrypto, pool, 'encrypt', key, iv);
        expect((await all(encrypt, pieces(plain))).equals(whole)).toBe(true);
        const decrypt = new IgeStream(nodeCrypto, pool, 'decrypt', key, iv);
        expect((await all(decrypt, pieces(whole))).equals(plain)).toBe(true);
        const chain = chainOf(whole.subarray(-16), plain.subarray(-16));
        expect(encrypt.chain).toEqual(chain);
        expect(decrypt.chain).toEqual(chain);
      }
      expect(used.every((length) => length >= 256)).toBe(true);
    }
  });

  it('sec/file: goes on in the middle from the blocks before', async () => {
    const plain = random.bytes(16 * 64);
    const whole = igeEncrypt(plain, key, iv);
    for (let block = 1; block < 64; block += 1) {
      const at = block * 16;
      const chain = chainOf(whole.subarray(at - 16, at), plain.subarray(at - 16, at));
      const decrypt = new IgeStream(nodeCrypto, undefined, 'decrypt', key, chain);
      expect((await decrypt.next(whole.subarray(at))).slice()).toEqual(plain.slice(at));
      const encrypt = new IgeStream(nodeCrypto, undefined, 'encrypt', key, chain);
      expect(Buffer.from(await encrypt.next(plain.subarray(at)))).toEqual(whole.subarray(at));
    }
  });

  it('keeps the order of pieces that are asked for at once', async () => {
    const plain = random.bytes(16 * 200);
    const stream = new IgeStream(nodeCrypto, workers([]), 'encrypt', key, iv);
    const cut = pieces(plain).map((piece) => stream.next(piece));
    expect(Buffer.concat(await Promise.all(cut)).equals(igeEncrypt(plain, key, iv))).toBe(true);
  });

  it('leaves its arguments alone', async () => {
    const [plain, chain] = [random.bytes(320), iv.slice()];
    const before = plain.slice();
    const stream = new IgeStream(nodeCrypto, undefined, 'encrypt', key, chain);
    await stream.next(plain);
    stream.chain.fill(0);
    expect([plain, chain]).toEqual([before, iv]);
    const second = await stream.next(plain);
    const whole = igeEncrypt(Buffer.concat([plain, plain]), key, iv);
    expect(Buffer.from(second).equals(whole.subarray(320))).toBe(true);
  });

  it('refuses keys, chains and pieces of other lengths, and goes on with nothing then', async () => {
    const bad = { code: 'bad-length' };
    expect(() => chainOf(iv, iv)).toThrow(expect.objectContaining(bad));
    for (const [k, c] of [
      [key.slice(1), iv],
      [key, iv.slice(1)],
    ] as const) {
      expect(() => new IgeStream(nodeCrypto, undefined, 'decrypt', k, c)).toThrow(
        expect.objectContaining(bad),
      );
    }
    const stream = new IgeStream(nodeCrypto, undefined, 'decrypt', key, iv);
    expect(await stream.next(new Uint8Array(0))).toEqual(new Uint8Array(0));
    const first = stream.next(new Uint8Array(17));
    const second = stream.next(new Uint8Array(16));
    await expect(first).rejects.toMatchObject(bad);
    await expect(second).rejects.toMatchObject(bad);
  });

  it('has a strict referee', () => {
    const plain = random.bytes(16 * 9 + 5);
    const padded = Buffer.concat([plain, random.bytes(11)]);
    const cipher = igeEncrypt(padded, key, iv);
    expect(igeDecrypt(cipher, key, iv).equals(padded)).toBe(true);
    expect(decryptsTo(cipher, plain, key, iv)).toBe(true);
    for (let at = 0; at < plain.length; at += 1) {
      const other = plain.slice();
      other[at]! ^= 1;
      expect(decryptsTo(cipher, other, key, iv)).toBe(false);
    }
  });
});
