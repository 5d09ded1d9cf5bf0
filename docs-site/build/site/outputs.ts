import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { htmlPath } from '../paths.js';
import { PageViews } from '../view/page-view.js';
import { bundleScript, bundleStyles } from './assets.js';
import { llmsText, siteMap, withBase } from './extras.js';
import { searchData, searchScript } from './search-data.js';
import type { Site } from './site.js';
import { loadTemplates } from './templates.js';

type Content = string | Uint8Array;

/** A file of the finished site. */
export interface Output {
  /** From the root of the site, with `/`. */
  readonly path: string;
  /** Makes its content; faults of its source are added to `faults`. */
  readonly make: (faults: string[]) => Content | Promise<Content>;
  /** The file that it is a plain copy of. */
  readonly source?: string;
}

/** Every file of the site, made when asked for: the build writes all, the dev server answers with one. */
export function outputsOf(site: Site): Output[] {
  return [...pages(site), ...copies(site), ...data(site), ...assets(site)];
}

function pages(site: Site): Output[] {
  const views = new PageViews(site);
  const templates = loadTemplates(site.places.theme);
  return [
    ...site.pages.map((path) => ({
      path: htmlPath(path),
      make: (faults: string[]) => templates.page(views.view(site.read(path), faults)),
    })),
    ...Array.from(views.siblings.scripts(), ([path, content]) => ({ path, make: () => content })),
    {
      path: '404.html',
      make: () => withBase(templates.notFound({ base: '' }), site.places.address),
    },
  ];
}

/** Made anew with the guides' entries. */
const REPLACED: readonly string[] = ['symbols.json', 'llms.txt'];

/** The Markdown of every page and its JSON twin, and whatever else the content holds. */
const copies = ({ contentFiles, places }: Site): Output[] =>
  contentFiles
    .filter((path) => !REPLACED.includes(path))
    .map((path) => {
      const source = join(places.content, path);
      return { path, source, make: () => readFileSync(source) };
    });

function data(site: Site): Output[] {
  const json = (): string => `${JSON.stringify(searchData(site))}\n`;
  const llms = (): string => readFileSync(join(site.places.content, 'llms.txt'), 'utf8');
  return [
    { path: 'symbols.json', make: json },
    { path: 'symbols.js', make: () => searchScript(json()) },
    ...(site.contentFiles.includes('llms.txt')
      ? [{ path: 'llms.txt', make: () => llmsText(site, llms()) }]
      : []),
    { path: 'sitemap.xml', make: () => siteMap(site) },
  ];
}

const assets = ({ places: { theme } }: Site): Output[] => [
  { path: 'assets/site.css', make: () => bundleStyles(theme) },
  { path: 'assets/site.js', make: () => bundleScript(theme) },
  { path: 'assets/search.js', make: () => bundleScript(theme, 'search/engine') },
  { path: 'favicon.svg', make: () => readFileSync(join(theme, 'favicon.svg')) },
];
