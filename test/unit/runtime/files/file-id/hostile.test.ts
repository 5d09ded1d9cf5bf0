import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileError } from '../../../../../packages/runtime/src/files/errors.js';
import {
  inputLocationOf,
  inputMediaOfFileId,
  parseFileId,
  parseInlineMessageId,
  parseUniqueFileId,
  printFileId,
  printUniqueFileId,
  uniqueOf,
} from '../../../../../packages/runtime/src/files/file-id/index.js';
import {
  MAX_BODY,
  packZeros,
  toText,
  unpackZeros,
} from '../../../../../packages/runtime/src/files/file-id/text-form.js';
import { schema } from '@tlgen/telegram/schema';
import { RUNS, SEED } from '../../../../support/random.js';
import { fileIds, uniqueIds } from './arbitrary.js';
import { PUBLISHED } from './published.js';

const OPTIONS = { seed: SEED, numRuns: 400 * RUNS };

/** Everything that can be done with an id that came from elsewhere. */
const USES: readonly ((id: string) => unknown)[] = [
  (id) => printFileId(parseFileId(id)),
  (id) => printUniqueFileId(uniqueOf(parseFileId(id))),
  (id) => inputLocationOf(schema, id),
  (id) => inputMediaOfFileId(schema, id),
  (id) => printUniqueFileId(parseUniqueFileId(id)),
  (id) => parseInlineMessageId(schema, id),
];

/** Works, or is a `FileError` that tells why. */
function survives(id: string): void {
  for (const use of USES) {
    try {
      use(id);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const { code, message } = error;
      const told = message.length > 20 && message.length < 400;
      if (!told || (code !== 'BAD_FILE_ID' && code !== 'UNSUPPORTED')) throw error;
    }
  }
}

/** Of ids, near them, and far from them: half of a surrogate pair too. */
const LETTERS = [...'AAAABCDgwxyz0189__--==+/ .é\0😀', '\ud800'];

const good = fc.oneof(
  fc.constantFrom(...PUBLISHED.map(({ id }) => id)),
  fileIds.map((id) => printFileId(id)),
  uniqueIds.map(printUniqueFileId),
);

describe('whatever the string, an id or a FileError', () => {
  it('any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 60 }), survives),
      OPTIONS,
    );
  });

  it('any bytes in base64', () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(bytes, (data) => survives(toText(data))),
      OPTIONS,
    );
  });

  it('any content behind a valid head', () => {
    const types = fc.tuple(fc.nat({ max: 30 }), fc.constantFrom(0, 1, 2, 3));
    const body = fc.tuple(
      types,
      fc.uint8Array({ maxLength: 90 }),
      fc.nat({ max: 70 }),
      fc.nat({ max: 5 }),
    );
    fc.assert(
      fc.property(body, ([[type, flags], data, subVersion, version]) => {
        const packed = packZeros(Uint8Array.from([type, 0, 0, flags, 2, 0, 0, 0, ...data]));
        survives(toText(Uint8Array.from([...packed, subVersion, version])));
      }),
      OPTIONS,
    );
  });

  it('good ids with a changed, lost or added byte', () => {
    const change = fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }), how: fc.nat({ max: 3 }) });
    fc.assert(
      fc.property(good, fc.array(change, { minLength: 1, maxLength: 3 }), (id, changes) => {
        const data = [...Buffer.from(id, 'base64url')];
        for (const { at, byte, how } of changes) {
          const index = at % (data.length + 1);
          if (how === 0) data.splice(index, 1, byte);
          else if (how === 1) data.splice(index, 1);
          else if (how === 2) data.splice(index, 0, byte);
          else data.length = index;
        }
        survives(toText(Uint8Array.from(data)));
      }),
      OPTIONS,
    );
  });

  it('every beginning of a good id is refused', () => {
    for (const { id } of PUBLISHED) {
      for (let length = 0; length < id.length; length++) {
        expect(() => parseFileId(id.slice(0, length))).toThrow(FileError);
      }
    }
  });

  it.each([undefined, null, 5, {}, new Uint8Array(3)])('%s is no string', (value) => {
    const bad = expect.objectContaining({ code: 'BAD_FILE_ID' });
    expect(() => parseFileId(value as unknown as string)).toThrow(bad);
    expect(() => parseUniqueFileId(value as unknown as string)).toThrow(bad);
    expect(() => parseInlineMessageId(schema, value as unknown as string)).toThrow(bad);
  });

  it('says what is wrong', () => {
    expect(() => parseFileId('')).toThrow('URL-safe base64');
    expect(() => parseFileId('AAAA+/==')).toThrow('URL-safe base64');
    expect(() => parseFileId('AgADegAD997LEQ')).toThrow(/file_unique_id/);
    expect(() => parseFileId('BA')).toThrow('no content');
    expect(() => parseFileId('x'.repeat(20_000))).toThrow('too many');
    expect(() => parseFileId('AgAF')).toThrow('version 5');
    expect(() => parseFileId('BQADAj0E')).toThrow('ends before its data center');
  });

  it('bits beyond the last byte are refused', () => {
    // The last character holds two bits of the last byte.
    expect(() => parseFileId('CAADBAADwwADmFmqDf6xBrPTReqHAg')).not.toThrow();
    expect(() => parseFileId('CAADBAADwwADmFmqDf6xBrPTReqHAh')).toThrow(FileError);
    expect(() => parseFileId('CAADBAADwwADmFmqDf6xBrPTReqHAg=')).toThrow(FileError);
  });
});

it('a picture that is named in a way in which its type never is', () => {
  const dialog = { type: 'dialog-photo', big: true, peer: 5n, accessHash: 6n } as const;
  const common = {
    kind: 'photo',
    version: 4,
    subVersion: 61,
    dc: 2,
    id: 1n,
    accessHash: 2n,
  } as const;
  const good = printFileId({ ...common, type: 'profile-photo', source: dialog });
  const refused = expect.objectContaining({ name: 'FileError', code: 'BAD_FILE_ID' });
  expect(() => printFileId({ ...common, type: 'photo', source: dialog })).toThrow(refused);
  const bytes = Buffer.from(good, 'base64url');
  // The type: a photo.
  bytes[0] = 2;
  expect(parseFileId(good)).toMatchObject({ type: 'profile-photo' });
  expect(() => parseFileId(bytes.toString('base64url'))).toThrow(refused);
});

describe('runs of zeros', () => {
  it.each([0, 1, 2, 249, 250, 251, 255, 256, 500, 501, 1000, MAX_BODY])('%i zeros', (count) => {
    for (const around of [[], [7]]) {
      const bytes = Uint8Array.from([...around, ...new Uint8Array(count), ...around]).slice(
        0,
        MAX_BODY,
      );
      const packed = packZeros(bytes);
      for (let i = 0; i < packed.length; i++) {
        if (packed[i] === 0) expect(packed[++i]).toBeLessThanOrEqual(250);
      }
      expect(unpackZeros(Uint8Array.from(packed), 'file id')).toEqual(bytes);
    }
  });

  it('runs that others write are read: longer ones, and several in a row', () => {
    expect(unpackZeros(Uint8Array.of(0, 255, 1), 'x')).toHaveLength(256);
    expect(unpackZeros(Uint8Array.of(0, 1, 0, 2, 9), 'x')).toEqual(Uint8Array.of(0, 0, 0, 9));
  });

  it('runs without a length are refused', () => {
    expect(() => unpackZeros(Uint8Array.of(1, 0), 'file id')).toThrow('no length');
    expect(() => unpackZeros(Uint8Array.of(1, 0, 0, 1), 'file id')).toThrow('no length');
  });

  it('a small id cannot become a large one', () => {
    const bomb = new Uint8Array(8000).map((_, i) => (i % 2 === 0 ? 0 : 255));
    expect(() => unpackZeros(bomb, 'file id')).toThrow(/1020000 bytes: 8192 is the limit/);
    expect(() => parseFileId(toText(Uint8Array.from([...bomb, 61, 4])))).toThrow(FileError);
  });

  it('the longest id that is written can be read', () => {
    // Every second byte a zero: the worst case.
    const url = 'a\0'.repeat(4074);
    const id = {
      kind: 'web',
      type: 'photo',
      version: 4,
      subVersion: 61,
      dc: 0,
      url,
      accessHash: 0n,
    } as const;
    expect(parseFileId(printFileId(id))).toEqual(id);
  });
});
