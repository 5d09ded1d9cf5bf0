import type { PageKind, PageRef, SchemaPages } from '../types.js';

/** Kinds that a name in a text may mean, the likeliest first. */
const NAMED: readonly PageKind[] = ['type', 'method', 'constructor', 'builtin', 'error'];

/** Finds pages of a set by name. */
export class NameIndex {
  private readonly byKind = new Map<string, PageRef>();
  private readonly bySchema: ReadonlyMap<string, ReadonlyMap<string, PageRef>>;

  constructor(set: readonly SchemaPages[]) {
    for (const { pages } of set)
      for (const page of pages) this.byKind.set(`${page.schema} ${page.kind} ${page.name}`, page);
    this.bySchema = new Map(set.map((one) => [one.key, namesOf(one)]));
  }

  /** The page of a kind, of that schema alone. */
  find(schema: string, kind: PageKind, name: string): PageRef | null {
    return this.byKind.get(`${schema} ${kind} ${name}`) ?? null;
  }

  /** The page of a kind: of the schema itself, else of another one. */
  findAnywhere(schema: string, kind: PageKind, name: string): PageRef | null {
    for (const key of [schema, ...this.bySchema.keys()]) {
      const found = this.find(key, kind, name);
      if (found !== null) return found;
    }
    return null;
  }

  /** What a name in a text of that schema means: a page of the schema itself, else of another one. */
  named(schema: string, name: string): PageRef | null {
    const own = this.bySchema.get(schema)?.get(name);
    if (own !== undefined) return own;
    for (const names of this.bySchema.values()) {
      const found = names.get(name);
      if (found !== undefined) return found;
    }
    return null;
  }
}

function namesOf({ pages }: SchemaPages): Map<string, PageRef> {
  const names = new Map<string, PageRef>();
  for (const kind of NAMED) {
    for (const page of pages) {
      if (page.kind !== kind) continue;
      if (!names.has(page.name)) names.set(page.name, page);
      // Texts say FLOOD_WAIT_X for FLOOD_WAIT_%d.
      const spoken = page.name.replaceAll('%d', 'X');
      if (!names.has(spoken)) names.set(spoken, page);
    }
  }
  return names;
}
