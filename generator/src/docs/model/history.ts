import { diffSchemas, type ChangedType, type SchemaDiff } from '../../schema/diff.js';
import { describeChange } from '../../schema/diff-format.js';
import type { Schema, SchemaCombinator, SchemaType } from '../../schema/types.js';
import type { ChangeWords, EntryHistory } from '../types.js';

export type EntryKind = 'method' | 'constructor' | 'type';

/** What one known layer changed against the known one before. */
export interface LayerStep {
  readonly from: number;
  readonly to: number;
  readonly diff: SchemaDiff;
}

/** Something that an older layer had. */
export type RemovedEntry = { readonly schema: Schema } & (
  | { readonly kind: 'method' | 'constructor'; readonly entry: SchemaCombinator }
  | { readonly kind: 'type'; readonly entry: SchemaType }
);

type Changes = EntryHistory['changes'];

/** What older layers of a schema tell about its entries. */
export class History {
  readonly steps: readonly LayerStep[];
  private readonly layers: readonly number[];
  /** `method messages.getMessages` → positions of the layers that have it. */
  private readonly seen = new Map<string, number[]>();
  private readonly changes = new Map<string, Changes[number][]>();

  private constructor(private readonly schemas: readonly (readonly [number, Schema])[]) {
    this.layers = schemas.map(([layer]) => layer);
    schemas.forEach(([, schema], at) => {
      for (const key of keysOf(schema)) {
        const positions = this.seen.get(key);
        if (positions) positions.push(at);
        else this.seen.set(key, [at]);
      }
    });
    this.steps = schemas.slice(1).map(([to, schema], i): LayerStep => {
      const [from, before] = schemas[i] as readonly [number, Schema];
      return { from, to, diff: diffSchemas(before, schema) };
    });
    for (const step of this.steps) this.noteChanges(step);
  }

  /** Null when nothing older is known, or the layer of the schema itself is not. */
  static of(schema: Schema, layer: number | null, older: readonly Schema[]): History | null {
    if (layer === null || schema.layers.length > 0) return null;
    const byLayer = new Map<number, Schema>();
    for (const one of older)
      if (one.layer !== null && one.layer < layer) byLayer.set(one.layer, one);
    if (byLayer.size === 0) return null;
    byLayer.set(layer, schema);
    return new History([...byLayer].sort(([a], [b]) => a - b));
  }

  private noteChanges({ from, to, diff }: LayerStep): void {
    const note = (key: string, changes: readonly ChangeWords[], breaking: boolean): void => {
      const list = this.changes.get(key) ?? [];
      list.push({ layer: to, from, changes, breaking });
      this.changes.set(key, list);
    };
    for (const one of diff.methods.changed)
      note(`method ${one.name}`, combinatorWords(one), one.breaking);
    for (const one of diff.constructors.changed)
      note(`constructor ${one.name}`, combinatorWords(one), one.breaking);
    for (const one of diff.types.changed) note(`type ${one.name}`, typeWords(one), one.breaking);
  }

  /** Since when an entry is known, and what happened to it. */
  entry(kind: EntryKind, name: string): EntryHistory | null {
    const key = `${kind} ${name}`;
    const positions = this.seen.get(key);
    const last = positions?.at(-1);
    if (positions === undefined || last === undefined) return null;
    let first = last;
    for (const at of positions.toReversed()) if (at >= first - 1) first = at;
    return {
      since: this.layers[first] as number,
      notIn: this.layers[first - 1] ?? null,
      removedIn: this.layers[last + 1] ?? null,
      changes: this.changes.get(key) ?? [],
    };
  }

  /** All that older layers had and the newest has not, as it was last. */
  removed(): RemovedEntry[] {
    const newest = this.layers.length - 1;
    const gone: RemovedEntry[] = [];
    this.schemas.forEach(([, schema], at) => {
      const isLast = (kind: EntryKind, name: string): boolean =>
        at < newest && this.seen.get(`${kind} ${name}`)?.at(-1) === at;
      for (const entry of [...schema.methods, ...schema.constructors])
        if (isLast(entry.kind, entry.key)) gone.push({ schema, kind: entry.kind, entry });
      for (const entry of schema.types)
        if (isLast('type', entry.name)) gone.push({ schema, kind: 'type', entry });
    });
    return gone;
  }
}

function keysOf({ methods, constructors, types }: Schema): string[] {
  return [
    ...[...methods, ...constructors].map(({ kind, key }) => `${kind} ${key}`),
    ...types.map(({ name }) => `type ${name}`),
  ];
}

/** The changes of a constructor or method in words. */
export function combinatorWords({
  changes,
}: SchemaDiff['methods']['changed'][number]): ChangeWords[] {
  return changes.map((one) => ({ words: describeChange(one, '`'), breaking: one.breaking }));
}

/** The changes of a type in words. */
export function typeWords({ added, removed }: ChangedType): ChangeWords[] {
  return [
    ...added.map((name) => ({ words: `\`${name}\` added`, breaking: false })),
    ...removed.map((name) => ({ words: `\`${name}\` removed`, breaking: true })),
  ];
}
