import type { Entry, Index } from './entries.js';
import type { Query } from './query.js';
import { allowedMistakes, countBits, distance, gaps, letterBits } from './typo.js';

/** Scores of names that were probably meant, for a query that is in no name as it is written. */
export function fuzzyScorer(index: Index, query: Query): (entry: Entry) => number {
  const nearWords = nearVocabulary(index, query);
  const forms = query.flat === query.flatBare ? [query.flat] : [query.flat, query.flatBare];
  return (entry) => {
    const typed = Math.max(...forms.map((form) => typoScore(entry, form)));
    if (typed > 0) return typed;
    if (nearWords.every((near) => entry.words.some((word) => near.has(word)))) return 500;
    return Math.max(...forms.map((form) => abbreviationScore(entry, form)));
  };
}

/** `msgsenc`: letters of the name, in order, from its beginning. */
function abbreviationScore(entry: Entry, form: string): number {
  if (form.length < 4) return 0;
  const skipped = [entry.flat, entry.flatBare].flatMap((name) =>
    name.startsWith(form.charAt(0)) ? [gaps(form, name)] : [],
  );
  const least = Math.min(...skipped.filter((count) => count >= 0));
  return least <= 3 * form.length ? 450 - least * 5 : 0;
}

function typoScore(entry: Entry, form: string): number {
  const most = allowedMistakes(form.length);
  if (most === 0 || countBits(letterBits(form) & ~letterBits(entry.flat)) > most) return 0;
  const whole = Math.min(distance(form, entry.flatBare, most), distance(form, entry.flat, most));
  if (whole <= most) return 540 - whole * 10;
  // Only the beginning was typed; one mistake may be in it.
  const start = distance(form, entry.flatBare.slice(0, form.length), 1);
  return form.length > 4 && start <= 1 ? 515 : 0;
}

/** For each word of the query, the words of names it may stand for. */
function nearVocabulary(index: Index, query: Query): ReadonlySet<string>[] {
  return query.words.map((word) => {
    const most = allowedMistakes(word.length);
    return new Set(
      index.vocabulary.filter((own) => own.startsWith(word) || distance(word, own, most) <= most),
    );
  });
}
