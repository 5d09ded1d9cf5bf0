import { beforeAll, describe, expect, it } from 'vitest';
import { base } from '@tlgen/telegram';
import {
  uploadEncrypted,
  uploadFile,
} from '../../../../../packages/runtime/src/files/upload/index.js';
import type { Progress } from '../../../../../packages/runtime/src/files/types.js';
import { decryptsTo } from '../encrypted/independent.js';
import { content, MIB, PART, stream } from './support/content.js';
import { fakeContext, type Fake } from './support/fake-context.js';

const SMALL_SIZES = [1, 15, 16, 17, PART - 1, PART, PART + 1, 3 * PART];
const BIG_SIZES = [10 * MIB - 1, 10 * MIB, 10 * MIB + 1, 10 * MIB + PART, 11 * MIB + 7];
const SIZES = [...SMALL_SIZES, ...BIG_SIZES];

/** The rules of progress. */
function expectProgress(told: readonly Progress[], size: number, parts: number): void {
  expect(told.length).toBe(parts);
  expect(told.at(-1)).toEqual({ done: size, total: size, percent: 100 });
  let before = 0;
  for (const { done, total, percent } of told) {
    expect(done).toBeGreaterThan(before);
    before = done;
    expect([undefined, size]).toContain(total);
    expect(percent === undefined).toBe(total === undefined);
  }
  expect(told.filter(({ percent }) => percent === 100).length).toBe(1);
}

describe.each(['known', 'unknown', 'told'] as const)('a source of %s size', (kind) => {
  let fake: Fake;
  beforeAll(async () => {
    fake = await fakeContext({ seed: 11 });
  });
  const sourceOf = (bytes: Uint8Array): Uint8Array | AsyncIterable<Uint8Array> =>
    kind === 'known' ? bytes : stream(bytes);
  const sizeOf = (bytes: Uint8Array): { size?: number } =>
    kind === 'told' ? { size: bytes.length } : {};

  it.each(SIZES)('of %i bytes arrives whole', async (size) => {
    const bytes = content(size, size);
    const told: Progress[] = [];
    const sent = await uploadFile(fake.context, sourceOf(bytes), {
      ...sizeOf(bytes),
      onProgress: (progress) => told.push(progress),
    });
    expect(Buffer.from(bytes).equals(fake.server.contentOf(sent.inputFile))).toBe(true);
    expect(sent.inputFile).toBeInstanceOf(size > 10 * MIB ? base.InputFileBig : base.InputFile);
    expect(sent.size).toBe(size);
    expect(Buffer.from(sent.head).equals(bytes.subarray(0, 4096))).toBe(true);
    expectProgress(told, size, Math.ceil(size / PART));
  });

  it.each(SIZES)('of %i bytes arrives whole and encrypted', async (size) => {
    const bytes = content(size, size + 1);
    const told: Progress[] = [];
    const sent = await uploadEncrypted(fake.context, sourceOf(bytes), {
      ...sizeOf(bytes),
      onProgress: (progress) => told.push(progress),
    });
    const cipher = fake.server.contentOf(sent.inputFile);
    expect(cipher.length).toBe(Math.ceil(size / 16) * 16);
    expect(decryptsTo(cipher, bytes, sent.key, sent.iv)).toBe(true);
    expect(sent.inputFile).toBeInstanceOf(
      size > 10 * MIB ? base.InputEncryptedFileBigUploaded : base.InputEncryptedFileUploaded,
    );
    expect(sent.inputFile.keyFingerprint).toBe(sent.keyFingerprint);
    expect(sent.size).toBe(size);
    expectProgress(told, size, Math.ceil(size / PART));
  });

  it('without content is refused before anything is sent', async () => {
    const empty = await fakeContext();
    const nothing = new Uint8Array(0);
    for (const upload of [uploadFile, uploadEncrypted]) {
      const sent = upload(empty.context, sourceOf(nothing), sizeOf(nothing));
      await expect(sent).rejects.toMatchObject({ code: 'EMPTY' });
    }
    expect(empty.server.calls).toEqual([]);
  });
});

describe('an upload', () => {
  it('tells the total from the first part on when it is known, else with the last part only', async () => {
    const { context, server } = await fakeContext();
    const bytes = content(10 * MIB + PART);
    await uploadFile(context, bytes);
    expect(new Set(server.calls.splice(0).map(({ total }) => total))).toEqual(new Set([21]));
    await uploadFile(context, stream(bytes));
    const totals = server.calls.sort((a, b) => a.index - b.index).map(({ total }) => total);
    expect(totals).toEqual([...new Array<number>(20).fill(-1), 21]);
  });

  it('takes a fresh id and a fresh key each time', async () => {
    const { context } = await fakeContext();
    const bytes = content(100);
    const one = await uploadEncrypted(context, bytes);
    const two = await uploadEncrypted(context, bytes);
    expect(one.inputFile.id).not.toBe(two.inputFile.id);
    expect(one.key).not.toEqual(two.key);
    expect(one.iv).not.toEqual(two.iv);
  });

  it('gives the same bytes with workers', async () => {
    const used: number[] = [];
    const { context, server } = await fakeContext({
      workers: {
        threshold: 32 * 1024,
        open2: () => Promise.reject(new Error('not needed here')),
        ige: async (direction, data, key, iv) => {
          used.push(data.length);
          expect(direction).toBe('encrypt');
          return context.crypto.aesIgeEncrypt(data, key, iv);
        },
      },
    });
    const bytes = content(2 * PART + 5);
    const sent = await uploadEncrypted(context, bytes);
    expect(used).toEqual([PART, PART]);
    expect(decryptsTo(server.contentOf(sent.inputFile), bytes, sent.key, sent.iv)).toBe(true);
  });

  it('fills the last block up with random bytes', async () => {
    const { context, server } = await fakeContext();
    const bytes = new Uint8Array(1);
    const paddings = new Set<string>();
    for (let run = 0; run < 4; run += 1) {
      const { inputFile, key, iv } = await uploadEncrypted(context, bytes);
      const plain = context.crypto.aesIgeDecrypt(server.contentOf(inputFile), key, iv);
      paddings.add(Buffer.from(plain.subarray(1)).toString('hex'));
    }
    expect(paddings.size).toBe(4);
  });

  it('is named by the options, else the source, else by what it is', async () => {
    const { context } = await fakeContext();
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
    const plain = await uploadFile(context, png);
    expect([plain.name, plain.mimeType]).toEqual(['file.png', 'image/png']);
    expect(plain.inputFile.name).toBe('file.png');
    const file = new File([png], 'a.gif', { type: 'image/gif' });
    const named = await uploadFile(context, file);
    expect([named.name, named.mimeType]).toEqual(['a.gif', 'image/gif']);
    const told = await uploadFile(context, file, { name: 'b.txt', mimeType: 'text/plain' });
    expect([told.name, told.mimeType]).toEqual(['b.txt', 'text/plain']);
    const encrypted = await uploadEncrypted(context, png, { name: 'c.png' });
    expect([encrypted.name, encrypted.mimeType]).toEqual(['c.png', 'image/png']);
  });
});
