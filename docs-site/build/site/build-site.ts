import { SiteError } from '../site-error.js';
import { LinkCheck } from './link-check.js';
import { outputsOf } from './outputs.js';
import { OutFolder } from './out-folder.js';
import { divide, writeOthers } from './second-thread.js';
import { Site, type SitePlaces } from './site.js';
import { writePart } from './write-part.js';

/** Figures of a build. Sizes are bytes. */
export interface SiteFigures {
  readonly pages: number;
  readonly links: number;
  readonly pageSize: { readonly median: number; readonly p95: number; readonly max: number };
  readonly largest: string;
  /** All HTML pages. */
  readonly html: number;
  readonly total: number;
  /** The search data, gzipped. */
  readonly symbols: number;
  /** Script and style sheet, gzipped. */
  readonly assets: number;
}

/** Writes the site into a folder, where nothing else stays. Dead links and faults of sources fail it. */
export async function buildSite(places: SitePlaces, out: string): Promise<SiteFigures> {
  const site = new Site(places);
  const folder = new OutFolder(out);
  const [mine, others] = divide(outputsOf(site));
  const pending = others.length > 0 ? writeOthers(places, out) : null;
  const parts = [await writePart(mine, folder), ...(pending === null ? [] : [await pending])];
  for (const { path } of others) folder.keep(path);
  folder.prune();
  const check = new LinkCheck();
  for (const { links } of parts) check.add(links);
  const faults = parts.flatMap((part) => part.faults);
  for (const { path } of site.symbols.all)
    if (!site.has(path)) faults.push(`symbols.json: there is no page ${path}`);
  faults.push(...check.faults());
  if (faults.length > 0) throw new SiteError('The site has faults:', [...new Set(faults)]);
  const sizes = new Map(parts.flatMap((part) => [...part.sizes]));
  const gzipped = new Map(parts.flatMap((part) => [...part.gzipped]));
  const symbols = gzipped.get('symbols.js') ?? 0;
  const assets = [...gzipped.values()].reduce((sum, size) => sum + size, 0) - symbols;
  return { ...figuresOf(sizes), links: check.count, symbols, assets };
}

function figuresOf(
  sizes: ReadonlyMap<string, number>,
): Omit<SiteFigures, 'links' | 'symbols' | 'assets'> {
  const pages = [...sizes]
    .filter(([path]) => path.endsWith('.html') && path !== '404.html')
    .sort(([, a], [, b]) => a - b);
  const at = (part: number): number => pages[Math.floor((pages.length - 1) * part)]?.[1] ?? 0;
  const sum = (list: Iterable<number>): number => Array.from(list).reduce((a, b) => a + b, 0);
  return {
    pages: pages.length,
    pageSize: { median: at(0.5), p95: at(0.95), max: at(1) },
    largest: pages.at(-1)?.[0] ?? '',
    html: sum(pages.map(([, size]) => size)),
    total: sum(sizes.values()),
  };
}
