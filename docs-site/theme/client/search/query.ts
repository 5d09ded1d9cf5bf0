import { flatten, withoutNumbers, wordsOf } from './entries.js';

/** What the reader typed, seen in every way the scorer needs. */
export interface Query {
  readonly raw: string;
  readonly lower: string;
  readonly flat: string;
  /** Without numbers: how names of errors are compared. */
  readonly flatError: string;
  readonly flatBare: string;
  /** Words between spaces and separators, in lower case, without the little ones. */
  readonly words: readonly string[];
  /** `sendEncMsg` → `send`, `enc`, `msg`; empty without capitals inside. */
  readonly humps: readonly string[];
  /** Hex digits of an id or of its beginning; '' if it cannot be one. */
  readonly hex: string;
  /** Marked with `0x` or `#`: nothing but an id. */
  readonly onlyHex: boolean;
}

const LITTLE = new Set('a an and do for from how i in is it my of on or the to with'.split(' '));

/** Reads a query; null if there is nothing to look for. */
export function readQuery(text: string): Query | null {
  const raw = text.trim();
  const marked = /^(?:0x|#)/i.test(raw);
  const lower = raw.toLowerCase().replace(/^(?:0x|#)(?=[0-9a-f]*$)/, '');
  const flat = flatten(lower);
  if (flat === '') return null;
  const pieces = lower.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && word !== 'd');
  const words = pieces.filter((word) => !LITTLE.has(word));
  const humps = /\p{Ll}\p{Lu}/u.test(raw) ? wordsOf(raw.slice(raw.lastIndexOf('.') + 1)) : [];
  const hex = /^[0-9a-f]{3,8}$/.test(lower) ? lower : '';
  return {
    raw,
    lower,
    flat,
    flatError: flatten(withoutNumbers(lower)),
    flatBare: flatten(lower.slice(lower.lastIndexOf('.') + 1)),
    words: words.length > 0 ? words : pieces,
    humps,
    hex,
    onlyHex: marked && /^[0-9a-f]*$/.test(lower),
  };
}
