import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { parseMarkedId } from '../../peers/marked-id.js';
import { FileError } from '../errors.js';
import { badFileId } from './bad-file-id.js';
import { parseFileId } from './file-id.js';
import type { DocumentFileId, FileId, FileIdLocation, PhotoFileId } from './types.js';

/** No data center has a greater number. */
const MAX_DC = 1000;
const EMPTY = new Uint8Array();

/**
 * Where the file lies that an id names, for `upload.getFile` at data center `dc`.
 *
 * @throws FileError `BAD_FILE_ID` when the id can't be read or names nothing at a server, `UNSUPPORTED` for a picture
 * that can only be fetched through constructors which the layer has no more; SchemaError.
 */
export function inputLocationOf(schema: ApiSchema, fileId: FileId | string): FileIdLocation {
  const id = typeof fileId === 'string' ? parseFileId(fileId) : fileId;
  switch (id.kind) {
    case 'generated':
      throw badFileId(
        'The file id is of a thumbnail that TDLib makes itself: there is no such file at the server',
      );
    case 'web': {
      const { url, accessHash } = id;
      const location = constructObject<base.InputWebFileLocation>(schema, 'inputWebFileLocation', {
        url,
        accessHash,
      });
      return { dc: undefined, location, thumbSize: '' };
    }
    case 'photo':
      return { dc: dcOf(id.dc), ...photoLocation(schema, id) };
    default:
      return { dc: dcOf(id.dc), ...documentLocation(schema, id) };
  }
}

function dcOf(dc: number): number {
  if (dc >= 1 && dc <= MAX_DC) return dc;
  throw badFileId(`The file id names no data center: ${dc}`);
}

type Place = Omit<FileIdLocation, 'dc'>;

function documentLocation(schema: ApiSchema, file: DocumentFileId): Place {
  const { id, accessHash, fileReference = EMPTY } = file;
  switch (file.type) {
    case 'encrypted':
      return {
        location: constructObject<base.InputEncryptedFileLocation>(
          schema,
          'inputEncryptedFileLocation',
          { id, accessHash },
        ),
        thumbSize: '',
      };
    case 'secure-decrypted':
    case 'secure-encrypted':
      return {
        location: constructObject<base.InputSecureFileLocation>(schema, 'inputSecureFileLocation', {
          id,
          accessHash,
        }),
        thumbSize: '',
      };
    case 'temp':
      throw badFileId('The file id is of a file that was being uploaded: it cannot be fetched');
    default:
      return {
        location: constructObject<base.InputDocumentFileLocation>(
          schema,
          'inputDocumentFileLocation',
          { id, accessHash, fileReference, thumbSize: '' },
        ),
        thumbSize: '',
        media: { type: 'document', id },
      };
  }
}

function photoLocation(schema: ApiSchema, file: PhotoFileId): Place {
  const { id, accessHash, fileReference = EMPTY, source } = file;
  switch (source.type) {
    case 'thumbnail': {
      if (file.type === 'encrypted-thumbnail') {
        throw badFileId(
          'Thumbnails of secret chats come with their message: there is nothing to fetch',
        );
      }
      const thumbSize = source.size;
      const init = { id, accessHash, fileReference, thumbSize };
      if (file.type === 'thumbnail') {
        const name = 'inputDocumentFileLocation';
        const location = constructObject<base.InputDocumentFileLocation>(schema, name, init);
        return { location, thumbSize, media: { type: 'document', id } };
      }
      const name = 'inputPhotoFileLocation';
      const location = constructObject<base.InputPhotoFileLocation>(schema, name, init);
      return { location, thumbSize, media: { type: 'photo', id } };
    }
    case 'dialog-photo':
      return {
        location: constructObject<base.InputPeerPhotoFileLocation>(
          schema,
          'inputPeerPhotoFileLocation',
          { big: source.big, peer: peerOf(schema, source.peer, source.accessHash), photoId: id },
        ),
        thumbSize: '',
      };
    case 'sticker-set-version':
      return {
        location: constructObject<base.InputStickerSetThumb>(schema, 'inputStickerSetThumb', {
          stickerset: constructObject<base.InputStickerSetID>(schema, 'inputStickerSetID', {
            id: source.id,
            accessHash: source.accessHash,
          }),
          thumbVersion: source.version,
        }),
        thumbSize: '',
      };
    case 'full-legacy': {
      const { volumeId, localId, secret } = source;
      const place = { volumeId, localId, secret, fileReference };
      // Ids of the first years name the place alone.
      if (id === 0n) {
        const name = 'inputFileLocation';
        const location = constructObject<base.InputFileLocation>(schema, name, place);
        return { location, thumbSize: '' };
      }
      const location = constructObject<base.InputPhotoLegacyFileLocation>(
        schema,
        'inputPhotoLegacyFileLocation',
        { id, accessHash, ...place },
      );
      const type = file.type === 'thumbnail' ? 'document' : 'photo';
      return { location, thumbSize: '', media: { type, id } };
    }
    case 'dialog-photo-legacy':
      // By number the picture can be fetched as today's are; by its place only in layers of 2020.
      if (id !== 0n) {
        return photoLocation(schema, { ...file, source: { ...source, type: 'dialog-photo' } });
      }
      throw tooOld('the picture of a user or chat');
    case 'sticker-set-legacy':
    case 'sticker-set':
      throw tooOld('the thumbnail of a sticker set');
    default:
      throw badFileId('The file id holds a secret without a place: nothing can be fetched by it');
  }
}

function tooOld(what: string): FileError {
  return new FileError(
    'UNSUPPORTED',
    `The file id is from before 2021 and names ${what} by where it lay then: ` +
      `servers have no such places any more. Ask for a new file id`,
  );
}

/** @throws FileError `BAD_FILE_ID` when nobody has that id. */
function peerOf(schema: ApiSchema, marked: bigint, accessHash: bigint): base.TypeInputPeer {
  let peer: ReturnType<typeof parseMarkedId> | undefined;
  try {
    peer = parseMarkedId(marked);
  } catch {
    // Said below: ids come from elsewhere.
  }
  switch (peer?.type) {
    case 'user':
      return constructObject<base.InputPeerUser>(schema, 'inputPeerUser', {
        userId: peer.id,
        accessHash,
      });
    case 'chat':
      return constructObject<base.InputPeerChat>(schema, 'inputPeerChat', { chatId: peer.id });
    case 'channel':
      return constructObject<base.InputPeerChannel>(schema, 'inputPeerChannel', {
        channelId: peer.id,
        accessHash,
      });
    default:
      throw badFileId(`The file id is of the picture of ${marked}, which is no user and no chat`);
  }
}
