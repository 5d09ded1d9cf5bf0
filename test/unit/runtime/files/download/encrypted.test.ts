import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import type { CryptoWorkers } from '../../../../../packages/runtime/src/crypto/workers.js';
import { downloadParts } from '../../../../../packages/runtime/src/files/download/index.js';
import type { PartsOptions } from '../../../../../packages/runtime/src/files/download/index.js';
import { fileKeyFingerprint } from '../../../../../packages/runtime/src/files/encrypted/index.js';
import type { FileKey } from '../../../../../packages/runtime/src/files/location/types.js';
import { collect, content, FakeServer, KiB, MiB, same } from './fake-server.js';

const key = content(32);
const iv = content(33).slice(1);
const encryption: FileKey = { key, iv, fingerprint: fileKeyFingerprint(key, iv) };

/** @param padding - bytes beyond what fills the last block. */
function encrypted(plain: Uint8Array, padding = 0): Uint8Array {
  const padded = new Uint8Array(Math.ceil(plain.length / 16) * 16 + padding).fill(7);
  padded.set(plain);
  return nodeCrypto.aesIgeEncrypt(padded, key, iv);
}

interface Opened {
  readonly server: FakeServer;
  readonly read: (options?: PartsOptions) => Promise<Uint8Array>;
}

function open(plain: Uint8Array, stored = encrypted(plain)): Opened {
  const server = new FakeServer({ content: stored });
  const file = server.file({ kind: 'encrypted', size: plain.length, encryption });
  return { server, read: (options) => collect(downloadParts(server.context(), file, options)) };
}

describe('encrypted files', () => {
  it.each([0, 1, 15, 16, 17, 512 * KiB - 1, 512 * KiB, 512 * KiB + 1, MiB + 1])(
    '%i bytes are decrypted and cut to their size',
    async (size) => {
      const plain = content(size);
      const { server, read } = open(plain);
      expect(same(await read(), plain)).toBe(true);
      expect(server.problems).toEqual([]);
    },
  );

  it('padding up to a whole part is left alone', async () => {
    const plain = content(100_001);
    const { read } = open(plain, encrypted(plain, 512 * KiB - 100_016));
    expect(same(await read(), plain)).toBe(true);
    expect(same(await read({ start: 99_999 }), plain.subarray(99_999))).toBe(true);
  });

  const plain = content(MiB + 70_007);
  const stored = encrypted(plain);
  const places = [0, 1, 15, 16, 17, 1024, 4097, 512 * KiB, 512 * KiB + 16, MiB - 1, plain.length];

  it('ranges without tail: from the beginning', async () => {
    for (const start of places) {
      for (const end of places.filter((one) => one >= start)) {
        const { server, read } = open(plain, stored);
        expect(same(await read({ start, end }), plain.subarray(start, end))).toBe(true);
        if (start < end) expect(server.log[0]?.offset).toBe(0);
      }
    }
  });

  it('ranges with tail: from the block before', async () => {
    for (const start of places) {
      const { server, read } = open(plain, stored);
      const need = 16 + (start % 16);
      for (const length of [need, need + 1, 64]) {
        const tail = plain.slice(Math.max(0, start - length), start);
        server.log.length = 0;
        const bytes = await read({ start, tail });
        expect(same(bytes, plain.subarray(start)), `${start}`).toBe(true);
        const first = Math.max(0, start - need);
        if (bytes.length > 0) expect(server.log[0]?.offset).toBe(first - (first % 1024));
      }
    }
  });

  it('a tail that is too short is of no use, and does no harm', async () => {
    const start = 512 * KiB + 5;
    const { server, read } = open(plain, stored);
    const bytes = await read({ start, tail: plain.slice(start - 16, start) });
    expect(same(bytes, plain.subarray(start))).toBe(true);
    expect(server.log[0]?.offset).toBe(0);
  });

  it('go through the workers, with the same result', async () => {
    let pieces = 0;
    const workers: CryptoWorkers = {
      threshold: 32 * KiB,
      open2: () => Promise.reject(new Error('no packet is opened here')),
      ige: async (direction, data, k, v) => {
        pieces += 1;
        await new Promise((resolve) => setImmediate(resolve));
        expect(direction).toBe('decrypt');
        return nodeCrypto.aesIgeDecrypt(data, k, v);
      },
    };
    const server = new FakeServer({ content: stored });
    const file = server.file({ size: plain.length, encryption });
    const parts = downloadParts(server.context({ workers }), file);
    expect(same(await collect(parts), plain)).toBe(true);
    expect(pieces).toBe(3);
  });

  it.each([0, 16, 300 * KiB])('come from a CDN as well, with %i bytes of padding', async (more) => {
    const server = new FakeServer({ content: encrypted(plain, more), cdnBlock: 128 * KiB });
    const file = server.file({ size: plain.length, encryption });
    expect(same(await collect(downloadParts(server.context(), file)), plain)).toBe(true);
    expect(server.problems).toEqual([]);
  });

  it('that are truncated at the server: WRONG_SIZE', async () => {
    const server = new FakeServer({ content: stored.slice(0, -16) });
    const file = server.file({ size: plain.length, encryption });
    await expect(collect(downloadParts(server.context(), file))).rejects.toMatchObject({
      code: 'WRONG_SIZE',
    });
  });

  it.each<[string, Partial<FileKey>]>([
    ['another key', { key: content(34).slice(2) }],
    ['another iv', { iv: content(35).slice(3) }],
    ['another fingerprint', { fingerprint: 1 }],
    ['short key', { key: content(31) }],
    ['long iv', { iv: content(34) }],
  ])('%s: WRONG_KEY before anything is asked for', async (_, changes) => {
    const server = new FakeServer({ content: stored });
    const file = server.file({ size: plain.length, encryption: { ...encryption, ...changes } });
    await expect(collect(downloadParts(server.context(), file))).rejects.toMatchObject({
      name: 'FileError',
      code: 'WRONG_KEY',
    });
    expect(server.calls).toBe(0);
  });

  it('a fingerprint that nobody told is not compared; a size has to be told', async () => {
    const server = new FakeServer({ content: stored });
    const untold = { ...encryption, fingerprint: undefined };
    const file = server.file({ size: plain.length, encryption: untold });
    expect(same(await collect(downloadParts(server.context(), file)), plain)).toBe(true);
    const sizeless = server.file({ size: undefined, encryption });
    await expect(collect(downloadParts(server.context(), sizeless))).rejects.toMatchObject({
      code: 'WRONG_SIZE',
    });
  });
});
