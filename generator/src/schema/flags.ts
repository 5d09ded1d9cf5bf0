import type { Combinator, Field } from '../syntax/ast.js';
import type { Reporter } from './reporter.js';
import { didYouMean } from './suggest.js';

/** Checks the fields of a combinator among themselves: names, flag words, bits. */
export function checkFields(combinator: Combinator, reporter: Reporter): void {
  const seen = new Map<string, Field>();
  for (const field of combinator.fields) {
    checkCondition(field, combinator, seen, reporter);
    if (field.name === null) continue;
    if (seen.has(field.name)) {
      const message = `\`${combinator.name}\` has two fields called \`${field.name}\``;
      reporter.error('duplicate-field', field.span, message, 'rename one of them');
    } else {
      seen.set(field.name, field);
    }
  }
}

function checkCondition(
  field: Field,
  combinator: Combinator,
  seen: ReadonlyMap<string, Field>,
  reporter: Reporter,
): void {
  if (field.condition === null) return;
  const { word, bit } = field.condition;
  if (bit !== null && bit > 31) {
    const message = `bit ${String(bit)} of \`${word}\` does not exist`;
    reporter.error('flag-bit-range', field.span, message, 'a flag word has bits 0 to 31');
  }
  const declared = seen.get(word);
  if (declared === undefined) {
    reportUndeclared(field, word, combinator, seen, reporter);
  } else if (declared.condition !== null) {
    const message = `the flag word \`${word}\` is itself conditional`;
    reporter.error('unsupported', field.span, message, 'give the word no condition of its own');
  } else if (declared.type.kind !== 'nat') {
    const message = `\`${word}\` is not a flag word`;
    reporter.error('flag-word-type', field.span, message, `declare it as \`${word}:#\``);
  }
}

function reportUndeclared(
  field: Field,
  word: string,
  { name, fields, typeParameters }: Combinator,
  seen: ReadonlyMap<string, Field>,
  reporter: Reporter,
): void {
  if (typeParameters.some((parameter) => parameter.name === word)) {
    const hint = `make it a field, \`${word}:#\``;
    const message = `\`${word}\` is a parameter: its value is not in the data`;
    reporter.error('unsupported', field.span, message, hint);
  } else if (fields.some((other) => other.name === word)) {
    const message = `\`${word}\` is used before it is declared`;
    const hint = `move \`${word}:#\` in front of this field`;
    reporter.error('flag-word-undeclared', field.span, message, hint);
  } else {
    const words = [...seen.values()].flatMap(({ name: other, type }) =>
      type.kind === 'nat' && other !== null ? [other] : [],
    );
    const hint = didYouMean(word, words) ?? `add \`${word}:#\` in front of this field`;
    const message = `\`${name}\` has no flag word \`${word}\``;
    reporter.error('flag-word-undeclared', field.span, message, hint);
  }
}
