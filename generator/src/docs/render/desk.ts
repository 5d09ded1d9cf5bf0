import type { SchemaPages } from '../types.js';
import { escapeText } from './escape.js';
import { NameIndex } from './name-index.js';
import { plainText, shortened } from './plain-text.js';
import { relativeLink } from './links.js';

/** Characters of a description in a list. */
const LISTED = 160;

/** What all pages of a set share: names, links and descriptions, each worked out once. */
export class Desk {
  readonly names: NameIndex;
  private readonly schemas: ReadonlyMap<string, SchemaPages>;
  private readonly links = new Map<string, Map<string, string>>();
  private readonly lines = new Map<string, string>();
  /** Path → description, for types that are mentioned without one. */
  private readonly descriptions: ReadonlyMap<string, string | null>;
  /** Files of the set beside the pages themselves. */
  private readonly extra = new Set<string>();

  constructor(readonly set: readonly SchemaPages[]) {
    this.names = new NameIndex(set);
    this.schemas = new Map(set.map((one) => [one.key, one]));
    this.descriptions = new Map(
      set.flatMap(({ pages }) => pages.map(({ path, description }) => [path, description])),
    );
    for (const one of set)
      if (one.pages.some((page) => page.kind === 'error' && page.general))
        this.extra.add(`${one.folder}errors/index.md#general`);
  }

  schema(key: string): SchemaPages {
    const found = this.schemas.get(key);
    if (found === undefined) throw new Error(`no schema ${key} in this set`);
    return found;
  }

  /** Path and fragment of the list of errors that any method may answer with; null when there is none. */
  generalErrors(key: string): string | null {
    const path = `${this.schema(key).folder}errors/index.md#general`;
    return this.extra.has(path) ? path : null;
  }

  /** Relative link between two pages. */
  link(from: string, to: string): string {
    const folder = from.slice(0, from.lastIndexOf('/') + 1);
    let known = this.links.get(folder);
    if (known === undefined) this.links.set(folder, (known = new Map()));
    let link = known.get(to);
    if (link === undefined) known.set(to, (link = relativeLink(from, to)));
    return link;
  }

  descriptionOf(path: string): string | null {
    return this.descriptions.get(path) ?? null;
  }

  /** A description as a list shows it: one line of text without links. */
  line(description: string): string {
    let line = this.lines.get(description);
    if (line === undefined) {
      line = escapeText(shortened(plainText(description), LISTED));
      this.lines.set(description, line);
    }
    return line;
  }
}
