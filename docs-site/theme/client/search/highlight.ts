import { readQuery } from './query.js';

/** Parts of a name to mark for a query: `[start, end)`, ascending, never overlapping. */
export function highlights(name: string, text: string): readonly (readonly [number, number])[] {
  const query = readQuery(text);
  if (query === null) return [];
  for (const flat of [query.flat, query.flatError, query.flatBare]) {
    const whole = flatRange(name, flat);
    if (whole !== null) return [whole];
  }
  const humps = query.humps.length > 0;
  let from = humps ? name.lastIndexOf('.') + 1 : 0;
  const ranges = (humps ? query.humps : query.words).flatMap((word) => {
    const start = name.toLowerCase().indexOf(word, from);
    if (start < 0) return [];
    if (humps) from = start + word.length;
    return [[start, start + word.length] as const];
  });
  return separate(ranges);
}

/** Where letters and digits of the name, read without what stands between them, are those of the query. */
function flatRange(name: string, flat: string): readonly [number, number] | null {
  const places = [...name.matchAll(/[\p{L}\p{N}]/gu)].map((match) => match.index);
  const letters = places.map((place) => name.charAt(place).toLowerCase()).join('');
  const start = flat === '' ? -1 : letters.indexOf(flat);
  if (start < 0) return null;
  return [places[start] ?? 0, (places[start + flat.length - 1] ?? 0) + 1];
}

function separate(ranges: (readonly [number, number])[]): (readonly [number, number])[] {
  const kept: (readonly [number, number])[] = [];
  for (const range of ranges.sort((left, right) => left[0] - right[0]))
    if (range[0] >= (kept.at(-1)?.[1] ?? 0)) kept.push(range);
  return kept;
}
