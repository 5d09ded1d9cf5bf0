import { filledRule } from '../../model/filled.js';
import { own } from '../../model/own.js';
import { TypeWriter } from '../../model/ts-type.js';
import type { FieldModel } from '../../model/types.js';
import type { SchemaCombinator, TypeRef } from '../../schema/types.js';
import type { FieldDoc, FlagWordDoc } from '../types.js';
import type { Book } from './book.js';
import { typeParts } from './type-parts.js';

/** Parameters or fields of a page; hidden flag words are not among them. */
export function fieldDocs(one: SchemaCombinator, book: Book): FieldDoc[] {
  const { fields, generics } = book.classOf(one);
  const types = new TypeWriter('.', book.places);
  return fields.flatMap((field, i): FieldDoc[] => {
    if (field.role === 'word') return [];
    const filled =
      field.role === 'required' ? filledRule(book.docs.overlay, one, field) : undefined;
    return [
      {
        name: field.tl,
        property: field.name,
        type: typeParts(field.type, book),
        tsType: field.role === 'flag' ? 'boolean' : types.type(field.type, generics),
        flag: one.fields[i]?.flag ?? null,
        required: filled ? 'filled' : field.role === 'required' ? 'yes' : 'no',
        filledWith: filled?.words ?? null,
        accepts: one.kind === 'method' ? acceptedWords(field.type, book) : null,
        description: field.description,
      },
    ];
  });
}

/** What a method takes in the place of a type, also within a vector. */
function acceptedWords(type: TypeRef, book: Book): string | null {
  let inner = type;
  while (inner.kind === 'vector') inner = inner.item;
  if (inner.kind !== 'boxed') return null;
  return own(book.docs.overlay?.substitutes, inner.type)?.words ?? null;
}

/** The flag words and what their bits say. */
export function flagWordDocs(
  one: SchemaCombinator,
  { fields }: { readonly fields: readonly FieldModel[] },
): FlagWordDoc[] {
  const words = one.fields.filter((_, i) => fields[i]?.role.endsWith('word'));
  return words.flatMap(({ name }): FlagWordDoc[] => {
    const bits = new Map<number | null, string[]>();
    for (const field of one.fields) {
      if (field.flag?.word !== name) continue;
      const sharing = bits.get(field.flag.bit);
      if (sharing) sharing.push(field.name);
      else bits.set(field.flag.bit, [field.name]);
    }
    if (bits.size === 0) return [];
    const sorted = [...bits].sort(([a], [b]) => (a ?? -1) - (b ?? -1));
    return [
      { name, bits: sorted.map(([bit, names]) => ({ bit, mask: maskOf(bit), fields: names })) },
    ];
  });
}

function maskOf(bit: number | null): string | null {
  return bit === null ? null : `0x${((1 << bit) >>> 0).toString(16).padStart(8, '0')}`;
}
