import { aliasesOf, PARSE_MODE, takesParseMode } from '../../model/aliases.js';
import { own } from '../../model/own.js';
import { lineText } from '../../schema/type-text.js';
import type { SchemaCombinator } from '../../schema/types.js';
import type {
  ConstructorPage,
  EntryHistory,
  Example,
  ListedRef,
  MethodPage,
  PageRef,
} from '../types.js';
import type { Book } from './book.js';
import { builtinOf } from './builtins.js';
import type { ErrorIndex } from './error-pages.js';
import { fieldDocs, flagWordDocs } from './fields.js';
import { lineTypes, resultParts } from './type-parts.js';
import { UseIndex } from './uses.js';
import { variantsOf } from './variants.js';

/** What pages of constructors and methods are made of, beside the entry itself. */
export interface EntryTools {
  readonly book: Book;
  readonly uses: UseIndex;
  readonly errors: ErrorIndex;
  readonly examples: (one: SchemaCombinator) => readonly Example[];
  readonly related: (one: SchemaCombinator) => readonly ListedRef[];
  readonly history: (one: SchemaCombinator) => EntryHistory | null;
}

/** Page of a method. */
export function methodPage(one: SchemaCombinator, tools: EntryTools): MethodPage {
  const { book, errors } = tools;
  const facts = book.docs.errors ?? null;
  const { overlay } = book.docs;
  const { fields } = book.classOf(one);
  return {
    ...common(one, tools),
    kind: 'method',
    result: resultParts(one.result, book),
    resultConstructors: resultConstructors(one, book),
    errors: errors.rows(one.name),
    callers: own(facts?.callers, one.name) ?? 'unknown',
    facts: facts && { source: facts.source, date: facts.date },
    instead: (overlay?.instead ?? [])
      .filter(({ methods }) => methods.includes(one.name))
      .map(({ use, words, pending = null }) => ({ use, words, pending })),
    aliases: aliasesOf(overlay, one.name, fields).map(({ alias, field, accepts = null }) => ({
      alias,
      property: field?.name ?? PARSE_MODE,
      accepts,
    })),
    parseMode: takesParseMode(overlay, one.name, fields),
  };
}

/** Page of a constructor. */
export function constructorPage(one: SchemaCombinator, tools: EntryTools): ConstructorPage {
  const { book, uses } = tools;
  const builtin = builtinOf(one.result);
  const type = one.result.kind === 'boxed' ? one.result.type : '';
  return {
    ...common(one, tools),
    kind: 'constructor',
    type: resultParts(one.result, book),
    usedBy: uses.links(
      builtin === null ? `type ${type}` : `builtin ${builtin.name}`,
      `constructor ${one.key}`,
    ),
    ...variantsOf(one, book),
  };
}

function common(one: SchemaCombinator, tools: EntryTools) {
  const { book } = tools;
  const model = book.classOf(one);
  const ref = book.ref(one.kind, one.key) as PageRef;
  return {
    ...ref,
    title: one.key,
    description: model.description,
    layer: book.layer,
    id: one.id.toString(16).padStart(8, '0'),
    namespace: one.namespace,
    tl: `${lineText(one)};`,
    types: lineTypes(one, book),
    fields: fieldDocs(one, book),
    flagWords: flagWordDocs(one, model),
    className: book.classNameOf(one),
    examples: tools.examples(one),
    history: tools.history(one),
    related: tools.related(one),
  };
}

function resultConstructors(
  { result }: SchemaCombinator,
  book: Book,
): MethodPage['resultConstructors'] {
  let inner = result;
  while (inner.kind === 'vector') inner = inner.item;
  if (inner.kind === 'boxed') return constructorsOf(inner.type, book);
  return inner.kind === 'bare' ? listedLines([inner.constructor], book) : [];
}

/** The constructors of a type with their lines, in the schema's order. */
export function constructorsOf(type: string, book: Book): MethodPage['resultConstructors'] {
  return listedLines(book.typeOf(type)?.constructors ?? [], book);
}

function listedLines(keys: readonly string[], book: Book): MethodPage['resultConstructors'] {
  return keys.flatMap((key) => {
    const listed = book.listed('constructor', key);
    const one = book.constructorOf(key);
    return listed && one ? [{ ...listed, tl: `${lineText(one)};` }] : [];
  });
}
