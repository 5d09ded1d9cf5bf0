import type { TextEntity } from '../types.js';
import { endOf, isOpaque, isStyle } from './order.js';
import { EntityQueue } from './queue.js';

/**
 * Sorts out what is not a style. Quotes come first: what crosses one is split at its borders. Of two others that cross,
 * or are where they may not be, the first stays, and the second keeps what is left behind it.
 */
export function atomsOf(entities: readonly TextEntity[]): TextEntity[] {
  const atoms = entities.filter((one) => !isStyle(one));
  const quotes = apart(
    atoms.filter((one) => one.type === 'blockquote'),
    [],
  );
  const borders = [...new Set(quotes.flatMap((one) => [one.offset, endOf(one)]))];
  borders.sort((a, b) => a - b);
  const others = atoms.filter((one) => one.type !== 'blockquote');
  return [...quotes, ...apart(others, borders)];
}

/** Splits at the borders, and at what began before. */
function apart(entities: readonly TextEntity[], borders: readonly number[]): TextEntity[] {
  const queue = new EntityQueue(entities);
  const result: TextEntity[] = [];
  const open: TextEntity[] = [];
  for (let one = queue.pop(); one !== undefined; one = queue.pop()) {
    let top = open.at(-1);
    while (top !== undefined && endOf(top) <= one.offset) {
      open.pop();
      top = open.at(-1);
    }
    const border = firstBehind(borders, one.offset);
    const end = Math.min(endOf(one), border, top === undefined ? border : endOf(top));
    if (end < endOf(one)) queue.push({ ...one, offset: end, length: endOf(one) - end });
    const piece = { ...one, length: end - one.offset };
    if (open.some((outer) => !mayContain(outer, piece))) continue;
    result.push(piece);
    open.push(piece);
  }
  return result;
}

/** The first border behind a place. */
function firstBehind(borders: readonly number[], place: number): number {
  let low = 0;
  let high = borders.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((borders[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return borders[low] ?? Number.POSITIVE_INFINITY;
}

function mayContain(outer: TextEntity, inner: TextEntity): boolean {
  if (outer.type !== 'textUrl' && outer.type !== 'textMention') return false;
  return isOpaque(inner) || inner.type === 'customEmoji';
}
