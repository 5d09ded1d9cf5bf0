import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  isFileSource,
  openSource,
} from '../../../../../packages/runtime/src/files/source/index.js';
import { Random, RUNS, SEED } from '../../../../support/random.js';
import { context, everyKind, readAll } from './kinds.js';

const folder = mkdtempSync(join(tmpdir(), 'tlgen-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SIZES = [0, 1, 15, 16, 17, 4095, 4096, 70_000, 512 * 1024 - 1, 512 * 1024, 512 * 1024 + 1];
const NAMES = [...everyKind(new Uint8Array(1), folder, new Random(1)).keys()];

describe('openSource', () => {
  it.each(NAMES)('files/sources: %s gives the same bytes for all read sizes', async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...SIZES), fc.nat(), async (size, seed) => {
        const random = new Random(seed);
        const bytes = random.bytes(size);
        const kind = everyKind(bytes, folder, random).get(name)!();
        expect(isFileSource(kind.source)).toBe(true);
        const source = await openSource(kind.source, kind.context);
        const most = random.pick([16, 1000, 1 << 20]) + (size >> 8);
        const read = await readAll(source, () => 1 + random.below(most));
        expect(source.size).toBe(kind.size);
        expect(source.seekable).toBe(kind.seekable);
        expect(Buffer.compare(read, bytes)).toBe(0);
        await source.close();
      }),
      { numRuns: 15 * RUNS, seed: SEED },
    );
  });

  it('goes on anywhere in what is seekable', async () => {
    const random = new Random(SEED);
    const bytes = random.bytes(50_000);
    for (const [name, make] of everyKind(bytes, folder, random)) {
      const kind = make();
      const source = await openSource(kind.source, kind.context);
      if (kind.seekable) {
        for (let run = 0; run < 20; run++) {
          const [position, length] = [random.below(50_001), 1 + random.below(9000)];
          source.seek(position);
          const expected = bytes.slice(position, position + length);
          expect([name, Buffer.compare(await source.read(length), expected)]).toEqual([name, 0]);
        }
        for (const position of [-1, 50_001, 0.5, Number.NaN]) {
          expect(() => source.seek(position)).toThrow(
            expect.objectContaining({ name: 'FileError', code: 'BAD_RANGE' }),
          );
        }
      } else {
        expect(() => source.seek(0)).toThrow(
          expect.objectContaining({ name: 'FileError', code: 'BAD_SOURCE' }),
        );
      }
      await source.close();
    }
  });

  it('gives arrays that are the reader’s: writing to them changes no source', async () => {
    const random = new Random(SEED);
    const bytes = random.bytes(5000);
    const before = bytes.slice();
    for (const [name, make] of everyKind(bytes, folder, random)) {
      const kind = make();
      const source = await openSource(kind.source, kind.context);
      const parts: Uint8Array[] = [];
      for (let part = await source.read(700); part.length > 0; part = await source.read(700)) {
        parts.push(part.slice());
        part.fill(0);
      }
      expect([name, Buffer.compare(Buffer.concat(parts), before)]).toEqual([name, 0]);
      expect([name, Buffer.compare(bytes, before)]).toEqual([name, 0]);
      await source.close();
    }
  });

  it('knows names, types and versions', async () => {
    const kinds = everyKind(new Uint8Array(3), folder, new Random(1));
    const facts = async (name: string): Promise<unknown> => {
      const kind = kinds.get(name)!();
      const source = await openSource(kind.source, kind.context);
      const { name: called, mimeType, version } = source;
      await source.close();
      return [called, mimeType, version];
    };
    expect(await facts('bytes')).toEqual([undefined, undefined, undefined]);
    expect(await facts('File')).toEqual(['a.bin', undefined, '5']);
    expect(await facts('path')).toEqual(['every kind.bin', undefined, expect.any(String)]);
    expect(await facts('file URL')).toEqual(await facts('path'));
    expect(await facts('url')).toEqual(['a', undefined, undefined]);
    expect(await facts('data URL')).toEqual([undefined, 'application/octet-stream', undefined]);
    const typed = await openSource(new Blob(['x'], { type: 'text/plain' }), { proxied: false });
    expect(typed.mimeType).toBe('text/plain');
  });

  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [5, 'number'],
    ['', 'empty'],
    [{}, 'object'],
    [new DataView(new ArrayBuffer(4)), 'no Uint8Array'],
    [new Uint16Array(4), 'no Uint8Array'],
    [[new Uint8Array(1)], 'object'],
    [{ href: 'ftp://user:secret@example.test/x?key=secret' }, 'ftp:'],
    ['ftp://user:secret@example.test/x?key=secret', 'ftp:'],
    ['S3+x.y-z://secret/x', 's3+x.y-z:'],
    ['ftp://user:secret@:x', 'cannot be parsed'],
    [{ href: 'blob:https://example.test/1' }, 'blob:'],
    [{ href: 'secret' }, 'cannot be parsed'],
    [new URL('data:text/plain'), 'no comma'],
    [new URL('data:text/plain;base64,A'), 'base64'],
    [{ size: -1, slice: () => null, arrayBuffer: () => null }, 'size is -1'],
  ])('refuses %s', async (given, said) => {
    const error = await openSource(given as string, { proxied: false }).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'FileError', code: 'BAD_SOURCE' });
    expect(String(error)).toContain(said);
    expect(inspect(error, { showHidden: true })).not.toContain('secret');
  });

  it.each(['C:\\a.bin', 'c://a.bin', 'a:b', 'name with: //', 'mailto:a', '1a://b', './ftp://a'])(
    '%s is a path',
    async (given) => {
      const opened = openSource(given, { ...context, proxied: true });
      await expect(opened).rejects.toMatchObject({ code: 'FILE_ACCESS' });
    },
  );

  it.each([
    ['data:,a%20b%zz', 'a b%zz', 'text/plain'],
    ['data:text/x-y;charset=utf-8,ä#hash', 'ä', 'text/x-y'],
    ['data:image/png;base64,QUJ%44 RA==', 'ABCD', 'image/png'],
    ['data:;base64,QUJD%20RA%3D%3D', 'ABCD', 'text/plain'],
  ])('reads %s', async (url, text, mimeType) => {
    for (const given of [url, new URL(url)]) {
      const source = await openSource(given, { proxied: true });

      expect(Buffer.from(await readAll(source)).toString()).toBe(text);
      expect(source.mimeType).toBe(mimeType);
    }
  });

  it('holds all sources to a size that is given', async () => {
    for (const size of [2, 4]) {
      await expect(
        openSource(new Uint8Array(3), { proxied: false }, { size }),
      ).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
    }
    const source = await openSource(new Uint8Array(3), { proxied: false }, { size: 3 });
    expect(source.size).toBe(3);
    for (const size of [-1, 1.5, Number.NaN, 2 ** 60]) {
      await expect(
        openSource(new Uint8Array(3), { proxied: false }, { size }),
      ).rejects.toMatchObject({ code: 'BAD_SOURCE' });
    }
  });

  it('refuses to read no bytes, or less', async () => {
    const source = await openSource(new Uint8Array(3), { proxied: false });
    for (const length of [0, -1, 1.5, Number.NaN]) {
      await expect(source.read(length)).rejects.toMatchObject({ code: 'BAD_RANGE' });
    }
  });

  it('reads of a Blob only what it is asked for', async () => {
    const slices: unknown[] = [];
    const blob = new Blob([new Uint8Array(1000)]);
    const watched = {
      size: 1000,
      type: '',
      slice: (start?: number, end?: number) => (slices.push([start, end]), blob.slice(start, end)),
      arrayBuffer: () => Promise.reject(new Error('the whole of it')),
    };
    const source = await openSource(watched, { proxied: false });
    await source.read(300);
    source.seek(990);
    await source.read(300);
    expect(slices).toEqual([
      [0, 300],
      [990, 1000],
    ]);
  });

  it('says when a Blob cannot be read any more, or is short', async () => {
    const blob = (bytes: () => Promise<ArrayBuffer>): Blob =>
      ({ size: 10, type: '', slice: () => blob(bytes), arrayBuffer: bytes }) as unknown as Blob;
    const gone = await openSource(
      blob(() => Promise.reject(new Error('gone'))),
      { proxied: false },
    );
    await expect(gone.read(5)).rejects.toMatchObject({ code: 'FILE_ACCESS' });
    const short = await openSource(
      blob(async () => new ArrayBuffer(4)),
      { proxied: false },
    );
    await expect(short.read(5)).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
  });
});

describe('isFileSource', () => {
  it.each([null, undefined, '', 5, {}, [], { _: 'inputFile' }, new DataView(new ArrayBuffer(1))])(
    'is not %s',
    (value) => expect(isFileSource(value)).toBe(false),
  );
});
