import { TlObject, type ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { asInstance } from './as-instance.js';
import { Fields } from './fields.js';
import { identityOf } from './identity.js';
import type { FileKind, FileOrigin, RemoteFile } from './types.js';

const KINDS: Readonly<Record<string, FileKind>> = {
  inputPhotoFileLocation: 'photo',
  inputPhotoLegacyFileLocation: 'photo',
  inputPeerPhotoFileLocation: 'profile-photo',
  inputEncryptedFileLocation: 'encrypted',
  inputStickerSetThumb: 'thumbnail',
  inputWebFileLocation: 'web',
  inputWebFileGeoPointLocation: 'web',
  inputWebFileAudioAlbumThumbLocation: 'web',
};

/**
 * An object of type `InputFileLocation` or `InputWebFileLocation` as it is. An encrypted file is then downloaded as the
 * server has it.
 *
 * @returns undefined for what is none.
 * @throws FileError `NO_FILE` when fields of it are missing.
 */
export function locateAsIs(
  schema: ApiSchema,
  fields: Fields,
  value: object,
  origin: FileOrigin | undefined,
): RemoteFile | undefined {
  const identity = identityOf(fields);
  if (identity === undefined) return undefined;
  const object = value instanceof TlObject ? value : asInstance(schema, value);
  const thumbSize = fields.text('thumbSize') ?? '';
  return {
    kind: KINDS[fields.name] ?? kindOfDocument(fields.name, thumbSize),
    dc: undefined,
    location: object as base.TypeInputFileLocation | base.TypeInputWebFileLocation,
    size: undefined,
    name: undefined,
    mimeType: undefined,
    date: undefined,
    media: mediaOf(fields),
    thumbSize,
    origin,
    identity,
  };
}

function kindOfDocument(name: string, thumbSize: string): FileKind {
  if (name !== 'inputDocumentFileLocation') return 'other';
  return thumbSize === '' ? 'document' : 'thumbnail';
}

/** What has the reference of a location; checks that there is one. */
function mediaOf(location: Fields): RemoteFile['media'] {
  switch (location.name) {
    case 'inputPhotoFileLocation':
    case 'inputPhotoLegacyFileLocation':
      checkKey(location);
      return { type: 'photo', id: location.long('id') };
    case 'inputDocumentFileLocation':
      checkKey(location);
      return { type: 'document', id: location.long('id') };
    default:
      return undefined;
  }
}

function checkKey(location: Fields): void {
  location.long('accessHash');
  location.bytes('fileReference');
}
