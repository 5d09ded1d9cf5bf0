import * as fc from 'fast-check';
import type {
  FileId,
  UniqueFileId,
} from '../../../../../packages/runtime/src/files/file-id/index.js';
import {
  FILE_TYPES,
  isPhotoType,
  type DocumentFileType,
  type PhotoFileType,
} from '../../../../../packages/runtime/src/files/file-id/file-types.js';
import type { PhotoSource } from '../../../../../packages/runtime/src/files/file-id/types.js';

/** Longs with many zero bytes among them: those are what ids write in short. */
const long = fc.oneof(
  fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
  fc.bigInt({ min: -1n, max: 300n }),
  fc.constantFrom(1n << 62n, 1n << 40n, -(1n << 63n)),
);
const int = fc.oneof(fc.integer(), fc.integer({ min: -1, max: 300 }));
const letter = fc.constantFrom(...'smxywabcdijuvpf');
const reference = fc.option(
  fc.oneof(
    fc.uint8Array({ minLength: 2, maxLength: 40 }),
    fc.uint8Array({ minLength: 250, maxLength: 300 }),
    fc.constant(new Uint8Array(1000)),
  ),
  { nil: undefined },
);
const text = fc.string({ unit: fc.constantFrom(...'/:.#aé€😀\0\ufeff'), maxLength: 300 });

const place = { volumeId: long, localId: int };
const set = { id: long, accessHash: long };
const dialog = { big: fc.boolean(), peer: long, accessHash: long };
const only = fc.constant;

const fullLegacy = fc.record({ type: only('full-legacy' as const), ...place, secret: long });
const legacy = fc.record({ type: only('legacy' as const), secret: long });

/** Sources of a type of files in the layout of a sub-version. */
export function sources(type: PhotoFileType, subVersion: number): fc.Arbitrary<PhotoSource> {
  if (subVersion < 22) return fullLegacy;
  const old = subVersion < 32;
  const any: fc.Arbitrary<PhotoSource>[] = old ? [fullLegacy] : [fullLegacy, legacy];
  if (type === 'profile-photo') {
    any.push(fc.record({ type: only('dialog-photo-legacy' as const), ...dialog, ...place }));
    if (!old) any.push(fc.record({ type: only('dialog-photo' as const), ...dialog }));
  } else if (type !== 'wallpaper') {
    const size = { type: only('thumbnail' as const), size: letter };
    any.push(old ? fc.record({ ...size, ...place }) : fc.record(size));
  }
  if (type === 'thumbnail') {
    any.push(fc.record({ type: only('sticker-set-legacy' as const), ...set, ...place }));
    if (!old) {
      any.push(fc.record({ type: only('sticker-set' as const), ...set }));
      any.push(fc.record({ type: only('sticker-set-version' as const), ...set, version: int }));
    }
  }
  return fc.oneof(...any);
}

const versions = fc.oneof(
  fc.record({ version: only(2 as const), subVersion: only(0) }),
  fc.record({
    version: only(4 as const),
    subVersion: fc.oneof(
      fc.constantFrom(0, 1, 21, 22, 27, 30, 31, 32, 34, 54, 61),
      fc.nat({ max: 255 }),
    ),
  }),
);

const photoTypes = FILE_TYPES.filter(isPhotoType);
const documentTypes = FILE_TYPES.filter((type): type is DocumentFileType => !isPhotoType(type));

const photo = fc.tuple(fc.constantFrom(...photoTypes), versions).chain(([type, version]) =>
  fc.record({
    kind: only('photo' as const),
    type: only(type),
    version: only(version.version),
    subVersion: only(version.subVersion),
    dc: int,
    fileReference: reference,
    id: long,
    accessHash: long,
    source: sources(type, version.subVersion),
  }),
);
const document = versions.chain(({ version, subVersion }) =>
  fc.record({
    kind: only('document' as const),
    type: fc.constantFrom(...documentTypes),
    version: only(version),
    subVersion: only(subVersion),
    dc: int,
    fileReference: reference,
    id: long,
    accessHash: long,
  }),
);
const web = versions.chain(({ version, subVersion }) =>
  fc.record({
    kind: only('web' as const),
    type: fc.constantFrom(...FILE_TYPES),
    version: only(version),
    subVersion: only(subVersion),
    dc: int,
    fileReference: reference,
    url: text,
    accessHash: long,
  }),
);
const generated = fc.record({
  kind: only('generated' as const),
  version: only(3 as const),
  type: fc.constantFrom('thumbnail' as const, 'encrypted-thumbnail' as const),
  path: text,
  conversion: text,
});

/** Ids of all kinds, types, sources and versions. */
export const fileIds: fc.Arbitrary<FileId> = fc.oneof(photo, document, web, generated);

/** Unique ids of all kinds. */
export const uniqueIds: fc.Arbitrary<UniqueFileId> = fc.oneof(
  fc.record({ kind: only('web' as const), url: text }),
  fc.record({
    kind: fc.constantFrom(
      'document' as const,
      'secure' as const,
      'encrypted' as const,
      'temp' as const,
    ),
    id: long,
  }),
  fc.record({ kind: only('photo' as const), id: long, size: letter }),
  fc.record({ kind: only('sticker-set' as const), id: long, version: int }),
  fc.record({ kind: only('photo-place' as const), ...place }),
  generated.map(({ kind, type, path, conversion }) => ({ kind, type, path, conversion })),
);
