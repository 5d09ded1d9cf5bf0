import { type Change, diffCombinator } from './diff-fields.js';
import { lineText } from './type-text.js';
import type { Schema, SchemaCombinator, SchemaType } from './types.js';

/** A combinator that only one of the schemas has. */
export interface DiffEntry {
  readonly name: string;
  /** Its line in TL, without `;`. */
  readonly line: string;
  readonly breaking: boolean;
}

/** A combinator that both schemas have, in different forms. */
export interface ChangedCombinator {
  readonly name: string;
  readonly changes: readonly Change[];
  readonly breaking: boolean;
}

/** A type that both schemas have, with different constructors. */
export interface ChangedType {
  readonly name: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** A constructor is gone. (A new one only matters to a `switch` that lists them all.) */
  readonly breaking: boolean;
}

/** Added, removed and changed combinators of one kind, sorted by name. */
export interface CombinatorDiff {
  readonly added: readonly DiffEntry[];
  readonly removed: readonly DiffEntry[];
  readonly changed: readonly ChangedCombinator[];
}

/** What distinguishes two schemas; plain JSON. */
export interface SchemaDiff {
  readonly from: { readonly file: string; readonly layer: number | null };
  readonly to: { readonly file: string; readonly layer: number | null };
  readonly constructors: CombinatorDiff;
  readonly methods: CombinatorDiff;
  readonly types: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly changed: readonly ChangedType[];
  };
  /** True when any part is. */
  readonly breaking: boolean;
}

/**
 * Compares two schemas by meaning: names, fields, flags, ids and results, not text or order of lines.
 * Removals are breaking, additions are not; for changed combinators see {@link diffCombinator}.
 */
export function diffSchemas(a: Schema, b: Schema): SchemaDiff {
  const constructors = diffCombinators(a.constructors, b.constructors);
  const methods = diffCombinators(a.methods, b.methods);
  const types = diffTypes(a.types, b.types);
  const breaking =
    [constructors, methods].some(
      ({ removed, changed }) => removed.length > 0 || changed.some((one) => one.breaking),
    ) ||
    types.removed.length > 0 ||
    types.changed.some((one) => one.breaking);
  const from = { file: a.file, layer: a.layer };
  const to = { file: b.file, layer: b.layer };
  return { from, to, constructors, methods, types, breaking };
}

function diffCombinators(
  before: readonly SchemaCombinator[],
  after: readonly SchemaCombinator[],
): CombinatorDiff {
  const { added, removed, common } = partition(before, after, ({ key }) => key);
  const changed = common
    .map(([old, now]) => ({ name: now.key, changes: diffCombinator(old, now) }))
    .filter(({ changes }) => changes.length > 0)
    .map((one) => ({ ...one, breaking: one.changes.some((change) => change.breaking) }));
  return {
    added: added.map((one) => toEntry(one, false)),
    removed: removed.map((one) => toEntry(one, true)),
    changed,
  };
}

function diffTypes(
  before: readonly SchemaType[],
  after: readonly SchemaType[],
): SchemaDiff['types'] {
  const { added, removed, common } = partition(before, after, ({ name }) => name);
  const changed: ChangedType[] = [];
  for (const [old, now] of common) {
    const fresh = now.constructors.filter((key) => !old.constructors.includes(key)).toSorted();
    const gone = old.constructors.filter((key) => !now.constructors.includes(key)).toSorted();
    if (fresh.length + gone.length === 0) continue;
    changed.push({ name: now.name, added: fresh, removed: gone, breaking: gone.length > 0 });
  }
  const names = (types: readonly SchemaType[]): string[] => types.map(({ name }) => name);
  return { added: names(added), removed: names(removed), changed };
}

function partition<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (value: T) => string,
): { added: T[]; removed: T[]; common: [T, T][] } {
  const compare = (a: T, b: T): number => (keyOf(a) < keyOf(b) ? -1 : 1);
  const old = new Map(before.map((value) => [keyOf(value), value]));
  const now = new Set(after.map(keyOf));
  const added: T[] = [];
  const common: [T, T][] = [];
  for (const value of after.toSorted(compare)) {
    const earlier = old.get(keyOf(value));
    if (earlier === undefined) added.push(value);
    else common.push([earlier, value]);
  }
  const removed = before.filter((value) => !now.has(keyOf(value))).toSorted(compare);
  return { added, removed, common };
}

function toEntry(combinator: SchemaCombinator, breaking: boolean): DiffEntry {
  const { key } = combinator;
  return { name: key, line: lineText({ ...combinator, name: key }), breaking };
}
