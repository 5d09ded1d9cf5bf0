import { readAttributes } from '../location/attributes.js';
import { Fields } from '../location/fields.js';
import { findFile } from '../location/find-file.js';
import { ACCEPTED, describe, noFile } from '../location/no-file.js';
import { CURRENT_SUB_VERSION, printFileId } from './file-id.js';
import type { DocumentFileType, FileType, PhotoFileType } from './file-types.js';
import { dialogPhotoId } from './dialog-photo-id.js';
import { sizeLetter } from './size-letter.js';
import type { BotApiFileIds, FileId, FileIdOfOptions, PhotoSource } from './types.js';
import { printUniqueFileId, uniqueOf } from './unique-file-id.js';

/**
 * The ids that the Bot API gives to the file of an object. What is taken: a message, its media, a story, `photo`,
 * `document`, a user, chat or channel (its profile photo), `userProfilePhoto` or `chatPhoto` (with `peer`),
 * `stickerSet` (its thumbnail), `webDocument`, `encryptedFile`, `secureFile`, and what holds one of them.
 *
 * The ids are good for the account that saw the object: bots get others for the same file, `uniqueId` is the same for
 * all. Blurred previews and outlines have no ids, since the server has no such files.
 *
 * @throws FileError `NO_FILE` when there is no file, or not that size.
 */
export function fileIdOf(media: unknown, options: FileIdOfOptions = {}): BotApiFileIds {
  const given = Fields.of(media);
  if (!given) throw noFile(`There is no file in ${describe(media)}. ${ACCEPTED}`);
  const id = fileOf(given, options);
  return { fileId: printFileId(id), uniqueId: printUniqueFileId(uniqueOf(id)) };
}

function fileOf(given: Fields, options: FileIdOfOptions): FileId {
  const { thumb } = options;
  switch (given.name) {
    case 'encryptedMessage':
      return encryptedId(need(given, 'file'), thumb);
    case 'encryptedFile':
      return encryptedId(given, thumb);
    case 'secureFile':
      return documentId(given, 'secure-encrypted', thumb);
    case 'userProfilePhoto':
    case 'chatPhoto':
      return dialogPhotoId(given, thumb, options.peer);
    case 'wallPaper':
      return ofDocument(need(given, 'document'), thumb, 'background');
    case 'storyItem':
      return ofStory(given, thumb);
    case 'messageMediaStory':
      return ofStory(need(given, 'story'), thumb);
    default:
      return ofFound(given, thumb, options);
  }
}

function encryptedId(file: Fields, thumb: string | undefined): FileId {
  if (file.name === 'encryptedFile') return documentId(file, 'encrypted', thumb);
  throw noFile(`The message of a secret chat holds no file, but ${file.name}`);
}

function need(holder: Fields, field: string): Fields {
  const found = holder.object(field);
  if (found) return found;
  throw noFile(`${holder.name} holds no ${field}`);
}

function ofFound(given: Fields, thumb: string | undefined, options: FileIdOfOptions): FileId {
  const { fields } = findFile(given);
  switch (fields.name) {
    case 'photo':
      return photoSizeId(fields, 'photo', thumb || 'largest');
    case 'document':
      return ofDocument(fields, thumb, typeOf(fields));
    case 'webDocument':
      return webId(fields, thumb);
    case 'webDocumentNoProxy':
      throw noFile('webDocumentNoProxy is no file of Telegram: its URL stands for it');
    case 'stickerSet':
      return setId(fields);
    case 'user':
    case 'chat':
    case 'channel':
      return dialogPhotoId(fields, thumb, options.peer);
    default:
      throw noFile(`${fields.name} stands for a file of which too little is known`);
  }
}

/** Stories have types of their own; which, only the story tells. */
function ofStory(story: Fields, thumb: string | undefined): FileId {
  const { fields } = findFile(story);
  if (fields.name === 'photo') return photoSizeId(fields, 'photo-story', thumb || 'largest');
  if (fields.name === 'document') return ofDocument(fields, thumb, 'video-story');
  throw noFile(`A story holds a photo or a video, not ${fields.name}`);
}

/** Written in today's version. */
const NEW = { version: 4, subVersion: CURRENT_SUB_VERSION } as const;

const referenceOf = (fields: Fields): Uint8Array => fields.bytes('fileReference');

function typeOf(document: Fields): DocumentFileType {
  const { kind } = readAttributes(document);
  switch (kind) {
    case 'voice':
    case 'video':
    case 'sticker':
    case 'audio':
    case 'animation':
    case 'video-note':
      return kind;
    default:
      return 'document';
  }
}

function ofDocument(document: Fields, thumb: string | undefined, type: DocumentFileType): FileId {
  if (document.name !== 'document')
    throw noFile(`${document.name} stands for a file that is no more`);
  return thumb
    ? photoSizeId(document, 'thumbnail', thumb)
    : { ...documentId(document, type, thumb), fileReference: referenceOf(document) };
}

function documentId(
  file: Fields,
  type: DocumentFileType,
  thumb: string | undefined,
): Extract<FileId, { kind: 'document' }> {
  if (thumb) throw noFile(`${file.name} has no sizes: leave thumb out`);
  return {
    kind: 'document',
    type,
    ...NEW,
    dc: file.needInt('dcId'),
    id: file.long('id'),
    accessHash: file.long('accessHash'),
  };
}

function photoSizeId(holder: Fields, type: PhotoFileType, thumb: string): FileId {
  return {
    kind: 'photo',
    type,
    ...NEW,
    dc: holder.needInt('dcId'),
    fileReference: referenceOf(holder),
    id: holder.long('id'),
    accessHash: holder.long('accessHash'),
    source: { type: 'thumbnail', size: sizeLetter(holder, thumb) },
  };
}

function setId(set: Fields): FileId {
  if (set.objects('thumbs').length === 0) {
    throw noFile('stickerSet has no picture of its own: clients show its first sticker');
  }
  const source: PhotoSource = {
    type: 'sticker-set-version',
    id: set.long('id'),
    accessHash: set.long('accessHash'),
    version: set.needInt('thumbVersion'),
  };
  const dc = set.needInt('thumbDcId');
  return { kind: 'photo', type: 'thumbnail', ...NEW, dc, id: 0n, accessHash: 0n, source };
}

function webId(document: Fields, thumb: string | undefined): FileId {
  if (thumb) throw noFile('webDocument has no sizes: leave thumb out');
  const image = document.text('mimeType')?.startsWith('image/') === true;
  const own = typeOf(document);
  const type: FileType = own === 'document' && image ? 'photo' : own;
  const url = document.needText('url');
  return { kind: 'web', type, ...NEW, dc: 0, url, accessHash: document.long('accessHash') };
}
