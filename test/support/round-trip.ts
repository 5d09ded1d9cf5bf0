import { isDeepStrictEqual } from 'node:util';
import { decode, encode, fromJson, toJson, type JsonObject, type Registry } from '@tlgen/codec';
import { expect } from 'vitest';
import type { Schema, SchemaCombinator } from '../../generator/src/schema/types.js';
import { Random, RUNS, SEED, seedFor } from './random.js';
import { RandomJson, type RandomJsonOptions } from './random-json.js';
import { combinatorsOf } from './schemas.js';

/** Calls `check` with random JSON for every constructor and method; a failure names class, run and seed. */
export function forEveryClass(
  schema: Schema,
  perClass: number,
  check: (one: SchemaCombinator, json: JsonObject) => void,
  options: RandomJsonOptions = {},
): number {
  const make = new RandomJson(schema, options);
  let classes = 0;
  for (const one of combinatorsOf(schema)) {
    for (let run = 0; run < perClass * RUNS; run++) {
      const json = make.make(one, new Random(seedFor(one.key, run)));
      try {
        check(one, json);
      } catch (cause) {
        const text = JSON.stringify(json).slice(0, 2000);
        throw new Error(`${one.key}, run ${run}, TLGEN_SEED=${SEED}: ${String(cause)}\n${text}`, {
          cause,
        });
      }
    }
    classes++;
  }
  return classes;
}

/** JSON → object → bytes → object → JSON gives the same JSON, and the same bytes once more. */
export function checkRoundTrip(json: JsonObject, registry: Registry): Uint8Array {
  const object = fromJson(json, registry);
  expectSame(toJson(object), json, 'toJson(fromJson(json))');
  const bytes = encode(object);
  const decoded = decode(bytes, registry);
  if (decoded.constructor !== object.constructor) throw new Error(`decoded as ${decoded._}`);
  expectSame(toJson(decoded), json, 'toJson(decode(encode(object)))');
  expectBytes(encode(decoded), bytes, 're-encoded');
  return bytes;
}

/** Fast on success; on failure, the differ of the test runner shows where. */
export function expectSame(actual: unknown, expected: unknown, what: string): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual, what).toStrictEqual(expected);
}

/** As `expectSame`, for bytes. */
export function expectBytes(actual: Uint8Array, expected: Uint8Array, what: string): void {
  const same = Buffer.compare(actual, expected) === 0;
  if (!same)
    expect(Buffer.from(actual).toString('hex'), what).toBe(Buffer.from(expected).toString('hex'));
}
