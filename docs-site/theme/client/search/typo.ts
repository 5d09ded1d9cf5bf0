let before: number[] = [];
let last: number[] = [];
let row: number[] = [];

/** How many mistakes a word of that length is forgiven. */
export function allowedMistakes(length: number): number {
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

/**
 * Damerau-Levenshtein distance (optimal string alignment): letters changed, added, dropped, or swapped with their
 * neighbour. Anything above `most` is answered with `most + 1`, soon.
 */
export function distance(left: string, right: string, most: number): number {
  const width = right.length;
  if (Math.abs(left.length - width) > most) return most + 1;
  for (let column = 0; column <= width; column++) row[column] = column;
  for (let line = 1; line <= left.length; line++) {
    [before, last, row] = [last, row, before];
    if (fillRow(left, right, line) > most) return most + 1;
  }
  return Math.min(at(row, width), most + 1);
}

/** Fills `row` and returns its least distance. */
function fillRow(left: string, right: string, line: number): number {
  const letter = left.charCodeAt(line - 1);
  row[0] = line;
  let least = line;
  for (let column = 1; column <= right.length; column++) {
    const same = letter === right.charCodeAt(column - 1);
    let value = at(last, column - 1) + (same ? 0 : 1);
    value = Math.min(value, at(last, column) + 1, at(row, column - 1) + 1);
    const swapped =
      line > 1 &&
      column > 1 &&
      letter === right.charCodeAt(column - 2) &&
      left.charCodeAt(line - 2) === right.charCodeAt(column - 1);
    if (swapped) value = Math.min(value, at(before, column - 2) + 1);
    row[column] = value;
    least = Math.min(least, value);
  }
  return least;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}

/** Letters and digits of a word as bits: two words whose bits differ much need not be compared. */
export function letterBits(word: string): number {
  let bits = 0;
  for (let index = 0; index < word.length; index++) bits |= 1 << (word.charCodeAt(index) & 31);
  return bits;
}

/** Number of bits that are set. */
export function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Letters skipped when `needle` is read within `text` in order; -1 if it is not in there. */
export function gaps(needle: string, text: string): number {
  const start = text.indexOf(needle.charAt(0));
  let end = start;
  for (let index = 1; index < needle.length && end >= 0; index++)
    end = text.indexOf(needle.charAt(index), end + 1);
  return start < 0 || end < 0 ? -1 : end - start + 1 - needle.length;
}
