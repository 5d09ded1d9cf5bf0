/**
 * All bytes of a download in one array.
 *
 * @param size - bytes in all, where they are known: then nothing is copied twice.
 */
export async function toBytes(
  parts: AsyncIterable<Uint8Array>,
  size: number | undefined,
): Promise<Uint8Array> {
  const found: Uint8Array[] = [];
  let length = 0;
  let whole: Uint8Array | undefined;
  for await (const bytes of parts) {
    // Not before the first bytes are there: a size alone, which a stranger told, takes no memory.
    if (size !== undefined) whole ??= bytes.length === size ? bytes : new Uint8Array(size);
    if (whole === undefined) found.push(bytes);
    else if (whole !== bytes) whole.set(bytes, length);
    length += bytes.length;
  }
  return whole ?? joined(found, length);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const bytes of parts) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}
