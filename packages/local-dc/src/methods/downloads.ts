import * as tl from '@tlgen/telegram';
import { upload } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { badRequest } from '../world/fault.js';
import { hashesFrom } from '../world/files/hashes.js';
import { locate } from '../world/files/locations.js';
import { storageTypeOf } from '../world/files/storage-type.js';

/** A piece lies within one of these blocks. */
const BLOCK = 1024 * 1024;

/** Bytes of files: https://core.telegram.org/api/files#downloading-files. */
export const downloadMethods: readonly BuiltIn[] = [
  method(upload.GetFileRequest, getFile),
  method(upload.GetFileHashesRequest, getFileHashes),
];

/** Which bytes of a file are asked for. @throws RpcFault `OFFSET_INVALID`, `LIMIT_INVALID` */
export function rangeOf(
  { offset, limit }: { readonly offset: bigint; readonly limit: number },
  precise = false,
): { readonly offset: number; readonly limit: number } {
  const unit = precise ? 1024 : 4096;
  const at = Number(offset);
  if (offset < 0n || !Number.isSafeInteger(at) || at % unit !== 0)
    throw badRequest('OFFSET_INVALID');
  if (limit <= 0 || limit > BLOCK || limit % unit !== 0) throw badRequest('LIMIT_INVALID');
  if (!precise && BLOCK % limit !== 0) throw badRequest('LIMIT_INVALID');
  if (Math.floor(at / BLOCK) !== Math.floor((at + limit - 1) / BLOCK))
    throw badRequest('LIMIT_INVALID');
  return { offset: at, limit };
}

function getFile(request: upload.GetFileRequest, context: RequestContext): upload.TypeFile {
  const { world, user, dcId } = context;
  const { offset, limit } = rangeOf(request, request.precise);
  const { file, bytes, whole } = locate(world, user, request.location, dcId);
  if (request.cdnSupported && whole && file.cdnDcId !== null) {
    const copy = world.files.cdn.of(file, file.cdnDcId, world.crypto);
    return new upload.FileCdnRedirect({
      dcId: copy.dcId,
      fileToken: copy.token,
      encryptionKey: copy.key,
      encryptionIv: copy.iv,
      fileHashes: hashesFrom(world.crypto, file, offset),
    });
  }
  return new upload.File({
    type: storageTypeOf(bytes.read(0, 16)),
    mtime: file.date,
    bytes: bytes.read(offset, limit),
  });
}

function getFileHashes(
  { location, offset }: upload.GetFileHashesRequest,
  { world, user, dcId }: RequestContext,
): tl.TypeFileHash[] {
  const { file } = locate(world, user, location, dcId);
  return hashesFrom(world.crypto, file, offsetOf(offset));
}

/** @throws RpcFault `OFFSET_INVALID` */
export function offsetOf(offset: bigint): number {
  const at = Number(offset);
  if (at < 0 || !Number.isSafeInteger(at)) throw badRequest('OFFSET_INVALID');
  return at;
}
