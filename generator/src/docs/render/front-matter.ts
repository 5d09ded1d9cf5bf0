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
    ...entryValues(page as EntryPage),
    layer,
    ...historyValues(page as EntryPage),
  };
  const lines = Object.entries(values).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return ['---', ...lines, '---'].join('\n');
}

function entryValues(page: EntryPage): Readonly<Record<string, unknown>> {
  switch (page.kind) {
    case 'method':
      return { namespace: page.namespace, id: page.id, callers: page.callers };
    case 'constructor': {
      const form = page.variants.find(({ ref }) => ref.path === page.path);
      const layers = form === undefined ? {} : { layers: [form.since, form.until] };
      return { namespace: page.namespace, id: page.id, ...layers };
    }
    case 'type':
      return { namespace: page.namespace };
    case 'error':
      return { codes: page.codes };
    default:
      return {};
  }
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
