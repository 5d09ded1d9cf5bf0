import type { SchemaCombinator } from '../../schema/types.js';
import { exampleMaker } from '../examples/example-maker.js';
import type { DocsProgress, DocsSchema, EntryPage, ListedRef, SchemaPages } from '../types.js';
import { Book } from './book.js';
import { constructorPage, methodPage, type EntryTools } from './combinator-pages.js';
import { coverageOf } from './coverage.js';
import { ErrorIndex } from './error-pages.js';
import { History, type RemovedEntry } from './history.js';
import { announceLayers, layerPages } from './layer-pages.js';
import { withMentions } from './mentions.js';
import { announceNamespaces, namespacePages } from './namespace-pages.js';
import { RelatedIndex } from './related.js';
import { builtinPage, builtinsOf, typePage } from './type-pages.js';
import { UseIndex } from './uses.js';

type OnProgress = ((progress: DocsProgress) => void) | undefined;

/** The pages of all schemas. The first stands at the root, the others in folders of their key. */
export function buildPages(set: readonly DocsSchema[], onProgress?: OnProgress): SchemaPages[] {
  const all = set.map((docs, done) => {
    onProgress?.({ step: 'model', done, total: set.length, what: docs.title });
    return schemaPages(docs, done === 0 ? '' : `${docs.key}/`);
  });
  return withMentions(all);
}

function schemaPages(docs: DocsSchema, folder: string): SchemaPages {
  const book = new Book(docs, folder);
  const { schema, layer } = book;
  const history = History.of(schema, layer, docs.older ?? []);
  const removed = history?.removed() ?? [];
  const older = oldBooks(docs, book, removed);
  announceEntries(book);
  for (const one of removed) announceRemoved(one, older);
  const errors = new ErrorIndex(book);
  announceNamespaces(book);
  announceLayers(book, history);
  const uses = new UseIndex(book);
  const builtins = builtinsOf(uses);
  for (const { name, slug, description } of builtins)
    book.announce('builtin', name, description, slug);
  const examples = exampleMaker({ schema, model: book.model, package: docs.package });
  const tools: EntryTools = {
    book,
    uses,
    errors,
    examples,
    related: relatedIn(book),
    history: (one) => history?.entry(one.kind, one.key) ?? null,
  };
  const pages: EntryPage[] = [
    ...schema.methods.map((one) => methodPage(one, tools)),
    ...schema.constructors.map((one) => constructorPage(one, tools)),
    ...schema.types.map((type) =>
      typePage(type, book, uses, history?.entry('type', type.name) ?? null),
    ),
    ...builtins.map((facts) => builtinPage(facts, book, uses)),
    ...removed.map((one) => removedPage(one, older, tools, history)),
    ...errors.pages(),
    ...namespacePages(book),
    ...layerPages(book, history),
  ];
  const coverage = coverageOf(docs.key, pages, errors.coverage());
  const { key, title } = docs;
  const { layers } = schema;
  return { key, title, package: docs.package, folder, layer, layers, pages, coverage };
}

function announceEntries(book: Book): void {
  for (const one of [...book.schema.methods, ...book.schema.constructors])
    book.announce(one.kind, one.key, book.classOf(one).description);
  for (const { name, description } of book.schema.types)
    book.announce('type', name, book.typeDescription(name, description));
}

type OldBooks = ReadonlyMap<RemovedEntry['schema'], Book>;

/** Books of the layers that had what is gone; their pages stand among the current ones. */
function oldBooks(docs: DocsSchema, book: Book, removed: readonly RemovedEntry[]): OldBooks {
  const schemas = new Set(removed.map(({ schema }) => schema));
  return new Map(
    [...schemas].map((schema) => {
      const { key, title, package: name, descriptions } = docs;
      return [schema, new Book({ key, title, package: name, descriptions, schema }, '', book)];
    }),
  );
}

function announceRemoved({ schema, kind, entry }: RemovedEntry, older: OldBooks): void {
  const book = older.get(schema) as Book;
  if (kind === 'type')
    book.announce('type', entry.name, book.typeDescription(entry.name, entry.description));
  else book.announce(kind, entry.key, book.classOf(entry).description);
}

/** Page of something that the schema no longer has, as it was last: without examples, since no package has it. */
function removedPage(
  removed: RemovedEntry,
  older: OldBooks,
  tools: EntryTools,
  history: History | null,
): EntryPage {
  const book = older.get(removed.schema) as Book;
  if (removed.kind === 'type') {
    const past = history?.entry('type', removed.entry.name) ?? null;
    return typePage(removed.entry, book, tools.uses, past);
  }
  const own: EntryTools = { ...tools, book, examples: () => [] };
  return removed.kind === 'method'
    ? methodPage(removed.entry, own)
    : constructorPage(removed.entry, own);
}

/** Methods among methods of the namespace, constructors among constructors. */
function relatedIn(book: Book): (one: SchemaCombinator) => ListedRef[] {
  const groups = new Map<string, ListedRef[]>();
  for (const one of [...book.schema.methods, ...book.schema.constructors]) {
    const key = `${one.kind} ${one.namespace}`;
    const listed = book.listed(one.kind, one.key) as ListedRef;
    const group = groups.get(key);
    if (group) group.push(listed);
    else groups.set(key, [listed]);
  }
  const indexes = new Map([...groups].map(([key, group]) => [key, new RelatedIndex(group)]));
  return (one) => indexes.get(`${one.kind} ${one.namespace}`)?.relatedTo(one.key) ?? [];
}
