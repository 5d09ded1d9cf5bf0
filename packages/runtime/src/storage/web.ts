import type { ReadFile } from './formats/index.js';
import { checkSqlitePath } from './sqlite-path.js';
import { StorageError, type StorageDriver } from './types.js';

/**
 * A storage at a path: not here.
 *
 * @throws StorageError `unsupported`, always.
 */
export function openPath(path: string): StorageDriver {
  checkSqlitePath(path);
  throw new StorageError(
    'unsupported',
    `There are no files on this host for a storage at ${path}: use MemoryStorage, StringSession or a StorageDriver of ` +
      'your own',
  );
}

/**
 * The files of a folder: not here.
 *
 * @throws StorageError `unsupported`, always.
 */
export function openFolder(path: string): ReadFile {
  throw new StorageError(
    'unsupported',
    `There are no files on this host to read in ${path}: pass a function that reads them`,
  );
}
