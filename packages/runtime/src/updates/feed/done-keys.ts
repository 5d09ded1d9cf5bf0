import type { BoxId } from '../engine/index.js';

/** Keys that end in a number and differ in nothing else: the part before the last colon, the first and the last. */
export type KeyRange = readonly [prefix: string, from: number, to: number];

/** A key, or a range of keys. */
export type DoneKey = string | KeyRange;

/** Names a delivery. */
interface Named {
  readonly id: number;
  /** null: of a life before. */
  readonly box: BoxId | null;
}

interface Range extends Named {
  from: number;
  to: number;
  id: number;
  box: BoxId | null;
}

/** Greatest number that is counted; ids that are random are longer, and would not make ranges anyway. */
const DIGITS = 15;

/**
 * Keys of updates, in as little room as they take: those that follow one another (`new:0:7`, `new:0:8`) are one range,
 * however many they are.
 */
export class DoneKeys {
  /** By prefix, ascending; they don't overlap. */
  readonly #ranges = new Map<string, Range[]>();
  /** The others. */
  readonly #texts = new Map<string, Named>();
  #size = 0;

  /** Ranges and single keys. */
  get size(): number {
    return this.#size;
  }

  /** @param delivery - the one that is done; ids tell what is older. */
  add(key: string, { id, box }: Named): void {
    const { prefix, number } = partsOf(key);
    if (number !== null) {
      this.addRange([prefix, number, number], { id, box });
      return;
    }
    if (!this.#texts.has(key)) this.#size++;
    this.#texts.set(key, { id, box });
  }

  addRange([prefix, from, to]: KeyRange, { id, box }: Named): void {
    const ranges = this.#ranges.get(prefix) ?? [];
    if (ranges.length === 0) this.#ranges.set(prefix, ranges);
    let at = placeOf(ranges, from - 1);
    const first = ranges[at];
    if (first !== undefined && first.to === from - 1 && first.box !== box) at++;
    const merged: Range = { from, to, id, box };
    let end = at;
    for (let next = ranges[end]; next !== undefined; next = ranges[++end]) {
      if (next.from > to + 1 || (next.from === to + 1 && next.box !== box)) break;
      merged.from = Math.min(merged.from, next.from);
      merged.to = Math.max(merged.to, next.to);
      if (next.id > merged.id) [merged.id, merged.box] = [next.id, next.box];
    }
    ranges.splice(at, end - at, merged);
    this.#size += 1 - (end - at);
  }

  /** @returns whether it was there. */
  delete(key: string): boolean {
    const { prefix, number } = partsOf(key);
    if (number === null) {
      const found = this.#texts.delete(key);
      if (found) this.#size--;
      return found;
    }
    const ranges = this.#ranges.get(prefix) ?? [];
    const at = placeOf(ranges, number);
    const range = ranges[at];
    if (range === undefined || range.from > number) return false;
    const rest = [
      { ...range, to: number - 1 },
      { ...range, from: number + 1 },
    ].filter((one) => one.from <= one.to);
    ranges.splice(at, 1, ...rest);
    if (ranges.length === 0) this.#ranges.delete(prefix);
    this.#size += rest.length - 1;
    return true;
  }

  /** Lets go of those all of which are covered, and of the oldest beyond a limit. */
  trim(limit: number, covers: (delivery: { id: number; box: BoxId }) => boolean): void {
    const isCovered = ({ id, box }: Named): boolean => box !== null && covers({ id, box });
    this.#keep((one) => !isCovered(one));
    if (this.#size <= limit) return;
    const ids = this.#all().map(([{ id }]) => id);
    const oldest = ids.sort((a, b) => b - a)[limit - 1] ?? 0;
    // parts of what was one range have the same id
    let left = limit - ids.indexOf(oldest);
    this.#keep(({ id }) => id > oldest || (id === oldest && left-- > 0));
  }

  /** All, the oldest first. */
  list(): DoneKey[] {
    const all = this.#all().sort(([a], [b]) => a.id - b.id);
    return all.map(([, key]) => key);
  }

  #all(): [Named, DoneKey][] {
    const all: [Named, DoneKey][] = [...this.#texts].map(([text, named]) => [named, text]);
    for (const [prefix, ranges] of this.#ranges) {
      for (const range of ranges) all.push([range, keyOf(prefix, range)]);
    }
    return all;
  }

  #keep(wanted: (one: Named) => boolean): void {
    for (const [text, named] of this.#texts) if (!wanted(named)) this.#texts.delete(text);
    this.#size = this.#texts.size;
    for (const [prefix, ranges] of this.#ranges) {
      const kept = ranges.filter(wanted);
      if (kept.length === 0) this.#ranges.delete(prefix);
      else if (kept.length < ranges.length) this.#ranges.set(prefix, kept);
      this.#size += kept.length;
    }
  }
}

function keyOf(prefix: string, { from, to }: Range): DoneKey {
  return from === to ? `${prefix}:${from}` : [prefix, from, to];
}

/** A number that is written as JavaScript writes it. */
function partsOf(key: string): { readonly prefix: string; readonly number: number | null } {
  const colon = key.lastIndexOf(':');
  const digits = key.slice(colon + 1);
  const counted = colon >= 0 && digits.length <= DIGITS && /^(?:0|[1-9]\d*)$/.test(digits);
  return { prefix: key.slice(0, Math.max(0, colon)), number: counted ? Number(digits) : null };
}

/** The first range that ends at that number or later. */
function placeOf(ranges: readonly Range[], number: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle] as Range).to < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
