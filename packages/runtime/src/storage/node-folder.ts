import { open, realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { ReadFile } from './formats/tdata/data-file.js';
import { StorageError } from './types.js';

/** Bytes; what is looked for is far smaller, and a folder may hold anything. */
const MAX_SIZE = 16 * 1024 * 1024;

/**
 * Reads files of a folder by their path in it, and nothing outside of it: not by `..`, not by links.
 *
 * @param path - of the folder.
 * @returns null for a file that is not there. Rejects with StorageError `io` when the host fails, for what is no file
 * of that folder, and for files above 16 MiB.
 */
export function folderReader(path: string): ReadFile {
  return async (name) => {
    try {
      const root = await realpath(path);
      const file = await realpath(resolve(root, name));
      if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) {
        throw new StorageError('io', `${name} is not in the folder that is to be read`);
      }
      return await contentOf(file, name);
    } catch (error) {
      if (isMissing(error)) return null;
      if (error instanceof StorageError) throw error;
      throw new StorageError('io', `${name} of the folder cannot be read`, { cause: error });
    }
  };
}

async function contentOf(file: string, name: string): Promise<Uint8Array> {
  const found = await stat(file);
  const { size } = found;
  if (!found.isFile()) throw new StorageError('io', `${name} is not a file`);
  if (size > MAX_SIZE) throw new StorageError('io', `${name} is larger than 16 MiB`);
  const handle = await open(file, 'r');
  try {
    const bytes = new Uint8Array(size);
    // A file that shrinks meanwhile is cut, one that grows is not read further.
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return bytes.subarray(0, at);
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
