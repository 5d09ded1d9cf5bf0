import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import type { Fields } from './fields.js';
import { photoIdentity } from './identity.js';
import { noFile } from './no-file.js';
import { chooseSize, sizesIn } from './sizes.js';
import type { FileOrigin, RemoteFile } from './types.js';

/**
 * A size of a `photo`, the largest when none is asked for.
 *
 * @throws FileError `NO_FILE`; SchemaError.
 */
export function locatePhoto(
  schema: ApiSchema,
  photo: Fields,
  thumb: string | undefined,
  origin: FileOrigin | undefined,
): RemoteFile {
  const sizes = sizesIn(photo.objects('sizes'), photo.objects('videoSizes'));
  const chosen = chooseSize(sizes, thumb || 'largest', 'photo');
  const { letter, grade, mimeType } = chosen;
  const bytes = chosen.content?.();
  const id = photo.long('id');
  const common = {
    kind: grade === 'video' ? ('video' as const) : ('photo' as const),
    dc: photo.dc('dcId'),
    size: bytes?.length ?? chosen.size,
    name: undefined,
    mimeType: mimeType ?? 'image/jpeg',
    date: photo.int('date'),
    thumbSize: letter,
    origin,
    identity: photoIdentity(id, letter),
  };
  if (bytes) return { ...common, location: null, bytes };
  const location = constructObject<base.InputPhotoFileLocation>(schema, 'inputPhotoFileLocation', {
    id,
    accessHash: photo.long('accessHash'),
    fileReference: photo.bytes('fileReference'),
    thumbSize: letter,
  });
  return { ...common, location, media: { type: 'photo', id } };
}

/**
 * A size of an `inputPhoto`, which does not say what sizes there are.
 *
 * @throws FileError `NO_FILE`; SchemaError.
 */
export function locateInputPhoto(
  schema: ApiSchema,
  photo: Fields,
  thumb: string | undefined,
  origin: FileOrigin | undefined,
): RemoteFile {
  if (!thumb || thumb.length > 8 || thumb === 'largest') {
    throw noFile(
      'inputPhoto does not say which sizes the photo has: name one by its letter (thumb: "x"), or pass the photo itself',
    );
  }
  const id = photo.long('id');
  const location = constructObject<base.InputPhotoFileLocation>(schema, 'inputPhotoFileLocation', {
    id,
    accessHash: photo.long('accessHash'),
    fileReference: photo.bytes('fileReference'),
    thumbSize: thumb,
  });
  return {
    kind: 'photo',
    dc: undefined,
    location,
    size: undefined,
    name: undefined,
    mimeType: 'image/jpeg',
    date: undefined,
    media: { type: 'photo', id },
    thumbSize: thumb,
    origin,
    identity: photoIdentity(id, thumb),
  };
}
