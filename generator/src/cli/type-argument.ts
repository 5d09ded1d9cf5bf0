import type { TlReader } from '@tlgen/codec';
import { InputError } from '../io/errors.js';
import { suggest } from '../schema/suggest.js';
import { valueContext } from '../live/live-registry.js';
import { valueCodec } from '../live/value-codec.js';
import type { PrimitiveName, Schema, TypeRef } from '../schema/types.js';

const PRIMITIVES: ReadonlySet<string> = new Set<PrimitiveName>([
  'int',
  'long',
  'int53',
  'double',
  'string',
  'bytes',
  'int128',
  'int256',
  'int512',
  'Bool',
  'true',
]);

/** How to read what `--type` names: a type, `Vector<T>`, a bare constructor, or a method for its result. */
export function readerOf(text: string, schema: Schema): (r: TlReader) => unknown {
  const context = valueContext(schema);
  const wanted = text.replaceAll(/\s/g, '');
  const method = schema.methods.find(({ key }) => key === wanted);
  if (method === undefined) return valueCodec(typeRef(wanted, schema), context).read;
  // A generic method returns what its query does; alone, any object.
  if (method.result.kind === 'generic') return (r) => r.object(0);
  return valueCodec(method.result, context).read;
}

function typeRef(text: string, schema: Schema): TypeRef {
  const vector = /^(%?)([Vv])ector<(.+)>$/.exec(text);
  if (vector) {
    const boxed = vector[2] === 'V' && vector[1] === '';
    return { kind: 'vector', boxed, item: typeRef(vector[3] as string, schema) };
  }
  if (text === '#') return { kind: 'primitive', name: 'nat' };
  if (text === 'Object' || text === 'X') return { kind: 'object' };
  if (PRIMITIVES.has(text)) return { kind: 'primitive', name: text as PrimitiveName };
  if (text.startsWith('%')) return bareOf(text.slice(1), schema);
  if (text === 'True' || schema.types.some(({ name }) => name === text)) {
    return { kind: 'boxed', type: text };
  }
  if (schema.constructors.some(({ key }) => key === text)) {
    return { kind: 'bare', constructor: text };
  }
  throw unknownType(text, schema);
}

/** `%Message`: the only constructor of the type. */
function bareOf(text: string, schema: Schema): TypeRef {
  const type = schema.types.find(({ name }) => name === text);
  const [only, ...more] = type?.constructors ?? [];
  if (only !== undefined && more.length === 0) return { kind: 'bare', constructor: only };
  if (type !== undefined) {
    throw new InputError('not-found', `%${text} needs a type with one constructor`, {
      hint: `${text} has ${type.constructors.length}; name one of them`,
    });
  }
  return typeRef(text, schema);
}

function unknownType(text: string, schema: Schema): InputError {
  const names = schema.types.map(({ name }) => name);
  for (const { key } of [...schema.methods, ...schema.constructors]) names.push(key);
  const near = suggest(text, names);
  return new InputError('not-found', `no type, constructor or method ${text} in this schema`, {
    hint: near.length > 0 ? `did you mean ${near.join(', ')}?` : null,
    details: { suggestions: near },
  });
}
