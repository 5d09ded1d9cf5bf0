import { FileError } from '../errors.js';

/**
 * All bytes of a download in one array.
 *
 * @param size - bytes in all, where they are known: then nothing is copied twice.
 * @throws FileError `TOO_LARGE` when the host has no array of that size.
 */
export async function toBytes(
  parts: AsyncIterable<Uint8Array<ArrayBuffer>>,
  size: number | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const found: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let whole: Uint8Array<ArrayBuffer> | undefined;
  for await (const bytes of parts) {
    // Not before the first bytes are there: a size alone, which a stranger told, takes no memory.
    if (size !== undefined) whole ??= bytes.length === size ? bytes : arrayOf(size);
    if (whole === undefined) found.push(bytes);
    else if (whole !== bytes) whole.set(bytes, length);
    length += bytes.length;
  }
  return whole ?? joined(found, length);
}

function joined(
  parts: readonly Uint8Array<ArrayBuffer>[],
  length: number,
): Uint8Array<ArrayBuffer> {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const whole = arrayOf(length);
  let at = 0;
  for (const bytes of parts) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}

function arrayOf(length: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length);
  } catch (cause) {
    throw new FileError(
      'TOO_LARGE',
      `The file has ${length} bytes, which do not fit into memory; use chunks() or downloadToFile()`,
      { cause },
    );
  }
}
