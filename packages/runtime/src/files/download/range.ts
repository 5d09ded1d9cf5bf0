import { FileError } from '../errors.js';
import type { PartsOptions } from './types.js';

/** Bytes `[start, end)` of a file. */
export interface ByteRange {
  readonly start: number;
  /** Infinity: to the end of a file whose size nobody knows. */
  readonly end: number;
}

/**
 * Which bytes are wanted; an end past the file's is the file's.
 *
 * @param size - of the file; undefined: nobody knows.
 * @throws FileError `BAD_RANGE`.
 */
export function rangeOf(size: number | undefined, options: PartsOptions): ByteRange {
  const { start = 0, end } = options;
  const last = size ?? Infinity;
  if (!isPlace(start)) refuse('start', start);
  if (end !== undefined && !isPlace(end)) refuse('end', end);
  if (end !== undefined && end < start) {
    throw new FileError('BAD_RANGE', `The range ends at ${end}, before its start at ${start}`);
  }
  if (start > last) {
    throw new FileError('BAD_RANGE', `The range starts at ${start}; the file has ${last} bytes`);
  }
  return { start, end: Math.min(end ?? last, last) };
}

const isPlace = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

function refuse(name: string, value: unknown): never {
  const got = typeof value === 'number' ? String(value) : `a ${typeof value}`;
  const message = `The ${name} of a range is a whole number of bytes, 0 or more; got ${got}`;
  throw new FileError('BAD_RANGE', message);
}
