import { createHash } from 'node:crypto';
import { Random } from '../../support/random.js';

/** No part begins where a piece does. */
const PIECE = 100_003;
const NOISE = Buffer.from(new Random(13).bytes(PIECE));

/**
 * A file that is never in memory as a whole. Each piece has its number in it, and all are given in the same array, as
 * streams may do.
 */
export function* largeContent(size: number): Generator<Uint8Array> {
  const piece = Buffer.from(NOISE);
  for (let at = 0; at < size; at += PIECE) {
    piece.writeUInt32BE(at / PIECE, 0);
    piece.writeUInt32BE(at / PIECE, PIECE >> 1);
    yield piece.subarray(0, Math.min(PIECE, size - at));
  }
}

/** SHA-256 of it, in hexadecimal digits. */
export function hashOfLarge(size: number): string {
  const hash = createHash('sha256');
  for (const piece of largeContent(size)) hash.update(piece);
  return hash.digest('hex');
}
