import { wordsOf } from '../../model/fields.js';
import { localName } from '../../model/names.js';
import type { SchemaCombinator, SchemaField } from '../../schema/types.js';
import { looksOld } from './looks.js';

/** Optional parameters that show a method better than it is without: harmless, or nothing works without. */
const TELLING = ['phone_code', 'silent'];

/** Objects of options that are fine without any. */
const FINE_WITHOUT = new Set(['codeSettings', 'inputPeerNotifySettings', 'replyInlineMarkup']);

/**
 * The fields that an example gives: the required ones; of the optional ones at most two, where nothing is required or
 * one is telling.
 *
 * @param nested - whether it stands in another object: optional objects are left out then.
 * @param ends - whether a field's type has values that end.
 */
export function shownFields(
  one: SchemaCombinator,
  nested: boolean,
  ends: (field: SchemaField) => boolean,
): ReadonlySet<SchemaField> {
  const shown = new Set(one.fields.filter(({ flag }) => flag === null));
  const words = wordsOf(one);
  const required = [...shown].filter(({ name }) => !words.has(name));
  for (const chosen of optionalFields(one, nested, required.length > 0)) {
    const group = groupOf(one, chosen);
    if (group.every(ends)) for (const field of group) shown.add(field);
  }
  return shown;
}

function optionalFields(
  one: SchemaCombinator,
  nested: boolean,
  hasRequired: boolean,
): readonly SchemaField[] {
  // A word that may itself be absent governs nothing here.
  const always = new Set(one.fields.flatMap(({ name, flag }) => (flag === null ? name : [])));
  const optional = one.fields.filter(
    (field) => field.flag !== null && always.has(field.flag.word) && !looksOld(field),
  );
  const telling = optional.find((field) => TELLING.includes(field.name));
  if (telling && one.kind === 'method') return [telling];
  if (hasRequired || FINE_WITHOUT.has(localName(one.name))) return [];
  const values = optional.filter(({ type }) => !isTrue(type) && (!nested || isSmall(type)));
  return (values.length > 0 ? values : optional.filter(({ type }) => isTrue(type))).slice(0, 2);
}

const isTrue = (type: SchemaField['type']): boolean =>
  type.kind === 'primitive' && type.name === 'true';

const isSmall = (type: SchemaField['type']): boolean => type.kind === 'primitive';

/** All fields that are there whenever this one is: those of the same bit, or of the word where any bit counts. */
function groupOf(one: SchemaCombinator, chosen: SchemaField): readonly SchemaField[] {
  const { flag } = chosen;
  const ofWord = one.fields.filter(
    (field) => field.flag !== null && field.flag.word === flag?.word,
  );
  const whole = ofWord.some((field) => field.flag?.bit === null);
  return whole ? ofWord : ofWord.filter((field) => field.flag?.bit === flag?.bit);
}
