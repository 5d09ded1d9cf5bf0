import { badFileId } from './bad-file-id.js';
import { BodyReader } from './body-reader.js';
import { BodyWriter } from './body-writer.js';
import { UNIQUE_CLASSES, uniqueClassOf } from './file-types.js';
import { printGenerated, readGenerated } from './generated-file-id.js';
import { letterOf, sizeOf } from './source-rules.js';
import { fromText, packZeros, toText, unpackZeros } from './text-form.js';
import type { FileId, PhotoFileId, UniqueFileId } from './types.js';

const WHAT = 'file_unique_id';
/** Stands before the content of a generated file, where others have the number of their class. */
const GENERATED = 0xff;
/** Bytes of what follows the class, by which the ways to name a picture are told apart. */
const PHOTO_BYTES = 9;
const PLACE_BYTES = 12;
const SET_BYTES = 13;
/** Stands before the number of a sticker set. */
const SET_MARK = 2;

/**
 * Takes a Bot API `file_unique_id` apart.
 *
 * @throws FileError `BAD_FILE_ID`, and nothing else, whatever the string.
 */
export function parseUniqueFileId(id: string): UniqueFileId {
  const body = unpackZeros(fromText(id, WHAT), WHAT);
  if (body[0] === GENERATED) {
    const { kind, type, path, conversion } = readGenerated(new BodyReader(body.subarray(1), WHAT));
    return { kind, type, path, conversion };
  }
  const reader = new BodyReader(body, WHAT);
  const unique = readClass(reader);
  reader.end();
  return unique;
}

function readClass(reader: BodyReader): UniqueFileId {
  const number = reader.int('class');
  const kind = UNIQUE_CLASSES[number];
  switch (kind) {
    case undefined:
      throw badFileId(
        `The ${WHAT} is of class ${number}: known are 0 to ${UNIQUE_CLASSES.length - 1}`,
      );
    case 'web':
      return { kind, url: reader.string('URL') };
    case 'photo':
      return readPhoto(reader);
    default:
      return { kind, id: reader.long('id') };
  }
}

function readPhoto(reader: BodyReader): UniqueFileId {
  switch (reader.left) {
    case PHOTO_BYTES: {
      const id = reader.long('id');
      return { kind: 'photo', id, size: sizeFrom(reader.byte('letter of the size')) };
    }
    case PLACE_BYTES: {
      const volumeId = reader.long('volume id');
      return { kind: 'photo-place', volumeId, localId: reader.int('local id') };
    }
    case SET_BYTES: {
      const mark = reader.byte('mark');
      if (mark !== SET_MARK)
        throw badFileId(`The ${WHAT} of a photo begins with an unknown ${mark}`);
      const id = reader.long('sticker set id');
      return { kind: 'sticker-set', id, version: reader.int('thumbnail version') };
    }
    default:
      throw badFileId(`No ${WHAT} of a photo has ${reader.left} bytes after its class`);
  }
}

/** The small and the big picture of users and chats come first; other letters stand 5 higher. */
const SHIFT = 5;

function sizeFrom(byte: number): string {
  if (byte === 0) return 'a';
  if (byte === 1) return 'c';
  return sizeOf(byte - SHIFT);
}

function sizeByte(size: string): number {
  if (size === 'a') return 0;
  return size === 'c' ? 1 : letterOf(size) + SHIFT;
}

/**
 * Writes a Bot API `file_unique_id`, as TDLib does.
 *
 * @throws FileError `BAD_FILE_ID` when a field has no such value.
 */
export function printUniqueFileId(id: UniqueFileId): string {
  const body = id.kind === 'generated' ? [GENERATED, ...printGenerated(id)] : writeUnique(id);
  return toText(Uint8Array.from(packZeros(Uint8Array.from(body))));
}

function writeUnique(id: Exclude<UniqueFileId, { kind: 'generated' }>): Uint8Array {
  const writer = new BodyWriter();
  const photo = id.kind === 'photo-place' || id.kind === 'sticker-set';
  const number: number = UNIQUE_CLASSES.indexOf(photo ? 'photo' : id.kind);
  if (number < 0) throw badFileId('There is no such kind of unique ids');
  writer.int(number, 'class');
  switch (id.kind) {
    case 'web':
      writer.string(id.url, 'URL');
      break;
    case 'photo':
      writer.long(id.id, 'id');
      writer.byte(sizeByte(id.size));
      break;
    case 'photo-place':
      writer.long(id.volumeId, 'volume id');
      writer.int(id.localId, 'local id');
      break;
    case 'sticker-set':
      writer.byte(SET_MARK);
      writer.long(id.id, 'sticker set id');
      writer.int(id.version, 'thumbnail version');
      break;
    default:
      writer.long(id.id, 'id');
  }
  return writer.finish();
}

/**
 * The unique id of a file that an id names: today's form, which differs from the one that programs gave to pictures
 * before 2021.
 *
 * @throws FileError `BAD_FILE_ID` for the two forms of ids that name no place and no version of their picture.
 */
export function uniqueOf(id: FileId): UniqueFileId {
  switch (id.kind) {
    case 'generated': {
      const { kind, type, path, conversion } = id;
      return { kind, type, path, conversion };
    }
    case 'web':
      return { kind: 'web', url: id.url };
    case 'photo':
      return uniquePhoto(id);
    default:
      return { kind: uniqueClassOf(id.type), id: id.id };
  }
}

function uniquePhoto({ id, source }: PhotoFileId): UniqueFileId {
  switch (source.type) {
    case 'thumbnail':
      return { kind: 'photo', id, size: source.size };
    case 'dialog-photo':
      return { kind: 'photo', id, size: source.big ? 'c' : 'a' };
    case 'full-legacy':
    case 'dialog-photo-legacy':
    case 'sticker-set-legacy':
      return { kind: 'photo-place', volumeId: source.volumeId, localId: source.localId };
    case 'sticker-set-version':
      return { kind: 'sticker-set', id: source.id, version: source.version };
    default:
      throw badFileId(`A picture that is named by ${source.type} has no ${WHAT}`);
  }
}
