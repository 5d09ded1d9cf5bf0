import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentPage, guidePage } from '../front-matter.js';
import { SiteError } from '../site-error.js';
import { SymbolTable, type SymbolFile } from '../symbols.js';
import type { SourcePage } from '../types.js';

/** Where the site is made of. */
export interface SitePlaces {
  /** Folder that guides' `file=` paths begin in. */
  readonly root: string;
  readonly content: string;
  readonly guide: string;
  readonly theme: string;
  /** Address of the finished site, ending in `/`; null: unknown. */
  readonly address: string | null;
}

/** The sources of the site. Pages of the reference are read one by one, since there are thousands. */
export class Site {
  readonly places: SitePlaces;
  readonly symbols: SymbolTable;
  /** In reading order. */
  readonly guides: readonly SourcePage[];
  /** All files of the content, with `/`, sorted. */
  readonly contentFiles: readonly string[];
  readonly #pages: ReadonlySet<string>;

  constructor(places: SitePlaces) {
    this.places = places;
    this.contentFiles = filesBelow(places.content);
    this.symbols = new SymbolTable(readSymbols(places.content));
    this.guides = readGuides(places.guide);
    this.#pages = new Set([
      ...this.contentFiles.filter((file) => file.endsWith('.md')),
      ...this.guides.map(({ path }) => path),
    ]);
  }

  /** Paths of all Markdown pages, sorted. */
  get pages(): readonly string[] {
    return [...this.#pages].sort();
  }

  has(path: string): boolean {
    return this.#pages.has(path);
  }

  read(path: string): SourcePage {
    const guide = this.guides.find((one) => one.path === path);
    return guide ?? contentPage(path, readFileSync(join(this.places.content, path), 'utf8'));
  }
}

function readSymbols(content: string): SymbolFile {
  try {
    return JSON.parse(readFileSync(join(content, 'symbols.json'), 'utf8')) as SymbolFile;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SiteError(`symbols.json of the content cannot be read: ${why}`);
  }
}

function readGuides(folder: string): SourcePage[] {
  if (!existsSync(folder)) return [];
  return filesBelow(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => guidePage(`guide/${file}`, readFileSync(join(folder, file), 'utf8')))
    .sort((a, b) => (a.front.order ?? 0) - (b.front.order ?? 0) || (a.path < b.path ? -1 : 1));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) throw new SiteError(`there is no folder ${folder}`);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'))
    .map((path) => path.replace(/^\//, ''))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.')))
    .sort();
}
