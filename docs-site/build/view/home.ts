import { highlight } from '../highlight.js';
import { pageUrl } from '../paths.js';
import type { Site } from '../site/site.js';
import { readSnippet } from '../snippets.js';
import type { HomeView, SourcePage } from '../types.js';

/** What the first page shows of the code; it runs in the tests. */
const SAMPLE = 'examples/encode-decode.mjs#encode';

/** The head of the site's first page; null on all others. */
export function homeOf({ path }: SourcePage, site: Site): HomeView | null {
  if (path !== 'index.md') return null;
  const [guide] = site.guides;
  return {
    start: guide ? pageUrl(path, guide.path) : null,
    sample: sampleOf(site),
  };
}

function sampleOf({ places }: Site): string {
  try {
    return highlight(readSnippet(places.root, SAMPLE), 'javascript');
  } catch {
    // A site made of other sources has no such example.
    return '';
  }
}
