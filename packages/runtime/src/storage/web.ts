import { StorageError, type StorageDriver } from './types.js';

export function openPath(path: string): StorageDriver {
  throw new StorageError('io', `There is no storage for the path ${path} yet`);
}
