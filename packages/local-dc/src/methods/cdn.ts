import { upload, type TypeFileHash } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { badRequest, RpcFault } from '../world/fault.js';
import type { CdnCopy } from '../world/files/cdn-tokens.js';
import { hashesFrom } from '../world/files/hashes.js';
import { offsetOf, rangeOf } from './downloads.js';

/** Files that are kept at data centers nobody trusts: https://core.telegram.org/cdn. */
export const cdnMethods: readonly BuiltIn[] = [
  method(upload.GetCdnFileRequest, getCdnFile, { anonymous: true }),
  method(upload.ReuploadCdnFileRequest, reuploadCdnFile),
  method(upload.GetCdnFileHashesRequest, getCdnFileHashes),
];

/** @throws RpcFault `FILE_TOKEN_INVALID` */
function copyOf({ world }: RequestContext, token: Uint8Array): CdnCopy {
  const copy = world.files.cdn.find(token);
  if (!copy) throw badRequest('FILE_TOKEN_INVALID');
  return copy;
}

/** @throws RpcFault `METHOD_INVALID` (404) everywhere else than at the CDN. */
function getCdnFile(
  request: upload.GetCdnFileRequest,
  context: RequestContext,
): upload.TypeCdnFile {
  const { world, dcId } = context;
  if (!world.isCdn(dcId)) throw new RpcFault(404, 'METHOD_INVALID');
  const { offset, limit } = rangeOf(request);
  const copy = copyOf(context, request.fileToken);
  if (copy.dcId !== dcId) throw badRequest('FILE_TOKEN_INVALID');
  if (copy.request !== null)
    return new upload.CdnFileReuploadNeeded({ requestToken: copy.request });
  return new upload.CdnFile({ bytes: world.files.cdn.read(copy, offset, limit, world.crypto) });
}

/** Brings a copy to the CDN. @throws RpcFault `REQUEST_TOKEN_INVALID`, `FILE_MIGRATE_X` (303) */
function reuploadCdnFile(
  { fileToken, requestToken }: upload.ReuploadCdnFileRequest,
  context: RequestContext,
): TypeFileHash[] {
  const copy = copyOf(context, fileToken);
  mustBeHere(context, copy);
  const { request } = copy;
  if (request && Buffer.compare(request, requestToken) !== 0)
    throw badRequest('REQUEST_TOKEN_INVALID');
  copy.request = null;
  return hashesFrom(context.world.crypto, copy.file, 0);
}

function getCdnFileHashes(
  { fileToken, offset }: upload.GetCdnFileHashesRequest,
  context: RequestContext,
): TypeFileHash[] {
  const copy = copyOf(context, fileToken);
  mustBeHere(context, copy);
  return hashesFrom(context.world.crypto, copy.file, offsetOf(offset));
}

function mustBeHere({ dcId }: RequestContext, { file }: CdnCopy): void {
  if (file.dcId !== dcId) throw new RpcFault(303, `FILE_MIGRATE_${file.dcId}`);
}
