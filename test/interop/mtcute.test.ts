import { decode, encode, fromJson, toJson, type JsonValue } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import type { TypeRef } from '../../generator/src/schema/types.js';
import { generatedLayer } from '../support/generated-layer.js';
import type { FieldOverride } from '../support/random-json.js';
import { randomInt53 } from '../support/random-values.js';
import { expectBytes, expectSame, forEveryClass } from '../support/round-trip.js';
import { int53Fields, mtcuteDecode, mtcuteDialect, mtcuteEncode } from './mtcute.js';
import { PeerValues } from './peer-values.js';

/** Where the two are known to differ, by full name, with the reason. At most five. */
const ALLOWED: Readonly<Record<string, string>> = {};

/** Values that mtcute can represent: it reads some longs as doubles, and has no place for a lone flag word. */
const mtcuteValue: FieldOverride = (owner, field, random) => {
  const { type } = field;
  const one = (of: TypeRef): JsonValue =>
    of.kind === 'vector'
      ? Array.from({ length: 1 + random.below(4) }, () => one(of.item))
      : randomInt53(random).toString();
  if (int53Fields.has(`${owner.name}.${field.name}`)) return one(type);
  return type.kind === 'primitive' && type.name === 'nat' ? 0 : undefined;
};

describe('mtcute 0.30.3, layer 227', () => {
  it('writes the same bytes and reads the same data, for every constructor and method', async () => {
    const { schema, registry } = await generatedLayer(227);
    const values = new PeerValues(schema, mtcuteDialect);
    const options = { override: mtcuteValue, emptyOptionalVectors: false, leadingBom: false };
    const compared = forEveryClass(
      schema,
      15,
      (one, json) => {
        if (one.name in ALLOWED) return;
        const bytes = encode(fromJson(json, registry));
        const theirs = mtcuteEncode(values.toPeer(json));
        expectBytes(bytes, theirs, 'our bytes and theirs');
        expectSame(toJson(decode(theirs, registry)), json, 'their bytes, read by us');
        // mtcute's reader knows no methods.
        if (one.kind === 'constructor') {
          expectSame(values.fromPeer(mtcuteDecode(bytes)), json, 'our bytes, read by them');
        }
      },
      options,
    );
    expect(compared).toBe(schema.constructors.length + schema.methods.length);
    expect(Object.keys(ALLOWED).length).toBeLessThanOrEqual(5);
  });
});
