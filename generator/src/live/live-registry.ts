import { Registry, type TlClass } from '@tlgen/codec';
import { WireSizes } from '../model/sizes.js';
import type { Schema } from '../schema/types.js';
import { liveClass } from './live-class.js';
import type { ValueContext } from './value-codec.js';

/**
 * Classes for a whole schema, made at run time: `encode` and `decode` with any schema, at once. They behave on the wire
 * exactly as generated classes do, only slower.
 */
export function liveRegistry(schema: Schema): Registry {
  const context = valueContext(schema);
  const registry = new Registry();
  const byType = new Map<string, TlClass[]>();
  for (const one of schema.constructors) {
    // The codec reads and writes booleans and vectors by itself.
    if (one.result.kind !== 'boxed') continue;
    const { type } = one.result;
    let classes = byType.get(type);
    if (classes === undefined) byType.set(type, (classes = []));
    classes.push(liveClass(one, context));
  }
  for (const [type, classes] of byType) registry.add(type, classes);
  return registry.addMethods(schema.methods.map((one) => liveClass(one, context)));
}

/** What the codecs of a schema's types look up. */
export function valueContext(schema: Schema): ValueContext {
  const ids = new Map(schema.constructors.map((one) => [one.key, one.id]));
  return {
    sizes: new WireSizes(schema),
    idOf: (key) => {
      const id = ids.get(key);
      if (id === undefined) throw new TypeError(`the schema has no constructor ${key}`);
      return id;
    },
  };
}
