import type { ApiTypes } from './call.js';
import type { TlClass, TlMethod, TlObject } from './object.js';
import type { Registry } from './registry.js';

/** A parameter that is filled in when it is left out. */
export interface FilledRule {
  /** Name of the parameter in camelCase. */
  readonly field: string;
  /** Its type in TL: `long`, `Vector<long>`, `MessagesFilter`. */
  readonly type: string;
  /** Only in these methods; in all that have the parameter when left out. */
  readonly methods?: readonly string[] | undefined;
  /** Only in these constructors, inside plain objects; then it is no rule for methods. */
  readonly constructors?: readonly string[] | undefined;
  /** Not in these methods. */
  readonly except?: readonly string[] | undefined;
  /** With what: `random`, `timed-random`, `random-each`, `constant`, `setting`, `empty`. */
  readonly fill: string;
  /** `random-each`: the parameter (camelCase) whose items are counted. */
  readonly each?: string | undefined;
  /**
   * `constant`: the value (a long as decimal string); `setting`: name of the client's option; `empty`: TL name of the
   * constructor, which has no fields.
   */
  readonly value?: unknown;
}

/** A method that has something better above it. */
export interface InsteadRule {
  /** What to use: `client.signIn`. */
  readonly use: string;
  /** Why it is better. */
  readonly words: string;
  readonly methods: readonly string[];
}

/** Another name of a parameter, as the Bot API has it. */
export interface AliasRule {
  /** The Bot API's name: `chat_id`. */
  readonly alias: string;
  /** The parameter in camelCase: `peer`. */
  readonly field: string;
  readonly methods: readonly string[];
}

/** What a client's `api` adds to a schema's methods; `overlay.json` as a value. */
export interface ApiOverlay {
  /** TL type → name of the loose type that is accepted for it: `InputPeer` → `PeerLike`. */
  readonly substitutes: Readonly<Record<string, string>>;
  /** The first that fits counts. */
  readonly filled: readonly FilledRule[];
  readonly instead: readonly InsteadRule[];
  readonly aliases: readonly AliasRule[];
  /** Methods that take a parameter `parseMode` beside their `message` and `entities`. */
  readonly parseMode: readonly string[];
}

/**
 * A schema as a value: what the client is handed, so that it runs on any layer, also one you generated yourself.
 * Every generated package exports one from `/schema`.
 *
 * @typeParam Types - the package's `ApiTypes`, which give `client.api` its type.
 */
export interface ApiSchema<Types extends ApiTypes = ApiTypes> {
  /** Type only. */
  readonly $types?: Types;
  /** What `client.api` accepts beyond the schema; absent: only what the schema says. */
  readonly overlay?: ApiOverlay | undefined;
  /** The layer that `invokeWithLayer` announces; 0 in schemas without layers. */
  readonly layer: number;
  /** All constructors and methods. */
  readonly registry: Registry;
  /** The class of a method, by TL name (`messages.sendMessage`). */
  method(name: string): TlClass<TlMethod> | undefined;
  /** The class of a constructor, by TL name. */
  constructor(name: string): TlClass<TlObject> | undefined;
}

/** Makes the `schema` that a generated package exports. */
export function apiSchema<Types extends ApiTypes = ApiTypes>(
  layer: number,
  registry: Registry,
  overlay?: ApiOverlay,
): ApiSchema<Types> {
  const find = (name: string, method: boolean): TlClass | undefined => {
    const one = registry.named(name);
    return one && registry.isMethod(one) === method ? one : undefined;
  };
  return {
    layer,
    registry,
    overlay,
    method: (name) => find(name, true) as TlClass<TlMethod> | undefined,
    constructor: (name: string) => find(name, false),
  };
}
