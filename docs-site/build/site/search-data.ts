import { markdownContext } from '../markdown/context.js';
import { renderMarkdown } from '../markdown/render.js';
import { readSnippet } from '../snippets.js';
import type { SymbolFile, SymbolRow } from '../symbols.js';
import type { Site } from './site.js';

/** The symbols of the content and, as kind `guide`, the titles and sections of the guides. */
export function searchData(site: Site): SymbolFile {
  const { file } = site.symbols;
  const kinds = file.kinds.includes('guide') ? file.kinds : [...file.kinds, 'guide' as const];
  const kind = kinds.indexOf('guide');
  const rows = site.guides.flatMap((page): SymbolRow[] => {
    const { path, front } = page;
    const context = markdownContext(page, site.symbols, (reference) =>
      readSnippet(site.places.root, reference),
    );
    renderMarkdown(context);
    return [
      [kind, null, front.title, '', front.description, path],
      ...context.contents.map(({ text, url }): SymbolRow => [
        kind,
        null,
        text,
        '',
        front.title,
        path + url,
      ]),
    ];
  });
  return { ...file, kinds, symbols: [...file.symbols, ...rows] };
}

/** Script that assigns the search data: browsers forbid `fetch` on `file://`. */
export const searchScript = (json: string): string => `window.tlgenSymbols = ${json.trim()};\n`;
