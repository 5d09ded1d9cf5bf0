import type { Entry } from './entries.js';
import type { Query } from './query.js';

/** How well the name, id or code of an entry answers a query, the higher the better; 0: not at all. */
export function nameScore(entry: Entry, query: Query): number {
  return Math.max(codeScore(entry, query), query.onlyHex ? 0 : textScore(entry, query));
}

function codeScore(entry: Entry, { lower, hex, onlyHex }: Query): number {
  if (entry.kind === 'error') return entry.code.split(/\D+/).includes(lower) ? 950 : 0;
  if (hex === '' || entry.code === '') return 0;
  if (entry.code === hex || entry.code === hex.padStart(8, '0')) return 1000;
  if (!entry.code.startsWith(hex)) return 0;
  // Words such as "add" and "face" are hex digits too: names come first then.
  return onlyHex || /\d/.test(hex) ? 930 : 750;
}

function textScore(entry: Entry, query: Query): number {
  const { lower } = query;
  // Only errors that stand for any number are found by a certain one.
  const flat = entry.name.includes('%d') ? query.flatError : query.flat;
  const sameCase = entry.name.endsWith(query.raw) ? 5 : 0;
  if (entry.lower === lower) return 1000 + sameCase;
  if (entry.bare === lower) return 990 + sameCase;
  if (flat === '') return 0;
  if (entry.flat === query.flat || entry.flat === flat) return 980;
  if (entry.flatBare === flat) return 970;
  if (entry.lower.startsWith(lower)) return 900;
  if (entry.flat.startsWith(flat)) return 890;
  if (entry.bare.startsWith(lower)) return 880;
  if (entry.flatBare.startsWith(flat)) return 870;
  return insideScore(entry, query, flat);
}

function insideScore(entry: Entry, query: Query, flat: string): number {
  if (flat.length > 1 && entry.initials === flat) return 850;
  if (query.humps.length > 1 && followsHumps(entry.words, query.humps)) return 840;
  if (flat.length < 2) return 0;
  if (entry.flat.includes(flat))
    return entry.words.some((word) => word.startsWith(query.words[0] ?? flat)) ? 820 : 810;
  const { words } = query;
  if (words.every((word) => entry.words.some((own) => own.startsWith(word)))) return 790;
  if (words.every((word) => word.length > 1 && entry.flat.includes(word))) return 780;
  return 0;
}

/** Whether neighbouring words of the name begin with the pieces, in order. */
function followsHumps(words: readonly string[], humps: readonly string[]): boolean {
  for (let start = 0; start + humps.length <= words.length; start++)
    if (humps.every((hump, at) => words[start + at]?.startsWith(hump))) return true;
  return false;
}
