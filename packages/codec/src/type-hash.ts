/**
 * A boxed type's name as one small positive integer, by which generated code says which type it expects: 29 bits of
 * CRC32, so that engines keep it as an immediate everywhere. 0 and 1 are left for "any" and "a method".
 */
export function typeHash(name: string): number {
  let crc = -1;
  for (let i = 0; i < name.length; i++) {
    crc ^= name.charCodeAt(i);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (~crc >>> 3) + 2;
}
