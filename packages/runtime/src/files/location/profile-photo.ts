import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import type { Fields } from './fields.js';
import { BIG_PROFILE_PHOTO, photoIdentity, SMALL_PROFILE_PHOTO } from './identity.js';
import { noFile } from './no-file.js';
import { strippedJpeg } from './stripped-jpeg.js';
import type { RemoteFile } from './types.js';

/**
 * The profile photo of a `user`, `chat` or `channel`: 640 × 640 pixels, or 160 × 160 (`a`, `smallest`), or the blurred
 * one that came with the object (`i`).
 *
 * @throws FileError `NO_FILE`; SchemaError.
 */
export function locateProfilePhoto(
  schema: ApiSchema,
  owner: Fields,
  thumb: string | undefined,
): RemoteFile {
  const photo = owner.object('photo');
  if (photo?.name !== 'userProfilePhoto' && photo?.name !== 'chatPhoto') {
    throw noFile(`${owner.name} has no profile photo, or none that you may see`);
  }
  const letter = letterOf(thumb);
  const photoId = photo.long('photoId');
  const common = {
    kind: 'profile-photo' as const,
    dc: photo.dc('dcId'),
    name: undefined,
    mimeType: 'image/jpeg',
    date: undefined,
    thumbSize: letter,
    identity: photoIdentity(photoId, letter),
  };
  if (letter === 'i') {
    const stripped = photo.raw('strippedThumb');
    const bytes = stripped instanceof Uint8Array ? strippedJpeg(stripped)?.() : undefined;
    if (!bytes) throw noFile(`The photo of ${owner.name} has no size "i": it has a, c`);
    return { ...common, location: null, size: bytes.length, bytes };
  }
  const location = constructObject<base.InputPeerPhotoFileLocation>(
    schema,
    'inputPeerPhotoFileLocation',
    { big: letter === BIG_PROFILE_PHOTO, peer: inputPeer(schema, owner), photoId },
  );
  return { ...common, location, size: undefined };
}

function letterOf(thumb: string | undefined): string {
  switch (thumb || 'largest') {
    case 'largest':
    case BIG_PROFILE_PHOTO:
      return BIG_PROFILE_PHOTO;
    case 'smallest':
    case SMALL_PROFILE_PHOTO:
      return SMALL_PROFILE_PHOTO;
    case 'i':
      return 'i';
    default:
      throw noFile(
        `A profile photo has no size "${String(thumb).slice(0, 16)}": it has a and c. userFull and photos.getUserPhotos give the others`,
      );
  }
}

function inputPeer(schema: ApiSchema, owner: Fields): base.TypeInputPeer {
  if (owner.name === 'chat') {
    const chatId = owner.long('id');
    return constructObject<base.InputPeerChat>(schema, 'inputPeerChat', { chatId });
  }
  if (owner.flag('self')) {
    return constructObject<base.InputPeerSelf>(schema, 'inputPeerSelf', {});
  }
  const id = owner.long('id');
  const accessHash = owner.long('accessHash');
  return owner.name === 'user'
    ? constructObject<base.InputPeerUser>(schema, 'inputPeerUser', { userId: id, accessHash })
    : constructObject<base.InputPeerChannel>(schema, 'inputPeerChannel', {
        channelId: id,
        accessHash,
      });
}
