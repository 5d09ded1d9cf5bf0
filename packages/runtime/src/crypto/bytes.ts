const HEX = /^(?:[0-9a-fA-F]{2})*$/;

/** Joins parts into one fresh array. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const part of parts) size += part.length;
  const joined = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Lower-case hexadecimal digits, two for each byte. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/**
 * Reads pairs of hexadecimal digits.
 *
 * @throws RangeError when the text holds anything else, or half a byte.
 */
export function fromHex(text: string): Uint8Array {
  if (!HEX.test(text)) throw new RangeError('expected pairs of hexadecimal digits');
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

/** Reads a big-endian unsigned number; 0 for no bytes. */
export function bigIntFromBytes(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}

/**
 * Writes a big-endian unsigned number.
 *
 * @param size - bytes of the result, filled with leading zeros; without it, as few as hold the number.
 * @throws RangeError when the number is negative or does not fit.
 */
export function bytesFromBigInt(value: bigint, size?: number): Uint8Array {
  if (value < 0n) throw new RangeError('expected a number that is not negative');
  const digits = value === 0n ? '' : value.toString(16);
  const needed = Math.ceil(digits.length / 2);
  if (size !== undefined && needed > size) {
    throw new RangeError(`the number takes ${needed} bytes, there is room for ${size}`);
  }
  return fromHex(digits.padStart((size ?? needed) * 2, '0'));
}
