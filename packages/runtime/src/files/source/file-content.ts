import type { FileStat, FileSystem, OpenFile } from '../../platform/file-system.js';
import { FileError } from '../errors.js';
import { hostCode, hostError, shownPath } from './host-error.js';
import type { Content } from './seekable-source.js';

/**
 * A file of the host.
 *
 * @throws FileError `UNSUPPORTED`, `BAD_SOURCE` for a directory, `FILE_ACCESS`.
 */
export async function fileContent(
  path: string,
  fileSystem: FileSystem | undefined,
): Promise<Content> {
  if (fileSystem === undefined) {
    throw new FileError(
      'UNSUPPORTED',
      'This host has no files to read by their path; give a File, a Blob or bytes',
    );
  }
  const file = await opened(fileSystem, path);
  try {
    const first = await file.stat();
    if (first.isDirectory) throw directory(path);
    return {
      size: first.size,
      name: fileSystem.baseName(path),
      mimeType: undefined,
      version: String(first.modified),
      at: (position, length) => access(path, () => file.read(position, length)),
      confirm: async () => {
        const last = await access(path, () => file.stat());
        if (!same(first, last)) throw changed(path, first, last);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close().catch(() => {});
    throw error instanceof FileError ? error : hostError(error, 'Reading', path);
  }
}

async function opened(fileSystem: FileSystem, path: string): Promise<OpenFile> {
  try {
    // Hosts differ in whether a directory can be opened.
    if ((await fileSystem.stat(path))?.isDirectory === true) throw directory(path);
    return await fileSystem.open(path, 'read');
  } catch (error) {
    if (error instanceof FileError) throw error;
    if (hostCode(error) === 'EISDIR') throw directory(path);
    throw hostError(error, 'Opening', path);
  }
}

async function access<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw hostError(error, 'Reading', path);
  }
}

const same = (a: FileStat, b: FileStat): boolean => a.size === b.size && a.modified === b.modified;

function directory(path: string): FileError {
  return new FileError('BAD_SOURCE', `${shownPath(path)} is a directory; give the path of a file`);
}

function changed(path: string, first: FileStat, last: FileStat): FileError {
  const how =
    first.size === last.size ? 'was written to' : `went from ${first.size} to ${last.size} bytes`;
  return new FileError(
    'SOURCE_CHANGED',
    `${shownPath(path)} ${how} while it was read; start again when nobody writes to it`,
  );
}
