import type { EntryPage, ListedRef, PageHead, SchemaPages } from '../types.js';

/** A list of pages. */
export interface IndexPage extends PageHead {
  readonly kind: 'index';
  readonly groups: readonly IndexGroup[];
}

export interface IndexGroup {
  readonly title: string;
  readonly refs: readonly ListedRef[];
}

/** Head of an index of a schema. */
export function indexPage(
  { key, folder, layer }: SchemaPages,
  name: string,
  words: { readonly title: string; readonly description: string },
  groups: readonly IndexGroup[] = [],
): IndexPage {
  const path = `${folder}${name}.md`;
  return { kind: 'index', name, schema: key, path, ...words, layer, groups };
}

/** Pages of a kind. */
export function pagesOf<Kind extends EntryPage['kind']>(
  { pages }: SchemaPages,
  kind: Kind,
): Extract<EntryPage, { kind: Kind }>[] {
  return pages.filter((page) => page.kind === kind) as Extract<EntryPage, { kind: Kind }>[];
}

/** Whether the newest layer no longer has it. */
export const isRemoved = (page: EntryPage): boolean =>
  'history' in page && page.history !== null && page.history.removedIn !== null;

/** A page as lists name it. */
export function listed({ kind, name, schema, path, description }: PageHead): ListedRef {
  return { kind, name, schema, path, description };
}

/** Sorts by code unit. */
export function sortedBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  const keyed = items.map((item): [string, T] => [key(item), item]);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}

/** Groups items by a title; groups in order of their titles, items as they come. */
export function groupedBy<T>(
  items: readonly T[],
  title: (item: T) => string,
): [title: string, items: T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = title(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return sortedBy([...groups], ([name]) => name);
}

/** The letter under which a name or sentence stands; what begins with none stands under `0–9`. */
export function letterOf(text: string): string {
  const first = text.charAt(0).toUpperCase();
  return /[A-Z]/.test(first) ? first : '0–9';
}
