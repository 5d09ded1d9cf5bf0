import { upload } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { uploadOf } from '../world/files/uploaded.js';

/** Parts of files: https://core.telegram.org/api/files#uploading-files. */
export const uploadMethods: readonly BuiltIn[] = [
  method(upload.SaveFilePartRequest, saveFilePart),
  method(upload.SaveBigFilePartRequest, saveBigFilePart),
];

function saveFilePart(
  { fileId, filePart, bytes }: upload.SaveFilePartRequest,
  { world, user }: RequestContext,
): boolean {
  world.files.uploads.save(uploadOf(user, fileId, false), filePart, null, bytes);
  return true;
}

/** The number of parts may be −1 until it is known. */
function saveBigFilePart(
  { fileId, filePart, fileTotalParts, bytes }: upload.SaveBigFilePartRequest,
  { world, user }: RequestContext,
): boolean {
  const total = fileTotalParts === -1 ? null : fileTotalParts;
  world.files.uploads.save(uploadOf(user, fileId, true), filePart, total, bytes);
  return true;
}
