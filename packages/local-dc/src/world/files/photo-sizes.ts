import { FileBytes } from './file-bytes.js';
import { greyPicture } from './grey.js';
import type { ImageSize, PhotoVariant } from './types.js';

/** Sizes that photos are offered in: the letter, and the most that the longer side has. */
const BOXES = [
  ['s', 100],
  ['m', 320],
  ['x', 800],
  ['y', 1280],
  ['w', Number.POSITIVE_INFINITY],
] as const;

/**
 * A photo's sizes, the largest last: that one is the original. The servers encode the others anew; here they are grey,
 * and left out where they would take more bytes than the original.
 */
export function variantsOf({ width, height }: ImageSize, bytes: FileBytes): PhotoVariant[] {
  const longest = Math.max(width, height);
  const own = BOXES.findIndex(([, most]) => longest <= most);
  const smaller = BOXES.slice(0, own).map(([type, most]) => {
    const scaled = (side: number): number => Math.max(1, Math.round((side * most) / longest));
    const size = { width: scaled(width), height: scaled(height) };
    return { type, ...size, bytes: new FileBytes([greyPicture(size.width, size.height)]) };
  });
  const useful = smaller.filter((one) => one.bytes.size < bytes.size);
  return [...useful, { type: BOXES[own]?.[0] ?? 'w', width, height, bytes }];
}
