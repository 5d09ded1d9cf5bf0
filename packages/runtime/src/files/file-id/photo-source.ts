import { badFileId } from './bad-file-id.js';
import type { BodyReader } from './body-reader.js';
import type { BodyWriter } from './body-writer.js';
import { FILE_TYPES, type PhotoFileType } from './file-types.js';
import { checkSource, letterOf, sizeOf } from './source-rules.js';
import type { PhotoSource } from './types.js';

/** From here on sources stand between the volume and the local id; before, there were none. */
const WITH_SOURCE = 22;
/** From here on there are no volume and local id around the source. */
const SOURCE_ALONE = 32;

/** Numbers of the sources; two of each picture of a dialog, for the small and the big one. */
const KIND = {
  legacy: 0,
  thumbnail: 1,
  'dialog-photo': 2,
  'sticker-set': 4,
  'full-legacy': 5,
  'dialog-photo-legacy': 6,
  'sticker-set-legacy': 8,
  'sticker-set-version': 9,
} as const satisfies Record<PhotoSource['type'], number>;

/** Reads which picture a photo's id means, in the layout of its sub-version. */
export function readPhotoSource(
  reader: BodyReader,
  type: PhotoFileType,
  subVersion: number,
): PhotoSource {
  const source = readLayout(reader, type, subVersion);
  checkSource(source, type);
  return source;
}

function readLayout(reader: BodyReader, type: PhotoFileType, subVersion: number): PhotoSource {
  if (subVersion >= SOURCE_ALONE) return readSource(reader, type);
  const volumeId = reader.long('volume id');
  if (subVersion < WITH_SOURCE) {
    const secret = reader.long('secret');
    return { type: 'full-legacy', volumeId, secret, localId: reader.int('local id') };
  }
  const source = readSource(reader, type);
  const localId = reader.int('local id');
  switch (source.type) {
    case 'legacy':
      return { type: 'full-legacy', volumeId, secret: source.secret, localId };
    case 'thumbnail':
      return { ...source, volumeId, localId };
    case 'dialog-photo':
      return { ...source, type: 'dialog-photo-legacy', volumeId, localId };
    case 'sticker-set':
      return { ...source, type: 'sticker-set-legacy', volumeId, localId };
    case 'full-legacy':
      return source;
    default:
      throw badFileId(`The file id is damaged: sub-version ${subVersion} had no ${source.type}`);
  }
}

function readSource(reader: BodyReader, type: PhotoFileType): PhotoSource {
  const kind = reader.int('photo source');
  switch (kind) {
    case 0:
      return { type: 'legacy', secret: reader.long('secret') };
    case 1: {
      const inside = reader.int('type of the thumbnail');
      if (FILE_TYPES[inside] !== type) {
        throw badFileId(`The file id is damaged: it is of a ${type}, and inside of type ${inside}`);
      }
      return { type: 'thumbnail', size: sizeOf(reader.int('letter of the size')) };
    }
    case 2:
    case 3:
      return { type: 'dialog-photo', big: kind === 3, ...readDialog(reader) };
    case 4:
      return { type: 'sticker-set', ...readSet(reader) };
    case 5: {
      const volumeId = reader.long('volume id');
      const secret = reader.long('secret');
      return { type: 'full-legacy', volumeId, secret, localId: reader.int('local id') };
    }
    case 6:
    case 7: {
      const dialog = readDialog(reader);
      return { type: 'dialog-photo-legacy', big: kind === 7, ...dialog, ...readPlace(reader) };
    }
    case 8:
      return { type: 'sticker-set-legacy', ...readSet(reader), ...readPlace(reader) };
    case 9: {
      const set = readSet(reader);
      return { type: 'sticker-set-version', ...set, version: reader.int('thumbnail version') };
    }
    default:
      throw badFileId(`The file id names its picture in a way that is not known: source ${kind}`);
  }
}

function readDialog(reader: BodyReader): { peer: bigint; accessHash: bigint } {
  const peer = reader.long('chat id');
  return { peer, accessHash: reader.long('access hash of the chat') };
}

function readSet(reader: BodyReader): { id: bigint; accessHash: bigint } {
  const id = reader.long('sticker set id');
  return { id, accessHash: reader.long('access hash of the sticker set') };
}

function readPlace(reader: BodyReader): { volumeId: bigint; localId: number } {
  const volumeId = reader.long('volume id');
  return { volumeId, localId: reader.int('local id') };
}

/** Writes which picture a photo's id means, in the layout of its sub-version. */
export function writePhotoSource(
  writer: BodyWriter,
  source: PhotoSource,
  type: PhotoFileType,
  subVersion: number,
): void {
  checkSource(source, type);
  if (subVersion >= SOURCE_ALONE) {
    writeSource(writer, source, type);
    return;
  }
  const old = sourceBefore32(source, subVersion);
  writer.long(old.volumeId, 'volume id');
  if (subVersion >= WITH_SOURCE) writeSource(writer, old.source, type);
  else if (old.source.type === 'legacy') writer.long(old.source.secret, 'secret');
  else throw notIn(source, subVersion);
  writer.int(old.localId, 'local id');
}

interface PlacedSource {
  readonly volumeId: bigint;
  readonly source: PhotoSource;
  readonly localId: number;
}

/** What stood where between sub-versions 22 and 31. */
function sourceBefore32(source: PhotoSource, subVersion: number): PlacedSource {
  switch (source.type) {
    case 'full-legacy': {
      const { volumeId, secret, localId } = source;
      return { volumeId, source: { type: 'legacy', secret }, localId };
    }
    case 'thumbnail': {
      const { volumeId, localId } = source;
      if (volumeId === undefined || localId === undefined) throw notIn(source, subVersion);
      return { volumeId, source, localId };
    }
    case 'dialog-photo-legacy': {
      const { volumeId, localId } = source;
      return { volumeId, source: { ...source, type: 'dialog-photo' }, localId };
    }
    case 'sticker-set-legacy': {
      const { volumeId, localId } = source;
      return { volumeId, source: { ...source, type: 'sticker-set' }, localId };
    }
    default:
      throw notIn(source, subVersion);
  }
}

function notIn(source: PhotoSource, subVersion: number): Error {
  return badFileId(
    `A file id of sub-version ${subVersion} cannot name this picture (${source.type}): ` +
      (subVersion < WITH_SOURCE
        ? 'before 22 pictures were known by volume, secret and local id'
        : 'before 32 pictures were known by volume and local id too'),
  );
}

function writeSource(writer: BodyWriter, source: PhotoSource, type: PhotoFileType): void {
  const big = 'big' in source && source.big ? 1 : 0;
  const kind: number | undefined = KIND[source.type];
  if (kind === undefined) throw badFileId('There is no such photo source');
  writer.int(kind + big, 'photo source');
  switch (source.type) {
    case 'legacy':
      writer.long(source.secret, 'secret');
      return;
    case 'thumbnail':
      writer.int(FILE_TYPES.indexOf(type), 'type of the thumbnail');
      writer.int(letterOf(source.size), 'letter of the size');
      return;
    case 'full-legacy':
      writer.long(source.volumeId, 'volume id');
      writer.long(source.secret, 'secret');
      writer.int(source.localId, 'local id');
      return;
    case 'dialog-photo':
    case 'dialog-photo-legacy':
      writer.long(source.peer, 'chat id');
      writer.long(source.accessHash, 'access hash of the chat');
      break;
    default:
      writer.long(source.id, 'sticker set id');
      writer.long(source.accessHash, 'access hash of the sticker set');
  }
  if (source.type === 'sticker-set-version') writer.int(source.version, 'thumbnail version');
  if (source.type === 'dialog-photo-legacy' || source.type === 'sticker-set-legacy') {
    writer.long(source.volumeId, 'volume id');
    writer.int(source.localId, 'local id');
  }
}
