import { folderOf, resolveUrl } from '../paths.js';
import { unescapeHtml } from '../html.js';

const LINKS: readonly string[] = [' href="', ' src="', ' data-lazy="'];

/** Values of an attribute. A third faster than a regular expression, over sixty megabytes. */
function* valuesOf(html: string, attribute: string): Iterable<string> {
  for (let at = html.indexOf(attribute); at >= 0; at = html.indexOf(attribute, at)) {
    const start = at + attribute.length;
    const end = html.indexOf('"', start);
    if (end < 0) return;
    // `<base>` is no link.
    if (!html.startsWith('<base', at - 5)) yield html.slice(start, end);
    at = end;
  }
}

/** A link of a page to a fragment, to be looked up when all pages are known. */
interface Pending {
  readonly from: string;
  readonly url: string;
  readonly path: string;
  readonly fragment: string | null;
}

/** What a check has seen: plain data, so that threads can put theirs together. */
export interface LinkNotes {
  readonly files: ReadonlySet<string>;
  readonly ids: ReadonlyMap<string, ReadonlySet<string>>;
  readonly pending: readonly Pending[];
  readonly count: number;
}

/**
 * Checks all links of the finished site. Pages are shown to it one by one while they are written; it keeps each
 * different link of a folder once, and of pages only their ids.
 */
export class LinkCheck {
  readonly #ids = new Map<string, ReadonlySet<string>>();
  readonly #files = new Set<string>();
  /** Links met in each folder, where they mean the same on every page. */
  readonly #seen = new Map<string, Set<string>>();
  readonly #pending: Pending[] = [];
  readonly #words = new Map<string, string>();
  /** Links looked at, those of the template included. */
  count = 0;

  /** Notes a file that has no links. */
  addFile(path: string): void {
    this.#files.add(path);
  }

  /** Notes a page. */
  addPage(path: string, html: string): void {
    this.#files.add(path);
    const ids = new Set<string>();
    const own = new Set<string>();
    const seen = this.#seenIn(folderOf(path));
    for (const id of valuesOf(html, ' id="')) ids.add(this.#own(id));
    for (const attribute of LINKS) {
      for (const url of valuesOf(html, attribute)) {
        this.count++;
        const known = url.startsWith('#') ? own : seen;
        if (known.has(url)) continue;
        known.add(this.#own(url));
        this.#addLink(path, unescapeHtml(url));
      }
    }
    this.#ids.set(path, ids);
  }

  notes(): LinkNotes {
    return { files: this.#files, ids: this.#ids, pending: this.#pending, count: this.count };
  }

  /** Takes over what another check has seen. */
  add({ files, ids, pending, count }: LinkNotes): void {
    for (const file of files) this.#files.add(file);
    for (const [path, own] of ids) this.#ids.set(path, own);
    for (const link of pending) this.#pending.push(link);
    this.count += count;
  }

  /** What is wrong, a line per dead link, sorted. */
  faults(): string[] {
    const dead = this.#pending.flatMap(({ from, url, path, fragment }) => {
      if (!this.#files.has(path)) return `${from}: ${url} leads to nothing`;
      if (fragment === null || fragment === '' || this.#ids.get(path)?.has(fragment)) return [];
      return `${from}: ${url} leads to no heading of ${path}`;
    });
    return dead.sort();
  }

  #seenIn(folder: string): Set<string> {
    const known = this.#seen.get(folder) ?? new Set<string>();
    this.#seen.set(folder, known);
    return known;
  }

  #addLink(from: string, text: string): void {
    if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(text)) return;
    const [, target = '', , hash] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(text) ?? [];
    const path = target === '' ? from : resolveUrl(from, decode(target));
    this.#pending.push({
      from,
      url: this.#own(text),
      path: this.#own(path ?? text),
      fragment: hash === undefined ? null : this.#own(decode(hash)),
    });
  }

  /** A copy that does not keep the page alive, of which pieces found in it are views. */
  #own(text: string): string {
    const known = this.#words.get(text);
    if (known !== undefined) return known;
    const copy = Buffer.from(text).toString();
    this.#words.set(copy, copy);
    return copy;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
