import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../../network/construct.js';
import type { FileOrigin, RemoteFile } from '../types.js';
import type { FreshMedia } from './find-media.js';

/** What has the reference of a file. */
export type Media = NonNullable<RemoteFile['media']>;

/** The same file, by what the server just gave. @throws SchemaError. */
export function refreshedFile(
  schema: ApiSchema,
  file: RemoteFile,
  media: Media,
  fresh: FreshMedia,
  origin: FileOrigin,
): RemoteFile {
  const { id } = media;
  const { accessHash, fileReference } = fresh;
  const { thumbSize, location } = file;
  const key = { id, accessHash, fileReference };
  const dc = fresh.dc ?? file.dc;
  const moved = { ...file, dc, origin };
  if (location?._ === 'inputPhotoLegacyFileLocation') {
    const name = 'inputPhotoLegacyFileLocation';
    const { volumeId, localId, secret } = location;
    return {
      ...moved,
      location: constructObject<base.InputPhotoLegacyFileLocation>(schema, name, {
        ...key,
        volumeId,
        localId,
        secret,
      }),
    };
  }
  const name = media.type === 'photo' ? 'inputPhotoFileLocation' : 'inputDocumentFileLocation';
  return {
    ...moved,
    location: constructObject<base.InputPhotoFileLocation | base.InputDocumentFileLocation>(
      schema,
      name,
      { ...key, thumbSize },
    ),
  };
}

/** The same photo or document, for requests that take one. @throws SchemaError. */
export function freshInput(
  schema: ApiSchema,
  { type, id }: Media,
  { accessHash, fileReference }: FreshMedia,
): base.InputPhoto | base.InputDocument {
  const key = { id, accessHash, fileReference };
  return type === 'photo'
    ? constructObject<base.InputPhoto>(schema, 'inputPhoto', key)
    : constructObject<base.InputDocument>(schema, 'inputDocument', key);
}
