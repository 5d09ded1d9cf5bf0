import { localName } from '../../model/names.js';
import type { ListedRef } from '../types.js';

/** How many related pages are shown. */
const SHOWN = 8;

interface Entry {
  readonly ref: ListedRef;
  readonly head: string;
  /** The words behind the first, which is mostly a verb (`send`) or the name of the whole family (`input`). */
  readonly rest: ReadonlySet<string>;
}

/** Finds pages of a group whose names speak of the same things. */
export class RelatedIndex {
  private readonly entries: ReadonlyMap<string, Entry>;
  private readonly byWord = new Map<string, Entry[]>();

  constructor(group: readonly ListedRef[]) {
    this.entries = new Map(group.map((ref) => [ref.name, entryOf(ref)]));
    for (const entry of this.entries.values()) {
      for (const word of entry.rest) {
        const same = this.byWord.get(word);
        if (same) same.push(entry);
        else this.byWord.set(word, [entry]);
      }
    }
  }

  /** The closest by shared words beyond the first; none shared, not related. */
  relatedTo(name: string): ListedRef[] {
    const own = this.entries.get(name);
    if (own === undefined) return [];
    const scores = new Map<Entry, number>();
    for (const word of own.rest) {
      for (const entry of this.byWord.get(word) ?? []) {
        if (entry !== own) scores.set(entry, (scores.get(entry) ?? 0) + 4);
      }
    }
    const closeness = (entry: Entry, shared: number): number =>
      shared + (entry.head === own.head ? 2 : 0) - Math.abs(entry.rest.size - own.rest.size);
    return [...scores]
      .map(([entry, shared]) => ({ ref: entry.ref, score: closeness(entry, shared) }))
      .sort((a, b) => b.score - a.score || (a.ref.name < b.ref.name ? -1 : 1))
      .slice(0, SHOWN)
      .map(({ ref }) => ref);
  }
}

/** `sendEncryptedFile` → send; encrypted, file. */
function entryOf(ref: ListedRef): Entry {
  const [head = '', ...rest] = localName(ref.name)
    .split(/[_\d]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
  return { ref, head, rest: new Set(rest) };
}
