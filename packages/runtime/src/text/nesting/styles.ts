import type { TextEntity } from '../types.js';
import { endOf, isOpaque, isStyle, type Style, type StyleType } from './order.js';

type Span = readonly [start: number, end: number];

/** Joins styles of one kind, and cuts them at the borders of the atoms they cross. */
export function cutStyles(entities: readonly TextEntity[], atoms: readonly TextEntity[]): Style[] {
  const spans = new Map<StyleType, Span[]>();
  for (const one of entities) {
    if (!isStyle(one)) continue;
    const list = spans.get(one.type) ?? [];
    list.push([one.offset, endOf(one)]);
    spans.set(one.type, list);
  }
  const result: Style[] = [];
  for (const [type, list] of spans) {
    for (const [start, end] of cut(outsideOfCode(join(list), atoms), atoms)) {
      result.push({ type, offset: start, length: end - start });
    }
  }
  return result;
}

/** The same characters as runs that do not touch. */
function join(spans: Span[]): Span[] {
  const runs: [number, number][] = [];
  for (const [start, end] of spans.sort((a, b) => a[0] - b[0])) {
    const last = runs.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else runs.push([start, end]);
  }
  return runs;
}

/** Takes code and pre out of runs that do not hold them whole. */
function outsideOfCode(runs: readonly Span[], atoms: readonly TextEntity[]): Span[] {
  const blocks = atoms
    .filter(isOpaque)
    .sort((a, b) => a.offset - b.offset)
    .map((one): Span => [one.offset, endOf(one)]);
  const result: Span[] = [];
  for (const [from, to] of runs) {
    const start = spanAt(blocks, from)?.[1] ?? from;
    const end = spanAt(blocks, to)?.[0] ?? to;
    if (end > start) result.push([start, end]);
  }
  return result;
}

/** Splits runs where they cross the border of an atom. */
function cut(runs: readonly Span[], atoms: readonly TextEntity[]): Span[] {
  const borders = new Set<number>();
  for (const border of crossedBorders(runs, atoms)) borders.add(border);
  const sorted = [...borders].sort((a, b) => a - b);
  const result: Span[] = [];
  let at = 0;
  for (const [start, end] of runs) {
    let from = start;
    for (let border = sorted[at]; border !== undefined && border < end; border = sorted[++at]) {
      if (border <= from) continue;
      result.push([from, border]);
      from = border;
    }
    result.push([from, end]);
  }
  return result;
}

function* crossedBorders(runs: readonly Span[], atoms: readonly TextEntity[]): Generator<number> {
  for (const atom of atoms) {
    const start = atom.offset;
    const end = endOf(atom);
    const first = spanAt(runs, start);
    const last = spanAt(runs, end);
    // Crossed: a run that holds one border inside itself and not the other (a touch is no crossing).
    if (first !== null && first[0] < start && first[1] < end) yield start;
    if (last !== null && last[1] > end && last[0] > start) yield end;
  }
}

/** The span that has a place strictly inside; null: none. They are sorted and do not overlap. */
function spanAt(runs: readonly Span[], place: number): Span | null {
  let low = 0;
  let high = runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (run === undefined) return null;
    if (run[1] <= place) low = middle + 1;
    else if (run[0] >= place) high = middle - 1;
    else return run;
  }
  return null;
}
