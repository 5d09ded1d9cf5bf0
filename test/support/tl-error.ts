import { TlError } from '@tlgen/codec';
import { expect } from 'vitest';

/** Runs what must fail with a `TlError`, and returns it. */
export function tlError(run: () => unknown): TlError {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof TlError) return thrown;
    throw new Error(`not a TlError: ${String(thrown)}`, { cause: thrown });
  }
  return expect.fail('expected a TlError, but nothing was thrown');
}

/** Codes that reading may end in. */
export const READ_CODES: ReadonlySet<string> = new Set([
  'end-of-data',
  'unknown-constructor',
  'wrong-type',
  'bad-length',
  'bad-value',
  'vector-too-long',
  'too-deep',
  'trailing-bytes',
  'gunzip',
]);

/** True when `read` succeeds, false when it fails with a proper read error; anything else throws. */
export function readsOrFails(read: () => unknown, length: number): boolean {
  try {
    read();
    return true;
  } catch (thrown) {
    if (!(thrown instanceof TlError))
      throw new Error(`not a TlError: ${String(thrown)}`, { cause: thrown });
    if (!READ_CODES.has(thrown.code))
      throw new Error(`${thrown.code}: ${thrown.message}`, { cause: thrown });
    const { offset } = thrown;
    if (offset === null || offset < 0 || offset > length)
      throw new Error(`offset ${String(offset)}`, { cause: thrown });
    return false;
  }
}
