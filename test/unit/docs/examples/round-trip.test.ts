import type { JsonObject } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { codeIn, ownExamples } from '../../../support/docs-examples.js';
import { checkRoundTrip } from '../../../support/round-trip.js';
import { OWN_NAMES, ownRegistry } from '../../../support/schemas.js';

describe.each(OWN_NAMES)('examples of %s', (name) => {
  it('are objects that encode, decode and read the same as JSON', async () => {
    const registry = await ownRegistry(name);
    const all = ownExamples(name);
    for (const one of all) {
      const json = JSON.parse(codeIn('json', one)) as JsonObject;
      expect(json['_']).toBe(one.of.key);
      try {
        checkRoundTrip(json, registry);
      } catch (cause) {
        throw new Error(`${one.of.key}: ${String(cause)}`, { cause });
      }
    }
    expect(all.length).toBeGreaterThan(30);
  });
});
