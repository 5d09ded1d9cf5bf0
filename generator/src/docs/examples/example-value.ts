import type { SchemaCombinator } from '../../schema/types.js';

/** A value of an example, apart from any language. */
export type ExampleValue =
  /** `int`, `#`, `int53`. */
  | { readonly kind: 'number'; readonly value: number }
  /** `long`. */
  | { readonly kind: 'bigint'; readonly value: bigint }
  | { readonly kind: 'double'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** `bytes`, `int128` and its like. */
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  /** Vectors and tuples. */
  | { readonly kind: 'list'; readonly items: readonly ExampleValue[] }
  | ExampleObject;

/** A constructor or method with its fields; those that are absent are left out. */
export interface ExampleObject {
  readonly kind: 'object';
  readonly of: SchemaCombinator;
  readonly fields: readonly ExampleField[];
}

export interface ExampleField {
  /** As in TL: `random_id`. */
  readonly name: string;
  readonly value: ExampleValue;
}
