import { buildPages } from './model/build-pages.js';
import { renderPages } from './render/render-pages.js';
import type { DocsOptions, DocsResult } from './types.js';

/**
 * Documents schemas: a Markdown page with a JSON twin for every method, constructor, type, error, namespace and layer,
 * lists of them, `symbols.json` and `llms.txt`. The first schema stands at the root, the others in folders of their key.
 *
 * The schemas must be free of errors: check `parseSchema`'s diagnostics first.
 */
export async function renderDocs({ schemas, onProgress }: DocsOptions): Promise<DocsResult> {
  const set = buildPages(schemas, onProgress);
  return {
    files: await renderPages(set, onProgress),
    coverage: set.map(({ coverage }) => coverage),
  };
}
