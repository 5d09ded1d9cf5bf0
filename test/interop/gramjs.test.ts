import { decode, encode, fromJson, toJson } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { generatedLayer } from '../support/generated-layer.js';
import type { FieldOverride } from '../support/random-json.js';
import { expectBytes, expectSame, forEveryClass } from '../support/round-trip.js';
import { gramjsDecode, gramjsDialect, gramjsEncode } from './gramjs.js';
import { PeerValues } from './peer-values.js';

/** Where the two are known to differ, by full name, with the reason. At most five. */
const ALLOWED: Readonly<Record<string, string>> = {
  error: 'GramJS has no class for it: no field is of its type',
  null: 'GramJS has no class for it: no field is of its type',
};

/** GramJS has no place for a lone flag word, and replaces a `random_id` of 0. */
const gramjsValue: FieldOverride = (_owner, { name, type }, random) => {
  if (type.kind !== 'primitive') return undefined;
  if (name === 'random_id' && type.name === 'int') return 1 + random.below(2 ** 31 - 1);
  return type.name === 'nat' ? 0 : undefined;
};

describe('GramJS 2.26.22, layer 198', () => {
  it('writes the same bytes and reads the same data, for every constructor and method', async () => {
    const { schema, registry } = await generatedLayer(198);
    const values = new PeerValues(schema, gramjsDialect(schema));
    const compared = forEveryClass(
      schema,
      8,
      (one, json) => {
        if (one.name in ALLOWED) return;
        const bytes = encode(fromJson(json, registry));
        const theirs = gramjsEncode(values.toPeer(json));
        expectBytes(bytes, theirs, 'our bytes and theirs');
        expectSame(toJson(decode(theirs, registry)), json, 'their bytes, read by us');
        expectSame(values.fromPeer(gramjsDecode(bytes)), json, 'our bytes, read by them');
      },
      { override: gramjsValue },
    );
    expect(compared).toBe(schema.constructors.length + schema.methods.length);
    expect(Object.keys(ALLOWED).length).toBeLessThanOrEqual(5);
  });
});
