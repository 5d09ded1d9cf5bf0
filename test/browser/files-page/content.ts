/** Bytes that differ from place to place; the page and the test make the same ones. */
export function content(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** Start and end of a range in the middle, which begins and ends nowhere in particular. */
export const rangeOf = (size: number): [start: number, end: number] => [
  Math.floor(size / 3),
  Math.floor(size / 2),
];
