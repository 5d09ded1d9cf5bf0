import { FileError } from '../errors.js';

/** How many bytes the server has of a file, and what that says of an answer. */
export interface StoredSize {
  /** undefined: nobody knows. */
  readonly bytes: number | undefined;
  /** There may be more, which is not wanted: padding of encrypted files. */
  readonly padded: boolean;
}

/**
 * Checks that an answer has no byte that was not asked for, and none beyond the file.
 *
 * @throws FileError `WRONG_SIZE`.
 */
export function checkLength(size: StoredSize, offset: number, limit: number, got: number): void {
  if (got > limit) wrongSize(offset, `${limit} bytes were asked for`, got);
  if (size.bytes === undefined || size.padded) return;
  const left = Math.max(0, size.bytes - offset);
  if (got > left) wrongSize(offset, `the file of ${size.bytes} bytes has ${left} there`, got);
}

/** @throws FileError `WRONG_SIZE`. */
export function wrongSize(offset: number, expected: string, got: number): never {
  const message = `At byte ${offset} the server sent ${got} bytes; ${expected}`;
  throw new FileError('WRONG_SIZE', message);
}
