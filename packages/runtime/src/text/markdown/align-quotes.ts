import { endOf, isOpaque } from '../nesting/order.js';
import { normalise } from '../normalise.js';
import type { FormattedText, TextEntity } from '../types.js';

type Quote = Extract<TextEntity, { type: 'blockquote' }>;

/** Brings a text into the form that the Markdown of a mode can write: its entities, and quotes of whole lines. */
export function alignQuotes(
  formatted: FormattedText,
  mode: 'markdown' | 'markdownv2',
): FormattedText {
  const known = formatted.entities.map((one) => expressible(one, mode));
  const { text, entities } = normalise({
    text: formatted.text,
    entities: known.filter((one) => one !== null),
  });
  if (!entities.some((one) => one.type === 'blockquote')) return { text, entities };
  const code = entities.filter(isOpaque);
  const quotes: Quote[] = [];
  for (const one of entities) {
    const wide = one.type === 'blockquote' ? widen(text, one, code, mode) : null;
    const last = quotes.at(-1);
    if (wide === null) continue;
    // Quotes of lines that follow each other are one in Markdown; in MarkdownV2, where they overlap.
    if (last !== undefined && wide.offset < endOf(last) + (mode === 'markdown' ? 2 : 0)) {
      quotes[quotes.length - 1] = {
        ...last,
        length: Math.max(endOf(last), endOf(wide)) - last.offset,
      };
    } else {
      quotes.push(wide);
    }
  }
  const others = entities.filter((one) => one.type !== 'blockquote');
  const cut = normalise({ text, entities: [...quotes, ...others] }).entities;
  return normalise({ text, entities: shorten(text, cut, mode) });
}

function expressible(entity: TextEntity, mode: 'markdown' | 'markdownv2'): TextEntity | null {
  switch (entity.type) {
    case 'underline':
      return mode === 'markdown' ? null : entity;
    case 'pre':
      return /[\s`]/.test(entity.language) ? { ...entity, language: '' } : entity;
    case 'blockquote':
      return mode === 'markdown' ? { ...entity, collapsed: false } : entity;
    case 'textUrl':
      return mode === 'markdown' && entity.url.includes('\n') ? null : entity;
    case 'textMention':
      return mode === 'markdown' && String(entity.user).includes('\n') ? null : entity;
    case 'bold':
    case 'italic':
    case 'strike':
    case 'spoiler':
    case 'code':
    case 'customEmoji':
      return entity;
    default:
      return null;
  }
}

/** The lines that a quote touches; in MarkdownV2 with the end of the last one. Null: there is nothing in them. */
function widen(
  text: string,
  quote: Quote,
  code: readonly TextEntity[],
  mode: 'markdown' | 'markdownv2',
): Quote | null {
  let start = quote.offset;
  for (;;) {
    start = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
    // A line that begins inside of code is none that a quote can begin at.
    const block = blockAt(code, start - 1);
    if (block === null || endOf(block) <= start) break;
    start = block.offset;
  }
  const end = endOf(quote);
  const whole = text[end - 1] === '\n' && blockAt(code, end - 1) === null;
  let last = lineEnd(text, end, code);
  if (mode === 'markdownv2') last = whole ? end : Math.min(text.length, last + 1);
  else if (whole && last > end) last = end - 1;
  return last > start ? { ...quote, offset: start, length: last - start } : null;
}

/** The next end of a line that is not inside of code. */
function lineEnd(text: string, from: number, code: readonly TextEntity[]): number {
  let at = from;
  for (;;) {
    at = text.indexOf('\n', at);
    if (at === -1) return text.length;
    const block = blockAt(code, at);
    if (block === null) return at;
    at = endOf(block);
  }
}

/** The code that a character is in; null: none. */
function blockAt(code: readonly TextEntity[], place: number): TextEntity | null {
  let low = 0;
  let high = code.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = code[middle];
    if (one === undefined) break;
    if (endOf(one) <= place) low = middle + 1;
    else if (one.offset > place) high = middle - 1;
    else return one;
  }
  return null;
}

/**
 * Makes room for the new lines that begin and end quotes: code in front of a quote cannot hold the one that begins it,
 * and in MarkdownV2 nothing inside a quote can hold the one that ends it.
 */
function shorten(
  text: string,
  entities: readonly TextEntity[],
  mode: 'markdown' | 'markdownv2',
): TextEntity[] {
  const quotes = entities.filter((one) => one.type === 'blockquote');
  const starts = new Set(quotes.map((one) => one.offset));
  const ends = new Map(quotes.map((one) => [endOf(one), one.offset]));
  const result: TextEntity[] = [];
  for (const one of entities) {
    const end = endOf(one);
    const from = ends.get(end) ?? Number.POSITIVE_INFINITY;
    const inside = mode === 'markdownv2' && from <= one.offset && one.type !== 'blockquote';
    const before = isOpaque(one) && starts.has(end);
    if (text[end - 1] !== '\n' || !(inside || before)) result.push(one);
    else if (one.length > 1) result.push({ ...one, length: one.length - 1 });
  }
  return result;
}
