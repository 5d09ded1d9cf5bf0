import { RpcError } from '../../core/errors.js';

/** Whether the server has lost a part of an upload: `FILE_PART_3_MISSING`. */
export function lacksPart(error: unknown): boolean {
  return error instanceof RpcError && error.code === 'FILE_PART_MISSING';
}
