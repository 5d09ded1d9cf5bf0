import { TlObject, type ApiSchema } from '@tlgen/codec';
import { FileError } from '../errors.js';
import { MAX_DEPTH, noFile } from './no-file.js';

/**
 * A plain object with a TL name as an object of the schema, and all that are in it. What is one already stays as it is.
 * Fields are checked when the object is written.
 *
 * @throws FileError `UNSUPPORTED` when the layer has no such constructor; `NO_FILE` when it is nested too deeply.
 */
export function asInstance(schema: ApiSchema, value: object): TlObject {
  const made = convert(schema, value, 0);
  if (made instanceof TlObject) return made;
  throw noFile('An object without a TL name was given');
}

function convert(schema: ApiSchema, value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof TlObject) return value;
  if (depth > MAX_DEPTH) throw noFile('The object holds objects in objects without end');
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).map((one) => convert(schema, one, depth + 1));
  }
  const { _: name } = value as { readonly _?: unknown };
  if (typeof name !== 'string') return value;
  const fields = Object.entries(value).flatMap(([field, held]) =>
    field === '_' ? [] : [[field, convert(schema, held, depth + 1)] as const],
  );
  const find = schema.constructor as (name: string) => unknown;
  const found = find(name) as (new (init: object) => TlObject) | undefined;
  if (!found) {
    throw new FileError('UNSUPPORTED', `Layer ${schema.layer} has no ${name.slice(0, 64)}`);
  }
  return new found(Object.fromEntries(fields));
}
