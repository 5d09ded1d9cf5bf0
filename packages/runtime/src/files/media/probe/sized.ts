import type { Probed } from './types.js';

/** More pixels on a side than any file has. */
const MOST = 0xffff;

/** Nothing, when the numbers cannot be a size. */
export function sized(width: number, height: number): Probed {
  return width > 0 && height > 0 && width <= MOST && height <= MOST ? { width, height } : {};
}

/** Nothing, when it cannot be a duration, seconds. */
export function lasting(duration: number): Probed {
  // Longer than a year: the number is something else.
  return duration > 0 && duration < 31_536_000 ? { duration } : {};
}
