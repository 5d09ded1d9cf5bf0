import { FOLDERS } from '../model/file-names.js';
import type { EntryPage, PageKind, SchemaPages } from '../types.js';
import { plainText, shortened } from './plain-text.js';

/** Characters of a description: the whole file is loaded by browsers. */
const DESCRIBED = 90;

const KINDS: readonly PageKind[] = [
  'method',
  'constructor',
  'type',
  'builtin',
  'error',
  'namespace',
  'layer',
];

/** `symbols.json`: every page in a row, for search. docs-site/README.md describes it. */
export function symbolsJson(set: readonly SchemaPages[]): string {
  const schemas = set.map(({ key, title, folder, layer }) => ({ key, title, folder, layer }));
  const rows = set.flatMap(({ pages, folder }, at) =>
    pages.map((page) => JSON.stringify(rowOf(page, at, folder))),
  );
  const head = JSON.stringify({ version: 1, kinds: KINDS, schemas }).slice(0, -1);
  return `${head},"symbols":[\n${rows.join(',\n')}\n]}\n`;
}

function rowOf(page: EntryPage, schema: number, folder: string): (number | string)[] {
  const name = page.kind === 'namespace' ? page.title : page.name;
  const id = 'id' in page ? page.id : page.kind === 'error' ? page.codes.join(',') : '';
  const words = shortened(plainText(page.description ?? ''), DESCRIBED);
  const row = [KINDS.indexOf(page.kind), schema, name, id, words];
  const usual = `${folder}${FOLDERS[page.kind]}${name}.md`;
  return page.path === usual ? row : [...row, page.path];
}
