import type { PageHead, PageKind } from '../types.js';
import { escapeLabel } from './escape.js';
import type { PageWriter } from './page-writer.js';

/** Title and file of the list that a page stands in. */
const LISTS: Readonly<Record<Exclude<PageKind, 'index'>, readonly [title: string, file: string]>> =
  {
    method: ['Methods', 'methods/index.md'],
    constructor: ['Constructors', 'constructors/index.md'],
    type: ['Types', 'types/index.md'],
    builtin: ['Types', 'types/index.md'],
    error: ['Errors', 'errors/index.md'],
    namespace: ['Namespaces', 'namespaces/index.md'],
    layer: ['Layers', 'layers/index.md'],
  };

/** The way back for readers of the Markdown: the list of its kind, its namespace, the schema. '' for the home page. */
export function upLine(page: PageHead, writer: PageWriter): string {
  const { title, folder } = writer.desk.schema(page.schema);
  const home = `${folder}index.md`;
  if (page.path === home) return '';
  const links: (readonly [title: string, path: string])[] = [];
  if (page.kind !== 'index') {
    const [list, file] = LISTS[page.kind];
    links.push([list, folder + file]);
  }
  const namespace =
    'namespace' in page && typeof page.namespace === 'string'
      ? writer.desk.names.find(page.schema, 'namespace', page.namespace)
      : null;
  if (namespace !== null)
    links.push([namespace.name === '' ? 'base' : namespace.name, namespace.path]);
  links.push([title, home]);
  return `Up: ${links.map(([text, path]) => `[${escapeLabel(text)}](${writer.url(path)})`).join(', ')}`;
}
