import { TextError } from './errors.js';
import { endOf, isStyle } from './nesting/order.js';
import { normalise, splitsPair } from './normalise.js';
import type { FormattedText, TextEntity } from './types.js';

/** Characters (UTF-16 code units) that servers take in one message, unless their settings say otherwise. */
export const MAX_MESSAGE_LENGTH = 4096;

/**
 * Cuts a text that is too long for one message. A piece ends, in this order, before the last new line that fits,
 * before the last space, before an entity that is better kept whole (code, a mention, a link …) and fits whole into
 * the next piece, or between two characters as people see them. New lines and spaces around a cut are dropped, and
 * pieces of nothing else with them. Entities are cut with the text; buttons stay with the last piece.
 *
 * @param limit - UTF-16 code units of a piece, at least 2.
 * @returns at least one piece; a text that fits is returned as it is, also an empty one.
 * @throws TextError for a limit below 2.
 */
export function splitText(formatted: FormattedText, limit = MAX_MESSAGE_LENGTH): FormattedText[] {
  if (!(limit >= 2)) throw new TextError(`Pieces of ${limit} are too short: give at least 2`, 0);
  if (formatted.text.length <= limit) return [formatted];
  const { text, entities, buttons } = normalise(formatted);
  const kept = entities.filter((one) => isKept(one) && one.length <= limit);
  const pieces: FormattedText[] = [];
  const open = new OpenEntities(entities);
  for (const [from, to] of cuts(text, kept, Math.trunc(limit))) {
    pieces.push({ text: text.slice(from, to), entities: open.within(from, to) });
  }
  const last = pieces.pop();
  // A text of white space only: the server says what it thinks of it.
  if (last === undefined) return [{ ...formatted, text: text.slice(0, limit), entities: [] }];
  pieces.push(buttons === undefined ? last : { ...last, buttons });
  return pieces;
}

type Span = readonly [from: number, to: number];

/** Whether an entity loses its meaning when it is cut. */
function isKept(entity: TextEntity): boolean {
  return !isStyle(entity) && entity.type !== 'pre' && entity.type !== 'blockquote';
}

function* cuts(text: string, kept: readonly TextEntity[], limit: number): Generator<Span> {
  let from = 0;
  while (from < text.length) {
    const to = text.length - from <= limit ? text.length : bestCut(text, from, from + limit, kept);
    // All new lines at a cut are dropped, on both sides of it.
    let end = to;
    while (text[to] === '\n' && end > from && text[end - 1] === '\n') end -= 1;
    if (/\S/.test(text.slice(from, end))) yield [from, end];
    from = to;
    const separator = text[from] === '\n' ? /\n+/y : /[ \t]/y;
    separator.lastIndex = from;
    if (to < text.length) from += separator.exec(text)?.[0].length ?? 0;
  }
}

function bestCut(text: string, from: number, to: number, kept: readonly TextEntity[]): number {
  for (const separator of ['\n', ' ']) {
    const found = lastOutside(text, separator, from, to, kept);
    if (found > from) return found;
  }
  const inside = keptAround(kept, to);
  if (inside !== null && inside.offset > from) return inside.offset;
  return characterCut(text, from, to);
}

/** The last place of a separator up to `to` that is in no entity that is kept whole. */
function lastOutside(
  text: string,
  separator: string,
  from: number,
  to: number,
  kept: readonly TextEntity[],
): number {
  // Looks in this window only: the text before it was cut already.
  const window = text.slice(from, to + 1);
  let at = window.lastIndexOf(separator);
  while (at > 0) {
    const inside = keptAround(kept, from + at);
    // In an entity that began before the piece, one place is as good as another.
    if (inside === null || inside.offset <= from) return from + at;
    at = window.lastIndexOf(separator, inside.offset - from);
    if (at === inside.offset - from) return from + at;
  }
  return -1;
}

/** The kept entity that a cut would go through; null: none. */
function keptAround(kept: readonly TextEntity[], place: number): TextEntity | null {
  let low = 0;
  let high = kept.length - 1;
  let found: TextEntity | null = null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = kept[middle];
    if (one === undefined) break;
    if (one.offset < place) {
      found = one;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  if (found === null) return null;
  if (endOf(found) > place) return found;
  // The one found may be inside of, or behind an emoji in, a link that goes on.
  const before = kept.slice(Math.max(0, kept.indexOf(found) - 8), kept.indexOf(found));
  return before.find((one) => endOf(one) > place) ?? null;
}

let segmenter: Intl.Segmenter | null | undefined;

/** Made when it is first needed, for that takes a while; null where the host has none. */
function graphemes(): Intl.Segmenter | null {
  segmenter ??=
    typeof Intl === 'object' && 'Segmenter' in Intl
      ? new Intl.Segmenter(undefined, { granularity: 'grapheme' })
      : null;
  return segmenter;
}

/** The border between two characters at or before `to`; one that alone is longer than a piece is cut. */
function characterCut(text: string, from: number, to: number): number {
  // No character that people see goes on for longer behind the cut than it matters here.
  const window = text.slice(from, to + 64);
  const at =
    graphemes()
      ?.segment(window)
      .containing(to - from)?.index ?? 0;
  if (at > 0) return from + at;
  return splitsPair(text, to) ? to - 1 : to;
}

/** Hands out the parts of entities that are in one piece after the other. */
class OpenEntities {
  #next = 0;
  #open: TextEntity[] = [];

  constructor(private readonly entities: readonly TextEntity[]) {}

  within(from: number, to: number): TextEntity[] {
    for (let one = this.entities[this.#next]; one && one.offset < to;) {
      this.#open.push(one);
      one = this.entities[++this.#next];
    }
    this.#open = this.#open.filter((one) => endOf(one) > from);
    return this.#open.map((one) => {
      const start = Math.max(from, one.offset);
      return { ...one, offset: start - from, length: Math.min(to, endOf(one)) - start };
    });
  }
}
