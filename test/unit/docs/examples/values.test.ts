import { describe, expect, it } from 'vitest';
import type { ExampleValue } from '../../../../generator/src/docs/examples/example-value.js';
import { combinatorsOf, OWN_NAMES, ownSchema, schemaOf } from '../../../support/schemas.js';
import { Sampler } from '../../../../generator/src/docs/examples/sample.js';

/** The value of the only field of `x`. */
function valueOf(field: string): unknown {
  const schema = schemaOf(`x ${field} = X;`);
  const [one] = schema.constructors;
  const value = one && new Sampler(schema).sampleOf(one)?.fields[0]?.value;
  if (value === undefined) throw new Error(`no value of ${field}`);
  return value.kind === 'list' ? value.items : value.kind === 'object' ? value.of : value.value;
}

describe('values', () => {
  it.each<[string, unknown]>([
    ['phone_number:string', '9996621234'],
    ['phone_code:string', '22222'],
    ['user_id:long', 101374607n],
    ['date:int', 1763712000],
    ['lang_code:string', 'en'],
    ['limit:int', 100],
    ['offset:int', 0],
    ['message:string', 'Hello!'],
    ['username:string', 'tlgen_bot'],
    ['some_url:string', 'https://t.me/telegram'],
    ['mime_type:string', 'image/jpeg'],
    ['emoticon:string', '👍'],
    ['hash:long', 0n],
    ['whatever:string', 'example'],
    ['constructor:string', 'example'],
    ['toString:int', 1],
  ])('%s', (field, value) => {
    expect(valueOf(field)).toBe(value);
  });

  it.each([
    ['g_a:bytes', 256],
    ['g_b:bytes', 256],
    ['sha256:bytes', 32],
    ['key:bytes', 32],
    ['iv:bytes', 32],
    ['n:int128', 16],
    ['n:int256', 32],
    ['n:int512', 64],
  ])('%s has %i bytes', (field, length) => {
    expect((valueOf(field) as Uint8Array).length).toBe(length);
  });

  it('gives an item of a vector the name of one', () => {
    const items = valueOf('random_ids:Vector<long>') as ExampleValue[];
    expect(items).toEqual([{ kind: 'bigint', value: 4816190234923470011n }]);
  });
});

describe.each(OWN_NAMES)('what %s shows', (name) => {
  const schema = ownSchema(name);
  const sampler = new Sampler(schema);

  it('nests nothing that is empty where the type has something', () => {
    const empties = new Set<string>();
    const visit = (value: ExampleValue): void => {
      if (value.kind === 'list') value.items.forEach(visit);
      if (value.kind !== 'object') return;
      for (const field of value.fields) {
        visit(field.value);
        if (field.value.kind === 'object' && field.value.of.name.endsWith('Empty')) {
          empties.add(field.value.of.name);
        }
      }
    };
    for (const one of combinatorsOf(schema)) {
      const value = sampler.sampleOf(one);
      if (value) visit(value);
    }
    const wanted = name === 'secret' ? ['decryptedMessageMediaEmpty'] : [];
    expect([...empties].sort()).toEqual(wanted);
  });
});
