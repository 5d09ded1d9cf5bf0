import { readLink, readUser } from './links.js';
import { atomsOf } from './nesting/atoms.js';
import { cutStyles } from './nesting/styles.js';
import { nest } from './nesting/nest.js';
import type { FormattedText, TextEntity } from './types.js';

/**
 * Brings entities into the one form that all of this room reads and writes, by the rules of the Bot API's
 * "formatting options" for what may stand in what:
 *
 * - sorted by offset, the longer first; properly nested; inside the text; never half a surrogate pair; none empty;
 * - bold, italic, underline, strike and spoiler are joined where they touch or overlap, and split where they cross
 *   something else. Crossing or lying within `code` and `pre`, they end there: nothing can be inside those;
 * - quotes do not contain quotes, nor links links; two of them that cross are split;
 * - a link whose address names a user or an emoji is that mention or emoji; one that has no address is none.
 */
export function normalise(formatted: FormattedText): FormattedText {
  const { text, buttons } = formatted;
  const placed: TextEntity[] = [];
  for (const entity of formatted.entities) {
    const one = understood(entity);
    const fitted = one && fit(text, one);
    if (fitted) placed.push(fitted);
  }
  const atoms = atomsOf(placed);
  const entities = nest([...atoms, ...cutStyles(placed, atoms)]);
  return buttons === undefined || buttons.length === 0
    ? { text, entities }
    : { text, entities, buttons };
}

/** What a link means; null where it means nothing. */
function understood(entity: TextEntity): TextEntity | null {
  const { offset, length } = entity;
  if (entity.type === 'textUrl') {
    const link = readLink(entity.url);
    return link === null || link.type === 'button' ? null : { ...link, offset, length };
  }
  if (entity.type === 'textMention' && typeof entity.user === 'string') {
    return entity.user === '' ? null : { ...entity, user: readUser(entity.user) };
  }
  return entity;
}

/** Puts an entity inside the text, around whole characters. */
function fit(text: string, entity: TextEntity): TextEntity | null {
  let start = Math.max(0, Math.trunc(entity.offset));
  let end = Math.min(text.length, Math.trunc(entity.offset) + Math.trunc(entity.length));
  // Also what is not a number at all ends here.
  if (!(end > start)) return null;
  if (splitsPair(text, start)) start -= 1;
  if (splitsPair(text, end)) end += 1;
  return { ...entity, offset: start, length: end - start };
}

/** Whether a place is between the two halves of a surrogate pair. */
export function splitsPair(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  return (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
