import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { badFileId } from './bad-file-id.js';
import { parseFileId } from './file-id.js';
import { uniqueClassOf } from './file-types.js';
import type { DocumentFileId, FileId, PhotoFileId } from './types.js';

const EMPTY = new Uint8Array();

/**
 * The photo that an id names. Any of its sizes names the whole photo.
 *
 * @throws FileError `BAD_FILE_ID` when it names no photo: thumbnails and pictures of users and chats are none that
 * could be sent; SchemaError.
 */
export function inputPhotoOf(schema: ApiSchema, fileId: FileId | string): base.InputPhoto {
  const id = parsed(fileId);
  if (!isPhoto(id)) throw cannotSend(id, 'photo');
  return constructObject<base.InputPhoto>(schema, 'inputPhoto', handle(id));
}

/**
 * The document that an id names: a video, voice message, sticker …
 *
 * @throws FileError `BAD_FILE_ID` when it names no document; SchemaError.
 */
export function inputDocumentOf(schema: ApiSchema, fileId: FileId | string): base.InputDocument {
  const id = parsed(fileId);
  if (!isDocument(id)) throw cannotSend(id, 'document');
  return constructObject<base.InputDocument>(schema, 'inputDocument', handle(id));
}

/**
 * What is sent to send the file once more, without uploading it.
 *
 * @throws FileError `BAD_FILE_ID` when files of that type cannot be sent by their id; SchemaError.
 */
export function inputMediaOfFileId(
  schema: ApiSchema,
  fileId: FileId | string,
): base.InputMediaPhoto | base.InputMediaDocument {
  const id = parsed(fileId);
  if (isPhoto(id)) {
    const photo = inputPhotoOf(schema, id);
    return constructObject<base.InputMediaPhoto>(schema, 'inputMediaPhoto', { id: photo });
  }
  if (!isDocument(id)) throw cannotSend(id, 'file');
  const document = inputDocumentOf(schema, id);
  return constructObject<base.InputMediaDocument>(schema, 'inputMediaDocument', { id: document });
}

function parsed(fileId: FileId | string): FileId {
  return typeof fileId === 'string' ? parseFileId(fileId) : fileId;
}

function handle(id: PhotoFileId | DocumentFileId): {
  id: bigint;
  accessHash: bigint;
  fileReference: Uint8Array;
} {
  return { id: id.id, accessHash: id.accessHash, fileReference: id.fileReference ?? EMPTY };
}

function isPhoto(id: FileId): id is PhotoFileId {
  if (id.kind !== 'photo') return false;
  const { type } = id;
  const sent = type === 'photo' || type === 'photo-story' || type === 'self-destructing-photo';
  // Photos of the first years are named by place alone, where a photo has no number.
  return sent && id.id !== 0n;
}

function isDocument(id: FileId): id is DocumentFileId {
  return id.kind === 'document' && uniqueClassOf(id.type) === 'document';
}

const REASONS: { readonly [type: string]: string } = {
  thumbnail: 'a thumbnail can be fetched, not sent: take the id of the file itself',
  'encrypted-thumbnail': 'a thumbnail of a secret chat cannot be sent',
  'profile-photo': 'the picture of a user or chat has to be fetched, and then sent as a new photo',
  wallpaper: 'a wallpaper of that time cannot be sent',
  encrypted: 'a file of a secret chat has to be fetched with its key, and then sent as a new one',
  'secure-decrypted': 'a file of Telegram Passport cannot be sent',
  'secure-encrypted': 'a file of Telegram Passport cannot be sent',
  temp: 'the file was not there yet',
};

function cannotSend(id: FileId, wanted: string): Error {
  const reason =
    id.kind === 'web'
      ? 'it is elsewhere in the web: send its URL'
      : id.kind === 'generated'
        ? 'TDLib makes such thumbnails itself'
        : REASONS[id.type];
  return badFileId(
    `The file id is of a ${id.type}, and no ${wanted} can be made of that` +
      (reason === undefined ? '' : `: ${reason}`),
  );
}
