import { flagText, typeText } from './type-text.js';
import type { SchemaCombinator, SchemaField } from './types.js';

/** What can happen to a combinator between two versions of a schema. */
export type ChangeKind =
  | 'field-added'
  | 'field-removed'
  | 'field-renamed'
  | 'field-retyped'
  | 'fields-reordered'
  | 'flag-moved'
  | 'became-optional'
  | 'became-required'
  | 'result-changed'
  | 'renumbered';

/** One change of a combinator. `from` and `to` are TL text, null where there is none. */
export interface Change {
  readonly kind: ChangeKind;
  /** The field's name, the old one if it was renamed; null for changes of the whole. */
  readonly field: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** True when code that compiled with the old package may not compile, or may misbehave, with the new one. */
  readonly breaking: boolean;
}

/**
 * The changes of one combinator.
 *
 * Breaking for callers is what code written against the old package notices: a new field that must be
 * given, a field removed, renamed, of another type or now required, another result. A field that becomes
 * optional breaks those who read it (constructors), not those who write it (methods). New optional
 * fields, order, flag bits, flag words and ids are the codec's business: the regenerated package hides them.
 */
export function diffCombinator(before: SchemaCombinator, after: SchemaCombinator): Change[] {
  const changes: Change[] = [];
  if (before.id !== after.id) {
    changes.push(change('renumbered', null, hex(before.id), hex(after.id), false));
  }
  const results = [typeText(before.result), typeText(after.result)] as const;
  if (results[0] !== results[1]) changes.push(change('result-changed', null, ...results, true));
  changes.push(...diffFields(before, after));
  return changes;
}

function diffFields(before: SchemaCombinator, after: SchemaCombinator): Change[] {
  const changes: Change[] = [];
  const old = new Map(before.fields.map((field) => [field.name, field]));
  const now = new Map(after.fields.map((field) => [field.name, field]));
  const renamed = findRenamed(before.fields, after.fields, old, now);
  const newNames = new Set(renamed.values());
  for (const field of before.fields) {
    const successor = now.get(field.name);
    const newName = renamed.get(field.name);
    if (successor !== undefined) {
      changes.push(...diffField(field, successor, before.kind === 'constructor'));
    } else if (newName !== undefined) {
      changes.push(change('field-renamed', field.name, field.name, newName, true));
    } else {
      const hidden = isFlagWord(field, before);
      changes.push(change('field-removed', field.name, describe(field), null, !hidden));
    }
  }
  for (const field of after.fields) {
    if (old.has(field.name) || newNames.has(field.name)) continue;
    const harmless = field.flag !== null || isFlagWord(field, after);
    changes.push(change('field-added', field.name, null, describe(field), !harmless));
  }
  const order = (fields: readonly SchemaField[], others: ReadonlyMap<string, SchemaField>) =>
    fields.flatMap(({ name }) => (others.has(name) ? [name] : [])).join(' ');
  const [from, to] = [order(before.fields, now), order(after.fields, old)];
  if (from !== to) changes.push(change('fields-reordered', null, from, to, false));
  return changes;
}

/** A field is renamed when one name gives way to another at the same place, with equal type and flag. */
function findRenamed(
  before: readonly SchemaField[],
  after: readonly SchemaField[],
  old: ReadonlyMap<string, SchemaField>,
  now: ReadonlyMap<string, SchemaField>,
): Map<string, string> {
  const renamed = new Map<string, string>();
  before.forEach((field, index) => {
    const other = after[index];
    if (other === undefined || now.has(field.name) || old.has(other.name)) return;
    if (describe(field) === describe(other)) renamed.set(field.name, other.name);
  });
  return renamed;
}

function diffField(before: SchemaField, after: SchemaField, isRead: boolean): Change[] {
  const changes: Change[] = [];
  const [from, to] = [describe(before), describe(after)];
  if (typeText(before.type) !== typeText(after.type)) {
    changes.push(change('field-retyped', before.name, from, to, true));
  }
  if (before.flag === null && after.flag !== null) {
    changes.push(change('became-optional', before.name, from, to, isRead));
  } else if (before.flag !== null && after.flag === null) {
    changes.push(change('became-required', before.name, from, to, true));
  } else if (flagText(before) !== flagText(after)) {
    changes.push(change('flag-moved', before.name, from, to, false));
  }
  return changes;
}

function describe(field: SchemaField): string {
  return flagText(field) + typeText(field.type);
}

/** A `#` that only tells which fields are present; callers never see it. */
function isFlagWord({ name, type }: SchemaField, { fields }: SchemaCombinator): boolean {
  if (type.kind !== 'primitive' || type.name !== 'nat') return false;
  return /^flags\d*$/.test(name) || fields.some(({ flag }) => flag?.word === name);
}

function change(
  kind: ChangeKind,
  field: string | null,
  from: string | null,
  to: string | null,
  breaking: boolean,
): Change {
  return { kind, field, from, to, breaking };
}

function hex(id: number): string {
  return `#${id.toString(16).padStart(8, '0')}`;
}
