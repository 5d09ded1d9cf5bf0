import { toBase64 } from './base64.js';
import { TlError } from './errors.js';
import type { TlObject } from './object.js';

/** Anything JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object; of a TL object, `_` holds the TL name. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * Plain JSON data of an object: `_` and camelCase fields, long as decimal string, bytes as base64. Absent fields are
 * left out. NaN and infinite doubles become the strings `NaN`, `Infinity`, `-Infinity`.
 *
 * @throws TlError `too-deep` when the object holds itself.
 */
export function toJson(object: TlObject): JsonObject {
  try {
    return objectToJson(object);
  } catch (thrown) {
    // An object that holds itself, or one deeper than anything that can be written.
    if (thrown instanceof RangeError)
      throw new TlError('too-deep', 'objects nest too deep for JSON');
    throw thrown;
  }
}

function objectToJson(object: TlObject): JsonObject {
  const json: Record<string, JsonValue> = { _: object._ };
  for (const [key, value] of Object.entries(object)) {
    if (value !== undefined) json[key] = toJsonValue(value) as JsonValue;
  }
  return json;
}

/** @internal JSON data of a field's value. */
export function toJsonValue(value: unknown): JsonValue | undefined {
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'string':
    case 'boolean':
      return value;
    case 'object':
      if (value === null) return null;
      if (value instanceof Uint8Array) return toBase64(value);
      if (Array.isArray(value)) return value.map((item) => toJsonValue(item) ?? null);
      return objectToJson(value as TlObject);
    default:
      return undefined;
  }
}
