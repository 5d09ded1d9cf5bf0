import type { ReadFile } from './formats/index.js';
import { folderReader } from './node-folder.js';
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

/** Reads the files of the folder at a path, and nothing outside of it. */
export function openFolder(path: string): ReadFile {
  return folderReader(path);
}
