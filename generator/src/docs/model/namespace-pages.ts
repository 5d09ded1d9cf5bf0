import type { ListedRef, NamespacePage, PageKind, PageRef } from '../types.js';
import type { Book } from './book.js';

/** What has no namespace stands in `base`, as in the generated package. */
const titleOf = (namespace: string): string => (namespace === '' ? 'base' : namespace);

const namespacesOf = ({ schema }: Book): string[] => {
  const all = [...schema.methods, ...schema.constructors, ...schema.types];
  return [...new Set(all.map(({ namespace }) => namespace))].sort((a, b) => (a < b ? -1 : 1));
};

/** Announces the pages that `namespacePages` will make. */
export function announceNamespaces(book: Book): void {
  for (const namespace of namespacesOf(book))
    book.announce('namespace', namespace, null, titleOf(namespace));
}

/** A page per namespace: all that is in it. */
export function namespacePages(book: Book): NamespacePage[] {
  const { methods, constructors, types } = book.schema;
  return namespacesOf(book).map((namespace) => {
    const list = (kind: PageKind, names: readonly string[]): ListedRef[] =>
      [...names].sort((a, b) => (a < b ? -1 : 1)).flatMap((name) => book.listed(kind, name) ?? []);
    const mine = (one: { readonly namespace: string }): boolean => one.namespace === namespace;
    const title = titleOf(namespace);
    const described =
      namespace === '' ? 'What has no namespace.' : `All that begins with ${title}.`;
    return {
      ...(book.ref('namespace', namespace) as PageRef),
      kind: 'namespace',
      title,
      description: described,
      layer: book.layer,
      methods: list(
        'method',
        methods.filter(mine).map(({ key }) => key),
      ),
      constructors: list(
        'constructor',
        constructors.filter(mine).map(({ key }) => key),
      ),
      types: list(
        'type',
        types.filter(mine).map(({ name }) => name),
      ),
    };
  });
}
