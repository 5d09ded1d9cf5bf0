import { NodeSqlite } from './node-sqlite.js';
import type { StorageDriver } from './types.js';

/**
 * A storage in the file at a path.
 *
 * @throws StorageError `unsupported` for what is no path.
 */
export function openPath(path: string): StorageDriver {
  return new NodeSqlite(path);
}
