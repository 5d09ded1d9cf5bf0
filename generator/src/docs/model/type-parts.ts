import { typeText } from '../../schema/type-text.js';
import type { SchemaCombinator, TypeRef } from '../../schema/types.js';
import type { TypePart } from '../types.js';
import type { Book } from './book.js';
import { builtinOf } from './builtins.js';

/** A type's text in pieces, each with its page. */
export function typeParts(type: TypeRef, book: Book): TypePart[] {
  switch (type.kind) {
    case 'boxed':
      return [builtinPart(type, book) ?? { text: type.type, ref: book.ref('type', type.type) }];
    case 'bare':
      return [{ text: type.constructor, ref: book.ref('constructor', type.constructor) }];
    case 'vector': {
      const name = type.boxed ? 'Vector' : 'vector';
      const head = { text: name, ref: book.ref('builtin', 'Vector') };
      return [head, plain('<'), ...typeParts(type.item, book), plain('>')];
    }
    case 'tuple':
      return [plain(`${String(type.count)}*[ `), ...typeParts(type.item, book), plain(' ]')];
    default:
      return [builtinPart(type, book) ?? plain(typeText(type))];
  }
}

/** A method's result: of `!X` the `X`. */
export function resultParts(type: TypeRef, book: Book): TypePart[] {
  if (type.kind !== 'generic') return typeParts(type, book);
  return [{ text: type.parameter, ref: book.ref('builtin', '!X') }];
}

/** Every type that a line names, once, in order. */
export function lineTypes({ fields, result }: SchemaCombinator, book: Book): TypePart[] {
  const all = [
    ...fields.flatMap(({ type }) => typeParts(type, book)),
    ...resultParts(result, book),
  ];
  const named = all.filter(({ ref }) => ref !== null);
  return [...new Map(named.map((part) => [part.ref?.path, part])).values()];
}

function builtinPart(type: TypeRef, book: Book): TypePart | null {
  const facts = builtinOf(type);
  if (facts === null) return null;
  return { text: typeText(type), ref: book.ref('builtin', facts.name) };
}

const plain = (text: string): TypePart => ({ text, ref: null });
