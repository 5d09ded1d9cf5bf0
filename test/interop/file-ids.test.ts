import {
  parseFileId as parseTheirs,
  parseUniqueFileId as parseTheirUnique,
  tdFileId,
  toFileId,
  toUniqueFileId,
} from '@mtcute/file-id';
import * as fc from 'fast-check';
import Long from 'long';
import { describe, expect, it } from 'vitest';
import {
  FILE_TYPES,
  parseFileId,
  parseUniqueFileId,
  printFileId,
  printUniqueFileId,
  uniqueOf,
  type FileId,
  type FileType,
  type PhotoSource,
} from '../../packages/runtime/src/files/file-id/index.js';
import { RUNS, SEED } from '../support/random.js';
import { fileIds } from '../unit/runtime/files/file-id/arbitrary.js';
import { PUBLISHED } from '../unit/runtime/files/file-id/published.js';

/*
 * mtcute's own codec of file ids, an implementation from TDLib's sources apart from ours. It knows the types 0 … 17 and
 * sub-versions up to 58, and throws for newer ones.
 */

type Theirs = tdFileId.RawFullRemoteFileLocation;
type TheirSource = tdFileId.TypePhotoSizeSource;

const KNOWN = FILE_TYPES.slice(0, 18);
const long = (value: bigint): Long => Long.fromString(String(value));
const OPTIONS = { seed: SEED, numRuns: 400 * RUNS };

/** What mtcute reads in an id that means this. */
function theirs(id: Exclude<FileId, { kind: 'generated' }>): unknown {
  const accessHash = long(id.accessHash);
  return {
    _: 'remoteFileLocation',
    dcId: id.dc,
    type: FILE_TYPES.indexOf(id.type),
    fileReference: id.fileReference ?? null,
    location:
      id.kind === 'web'
        ? { _: 'web', url: id.url, accessHash }
        : id.kind === 'document'
          ? { _: 'common', id: long(id.id), accessHash }
          : { _: 'photo', id: long(id.id), accessHash, source: theirSource(id.source, id.type) },
  };
}

function theirSource(source: PhotoSource, type: FileType): TheirSource {
  switch (source.type) {
    case 'legacy':
      return { _: 'legacy', secret: long(source.secret) };
    case 'thumbnail': {
      const fileType = FILE_TYPES.indexOf(type);
      return { _: 'thumbnail', fileType, thumbnailType: source.size };
    }
    case 'dialog-photo':
      return { _: 'dialogPhoto', big: source.big, ...dialogOf(source) };
    case 'dialog-photo-legacy':
      return { _: 'dialogPhotoLegacy', big: source.big, ...dialogOf(source), ...placeOf(source) };
    case 'sticker-set':
      return { _: 'stickerSetThumbnail', ...setOf(source) };
    case 'sticker-set-legacy':
      return { _: 'stickerSetThumbnailLegacy', ...setOf(source), ...placeOf(source) };
    case 'sticker-set-version':
      return { _: 'stickerSetThumbnailVersion', ...setOf(source), version: source.version };
    default:
      return { _: 'fullLegacy', ...placeOf(source), secret: long(source.secret) };
  }
}

const dialogOf = ({ peer, accessHash }: { peer: bigint; accessHash: bigint }) => ({
  id: Number(peer),
  accessHash: long(accessHash),
});
const setOf = ({ id, accessHash }: { id: bigint; accessHash: bigint }) => ({
  id: long(id),
  accessHash: long(accessHash),
});
const placeOf = ({ volumeId, localId }: { volumeId: bigint; localId: number }) => ({
  volumeId: long(volumeId),
  localId,
});

/** Ids that mtcute has a notion of. */
const shared = fileIds.filter((id): id is Exclude<FileId, { kind: 'generated' }> => {
  if (id.kind === 'generated' || !KNOWN.includes(id.type) || id.type === 'temp') return false;
  if (id.subVersion > 58) return false;
  // It drops a byte order mark.
  if (id.kind === 'web') return !id.url.startsWith('\ufeff');
  if (id.kind !== 'photo') return true;
  const { source } = id;
  // It takes ids of chats for numbers, and local ids for positive ones.
  if ('peer' in source && !Number.isSafeInteger(Number(source.peer))) return false;
  if ('localId' in source && source.localId !== undefined && source.localId < 0) return false;
  // Between 22 and 31 it reads the secret of such photos twice, and gets something else.
  return source.type !== 'full-legacy' || id.subVersion < 22 || id.subVersion >= 32;
});

describe('mtcute and we read the same', () => {
  it('in ids that we print', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(shared, (id) => {
        seen.add(id.kind === 'photo' ? `${id.type} ${id.source.type}` : `${id.kind} ${id.type}`);
        expect(parseTheirs(printFileId(id))).toEqual(theirs(id));
      }),
      OPTIONS,
    );
    expect(seen.size).toBeGreaterThan(40);
  });

  it('in ids that it prints', () => {
    fc.assert(
      fc.property(shared, (id) => {
        // It prints sub-version 58 alone, into 100 bytes, or as many as a URL without a reference takes.
        fc.pre((id.fileReference?.length ?? 0) < (id.kind === 'web' ? 1 : 35));
        const newest = parseFileId(toFileId(theirs(id) as Theirs));
        const asNewest = { ...id, version: 4, subVersion: 58 };
        if (id.kind !== 'photo' || id.source.type !== 'thumbnail') {
          expect(newest).toEqual(asNewest);
        } else {
          const { size } = id.source;
          expect(newest).toEqual({ ...asNewest, source: { type: 'thumbnail', size } });
        }
        expect(printFileId(newest)).toBe(toFileId(theirs(id) as Theirs));
      }),
      OPTIONS,
    );
  });

  it('in the ids that others published', () => {
    for (const { id } of PUBLISHED) {
      const parsed = parseFileId(id);
      if (parsed.kind === 'generated') continue;
      expect(parseTheirs(id)).toEqual(theirs(parsed));
    }
  });

  it('in unique ids, and makes the same of a file', () => {
    fc.assert(
      fc.property(shared, (id) => {
        const source = id.kind === 'photo' ? id.source.type : undefined;
        if (source === 'legacy' || source === 'sticker-set') return;
        const ours = printUniqueFileId(uniqueOf(id));
        expect(toUniqueFileId(theirs(id) as Theirs)).toBe(ours);
        const theirKind = parseTheirUnique(ours).type;
        const kind = parseUniqueFileId(ours).kind;
        const classes = ['web', 'photo', 'document', 'secure', 'encrypted', 'temp'];
        const picture = kind === 'photo-place' || kind === 'sticker-set';
        expect(theirKind).toBe(classes.indexOf(picture ? 'photo' : kind));
      }),
      OPTIONS,
    );
  });
});

describe('what mtcute cannot read', () => {
  it('types since 2021', () => {
    for (const type of FILE_TYPES.slice(18)) {
      const common = { version: 4, subVersion: 58, dc: 2, id: 5n, accessHash: 6n } as const;
      const source = { type: 'full-legacy', volumeId: 1n, secret: 2n, localId: 3 } as const;
      const photo = type === 'photo-story' || type === 'self-destructing-photo';
      const id: FileId = photo
        ? { kind: 'photo', type, ...common, source }
        : ({ kind: 'document', type, ...common } as FileId);
      expect(parseFileId(printFileId(id))).toEqual(id);
      expect(() => parseTheirs(printFileId(id))).toThrow('Unsupported file type');
    }
  });

  it('sub-versions after its own', () => {
    const id = printFileId(parseFileId('CAADBAADwwADmFmqDf6xBrPTReqHAg'), { version: 4 });
    expect(parseFileId(id)).toMatchObject({ subVersion: 61 });
    expect(() => parseTheirs(id)).toThrow('Unsupported');
  });

  it('numbers its types as we do', () => {
    expect(KNOWN).toHaveLength(tdFileId.FileType.Size);
    const { FileType: T } = tdFileId;
    expect(KNOWN.indexOf('voice')).toBe(T.VoiceNote);
    expect(KNOWN.indexOf('video-note')).toBe(T.VideoNote);
    expect(KNOWN.indexOf('secure-decrypted')).toBe(T.SecureRaw);
    expect(KNOWN.indexOf('secure-encrypted')).toBe(T.Secure);
    expect(KNOWN.indexOf('document-as-file')).toBe(T.DocumentAsFile);
  });
});
