import type { EntryPage, PageHead } from '../types.js';
import { plainText, shortened } from './plain-text.js';

/** Characters of a description in front matter. */
const DESCRIBED = 200;

/** What a page is, for those that nobody has described. */
const NOUNS: Readonly<Record<PageHead['kind'], string>> = {
  method: 'Method',
  constructor: 'Constructor',
  type: 'Type',
  builtin: 'Built-in type',
  error: 'RPC error',
  namespace: 'Namespace',
  layer: 'Layer',
  index: 'Index',
};

/** Front matter of a page, between its dashes: docs-site/README.md says what each key means. */
export function frontMatter(page: PageHead, schemaTitle: string): string {
  const { kind, schema, layer } = page;
  const description = shortened(plainText(page.description ?? ''), DESCRIBED);
  const undescribed = `${NOUNS[kind]} ${page.title} of ${schemaTitle}.`;
  const values: Record<string, unknown> = {
    title: page.title,
    description: description === '' ? undescribed : description,
    kind,
    schema,
    // The namespace of what has none is called base.
    name: kind === 'namespace' ? page.title : page.name,
    ...('namespace' in page ? { namespace: page.namespace } : {}),
    ...('id' in page ? { id: page.id } : {}),
    layer,
    ...historyValues(page as EntryPage),
    ...kindValues(page as EntryPage),
  };
  const lines = Object.entries(values).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return ['---', ...lines, '---'].join('\n');
}

/** What only pages of one kind have. */
function kindValues(page: EntryPage): Readonly<Record<string, unknown>> {
  if (page.kind === 'method') return { callers: page.callers };
  if (page.kind === 'error') return { codes: page.codes };
  if (page.kind !== 'constructor') return {};
  const form = page.variants.find(({ ref }) => ref.path === page.path);
  return form === undefined ? {} : { layers: [form.since, form.until] };
}

function historyValues(page: EntryPage): Readonly<Record<string, unknown>> {
  if (!('history' in page) || page.history === null) return {};
  const { since, notIn, removedIn, changes } = page.history;
  return {
    since,
    ...(notIn === null ? {} : { sinceFrom: true }),
    ...(changes.length === 0 ? {} : { changed: changes.map(({ layer }) => layer) }),
    ...(removedIn === null ? {} : { removed: removedIn }),
  };
}
