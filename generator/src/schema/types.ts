import type { SchemaTree, Span } from '../syntax/ast.js';

/** Types every schema has without declaring them. `nat` is `#`; `true` takes no bytes; `int53` is a 64-bit number within ±2^53. */
export type PrimitiveName =
  | 'int'
  | 'nat'
  | 'long'
  | 'int53'
  | 'double'
  | 'string'
  | 'bytes'
  | 'int128'
  | 'int256'
  | 'int512'
  | 'Bool'
  | 'true';

/** A resolved reference to a type. */
export type TypeRef =
  | { readonly kind: 'primitive'; readonly name: PrimitiveName }
  /** `User`: one of the type's constructors, id first. */
  | { readonly kind: 'boxed'; readonly type: string }
  /** `%Message`, `future_salt`: that very constructor (its `key`), without its id. */
  | { readonly kind: 'bare'; readonly constructor: string }
  /** `Vector<T>` (boxed: id first) or `vector<T>`. */
  | { readonly kind: 'vector'; readonly boxed: boolean; readonly item: TypeRef }
  /** `3*[ double ]`: that many items, no count on the wire. */
  | { readonly kind: 'tuple'; readonly count: number; readonly item: TypeRef }
  /** `Object`: any constructor of the schema. */
  | { readonly kind: 'object' }
  /** `function`: any method. */
  | { readonly kind: 'method' }
  /** `!X`: any method; as a result, what that method returns. */
  | { readonly kind: 'generic'; readonly parameter: string };

export interface SchemaField {
  /** As written in TL: `random_id`. */
  readonly name: string;
  readonly type: TypeRef;
  /** Presence: bit of an earlier `#` field; bit null: the word is not zero. */
  readonly flag: { readonly word: string; readonly bit: number | null } | null;
  readonly description: string | null;
}

/** A constructor or method after names, ids and types are settled. */
export interface SchemaCombinator {
  readonly kind: 'constructor' | 'method';
  /** Unique in the schema: the TL name, with `_LAYER` for all but the newest of a constructor that changed (`decryptedMessage_17`; `…_17_2` where that is taken). */
  readonly key: string;
  /** As written in TL. */
  readonly name: string;
  /** `messages` of `messages.sendMessage`, `e2e.chain` of `e2e.chain.block`, '' without one. */
  readonly namespace: string;
  /** Unsigned 32 bits: explicit, else computed. */
  readonly id: number;
  /** CRC32 of the line's normal form. */
  readonly computedId: number;
  readonly explicitId: boolean;
  readonly typeParameters: readonly string[];
  readonly fields: readonly SchemaField[];
  /** A constructor's type (always `boxed`), a method's result. */
  readonly result: TypeRef;
  /** First and last secret-style layer it belongs to; null in unlayered schemas; until null: still current. */
  readonly since: number | null;
  readonly until: number | null;
  readonly description: string | null;
  readonly span: Span;
}

export interface SchemaType {
  readonly name: string;
  readonly namespace: string;
  /** Keys of its constructors, in source order. */
  readonly constructors: readonly string[];
  readonly description: string | null;
}

/** A schema with every name resolved; what all later rooms work on. */
export interface Schema {
  readonly file: string;
  readonly layer: number | null;
  /** All layers of a `===N===` schema, ascending; empty in plain ones. */
  readonly layers: readonly number[];
  readonly constructors: readonly SchemaCombinator[];
  readonly methods: readonly SchemaCombinator[];
  /** By source order of first appearance. Built-in types (Bool, True, Vector t, Int …) are not listed. */
  readonly types: readonly SchemaType[];
  readonly tree: SchemaTree;
}
