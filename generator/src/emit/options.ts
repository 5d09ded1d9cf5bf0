import type { Schema } from '../schema/types.js';

/** Descriptions for TSDoc and docs pages, by TL name (or key, `decryptedMessage_17`); the schema's own `//@description` win. */
export interface Descriptions {
  readonly constructors: Readonly<Record<string, EntryDescription>>;
  readonly methods: Readonly<Record<string, EntryDescription>>;
  readonly types: Readonly<Record<string, string>>;
}

export interface EntryDescription {
  readonly description?: string;
  /** By TL field name. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** Which RPC errors a method is known to answer with, and who may call it. */
export interface ErrorFacts {
  readonly source: string;
  readonly date: string;
  /** Method → error names with their numeric codes. */
  readonly methods: Readonly<
    Record<string, readonly { readonly name: string; readonly code: number }[]>
  >;
  readonly callers: Readonly<Record<string, 'user' | 'bot' | 'both'>>;
}

/** A field that may be left out because the runtime fills it in. */
export interface FilledField {
  /** TL name and type of the field. */
  readonly field: string;
  readonly type: string;
  /** Only in these methods; absent: in all. */
  readonly methods?: readonly string[];
  /** Only in these constructors: such a rule does not concern methods. */
  readonly constructors?: readonly string[];
  readonly except?: readonly string[];
  /** How: what {@link FILLS} lists. */
  readonly fill: Fill;
  /** `random-each`: the TL name of the parameter whose items are counted. */
  readonly each?: string;
  /**
   * `constant`: the value (a long as decimal string); `setting`: name of the client's option; `empty`: TL name of the
   * constructor, which has no fields.
   */
  readonly value?: string | number | boolean;
  /** What it is filled with, in words. */
  readonly words: string;
}

/** Ways to fill a field in. */
export const FILLS = [
  /** Random bits. */
  'random',
  /** The time in the upper half, random bits in the lower. */
  'timed-random',
  /** A random number for each item of another parameter. */
  'random-each',
  /** Always the same value. */
  'constant',
  /** An option of the client. */
  'setting',
  /** A constructor of its type that has no fields: `inputPeerEmpty`. */
  'empty',
] as const;

/** See {@link FILLS}. */
export type Fill = (typeof FILLS)[number];

/** Another name of a parameter, as the Bot API has it. */
export interface AliasedField {
  readonly alias: string;
  /** TL name of the parameter, or `parseMode`. */
  readonly field: string;
  /** What is taken under that name, where that is not what the parameter takes: `number`. */
  readonly accepts?: 'number' | 'string' | 'boolean';
  readonly methods: readonly string[];
}

/** What the runtime adds to methods: the format of schemas/telegram/overlay.json. */
export interface Overlay {
  /** TL type → codec's name of the loose type that is accepted instead: `InputPeer` → `PeerLike`. */
  readonly substitutes: Readonly<
    Record<string, { readonly accepts: string; readonly words: string }>
  >;
  readonly filled: readonly FilledField[];
  readonly instead: readonly {
    readonly use: string;
    readonly words: string;
    readonly methods: readonly string[];
    /** Said on the pages of these methods while what `use` names is not built yet. */
    readonly pending?: string;
  }[];
  readonly aliases?: readonly AliasedField[];
  /** Methods that take a parameter `parseMode` beside their `message` and `entities`. */
  readonly parseMode?: readonly string[];
}

/** How far a long generation is. */
export interface GenerateProgress {
  readonly step: 'model' | 'emit' | 'format' | 'compile';
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

export interface GenerateOptions {
  readonly schema: Schema;
  /** npm name of the package. */
  readonly name: string;
  /** Overrides the schema's own `// LAYER N`. */
  readonly layer?: number | undefined;
  readonly version?: string | undefined;
  readonly descriptions?: Descriptions | undefined;
  readonly errors?: ErrorFacts | undefined;
  readonly overlay?: Overlay | undefined;
  /** Also package.json, README.md and src/index.ts: for a package that is not in this repository. Default true. */
  readonly standalone?: boolean | undefined;
  /** Also dist/ with JavaScript and typings. Default true. */
  readonly compile?: boolean | undefined;
  /** Run prettier over the sources (they are prettier-stable anyway; this proves it). Default false. */
  readonly format?: boolean | undefined;
  readonly onProgress?: ((progress: GenerateProgress) => void) | undefined;
}

export interface GenerateResult {
  /** Path inside the package (`src/generated/messages.ts`, with `/`) → content. Same input, same bytes. */
  readonly files: ReadonlyMap<string, string>;
  readonly stats: {
    readonly constructors: number;
    readonly methods: number;
    readonly types: number;
    readonly modules: number;
  };
}
