import type { EntryPage, ListedRef, PageKind, SchemaPages } from '../types.js';

/** How many pages a description may add, and how many related ones are shown in all. */
const MENTIONED = 4;
const SHOWN = 8;

/** Names in backticks, in links to Telegram's pages, and words that have a capital inside or a dot. */
const NAMES =
  /`([\w.]+)`|\/(?:method|constructor|type)\/([\w.]+)\)|(?<![\w./@])([A-Za-z]\w*(?:\.\w+|[A-Z]\w*))/g;

const KINDS: readonly PageKind[] = ['type', 'method', 'constructor'];

/** Adds to the related pages of methods and constructors those that their descriptions speak of, in all schemas of the set. */
export function withMentions(set: readonly SchemaPages[]): SchemaPages[] {
  const bySchema = new Map(set.map(({ key, pages }) => [key, namesOf(pages)]));
  const find = (schema: string, name: string): ListedRef | undefined => {
    const own = bySchema.get(schema)?.get(name);
    if (own !== undefined) return own;
    for (const names of bySchema.values()) {
      const found = names.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return set.map((one) => ({
    ...one,
    pages: one.pages.map((page) =>
      page.kind === 'method' || page.kind === 'constructor' ? related(page, find) : page,
    ),
  }));
}

function related<Page extends Extract<EntryPage, { kind: 'method' | 'constructor' }>>(
  page: Page,
  find: (schema: string, name: string) => ListedRef | undefined,
): Page {
  // What the page links anyway need not stand below it again.
  const known = new Set([page.path, ...page.types.map(({ ref }) => ref?.path)]);
  const found = new Map<string, ListedRef>();
  for (const text of [page.description, ...page.fields.map(({ description }) => description)]) {
    for (const [, ticked, linked, bare] of (text ?? '').matchAll(NAMES)) {
      const ref = find(page.schema, ticked ?? linked ?? bare ?? '');
      if (ref !== undefined && !known.has(ref.path)) found.set(ref.path, ref);
    }
  }
  const mentioned = [...found.values()].slice(0, MENTIONED);
  const others = page.related.filter(({ path }) => !mentioned.some((one) => one.path === path));
  return { ...page, related: [...mentioned, ...others].slice(0, SHOWN) };
}

function namesOf(pages: readonly EntryPage[]): ReadonlyMap<string, ListedRef> {
  const names = new Map<string, ListedRef>();
  for (const wanted of KINDS) {
    for (const { kind, name, schema, path, description } of pages) {
      if (kind === wanted && !names.has(name))
        names.set(name, { kind, name, schema, path, description });
    }
  }
  return names;
}
