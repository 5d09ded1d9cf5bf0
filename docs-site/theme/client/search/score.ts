import type { Entry, Index } from './entries.js';
import { fuzzyScorer } from './fuzzy-score.js';
import { nameScore } from './name-score.js';
import { readQuery, type Query } from './query.js';

/** What was found, best first. */
export interface Hit {
  readonly entry: Entry;
  readonly score: number;
}

/** From here on a name answers the query itself. */
const NAME = 700;

/**
 * Finds symbols by name, id or code, then by words of their description, and, if no name answers, by names that are
 * spelt nearly so. Equals are in the order schema, kind, length, name: same query, same answer.
 */
export function search(index: Index, text: string, limit: number): readonly Hit[] {
  const query = readQuery(text);
  if (query === null) return [];
  const hits = collect(index, (entry) => nameScore(entry, query) || textScore(entry, query));
  const answered = hits.some((hit) => hit.score >= NAME);
  const guesses =
    answered || query.hex !== '' || query.onlyHex ? [] : guess(index, query, new Set(hits.map((hit) => hit.entry))); // prettier-ignore
  return [...hits, ...guesses].sort(compare).slice(0, limit);
}

function collect(index: Index, score: (entry: Entry) => number): Hit[] {
  const hits: Hit[] = [];
  for (const entry of index.entries) {
    const value = score(entry);
    if (value > 0) hits.push({ entry, score: value });
  }
  return hits;
}

function guess(index: Index, query: Query, known: ReadonlySet<Entry>): Hit[] {
  const score = fuzzyScorer(index, query);
  return collect(index, (entry) => (known.has(entry) ? 0 : score(entry)));
}

/** All words in name, description and codes together; the more of them in the name, the better. */
function textScore(entry: Entry, query: Query): number {
  if (query.onlyHex) return 0;
  let named = 0;
  for (const word of query.words) {
    // Descriptions may have another form: the singular, "sends" for "sending".
    const stem = word.length > 4 ? word.replace(/(?:ing|e?s|e?d|e)$/, '') : word;
    if (!entry.text.includes(` ${stem}`)) return 0;
    if (entry.words.some((own) => own.startsWith(stem))) named++;
  }
  return 600 + Math.min(named, 5) * 10 + (entry.kind === 'guide' ? 55 : 0);
}

function compare(left: Hit, right: Hit): number {
  return (
    right.score - left.score ||
    left.entry.order - right.entry.order ||
    left.entry.name.length - right.entry.name.length ||
    (left.entry.name < right.entry.name ? -1 : left.entry.name > right.entry.name ? 1 : 0)
  );
}
