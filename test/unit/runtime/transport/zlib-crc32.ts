import { gzipSync } from 'node:zlib';

/** The checksum that zlib writes behind gzip data: Node 20 has no function for it alone. */
export function crc32(bytes: Uint8Array): number {
  const packed = gzipSync(bytes);
  return packed.readUInt32LE(packed.length - 8);
}
