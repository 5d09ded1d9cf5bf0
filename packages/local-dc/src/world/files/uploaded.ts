import * as tl from '@tlgen/telegram';
import { badRequest } from '../fault.js';
import type { User } from '../types.js';
import type { World } from '../world.js';
import type { FileBytes } from './file-bytes.js';
import { imageSizeOf } from './image-size.js';
import type { NewFile } from './store.js';
import type { DocumentFile, PhotoFile } from './types.js';
import type { UploadName } from './uploads.js';

/** Most parts of a file, as the servers announce them. */
const PARTS_MAX = 4000;
const PARTS_MAX_PREMIUM = 8000;

/** Most bytes of a photo; most of width and height together; most of one in terms of the other. */
const PHOTO_MAX = 10 * 1024 * 1024;
const PHOTO_SIDES_MAX = 10_000;
const PHOTO_RATIO_MAX = 20;

/** Names that photos may have. */
const PHOTO_NAME = /\.(jpe?g|jfif|png|gif|webp|bmp)$/i;

/** How an upload of a user is named. */
export const uploadOf = (user: User, fileId: bigint, big: boolean): UploadName => ({
  userId: user.id,
  fileId,
  big,
  most: user.premium ? PARTS_MAX_PREMIUM : PARTS_MAX,
});

/** An upload that is complete. */
export interface UploadedFile {
  readonly bytes: FileBytes;
  readonly name: string;
}

/**
 * What an `InputFile` means: parts that its user has uploaded.
 *
 * @throws RpcFault `FILE_PARTS_INVALID`, `FILE_PART_X_MISSING`, `FILE_PART_LENGTH_INVALID`, `MD5_CHECKSUM_INVALID`,
 * `INPUT_FILE_INVALID` for what is no upload.
 */
export function inputFile(world: World, user: User, input: tl.TypeInputFile): UploadedFile {
  const big = input instanceof tl.InputFileBig;
  if (!big && !(input instanceof tl.InputFile)) throw badRequest('INPUT_FILE_INVALID');
  const bytes = world.files.uploads.file(uploadOf(user, input.id, big), input.parts);
  if (!big) checkMd5(bytes, input.md5Checksum);
  return { bytes, name: input.name };
}

/** @param md5 - empty: nothing to check. @throws RpcFault `MD5_CHECKSUM_INVALID` */
export function checkMd5(bytes: FileBytes, md5: string): void {
  if (md5 !== '' && md5.toLowerCase() !== bytes.md5()) throw badRequest('MD5_CHECKSUM_INVALID');
}

const kept = (world: World, user: User, bytes: FileBytes): NewFile => ({
  bytes,
  dcId: user.dcId,
  date: world.now(),
});

/**
 * Makes a photo of an upload.
 *
 * @throws RpcFault `PHOTO_EXT_INVALID`, `PHOTO_SAVE_FILE_INVALID` above 10 MiB, `IMAGE_PROCESS_FAILED` for what is no
 * picture, `PHOTO_INVALID_DIMENSIONS`, and as {@link inputFile}.
 */
export function newPhoto(world: World, user: User, input: tl.TypeInputFile): PhotoFile {
  const { bytes, name } = inputFile(world, user, input);
  if (/\.\w+$/.test(name) && !PHOTO_NAME.test(name)) throw badRequest('PHOTO_EXT_INVALID');
  return world.files.addPhoto(kept(world, user, bytes), photoSizeOf(bytes));
}

/** @throws RpcFault `PHOTO_SAVE_FILE_INVALID`, `IMAGE_PROCESS_FAILED`, `PHOTO_INVALID_DIMENSIONS` */
export function photoSizeOf(bytes: FileBytes): { width: number; height: number } {
  if (bytes.size > PHOTO_MAX) throw badRequest('PHOTO_SAVE_FILE_INVALID');
  const size = imageSizeOf(bytes.read(0, bytes.size));
  if (!size) throw badRequest('IMAGE_PROCESS_FAILED');
  const { width, height } = size;
  const ratio = Math.max(width / height, height / width);
  if (width + height > PHOTO_SIDES_MAX || ratio > PHOTO_RATIO_MAX)
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
  return size;
}

/** Makes a document of an upload; a thumbnail that is no picture is left out. @throws RpcFault as {@link inputFile} */
export function newDocument(
  world: World,
  user: User,
  input: tl.InputMediaUploadedDocument,
): DocumentFile {
  const { bytes } = inputFile(world, user, input.file);
  const thumb = input.thumb ? inputFile(world, user, input.thumb).bytes : null;
  const mimeType = input.mimeType === '' ? 'application/octet-stream' : input.mimeType;
  return world.files.addDocument(kept(world, user, bytes), {
    mimeType,
    attributes: input.attributes,
    thumb: thumb && thumbOf(thumb),
  });
}

/** Most bytes of a thumbnail. */
const THUMB_MAX = 200 * 1024;

export function thumbOf(bytes: FileBytes): DocumentFile['thumb'] {
  const size = bytes.size > THUMB_MAX ? null : imageSizeOf(bytes.read(0, bytes.size));
  return size && { ...size, bytes };
}
