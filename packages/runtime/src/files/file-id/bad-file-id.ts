import { FileError } from '../errors.js';

/** A `BAD_FILE_ID` that tells what is wrong. Ids are not shown: they let their holder fetch the file. */
export function badFileId(what: string): FileError {
  return new FileError('BAD_FILE_ID', what);
}
