import type { SchemaCombinator, SchemaField } from '../schema/types.js';
import { own } from './own.js';
import { fieldName, NameScope } from './names.js';
import type { TypeWriter } from './ts-type.js';
import type { FieldModel } from './types.js';

/** Part of {@link SchemaCombinator} that decides what its fields are called. */
type Fields = Pick<SchemaCombinator, 'fields'>;

/** The properties of a class, by TL name. Hidden flag words have none. */
export function propertyNames(one: Fields): ReadonlyMap<string, string> {
  const words = wordsOf(one);
  const shown = one.fields.filter((field) => roleOf(field, words) !== 'word');
  return new NameScope().takeAll(
    shown.map((field) => field.name),
    fieldName,
  );
}

/** The fields of a combinator as its class has them. */
export function fieldModels(
  one: SchemaCombinator,
  types: TypeWriter,
  generics: ReadonlyMap<string, string>,
  descriptions: Readonly<Record<string, string>>,
): FieldModel[] {
  const names = propertyNames(one);
  const words = wordsOf(one);
  const positions = new Map(one.fields.map((field, i) => [field.name, i]));
  return one.fields.map((field) => {
    const role = roleOf(field, words);
    const word = field.flag ? positions.get(field.flag.word) : undefined;
    return {
      name: names.get(field.name) ?? field.name,
      tl: field.name,
      type: field.type,
      tsType: role === 'flag' ? 'boolean' : types.type(field.type, generics),
      role,
      flag: field.flag && word !== undefined ? { word, bit: field.flag.bit } : null,
      description: field.description ?? own(descriptions, field.name) ?? null,
    };
  });
}

/** What conditions refer to. */
export function wordsOf({ fields }: Fields): ReadonlySet<string> {
  return new Set(fields.flatMap(({ flag }) => flag?.word ?? []));
}

/** What a field is in its class: see {@link FieldModel}. */
export function roleOf(field: SchemaField, words: ReadonlySet<string>): FieldModel['role'] {
  const isNat = field.type.kind === 'primitive' && field.type.name === 'nat' && field.flag === null;
  const isTrue = field.type.kind === 'primitive' && field.type.name === 'true';
  if (isNat && /^flags\d*$/.test(field.name)) return words.has(field.name) ? 'word' : 'open-word';
  if (isNat && words.has(field.name)) return 'open-word';
  if (field.flag === null) return 'required';
  return isTrue ? 'flag' : 'optional';
}

/** Type parameters that fields or the result of a method name. */
export function usedParameters(one: SchemaCombinator): string[] {
  const used = new Set(
    [...one.fields.map(({ type }) => type), one.result].map((type) => {
      let inner = type;
      while (inner.kind === 'vector' || inner.kind === 'tuple') inner = inner.item;
      return inner.kind === 'generic' ? inner.parameter : null;
    }),
  );
  return [...new Set(one.typeParameters)].filter((name) => used.has(name));
}
