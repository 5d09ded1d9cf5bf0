import { badFileId } from './bad-file-id.js';
import { BodyReader } from './body-reader.js';
import { BodyWriter } from './body-writer.js';
import { FILE_TYPES, isPhotoType, type FileType } from './file-types.js';
import { printGenerated, readGenerated } from './generated-file-id.js';
import { readPhotoSource, writePhotoSource } from './photo-source.js';
import { fromText, packZeros, toText, unpackZeros } from './text-form.js';
import type { FileId, PrintFileIdOptions } from './types.js';

/** What ids are written with: TDLib's own count of its storage formats, at the time of this file. */
export const CURRENT_SUB_VERSION = 61;

const WITHOUT_SUB_VERSION = 2;
const GENERATED = 3;
const WITH_SUB_VERSION = 4;

const WEB = 1 << 24;
const HAS_REFERENCE = 1 << 25;
/** A reference that only says: the one there was is known to be wrong. */
const WRONG_REFERENCE = 0x23;

const WHAT = 'file id';

/**
 * Takes a Bot API `file_id` apart: all types and layouts that TDLib has written since 2015, with padding or without.
 * Sub-versions that are newer than this library are read in the newest layout it knows; what does not fit to the last
 * byte is refused.
 *
 * A parsed id is no promise that the file can be fetched: access hashes are good for one account, references expire.
 *
 * @throws FileError `BAD_FILE_ID`, and nothing else, whatever the string.
 */
export function parseFileId(id: string): FileId {
  const data = fromText(id, WHAT);
  const version = data[data.length - 1];
  switch (version) {
    case WITHOUT_SUB_VERSION:
      return readRemote(data.subarray(0, -1), version, 0);
    case GENERATED:
      return readGenerated(new BodyReader(unpackZeros(data.subarray(0, -1), WHAT), WHAT));
    case WITH_SUB_VERSION: {
      const subVersion = data[data.length - 2];
      if (subVersion === undefined) throw badFileId('The file id is cut off: it has no content');
      return readRemote(data.subarray(0, -2), version, subVersion);
    }
    default:
      throw badFileId(
        `The file id is of version ${version}: known are 2, 3 and 4. It may be incomplete, ` +
          `or a file_unique_id, which names a file and cannot fetch it`,
      );
  }
}

function readRemote(packed: Uint8Array, version: 2 | 4, subVersion: number): FileId {
  const reader = new BodyReader(unpackZeros(packed, WHAT), WHAT);
  const head = reader.int('type');
  const type = FILE_TYPES[head & ~(WEB | HAS_REFERENCE)];
  if (!type) {
    throw badFileId(
      `The file id is of file type ${head & ~(WEB | HAS_REFERENCE)}: known are 0 to ${FILE_TYPES.length - 1}`,
    );
  }
  const dc = reader.int('data center');
  const fileReference = head & HAS_REFERENCE ? readReference(reader) : undefined;
  const common = { version, subVersion, dc, fileReference };
  const id = (head & WEB) === 0 ? readPlace(reader, type, common) : readWeb(reader, type, common);
  reader.end();
  return id;
}

type Common = Pick<
  Exclude<FileId, { kind: 'generated' }>,
  'version' | 'subVersion' | 'dc' | 'fileReference'
>;

function readReference(reader: BodyReader): Uint8Array | undefined {
  const reference = reader.bytes('file reference');
  const wrong = reference.length === 1 && reference[0] === WRONG_REFERENCE;
  return reference.length === 0 || wrong ? undefined : reference;
}

function readWeb(reader: BodyReader, type: FileType, common: Common): FileId {
  const url = reader.string('URL');
  return { kind: 'web', type, ...common, url, accessHash: reader.long('access hash') };
}

function readPlace(reader: BodyReader, type: FileType, common: Common): FileId {
  const id = reader.long('id');
  const accessHash = reader.long('access hash');
  if (!isPhotoType(type)) return { kind: 'document', type, ...common, id, accessHash };
  const source = readPhotoSource(reader, type, common.subVersion);
  return { kind: 'photo', type, ...common, id, accessHash, source };
}

/**
 * Writes a Bot API `file_id`, as TDLib does: `printFileId(parseFileId(id))` gives `id` again, but without padding, and
 * without a file reference that said no more than that it was wrong.
 *
 * @throws FileError `BAD_FILE_ID` when a field has no such value, or the version no way to say it.
 */
export function printFileId(id: FileId, options: PrintFileIdOptions = {}): string {
  if (id.kind === 'generated') {
    return toText(Uint8Array.from([...packZeros(printGenerated(id)), GENERATED]));
  }
  const version = options.version ?? id.version;
  const subVersion = subVersionFor(id, version, options.subVersion);
  const reference = id.fileReference?.length ? id.fileReference : undefined;
  const type: number = FILE_TYPES.indexOf(id.type);
  if (type < 0) throw badFileId('There is no such type of files');
  const writer = new BodyWriter();
  writer.int(type | (id.kind === 'web' ? WEB : 0) | (reference ? HAS_REFERENCE : 0), 'type');
  writer.int(id.dc, 'data center');
  if (reference) writer.bytes(reference, 'file reference');
  if (id.kind === 'web') writer.string(id.url, 'URL');
  else writer.long(id.id, 'id');
  writer.long(id.accessHash, 'access hash');
  if (id.kind === 'photo') writePhotoSource(writer, id.source, id.type, subVersion);
  const packed = packZeros(writer.finish());
  if (version === WITH_SUB_VERSION) packed.push(subVersion);
  packed.push(version);
  return toText(Uint8Array.from(packed));
}

function subVersionFor(id: Common, version: number, wanted: number | undefined): number {
  if (version === WITHOUT_SUB_VERSION) {
    if (!wanted) return 0;
    throw badFileId('File ids of version 2 have no sub-version');
  }
  if (version !== WITH_SUB_VERSION) throw badFileId('File ids are written in version 2 or 4');
  const own = id.version === version ? id.subVersion : CURRENT_SUB_VERSION;
  const subVersion = wanted ?? own;
  if (!Number.isInteger(subVersion) || subVersion < 0 || subVersion > 255) {
    throw badFileId('The sub-version of a file id is a number from 0 to 255');
  }
  return subVersion;
}
