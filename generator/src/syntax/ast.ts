/** A stretch of source text. `start` and `end` are UTF-16 offsets, `line` and `column` count from 1. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** `User`, `vector<int>`, `Vector t`, `%Message`, `!X` — a name, perhaps applied to arguments. */
export interface NamedType {
  readonly kind: 'named';
  /** With its namespace: `messages.Messages`. */
  readonly name: string;
  /** Written with `%`: the type's only constructor, without its id on the wire. */
  readonly percent: boolean;
  /** Written with `!`: any function whose result is the named type parameter. */
  readonly bang: boolean;
  readonly args: readonly TypeExpr[];
  readonly span: Span;
}

/** `#`: an unsigned 32-bit number, in practice a flag word. */
export interface NatType {
  readonly kind: 'nat';
  readonly span: Span;
}

/** `4*[ int ]`, `n*[ T ]` or `[ t ]` (count taken from the preceding `#`). */
export interface RepeatType {
  readonly kind: 'repeat';
  readonly count: number | string | null;
  readonly items: readonly Field[];
  readonly span: Span;
}

export type TypeExpr = NamedType | NatType | RepeatType;

/** One argument of a combinator. */
export interface Field {
  /** Absent in `vector {t:Type} # [ t ]` and `4*[ int ]`. */
  readonly name: string | null;
  /** `flags.3?`: present only when that bit of that earlier `#` field is set; without `.N`, when it is not zero. */
  readonly condition: { readonly word: string; readonly bit: number | null } | null;
  readonly type: TypeExpr;
  /** From `@name …` in the doc comment above. */
  readonly description: string | null;
  readonly span: Span;
}

/** `{X:Type}` or `{n:#}`. */
export interface TypeParameter {
  readonly name: string;
  readonly type: string;
  readonly span: Span;
}

/** One declaration: a constructor or, after `---functions---`, a function (method). */
export interface Combinator {
  readonly kind: 'constructor' | 'function';
  /** With its namespace: `messages.sendMessage`. */
  readonly name: string;
  /** The id as written (unsigned 32 bits), null when the line has none. */
  readonly id: number | null;
  readonly typeParameters: readonly TypeParameter[];
  readonly fields: readonly Field[];
  readonly result: TypeExpr;
  /** `int ? = Int;`: a built-in type without a definition in TL. */
  readonly builtin: boolean;
  /** The `===N===` or `// layer N` section it stands in. */
  readonly layer: number | null;
  readonly description: string | null;
  readonly span: Span;
}

/** What a schema text says, in source order. */
export interface SchemaTree {
  readonly combinators: readonly Combinator[];
  /** From `// LAYER N`. */
  readonly layer: number | null;
  /** `//@class Name @description …` of td_api-style files: type name → description. */
  readonly typeDescriptions: ReadonlyMap<string, string>;
}
