import type { TypeRef } from '../schema/types.js';

/** A field as generated code has it. */
export interface FieldModel {
  /** camelCase. */
  readonly name: string;
  /** As in TL. */
  readonly tl: string;
  readonly type: TypeRef;
  /** TypeScript type, as seen from its module. */
  readonly tsType: string;
  /**
   * `required`; `optional` (absent without its flag); `flag` (a conditional `true`); `word` (a flag word that is
   * hidden); `open-word` (one with a name of its own, whose other bits the user may set).
   */
  readonly role: 'required' | 'optional' | 'flag' | 'word' | 'open-word';
  /** Position of the flag word among the fields, and its bit (null: any bit). */
  readonly flag: { readonly word: number; readonly bit: number | null } | null;
  readonly description: string | null;
}

/** A class as generated code has it. */
export interface ClassModel {
  readonly kind: 'constructor' | 'method';
  /** Discriminant: the TL name, `decryptedMessage_17` for an older layer's. */
  readonly key: string;
  readonly id: number;
  readonly className: string;
  readonly fields: readonly FieldModel[];
  /** Type parameters of methods such as `invokeWithLayer`, those that are used: TL name → name in code. */
  readonly generics: ReadonlyMap<string, string>;
  /** A method's result; null for constructors. */
  readonly result: { readonly type: TypeRef; readonly tsType: string } | null;
  /** Whether some field holds it bare, so that it needs a writer without id. */
  readonly bare: boolean;
  /** Names of the RPC errors it is known to answer with. */
  readonly errors: readonly string[];
  readonly description: string | null;
  /** What to use instead, from the overlay. */
  readonly useInstead: string | null;
  /** The TL line, for the TSDoc. */
  readonly tl: string;
}

/** All constructors of a boxed type. */
export interface UnionModel {
  /** TL name of the type. */
  readonly tl: string;
  readonly name: string;
  /** Classes, as seen from its module. */
  readonly members: readonly string[];
  readonly description: string | null;
}

/** One file: a namespace's classes and unions. */
export interface ModuleModel {
  /** File name without ending: `messages`, `base`. */
  readonly name: string;
  /** Name of its import in other modules: `e2eChain`. */
  readonly alias: string;
  readonly namespace: string;
  /** Under what the module above it, or the package's root, exports it: `chain`, `class_`. */
  readonly exportName: string;
  readonly classes: readonly ClassModel[];
  readonly unions: readonly UnionModel[];
  /** Modules whose types it names. */
  readonly imports: readonly { readonly module: string; readonly alias: string }[];
  /** Namespaces directly below, and what they are exported as: `chain` of `e2e`. */
  readonly children: readonly { readonly name: string; readonly module: string }[];
}

/** Where a class lives. */
export interface ClassPlace {
  readonly module: string;
  /** Name of the module's import. */
  readonly alias: string;
  readonly className: string;
}

/** Everything emitters need to know, as plain JSON-like data. */
export interface PackageModel {
  readonly layer: number;
  readonly modules: readonly ModuleModel[];
  /** Key → place, for constructors and methods. */
  readonly constructors: ReadonlyMap<string, ClassPlace>;
  readonly methods: ReadonlyMap<string, ClassPlace>;
  /** TL type → union. */
  readonly unions: ReadonlyMap<string, ClassPlace>;
}
