import type { DocsOptions, EntryPage, PageHead, SchemaPages } from '../types.js';
import { Desk } from './desk.js';
import { viewOf } from './entry-views.js';
import { indexesOf, type IndexTemplate } from './indexes.js';
import type { IndexPage } from './index-page.js';
import { llmsText } from './llms.js';
import { PageWriter } from './page-writer.js';
import { symbolsJson } from './symbols.js';
import { twinOf } from './twin.js';

type Name = EntryPage['kind'] | IndexTemplate;

const TEMPLATES: readonly Name[] = [
  'method',
  'constructor',
  'type',
  'builtin',
  'error',
  'namespace',
  'layer',
  'home',
  'list',
  'namespaces',
  'layers',
  'coverage',
];

const PARTIALS = [
  'signature',
  'fields',
  'flag-bits',
  'example',
  'related',
  'history',
  'used-by',
  'coverage-table',
] as const;

/** Pages between two reports of progress. */
const STEP = 100;

/** Page models as files: path → content. */
export async function renderPages(
  set: readonly SchemaPages[],
  onProgress?: DocsOptions['onProgress'],
): Promise<Map<string, string>> {
  const { loadTemplates } = await import('../../emit/templates.js');
  const templates = await loadTemplates(TEMPLATES, { folder: 'docs', partials: PARTIALS });
  const desk = new Desk(set);
  const files = new Map<string, string>();
  const add = (page: PageHead, template: Name, view: object): void => {
    if (files.has(page.path)) throw new Error(`two pages are called ${page.path}`);
    files.set(page.path, `${templates[template](view)}\n`);
    files.set(page.path.replace(/md$/, 'json'), twinOf(page));
  };
  const indexes = new Map<string, readonly IndexPage[]>();
  const total = set.reduce((sum, { pages }) => sum + pages.length, 0);
  let done = 0;
  for (const schema of set) {
    for (const page of schema.pages) {
      if (done % STEP === 0) onProgress?.({ step: 'render', done, total, what: schema.title });
      done++;
      add(page, page.kind, viewOf(page, new PageWriter(desk, page, ownNames(page))));
    }
    const lists = indexesOf(schema);
    for (const { page, template, view } of lists)
      add(page, template, view(new PageWriter(desk, page)));
    indexes.set(
      schema.key,
      lists.map(({ page }) => page),
    );
  }
  files.set('symbols.json', symbolsJson(set));
  files.set('llms.txt', llmsText(set, indexes));
  return files;
}

/** Names that mean a field where a field has them: `message` is then no link to a constructor. */
function ownNames(page: EntryPage): string[] {
  return 'fields' in page ? page.fields.flatMap(({ name, property }) => [name, property]) : [];
}
