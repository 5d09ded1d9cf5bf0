import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FILE_TYPES,
  parseFileId,
  parseUniqueFileId,
  printFileId,
  printUniqueFileId,
  uniqueOf,
  type FileId,
} from '../../../../../packages/runtime/src/files/file-id/index.js';
import { isPhotoType } from '../../../../../packages/runtime/src/files/file-id/file-types.js';
import { RUNS, SEED } from '../../../../support/random.js';
import { fileIds, sources, uniqueIds } from './arbitrary.js';

const OPTIONS = { seed: SEED, numRuns: 300 * RUNS };

describe('file ids come back as they went', () => {
  it('ids of all kinds, types, sources and versions', () => {
    fc.assert(
      fc.property(fileIds, (id) => {
        const text = printFileId(id);
        expect(text).toMatch(/^[\w-]+$/);
        expect(parseFileId(text)).toEqual(id);
        expect(printFileId(parseFileId(text))).toBe(text);
      }),
      OPTIONS,
    );
  });

  it('each type, source and sub-version by itself', () => {
    for (const type of FILE_TYPES) {
      for (const subVersion of [0, 21, 22, 31, 32, 61]) {
        const common = { type, version: 4, subVersion, dc: 2, id: 5n, accessHash: -7n } as const;
        if (!isPhotoType(type)) {
          const id: FileId = { kind: 'document', ...common, type };
          expect(parseFileId(printFileId(id))).toEqual(id);
          continue;
        }
        const seen = new Set<string>();
        for (const source of fc.sample(sources(type, subVersion), { seed: SEED, numRuns: 60 })) {
          const id: FileId = { kind: 'photo', ...common, type, source };
          expect(parseFileId(printFileId(id))).toEqual(id);
          seen.add(source.type);
        }
        if (type === 'thumbnail' && subVersion === 61) expect(seen.size).toBe(6);
      }
    }
  });

  it('unique ids of all kinds', () => {
    fc.assert(
      fc.property(uniqueIds, (id) => {
        const text = printUniqueFileId(id);
        expect(parseUniqueFileId(text)).toEqual(id);
        expect(printUniqueFileId(parseUniqueFileId(text))).toBe(text);
      }),
      OPTIONS,
    );
  });

  it('a unique id does not depend on version, reference and access hash', () => {
    fc.assert(
      fc.property(fileIds, (id) => {
        if (id.kind === 'generated' || id.kind === 'photo') return;
        const other: FileId = { ...id, version: 2, subVersion: 0, accessHash: 1n, dc: 1 };
        const same = parseFileId(printFileId({ ...other, fileReference: undefined }));
        expect(uniqueOf(same)).toEqual(uniqueOf(id));
      }),
      OPTIONS,
    );
  });
});

describe('versions', () => {
  const sticker = parseFileId(
    'CAACAgQAAxkBAAIC4l9CWDGzVUcDejU0TETLWbOdfsCoAALDAAOYWaoN_rEGs9NF6ocbBA',
  );

  it('an id is written in another version on request', () => {
    // luckydonald/telegram_file_id tests/api_utils_tests.py has the same sticker in all three.
    const old = { ...sticker, fileReference: undefined } as FileId;
    expect(printFileId(old, { version: 2 })).toBe('CAADBAADwwADmFmqDf6xBrPTReqHAg');
    expect(printFileId(old, { subVersion: 22 })).toBe('CAADBAADwwADmFmqDf6xBrPTReqHFgQ');
    expect(parseFileId(printFileId(old, { version: 2 }))).toMatchObject({
      version: 2,
      subVersion: 0,
    });
  });

  it('an old id is written anew in the newest', () => {
    const old = parseFileId('CAADBAADwwADmFmqDf6xBrPTReqHAg');
    expect(parseFileId(printFileId(old, { version: 4 }))).toMatchObject({
      version: 4,
      subVersion: 61,
    });
  });

  it('a thumbnail leaves its place behind', () => {
    const old = parseFileId('AgADAgADRaoxG64rCUlfm3fj3nihW3PHUQ8ABAEAAwIAA3gAA2uwAQABFgQ');
    const upgraded = parseFileId(printFileId(old, { subVersion: 61 }));
    expect(upgraded).toMatchObject({ source: { type: 'thumbnail', size: 'x' } });
    expect(upgraded).not.toHaveProperty('source.volumeId');
    expect(uniqueOf(upgraded)).toEqual(uniqueOf(old));
  });

  it('what the 2018 form cannot say is an error', () => {
    const photo = parseFileId(
      'AgACAgUAAxkBAAMRaH8qXw-VQSGAG4X4VoCg9A5nE50AAvLGMRtBGPlXGt4-FX4l2_oBAAMCAANzAAM2BA',
    );
    const bad = expect.objectContaining({ name: 'FileError', code: 'BAD_FILE_ID' });
    expect(() => printFileId(photo, { version: 2 })).toThrow(bad);
    expect(() => printFileId(photo, { version: 2 })).toThrow(/volume, secret and local id/);
    expect(() => printFileId(photo, { subVersion: 30 })).toThrow(bad);
    expect(() => printFileId(sticker, { version: 2, subVersion: 5 })).toThrow(bad);
    expect(() => printFileId(sticker, { subVersion: 256 })).toThrow(bad);
    expect(() => printFileId(sticker, { subVersion: 1.5 })).toThrow(bad);
  });

  it.each([
    { ...sticker, dc: 2 ** 31 },
    { ...sticker, dc: Number.NaN },
    { ...sticker, id: 1n << 63n },
    { ...sticker, type: 'picture' },
    { ...sticker, version: 5 },
    { ...sticker, accessHash: 7 },
    { ...sticker, kind: 'web', url: 'x'.repeat(9000) },
    { ...sticker, fileReference: new Uint8Array(9000) },
    { ...sticker, kind: 'photo', type: 'photo', source: { type: 'nowhere' } },
    { ...sticker, kind: 'photo', type: 'photo', source: { type: 'thumbnail', size: 'xx' } },
    { ...sticker, kind: 'photo', type: 'photo', source: { type: 'thumbnail', size: 'ж' } },
    { ...sticker, kind: 'photo', type: 'wallpaper', source: { type: 'thumbnail', size: 'x' } },
    { kind: 'generated', version: 3, type: 'photo', path: '', conversion: '' },
  ])('fields without such values are refused: %#', (id) => {
    expect(() => printFileId(id as unknown as FileId)).toThrow(
      expect.objectContaining({ name: 'FileError', code: 'BAD_FILE_ID' }),
    );
  });
});
