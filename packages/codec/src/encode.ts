import { TlError } from './errors.js';
import type { TlObject } from './object.js';
import { explainWrite } from './trace-write.js';
import { TlWriter } from './writer.js';

/** A larger buffer is not kept for the next call. */
const KEPT_CAPACITY = 1 << 20;

let spare: TlWriter | null = null;

/**
 * Serializes an object or a method call, constructor id first.
 *
 * @returns bytes of their own, a multiple of 4 long.
 * @throws TlError with the path of the field that is missing, of the wrong kind or out of range.
 */
export function encode(object: TlObject): Uint8Array {
  const writer = spare ?? new TlWriter(1 << 14);
  spare = null;
  try {
    return writer.writeAt(object, 0).slice();
  } catch (thrown) {
    if (typeof (object as Partial<TlObject> | null | undefined)?.$write !== 'function') {
      throw new TlError('bad-value', 'encode takes an object of a generated class', {
        cause: thrown,
      });
    }
    throw explainWrite(object, thrown);
  } finally {
    if (writer.capacity <= KEPT_CAPACITY) spare = writer;
  }
}
