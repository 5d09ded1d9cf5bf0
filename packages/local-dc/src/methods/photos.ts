import * as tl from '@tlgen/telegram';
import { photos } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { tellShort } from '../world/deliveries.js';
import { badRequest } from '../world/fault.js';
import { inputPhoto } from '../world/files/inputs.js';
import { newPhoto } from '../world/files/uploaded.js';
import { photoFor } from '../world/files/view.js';
import { inputUser } from '../world/input.js';
import type { User } from '../world/types.js';
import { userFor } from '../world/users.js';
import { limitOf } from './found.js';

/** Profile photos: https://core.telegram.org/api/files#uploading-profile-or-chat-pictures. */
export const photoMethods: readonly BuiltIn[] = [
  method(photos.UploadProfilePhotoRequest, uploadProfilePhoto),
  method(photos.UpdateProfilePhotoRequest, updateProfilePhoto),
  method(photos.DeletePhotosRequest, deletePhotos),
  method(photos.GetUserPhotosRequest, getUserPhotos),
];

/** Who sees the user is told to look again. */
function changed({ world, user }: RequestContext, photo: tl.TypePhoto): photos.Photo {
  const update = new tl.UpdateUser({ userId: user.id });
  for (const other of world.users.values())
    if (other === user || other.contacts.has(user.id)) tellShort(world, other, update);
  return new photos.Photo({ photo, users: [userFor(world, user, user)] });
}

/** @throws RpcFault `PHOTO_FILE_MISSING`, `VIDEO_FILE_INVALID`: videos are not built in; `BOT_INVALID`; as `newPhoto` */
function uploadProfilePhoto(
  { file, video, videoEmojiMarkup, bot }: photos.UploadProfilePhotoRequest,
  context: RequestContext,
): photos.TypePhoto {
  const { world, user } = context;
  if (bot) throw badRequest('BOT_INVALID');
  if (video || videoEmojiMarkup) throw badRequest('VIDEO_FILE_INVALID');
  if (!file) throw badRequest('PHOTO_FILE_MISSING');
  const photo = newPhoto(world, user, file);
  user.photos = [photo.id, ...user.photos];
  return changed(context, photoFor(world, user, photo));
}

/** Shows another photo of the user's, or with an empty one the photo before. @throws RpcFault `PHOTO_ID_INVALID` */
function updateProfilePhoto(
  { id, bot }: photos.UpdateProfilePhotoRequest,
  context: RequestContext,
): photos.TypePhoto {
  const { world, user } = context;
  if (bot) throw badRequest('BOT_INVALID');
  if (id instanceof tl.InputPhotoEmpty) {
    user.photos = user.photos.slice(1);
    return changed(context, new tl.PhotoEmpty({ id: 0n }));
  }
  const photo = inputPhoto(world, user, id);
  if (!user.photos.includes(photo.id)) throw badRequest('PHOTO_ID_INVALID');
  user.photos = [photo.id, ...user.photos.filter((one) => one !== photo.id)];
  return changed(context, photoFor(world, user, photo));
}

/** @returns the ids of those that were deleted. */
function deletePhotos({ id }: photos.DeletePhotosRequest, context: RequestContext): bigint[] {
  const { user } = context;
  const gone = id.flatMap((one) => ('id' in one && user.photos.includes(one.id) ? [one.id] : []));
  user.photos = user.photos.filter((one) => !gone.includes(one));
  if (gone.length > 0) changed(context, new tl.PhotoEmpty({ id: 0n }));
  return gone;
}

/** The newest first. @param request - `maxId`: only those before that one, `offset` counts from there. */
function getUserPhotos(
  { userId, offset, maxId, limit }: photos.GetUserPhotosRequest,
  { world, user }: RequestContext,
): photos.TypePhotos {
  const target: User = inputUser(world, user, userId);
  if (maxId < 0n) throw badRequest('MAX_ID_INVALID');
  const all = target.photos.filter((one) => maxId === 0n || one < maxId);
  const start = Math.max(offset, 0);
  const page = all.slice(start, start + limitOf(limit));
  const list = page.flatMap((id) => {
    const photo = world.files.photo(id);
    return photo ? [photoFor(world, user, photo)] : [];
  });
  const users = [userFor(world, user, target)];
  return page.length === target.photos.length
    ? new photos.Photos({ photos: list, users })
    : new photos.PhotosSlice({ count: target.photos.length, photos: list, users });
}
