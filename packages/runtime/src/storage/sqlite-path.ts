import { StorageError } from './types.js';

/**
 * Refuses what is no path of a file.
 *
 * @throws StorageError `unsupported`.
 */
export function checkSqlitePath(path: unknown): asserts path is string {
  const refuse = (why: string): never => {
    throw new StorageError('unsupported', `SqliteStorage takes the path of a file: ${why}`);
  };
  if (typeof path !== 'string' || path === '') return refuse('got none');
  if (path.includes('\0')) return refuse('a NUL character cannot be part of it');
  if (path === ':memory:') return refuse('for a storage in memory use MemoryStorage');
  if (/^[a-z][a-z0-9+.-]+:\/\/|^file:/i.test(path)) return refuse(`not a URL`);
}
