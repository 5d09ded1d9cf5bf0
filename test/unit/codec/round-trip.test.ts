import { readFileSync } from 'node:fs';
import type { Registry } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { liveRegistry } from '../../../generator/src/live/live-registry.js';
import type { Schema } from '../../../generator/src/schema/types.js';
import { generatedFrom, generatedLayer } from '../../support/generated-layer.js';
import { checkRoundTrip, expectBytes, forEveryClass } from '../../support/round-trip.js';
import { SMALL_SCHEMA } from '../../support/small-schema.js';
import { combinatorsOf, OWN_NAMES, ownRegistry, ownSchema } from '../../support/schemas.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** Random values per class: more where there are few classes. */
const perClass = (classes: number): number => (classes < 300 ? 50 : 4);

const subjects: [string, () => Promise<{ schema: Schema; registry: Registry }>][] = [
  ...OWN_NAMES.map((name): (typeof subjects)[number] => [
    name,
    async () => ({ schema: ownSchema(name), registry: await ownRegistry(name) }),
  ]),
  [
    'the golden fixture',
    () => generatedFrom('features', read('../../golden/fixtures/features.tl')),
  ],
  ['the small schema', () => generatedFrom('small', SMALL_SCHEMA)],
  ['layer 227', () => generatedLayer(227)],
  ['layer 198', () => generatedLayer(198)],
];

describe.each(subjects)('%s', (_name, load) => {
  it('round-trips random values of every constructor and method, also with live classes', async () => {
    const { schema, registry } = await load();
    const all = combinatorsOf(schema);
    expect(registry.size).toBe(all.length);
    const live = liveRegistry(schema);
    const classes = forEveryClass(schema, perClass(all.length), (one, json) => {
      const bytes = checkRoundTrip(json, registry);
      expectBytes(checkRoundTrip(json, live), bytes, `live ${one.key}`);
    });
    expect(classes).toBe(schema.constructors.length + schema.methods.length);
  });

  it('knows every class by id and by name, in its boxed type', async () => {
    const { schema, registry } = await load();
    for (const one of combinatorsOf(schema)) {
      const found = registry.get(one.id);
      expect(found?.tl).toBe(one.key);
      expect(found?.id).toBe(one.id);
      expect(registry.named(one.key)).toBe(found);
      if (found === undefined) continue;
      expect(registry.isMethod(found)).toBe(one.kind === 'method');
      const type =
        one.kind === 'constructor' && one.result.kind === 'boxed' ? one.result.type : undefined;
      expect(registry.typeOf(found)).toBe(type);
    }
  });
});
