import * as tl from '@tlgen/telegram';
import { badRequest, RpcFault } from '../fault.js';
import { inputPeer } from '../input.js';
import type { User } from '../types.js';
import type { World } from '../world.js';
import type { FileBytes } from './file-bytes.js';
import { checkReference } from './references.js';
import type { PhotoFile, PhotoVariant, StoredFile } from './types.js';
import { fileAccessHash } from './view.js';

/** What a location means. */
export interface Located {
  readonly file: StoredFile;
  readonly bytes: FileBytes;
  /** The file itself, rather than its thumbnail. */
  readonly whole: boolean;
}

type Named = tl.InputDocumentFileLocation | tl.InputPhotoFileLocation;

/**
 * The file that a location means, if it is at the data center that was asked.
 *
 * @throws RpcFault `FILE_ID_INVALID` when there is no such file, `LOCATION_INVALID` for a wrong access hash or a size
 * that it has not, `FILE_MIGRATE_X` (303), `FILE_REFERENCE_EMPTY`, `…_EXPIRED`, `…_INVALID`.
 */
export function locate(
  world: World,
  viewer: User,
  location: tl.TypeInputFileLocation,
  dcId: number,
): Located {
  const found = find(world, viewer, location);
  if (found.file.dcId !== dcId) throw new RpcFault(303, `FILE_MIGRATE_${found.file.dcId}`);
  if ('fileReference' in location) checkReference(world, found.file, location.fileReference);
  return found;
}

function find(world: World, viewer: User, location: tl.TypeInputFileLocation): Located {
  if (location instanceof tl.InputPeerPhotoFileLocation) return ofPeer(world, viewer, location);
  if (location instanceof tl.InputEncryptedFileLocation) {
    const file = world.files.encrypted(location.id);
    return whole(permitted(world, viewer, file, location.accessHash));
  }
  if (location instanceof tl.InputDocumentFileLocation) return ofDocument(world, viewer, location);
  if (location instanceof tl.InputPhotoFileLocation) {
    const file = world.files.photo(location.id);
    const photo = permitted(world, viewer, file, location.accessHash);
    return inSize(photo, ({ type }) => type === location.thumbSize);
  }
  throw badRequest('LOCATION_INVALID');
}

function ofDocument(world: World, viewer: User, { id, accessHash, thumbSize }: Named): Located {
  const file = permitted(world, viewer, world.files.document(id), accessHash);
  if (thumbSize === '') return whole(file);
  if (!file.thumb || thumbSize !== 'm') throw badRequest('LOCATION_INVALID');
  return { file, bytes: file.thumb.bytes, whole: false };
}

/** Photos of users, groups and channels are named by whom they show. */
function ofPeer(
  world: World,
  viewer: User,
  { peer, photoId, big }: tl.InputPeerPhotoFileLocation,
): Located {
  const target = inputPeer(world, viewer, peer);
  const shown =
    'user' in target
      ? target.user.photos
      : 'chat' in target
        ? [target.chat.photo]
        : [target.channel.photo];
  const file = shown.includes(photoId) ? world.files.photo(photoId) : undefined;
  if (!file) throw badRequest('LOCATION_INVALID');
  return big ? whole(file) : inSize(file, () => true);
}

/** The smallest size like that; the largest one is the file itself. */
function inSize(file: PhotoFile, matches: (one: PhotoVariant) => boolean): Located {
  const variant = file.variants.find(matches);
  if (!variant) throw badRequest('LOCATION_INVALID');
  return { file, bytes: variant.bytes, whole: variant.bytes === file.bytes };
}

const whole = (file: StoredFile): Located => ({ file, bytes: file.bytes, whole: true });

function permitted<F extends StoredFile>(
  world: World,
  viewer: User,
  file: F | undefined,
  accessHash: bigint,
): F {
  if (!file) throw badRequest('FILE_ID_INVALID');
  if (fileAccessHash(world, viewer, file) !== accessHash) throw badRequest('LOCATION_INVALID');
  return file;
}
