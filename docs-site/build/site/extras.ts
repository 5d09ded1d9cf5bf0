import { htmlPath, relativeUrl } from '../paths.js';
import type { Site } from './site.js';

/** `llms.txt` of the content with the guides behind it. */
export function llmsText(site: Site, content: string): string {
  if (site.guides.length === 0) return content;
  const lines = site.guides.map(
    ({ path, front }) => `- [${front.title}](${htmlPath(path)}): ${front.description}`,
  );
  return `${content.trimEnd()}\n\n## Guides\n\n${lines.join('\n')}\n`;
}

/**
 * All pages. Search engines want absolute addresses: where the site's own is unknown, the entries are relative to the
 * site map, and a comment says how to get the others.
 */
export function siteMap(site: Site): string {
  const { address } = site.places;
  const note =
    address === null ? '<!-- Relative: search engines want docs:build -- --site-url URL -->\n' : '';
  const entries = site.pages.map(
    (path) => `<url><loc>${(address ?? '') + relativeUrl('', htmlPath(path))}</loc></url>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${note}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</urlset>\n`;
}

/**
 * Servers answer with 404.html at any depth, so its links need a fixed base: the path of the site's address. Where that
 * is unknown the base is the server's root, unless a script finds the site in a folder below.
 */
export function withBase(html: string, address: string | null): string {
  const base = address === null ? '/' : new URL(address).pathname;
  const search = address === null ? `<script>${FIND_BASE}</script>` : '';
  return html.replace(/<head>\s*/, `<head>\n    <base href="${base}">${search}\n    `);
}

/** Tries the folders of the address from the root down until one has the site's search data. */
const FIND_BASE =
  "if(location.protocol!=='file:')(async()=>{let base='';for(const part of location.pathname.split('/').slice(0,-1)){base+=part+'/';const answer=await fetch(base+'symbols.json',{method:'HEAD'}).catch(()=>null);if(answer?.ok){document.querySelector('base').href=base;break}}})()";
