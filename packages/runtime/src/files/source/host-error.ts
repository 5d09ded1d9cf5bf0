import { FileError } from '../errors.js';

/** Characters of a path that a message shows. */
const SHOWN = 300;

/** What to do about it, by the code of the host. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOENT: 'there is nothing at that path; check it',
  ENOTDIR: 'a part of the path is not a directory; check the path',
  EISDIR: 'it is a directory; give the path of a file',
  EACCES: 'the process has no permission; give it access, or choose another path',
  EPERM: 'the host does not permit it; choose another path',
  EROFS: 'the file system is read-only; choose another path',
  EEXIST: 'it is there already; choose another name',
  ELOOP: 'it is a symbolic link, or leads through too many; give the path of the file itself',
  EINVAL: 'the host takes no such path, or it is no regular file; give the path of one',
  ENAMETOOLONG: 'the name is too long for the host; choose a shorter one',
  ERR_INVALID_ARG_VALUE: 'the host takes no such path; check it for NUL characters',
  EMFILE: 'too many files are open; close some, or raise the limit of the process',
  ENFILE: 'too many files are open on the host; close some',
  ENOSPC: 'the disk is full; make room, or choose another path',
  EDQUOT: 'the quota of the disk is used up; make room, or choose another path',
  EFBIG: 'the file system takes no file of that size; choose another path',
  EBUSY: 'it is in use; close what uses it, and try again',
  EIO: 'the disk fails; check it',
};

/** A file that was to be made, or put there, lacks what it lies in. */
const MAKING: Readonly<Record<string, string>> = {
  ENOENT: 'its directory is not there; make that first',
};

/** The `code` of a host's error; undefined when it has none. */
export function hostCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** A path for messages: quoted, and cut when it is no path anybody would read. */
export function shownPath(path: string): string {
  return JSON.stringify(path.length > SHOWN ? `${path.slice(0, SHOWN)}…` : path);
}

/**
 * What a host's failure is to the caller.
 *
 * @param doing - as in `Reading`; the path follows.
 */
export function hostError(error: unknown, doing: string, path: string): FileError {
  const given = hostCode(error);
  const made = doing === 'Making' || doing === 'Putting the file at';
  const all = made ? { ...ADVICE, ...MAKING } : ADVICE;
  const advice = given !== undefined && Object.hasOwn(all, given) ? all[given] : undefined;
  const what = `${doing} ${shownPath(path)} failed`;
  const why = advice === undefined ? '; check the path and the disk' : `: ${advice}`;
  const named = given === undefined ? '' : ` (${given})`;
  return new FileError('FILE_ACCESS', what + why + named, { cause: error });
}
