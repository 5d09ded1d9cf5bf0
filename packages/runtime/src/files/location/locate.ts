import type { ApiSchema } from '@tlgen/codec';
import { locateDocument, locateInputDocument } from './document.js';
import { locateEncrypted } from './encrypted-file.js';
import { Fields } from './fields.js';
import { findFile } from './find-file.js';
import { locateAsIs } from './input-location.js';
import { locateFileId } from './locate-file-id.js';
import { ACCEPTED, describe, noFile } from './no-file.js';
import { locateInputPhoto, locatePhoto } from './photo.js';
import { locateProfilePhoto } from './profile-photo.js';
import { locateSetPicture } from './sticker-set.js';
import type { LocateOptions, RemoteFile } from './types.js';
import { locateWebDocument } from './web-document.js';

/**
 * Where the file of an object lies, and all that is known of it. Nothing is asked of the server.
 *
 * What is taken, as instances of the schema's classes and as plain objects with `_`:
 * - a Bot API file id;
 * - a message or service message, its media, an update or answer with one such message, a story;
 * - `photo`, `document`, `webDocument`, `inputPhoto` (with `thumb`), `inputDocument`;
 * - a user, chat or channel: its profile photo; `userFull`, `chatFull`, `channelFull`;
 * - `stickerSet` and what holds one: its picture; other objects with a field for media, a document or a photo;
 * - `{ file, key, iv, size }` of a secret chat (see `EncryptedFileLike`);
 * - objects of type `InputFileLocation` as they are.
 *
 * @param options - `thumb`: a letter, `smallest` or `largest`. Without it: the file, and of photos the largest size.
 * @throws FileError `NO_FILE`, `BAD_FILE_ID`, `WRONG_KEY`; SchemaError when the layer lacks the location.
 */
export function locate(schema: ApiSchema, value: unknown, options: LocateOptions = {}): RemoteFile {
  if (typeof value === 'string') return locateFileId(schema, value, options);
  const fields = Fields.of(value);
  if (!fields) throw noFile(`There is no file in ${describe(value)}. ${ACCEPTED}`);
  checkOptions(options);
  if (fields.raw('key') !== undefined && fields.raw('iv') !== undefined) {
    return locateEncrypted(schema, fields);
  }
  refuseKnown(fields);
  const asIs = locateAsIs(schema, fields, value as object, options.origin);
  if (asIs) return asIs;
  const found = findFile(fields);
  return locateFound(schema, found.fields, options.thumb, options.origin ?? found.origin);
}

function locateFound(
  schema: ApiSchema,
  fields: Fields,
  thumb: string | undefined,
  origin: LocateOptions['origin'],
): RemoteFile {
  switch (fields.name) {
    case 'photo':
      return locatePhoto(schema, fields, thumb, origin);
    case 'document':
      return locateDocument(schema, fields, thumb, origin);
    case 'inputPhoto':
      return locateInputPhoto(schema, fields, thumb, origin);
    case 'inputDocument':
      return locateInputDocument(schema, fields, thumb, origin);
    case 'webDocument':
    case 'webDocumentNoProxy':
      return locateWebDocument(schema, fields);
    case 'stickerSet':
      return locateSetPicture(schema, fields, thumb);
    case 'user':
    case 'chat':
    case 'channel':
      return locateProfilePhoto(schema, fields, thumb);
    default:
      throw noFile(`${fields.name} stands for a file that is no more, or that you may not see`);
  }
}

/** What looks like a file and is none that can be downloaded. */
function refuseKnown(fields: Fields): void {
  if (fields.name === 'encryptedFile') {
    throw noFile(
      'encryptedFile is nothing without its key: pass { file, key, iv, size } with what its message says',
    );
  }
  if (fields.object('inputFile') || fields.name.startsWith('inputFile')) {
    const location = fields.name.endsWith('Location');
    if (!location) {
      throw noFile('The file was uploaded, and can be downloaded from the message it is sent in');
    }
  }
}

function checkOptions({ thumb }: LocateOptions): void {
  if (thumb === undefined || typeof (thumb as unknown) === 'string') return;
  throw noFile('thumb is the letter of a size, "smallest" or "largest"');
}
