import { folderOf, resolveUrl } from '../paths.js';
import { unescapeHtml } from '../html.js';

/** `<base>` is no link. */
const ATTRIBUTE = /(?<!<base)\s(?:(?:href|src|data-lazy)="([^"]*)"|id="([^"]*)")/g;

/** A link of a page to a fragment, to be looked up when all pages are known. */
interface Pending {
  readonly from: string;
  readonly url: string;
  readonly path: string;
  readonly fragment: string | null;
}

/**
 * Checks all links of the finished site. Pages are shown to it one by one while they are written; it keeps each
 * different link of a folder once, and of pages only their ids.
 */
export class LinkCheck {
  readonly #ids = new Map<string, ReadonlySet<string>>();
  readonly #files = new Set<string>();
  readonly #seen = new Set<string>();
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
    const folder = folderOf(path);
    const ids = new Set<string>();
    for (const [, url, id] of html.matchAll(ATTRIBUTE)) {
      if (id !== undefined) ids.add(this.#own(id));
      else if (url !== undefined) this.#addLink(path, folder, url);
    }
    this.#ids.set(path, ids);
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

  #addLink(from: string, folder: string, url: string): void {
    this.count++;
    const key = url.startsWith('#') ? `${from}\0${url}` : `${folder}\0${url}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(this.#own(key));
    const text = unescapeHtml(url);
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
