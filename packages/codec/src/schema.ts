import type { TlClass, TlMethod, TlObject } from './object.js';
import type { Registry } from './registry.js';

/**
 * A schema as a value: what the client is handed, so that it runs on any layer, also one you generated yourself.
 * Every generated package exports one from `/schema`.
 */
export interface ApiSchema {
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
export function apiSchema(layer: number, registry: Registry): ApiSchema {
  const find = (name: string, method: boolean): TlClass | undefined => {
    const one = registry.named(name);
    return one && registry.isMethod(one) === method ? one : undefined;
  };
  return {
    layer,
    registry,
    method: (name) => find(name, true) as TlClass<TlMethod> | undefined,
    constructor: (name: string) => find(name, false),
  };
}
