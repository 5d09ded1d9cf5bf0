import * as tl from '@tlgen/telegram';
import { badRequest } from '../fault.js';
import type { User } from '../types.js';
import type { World } from '../world.js';
import { checkReference } from './references.js';
import type { DocumentFile, PhotoFile, StoredFile } from './types.js';
import { fileAccessHash } from './view.js';

/**
 * Which photo an `InputPhoto` means.
 *
 * @param at - where in an album it is; see `checkReference`.
 * @throws RpcFault `MEDIA_EMPTY`, `MEDIA_INVALID`, `FILE_REFERENCE_EMPTY`, `…_EXPIRED`, `…_INVALID`.
 */
export function inputPhoto(
  world: World,
  viewer: User,
  input: tl.TypeInputPhoto,
  at?: number,
): PhotoFile {
  if (!(input instanceof tl.InputPhoto)) throw badRequest('MEDIA_EMPTY');
  return named(world, viewer, world.files.photo(input.id), input, at);
}

/** Which document an `InputDocument` means. @throws RpcFault as {@link inputPhoto} */
export function inputDocument(
  world: World,
  viewer: User,
  input: tl.TypeInputDocument,
  at?: number,
): DocumentFile {
  if (!(input instanceof tl.InputDocument)) throw badRequest('MEDIA_EMPTY');
  return named(world, viewer, world.files.document(input.id), input, at);
}

function named<F extends StoredFile>(
  world: World,
  viewer: User,
  file: F | undefined,
  { accessHash, fileReference }: { accessHash: bigint; fileReference: Uint8Array },
  at: number | undefined,
): F {
  if (!file || fileAccessHash(world, viewer, file) !== accessHash)
    throw badRequest('MEDIA_INVALID');
  checkReference(world, file, fileReference, at);
  return file;
}
