import * as tl from '@tlgen/telegram';
import { badRequest } from '../fault.js';
import type { User } from '../types.js';
import type { World } from '../world.js';
import type { EncryptedStoredFile } from './types.js';
import { checkMd5, uploadOf } from './uploaded.js';
import { fileAccessHash } from './view.js';

/**
 * What an `InputEncryptedFile` means: a new file of an upload, or one that the user can name.
 *
 * @throws RpcFault `FILE_EMTPY` (so the servers spell it), `FILE_ID_INVALID`, `MD5_CHECKSUM_INVALID`, and as `inputFile`.
 */
export function inputEncryptedFile(
  world: World,
  user: User,
  input: tl.TypeInputEncryptedFile,
): EncryptedStoredFile {
  if (input instanceof tl.InputEncryptedFileEmpty) throw badRequest('FILE_EMTPY');
  if (input instanceof tl.InputEncryptedFile) {
    const file = world.files.encrypted(input.id);
    if (!file || fileAccessHash(world, user, file) !== input.accessHash)
      throw badRequest('FILE_ID_INVALID');
    return file;
  }
  const big = input instanceof tl.InputEncryptedFileBigUploaded;
  const bytes = world.files.uploads.file(uploadOf(user, input.id, big), input.parts);
  if (!big) checkMd5(bytes, input.md5Checksum);
  const kept = { bytes, dcId: user.dcId, date: world.now() };
  return world.files.addEncrypted(kept, input.keyFingerprint);
}
