import { own } from '../../model/own.js';
import type { SchemaType } from '../../schema/types.js';
import type { BuiltinPage, EntryHistory, PageRef, TypePage } from '../types.js';
import type { Book } from './book.js';
import { BUILTINS, type BuiltinFacts } from './builtins.js';
import { constructorsOf } from './combinator-pages.js';
import type { UseIndex } from './uses.js';

/** Page of a type. */
export function typePage(
  type: SchemaType,
  book: Book,
  uses: UseIndex,
  history: EntryHistory | null,
): TypePage {
  const union = book.places.unions.get(type.name);
  return {
    ...(book.ref('type', type.name) as PageRef),
    kind: 'type',
    title: type.name,
    description: book.typeDescription(type.name, type.description),
    layer: book.layer,
    namespace: type.namespace,
    constructors: constructorsOf(type.name, book),
    tsName: union ? `${union.alias}.${union.className}` : type.name,
    accepts: own(book.docs.overlay?.substitutes, type.name)?.words ?? null,
    // Who holds one of its constructors bare holds this type.
    usedBy: uses.links(
      `type ${type.name}`,
      ...type.constructors.map((key) => `constructor ${key}`),
    ),
    history,
  };
}

/** The built-in types that a schema uses. */
export function builtinsOf(uses: UseIndex): readonly BuiltinFacts[] {
  return BUILTINS.filter(({ name }) => uses.has(`builtin ${name}`));
}

/** Page of a built-in type. */
export function builtinPage(facts: BuiltinFacts, book: Book, uses: UseIndex): BuiltinPage {
  const { name, description, tsType, json, wire } = facts;
  return {
    ...(book.ref('builtin', name) as PageRef),
    kind: 'builtin',
    title: name,
    description,
    layer: book.layer,
    tsType,
    json,
    wire,
    usedBy: uses.links(`builtin ${name}`),
  };
}
