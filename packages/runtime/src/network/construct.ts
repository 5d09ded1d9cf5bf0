import type { ApiSchema, Init, TlMethod, TlObject } from '@tlgen/codec';
import { SchemaError } from './errors.js';

/**
 * Makes a request of the schema the client was given. The type says what is expected; fields that an older layer's
 * method doesn't have are left out by its constructor.
 *
 * @throws SchemaError when the schema has no such method.
 */
export function construct<M extends TlMethod>(schema: ApiSchema, name: M['_'], init: Init<M>): M {
  const found = schema.method(name);
  if (!found) throw new SchemaError(name, schema.layer);
  return new (found as unknown as new (init: Init<M>) => M)(init);
}

/**
 * Makes an object of the schema the client was given.
 *
 * @throws SchemaError when the schema has no such constructor.
 */
export function constructObject<T extends TlObject>(
  schema: ApiSchema,
  name: T['_'],
  init: Init<T>,
): T {
  const find = schema.constructor as (name: string) => unknown;
  const found = find(name);
  if (!found) throw new SchemaError(name, schema.layer);
  return new (found as new (init: Init<T>) => T)(init);
}
