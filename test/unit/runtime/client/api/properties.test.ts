import { encode, fromJson, type ApiSchema } from '@tlgen/codec';
import { registry } from '@tlgen/telegram/registry';
import { schema as telegram } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { Random, RUNS, seedFor } from '../../../../support/random.js';
import { RandomJson } from '../../../../support/random-json.js';
import { expectBytes } from '../../../../support/round-trip.js';
import { ownSchema } from '../../../../support/schemas.js';
import { plainFields } from './plain.js';
import { callOf, rig, schema } from './support.js';

describe('requests of plain objects', () => {
  it.each([
    ['without an overlay', { ...telegram, overlay: undefined }],
    ['with an overlay', schema],
    ['with the overlay of the package', telegram],
  ] satisfies [string, ApiSchema][])(
    'are, byte by byte, those of the classes: every method, %s',
    async (_words, given) => {
      const { api, last, asked } = rig({ schema: given });
      const source = ownSchema('telegram');
      const make = new RandomJson(source, { maxNodes: 20 });
      let methods = 0;
      for (const one of source.methods) {
        for (let run = 0; run < 2 * RUNS; run++) {
          const random = new Random(seedFor(`api ${one.key}`, run));
          const json = make.make(one, random);
          const request = fromJson(json, registry);
          const parameters = plainFields(request, random);
          try {
            await callOf(api, one.key)(parameters);
            expectBytes(encode(last()), encode(request), one.key);
          } catch (cause) {
            throw new Error(`${one.key}, run ${run}: ${String(cause)}`, { cause });
          }
        }
        methods++;
      }
      expect(methods).toBeGreaterThan(700);
      expect(asked).toEqual([]);
    },
    30_000,
  );
});
