import { describe, expect, it } from 'vitest';
import { downloadParts } from '../../../../../packages/runtime/src/files/download/index.js';
import { PART_SIZE } from '../../../../../packages/runtime/src/files/download/plan.js';
import type { Progress } from '../../../../../packages/runtime/src/files/types.js';
import { collect, content, FakeServer, KiB, MiB, same } from './fake-server.js';

/** Around every boundary that means something to a request. */
const UNITS = [1, 16, KiB, 4 * KiB, 128 * KiB, 512 * KiB, MiB];
const SIZES = [0, 1, 15, 16, 17, 512 * KiB - 1, 512 * KiB, 512 * KiB + 1, MiB - 1, MiB, MiB + 1];

describe('whole files', () => {
  it.each(SIZES)('%i bytes', async (size) => {
    const server = new FakeServer({ content: content(size) });
    const told: Progress[] = [];
    const onProgress = (progress: Progress): number => told.push(progress);
    const bytes = await collect(downloadParts(server.context(), server.file(), { onProgress }));
    expect(same(bytes, server.given.content)).toBe(true);
    expect(server.problems).toEqual([]);
    expect(server.log).toHaveLength(Math.ceil(size / PART_SIZE));
    expect(told.filter(({ percent }) => percent === 100)).toEqual([
      { done: size, total: size, percent: 100 },
    ]);
    expect(told.at(-1)?.percent).toBe(100);
  });

  it.each(SIZES)('%i bytes, unknown size', async (size) => {
    const server = new FakeServer({ content: content(size) });
    const told: Progress[] = [];
    const onProgress = (progress: Progress): number => told.push(progress);
    const file = server.file({ size: undefined });
    const bytes = await collect(downloadParts(server.context(), file, { onProgress }));
    expect(same(bytes, server.given.content)).toBe(true);
    expect(server.problems).toEqual([]);
    expect(told.filter(({ percent }) => percent === 100)).toEqual([
      { done: size, total: size, percent: 100 },
    ]);
    if (size < PART_SIZE) expect(server.log).toHaveLength(1);
  });

  it.each(SIZES)('%i bytes of a web file', async (size) => {
    const server = new FakeServer({ content: content(size), web: true, dc: 4 });
    const file = server.file({ dc: 4 });
    const bytes = await collect(downloadParts(server.context(), file));
    expect(same(bytes, server.given.content)).toBe(true);
    expect(server.problems).toEqual([]);
    expect(server.log.every(({ name, dc }) => name === 'upload.getWebFile' && dc === 4)).toBe(true);
  });

  it('a web file of which nobody told the data center: the configuration is asked once', async () => {
    const server = new FakeServer({ content: content(5 * PART_SIZE), web: true, dc: 4 });
    const bytes = await collect(downloadParts(server.context(), server.file({ dc: undefined })));
    expect(same(bytes, server.given.content)).toBe(true);
    expect(server.log.every(({ dc }) => dc === 4)).toBe(true);
    expect(server.configs).toBe(1);
  });

  it('content that came with the object', async () => {
    const server = new FakeServer({ content: content(40) });
    const file = server.file({ location: null, bytes: server.given.content, size: undefined });
    const parts = downloadParts(server.context(), file, { start: 3, end: 11 });
    expect(await collect(parts)).toEqual(Buffer.from(server.given.content.slice(3, 11)));
    expect(server.calls).toBe(0);
    const none = server.file({ location: null, size: undefined });
    await expect(collect(downloadParts(server.context(), none))).rejects.toMatchObject({
      code: 'NO_FILE',
    });
  });
});

describe('ranges', () => {
  const size = MiB + 512 * KiB + 12_345;
  const all = content(size);
  const places = [...new Set([0, ...UNITS.flatMap(around), size - 1, size])].filter(
    (place) => place <= size,
  );
  const pairs = places.flatMap((start) => places.map((end) => ({ start, end })));

  it.each([false, true])('begin and end at every alignment (web: %s)', async (web) => {
    for (const { start, end } of pairs) {
      if (end < start) continue;
      const server = new FakeServer({ content: all, web });
      const range = { start, end, parallel: 1 + ((start + end) % 5) };
      const bytes = await collect(downloadParts(server.context(), server.file(), range));
      expect(same(bytes, all.subarray(start, end)), `[${start}, ${end})`).toBe(true);
      expect(server.problems).toEqual([]);
      expect(server.mostInFlight).toBeLessThanOrEqual(range.parallel);
      const first = Math.floor(start / PART_SIZE);
      const last = Math.floor((end - 1) / PART_SIZE);
      expect(server.log).toHaveLength(start === end ? 0 : last - first + 1);
    }
  });

  it('a small range in the middle costs little', async () => {
    const server = new FakeServer({ content: all });
    await collect(downloadParts(server.context(), server.file(), { start: 700_001, end: 700_003 }));
    expect(server.log).toEqual([{ name: 'upload.getFile', offset: 699_392, limit: 1024, dc: 2 }]);
  });

  it('an end past the file is its end, and so is none', async () => {
    const server = new FakeServer({ content: all });
    const start = size - 5;
    for (const end of [undefined, size + 1, Number.MAX_SAFE_INTEGER]) {
      const parts = downloadParts(server.context(), server.file(), { start, end });
      expect(await collect(parts)).toEqual(Buffer.from(all.subarray(start)));
    }
    expect(server.problems).toEqual([]);
  });

  it.each([
    { start: size + 1 },
    { start: -1 },
    { start: 1.5 },
    { start: Number.NaN },
    { end: -1 },
    { end: 0.5 },
    { end: Infinity },
    { start: 2, end: 1 },
    { start: '1' as unknown as number },
  ])('refuses %o', async (range) => {
    const server = new FakeServer({ content: all });
    const parts = downloadParts(server.context(), server.file(), range);
    await expect(parts.next()).rejects.toMatchObject({ name: 'FileError', code: 'BAD_RANGE' });
    expect(server.calls).toBe(0);
  });

  it.each([0, 33, 1.5, Number.NaN])('refuses parallel: %s', async (parallel) => {
    const server = new FakeServer({ content: all });
    const parts = downloadParts(server.context(), server.file(), { parallel });
    await expect(parts.next()).rejects.toMatchObject({ code: 'BAD_OPTION', option: 'parallel' });
  });

  it('of a file of unknown size end where it ends', async () => {
    const server = new FakeServer({ content: all });
    const file = server.file({ size: undefined });
    const read = (start: number, end?: number): Promise<Uint8Array> =>
      collect(downloadParts(server.context(), file, { start, end }));
    expect(same(await read(MiB + 1, 3 * MiB), all.subarray(MiB + 1))).toBe(true);
    expect(same(await read(5, MiB + 9), all.subarray(5, MiB + 9))).toBe(true);
    expect(await read(3 * MiB)).toHaveLength(0);
    expect(server.problems).toEqual([]);
  });

  it('web files end at 2 GiB', async () => {
    const server = new FakeServer({ content: all, web: true });
    const file = server.file({ size: 2 ** 32 });
    const parts = downloadParts(server.context(), file, { start: 2 ** 31 - 5 });
    await expect(parts.next()).rejects.toMatchObject({ code: 'BAD_RANGE' });
  });
});

function around(unit: number): number[] {
  return [unit - 1, unit, unit + 1, 2 * unit - 1, 2 * unit + 1];
}
