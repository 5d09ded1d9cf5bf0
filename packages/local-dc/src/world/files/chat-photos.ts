import * as tl from '@tlgen/telegram';
import { badRequest } from '../fault.js';
import type { User } from '../types.js';
import type { World } from '../world.js';
import { inputPhoto } from './inputs.js';
import type { PhotoFile } from './types.js';
import { newPhoto } from './uploaded.js';
import { photoFor } from './view.js';

/** The photo of a user as `user` has it; undefined: none. */
export function userPhotoOf(world: World, { photos }: User): tl.UserProfilePhoto | undefined {
  const [photoId] = photos;
  const file = photoId === undefined ? undefined : world.files.photo(photoId);
  return file && new tl.UserProfilePhoto({ photoId: file.id, dcId: file.dcId });
}

/** What shows a group or channel. */
interface Pictured {
  photo: bigint | null;
}

const fileOf = (world: World, { photo }: Pictured): PhotoFile | undefined =>
  photo === null ? undefined : world.files.photo(photo);

/** The photo of a group or channel as `chat` has it. */
export function chatPhotoOf(world: World, shown: Pictured): tl.TypeChatPhoto {
  const file = fileOf(world, shown);
  return file ? new tl.ChatPhoto({ photoId: file.id, dcId: file.dcId }) : new tl.ChatPhotoEmpty();
}

/** The same as `chatFull` has it; undefined: none. */
export function fullPhotoOf(world: World, shown: Pictured): tl.Photo | undefined {
  const file = fileOf(world, shown);
  return file && photoFor(world, null, file);
}

/**
 * Changes the photo of a group or channel.
 *
 * @throws RpcFault `PHOTO_INVALID`, `PHOTO_FILE_MISSING`, and as `newPhoto` and `inputPhoto`.
 * @returns what the service message says.
 */
export function changePhoto(
  world: World,
  user: User,
  shown: Pictured,
  input: tl.TypeInputChatPhoto,
): tl.TypeMessageAction {
  if (input instanceof tl.InputChatPhotoEmpty) {
    if (shown.photo === null) throw badRequest('CHAT_NOT_MODIFIED');
    shown.photo = null;
    return new tl.MessageActionChatDeletePhoto();
  }
  const file = photoOf(world, user, input);
  shown.photo = file.id;
  return new tl.MessageActionChatEditPhoto({ photo: photoFor(world, null, file) });
}

function photoOf(
  world: World,
  user: User,
  input: tl.InputChatUploadedPhoto | tl.InputChatPhoto,
): PhotoFile {
  if (input instanceof tl.InputChatPhoto) {
    if (!(input.id instanceof tl.InputPhoto)) throw badRequest('PHOTO_INVALID');
    return inputPhoto(world, user, input.id);
  }
  if (input.video || input.videoEmojiMarkup) throw badRequest('VIDEO_FILE_INVALID');
  if (!input.file) throw badRequest('PHOTO_FILE_MISSING');
  return newPhoto(world, user, input.file);
}
