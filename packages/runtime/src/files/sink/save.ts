import type { FileStat, FileSystem, OpenFile } from '../../platform/file-system.js';
import { FileError } from '../errors.js';
import { hostError, shownPath } from '../source/host-error.js';
import { PartialFile } from './partial.js';
import { putNew, replace } from './publish.js';
import { safeName, splitName } from './safe-name.js';
import type { SaveOptions, SavedFile } from './types.js';
import { writeParts } from './write-parts.js';

/** Names that are tried before the directory counts as full. */
const MOST_NAMES = 10_000;

/**
 * Saves to a path. The bytes go to a hidden file beside it, `.name.<hash>.part`, which gets the name when it is whole
 * and on the disk: nobody ever sees half a file. A symbolic link at the path is not followed.
 *
 * Saves of one process do not disturb each other; two processes must not save the same file to the same path.
 *
 * @throws FileError `EXISTS` when something is at the path and `overwrite` is off; `FILE_ACCESS`; `WRONG_SIZE`, after
 * which nothing is left to go on with. What `parts` fails with.
 */
export async function saveToFile(
  fs: FileSystem,
  path: string,
  options: SaveOptions,
): Promise<SavedFile> {
  checkPath(path, 'the file');
  const name = path === '' ? '' : fs.baseName(path);
  if (name === '' || name === '.' || name === '..') {
    throw new FileError('FILE_ACCESS', `${shownPath(path)} is no path of a file; give one`);
  }
  const directory = fs.directoryOf(path);
  // Absolute as the directory is: the working directory may change meanwhile.
  const target = fs.join(directory, name);
  const taken = (): FileError =>
    new FileError('EXISTS', `${shownPath(path)} is there already; choose another, or overwrite it`);
  await checkDirectory(fs, directory);
  if (await checkTarget(fs, target, options)) throw taken();
  return save(fs, directory, name, options, async (partial) => {
    if (options.overwrite) await replace(fs, partial, target);
    else if (!(await putNew(fs, partial, target))) throw taken();
    return path;
  });
}

/**
 * Saves to a directory, under a {@link safeName}. When that is taken, and `overwrite` is off, the first of `name (2).ext`,
 * `name (3).ext` … that is not. Else as {@link saveToFile}.
 *
 * @throws FileError as {@link saveToFile}; `FILE_ACCESS` when there is no such directory.
 */
export async function saveToDirectory(
  fs: FileSystem,
  directory: string,
  name: string,
  options: SaveOptions,
): Promise<SavedFile> {
  checkPath(directory, 'the directory');
  const safe = safeName(name, 'file');
  // A directory's own name leads from anything in it to its absolute path.
  const folder = directory === '' ? '' : fs.directoryOf(fs.join(directory, safe));
  await checkDirectory(fs, folder, directory);
  if (options.overwrite) await checkTarget(fs, fs.join(folder, safe), options);
  return save(fs, folder, safe, options, async (partial) => {
    if (options.overwrite) {
      await replace(fs, partial, fs.join(folder, safe));
      return fs.join(directory, safe);
    }
    for (let number = 1; number <= MOST_NAMES; number++) {
      const tried = numbered(safe, number);
      if (await putNew(fs, partial, fs.join(folder, tried))) return fs.join(directory, tried);
    }
    const message = `${shownPath(directory)} has ${MOST_NAMES} files named as ${shownPath(safe)}; clear it, or choose another`;
    throw new FileError('EXISTS', message);
  });
}

/** @param publish - gives the partial file its name, and tells where the file is then. */
async function save(
  fs: FileSystem,
  directory: string,
  name: string,
  options: SaveOptions,
  publish: (partial: string) => Promise<string>,
): Promise<SavedFile> {
  const partial = PartialFile.reserve(fs, directory, name, options.identity);
  try {
    const size = await fill(partial, fs.join(directory, name), options);
    try {
      return { path: await publish(partial.path), size };
    } catch (error) {
      if (!options.resume) await partial.discard();
      throw error;
    }
  } finally {
    partial.release();
  }
}

/** Writes the partial file to its end; when that fails, what can be gone on with stays. */
async function fill(partial: PartialFile, target: string, options: SaveOptions): Promise<number> {
  const file = await partial.open(options.resume);
  try {
    const size = await writeParts(file, target, options);
    await closed(file, target);
    return size;
  } catch (error) {
    const empty = (await file.stat().catch(() => null))?.size === 0;
    await file.close().catch(() => {});
    const wrong = error instanceof FileError && error.code === 'WRONG_SIZE';
    if (empty || wrong || !options.resume) await partial.discard();
    throw error;
  }
}

/** From JavaScript, anything may come. */
function checkPath(path: unknown, what: string): void {
  if (typeof path === 'string') return;
  throw new FileError('FILE_ACCESS', `The path of ${what} has to be a string; got ${typeof path}`);
}

/** Some hosts tell only here that they could not write. */
async function closed(file: OpenFile, target: string): Promise<void> {
  try {
    await file.close();
  } catch (error) {
    throw hostError(error, 'Writing', target);
  }
}

/** @param shown - as the caller wrote it. */
async function checkDirectory(fs: FileSystem, directory: string, shown = directory): Promise<void> {
  const found = directory === '' ? null : await statOf(fs, directory);
  if (found?.isDirectory === true) return;
  const what = found === null ? 'is not there; make it first' : 'is no directory; give one';
  throw new FileError('FILE_ACCESS', `The directory ${shownPath(shown)} ${what}`);
}

/** Whether a file of that name is in the way. */
async function checkTarget(
  fs: FileSystem,
  target: string,
  { overwrite }: SaveOptions,
): Promise<boolean> {
  const found = await statOf(fs, target);
  if (found === null) return false;
  if (!overwrite) return true;
  if (!found.isDirectory) return false;
  const message = `${shownPath(target)} is a directory, which no file takes the place of; choose another path`;
  throw new FileError('EXISTS', message);
}

async function statOf(fs: FileSystem, path: string): Promise<FileStat | null> {
  try {
    return await fs.stat(path);
  } catch (error) {
    throw hostError(error, 'Looking at', path);
  }
}

function numbered(name: string, number: number): string {
  if (number === 1) return name;
  const { stem, extension } = splitName(name);
  return `${stem} (${number})${extension}`;
}
