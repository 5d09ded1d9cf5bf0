import { createHash } from 'node:crypto';
import { Random } from '../../support/random.js';

export const KIB = 1024;
export const MIB = 1024 * KIB;

const NOISE = new Random(11).bytes(MIB + 7);

/** Bytes that differ from place to place, cheap to make. */
export function content(length: number, salt = 0): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += NOISE.length) {
    bytes.set(NOISE.subarray(0, Math.min(NOISE.length, length - at)), at);
  }
  for (let at = salt % 4099; at < length; at += 4099) bytes[at] = (at / 4099 + salt) & 255;
  return bytes;
}

/** Compared instead of bytes: a difference of megabytes takes long to print. */
export const hashOf = (bytes: Uint8Array): string =>
  `${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`;
