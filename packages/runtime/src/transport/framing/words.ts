/**
 * A copy that is a plain `Uint8Array`. Node's Buffer is one too, but its `slice` gives a view of the same bytes, so
 * `slice` must not be used on bytes of others.
 */
export function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/** Reads a little-endian signed 32-bit number; missing bytes count as 0. */
export function int32At(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset] ?? 0) |
    ((bytes[offset + 1] ?? 0) << 8) |
    ((bytes[offset + 2] ?? 0) << 16) |
    ((bytes[offset + 3] ?? 0) << 24)
  );
}

/** Writes a 32-bit number, least significant byte first. */
export function putInt32(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value;
  bytes[offset + 1] = value >>> 8;
  bytes[offset + 2] = value >>> 16;
  bytes[offset + 3] = value >>> 24;
}
