import { COARSE, FRAGMENT } from '../plan.js';

/** One request to a CDN. */
export interface Piece {
  readonly offset: number;
  readonly limit: number;
}

/** Asking for less more than is wanted is cheaper than another request. */
const WASTE = 128 * 1024;

/**
 * The next request for bytes `[position, end)`: a power of two of at least 4 KiB, in one fragment of 1 MiB. (Restrictions
 * on upload.getCdnFile: https://core.telegram.org/cdn)
 *
 * @param position - a multiple of 4 KiB.
 */
export function nextPiece(position: number, end: number): Piece {
  const wanted = end - position;
  const room = FRAGMENT - (position % FRAGMENT);
  let limit = COARSE;
  while (limit < wanted) limit *= 2;
  if (limit > room || limit - wanted >= WASTE) {
    while (limit > COARSE && (limit > wanted || limit > room)) limit /= 2;
  }
  return { offset: position, limit };
}
