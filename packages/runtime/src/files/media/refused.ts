import { RpcError } from '../../core/errors.js';

const REFERENCE = new Set([
  'FILE_REFERENCE_EXPIRED',
  'FILE_REFERENCE_INVALID',
  'FILE_REFERENCE_EMPTY',
  'FILEREF_UPGRADE_NEEDED',
]);

/** Whether the server wants a fresh reference to a file; `FILE_REFERENCE_3_EXPIRED` has the code without its number. */
export function wantsReference(error: unknown): boolean {
  return error instanceof RpcError && REFERENCE.has(error.code);
}

/** Whether the server has lost a part of an upload: `FILE_PART_3_MISSING`. */
export function lacksPart(error: unknown): boolean {
  return error instanceof RpcError && error.code === 'FILE_PART_MISSING';
}
