import { RpcError } from '../../../core/errors.js';

/**
 * Whether the server wants a fresh reference to a file; `FILE_REFERENCE_3_EXPIRED` of an album is one as well.
 *
 * @see https://core.telegram.org/api/file_reference
 */
export function isStaleReference(error: unknown): error is RpcError {
  if (!(error instanceof RpcError)) return false;
  return error.code.startsWith('FILE_REFERENCE_') || error.code === 'FILEREF_UPGRADE_NEEDED';
}
