const SLICES = 8;
const POLYNOMIAL = 0xedb88320;

/** Row 0 advances by one byte; row n by that byte and n zero bytes, so that eight bytes need no waiting for each other. */
const TABLE = new Int32Array(256 * SLICES);
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++)
    value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
  TABLE[byte] = value;
}
for (let at = 256; at < TABLE.length; at++) {
  const before = entry(at - 256);
  TABLE[at] = entry(before & 0xff) ^ (before >>> 8);
}

function entry(index: number): number {
  return TABLE[index] ?? 0;
}

/** CRC-32 as in IEEE 802.3 (zlib's), unsigned. */
export function crc32(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % SLICES);
  let crc = -1;
  let at = 0;
  for (; at < whole; at += SLICES) {
    const low = view.getInt32(at, true) ^ crc;
    const high = view.getInt32(at + 4, true);
    crc =
      entry(1792 + (low & 0xff)) ^
      entry(1536 + ((low >>> 8) & 0xff)) ^
      entry(1280 + ((low >>> 16) & 0xff)) ^
      entry(1024 + (low >>> 24)) ^
      entry(768 + (high & 0xff)) ^
      entry(512 + ((high >>> 8) & 0xff)) ^
      entry(256 + ((high >>> 16) & 0xff)) ^
      entry(high >>> 24);
  }
  for (; at < bytes.length; at++) {
    crc = entry((crc ^ (bytes[at] ?? 0)) & 0xff) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}
