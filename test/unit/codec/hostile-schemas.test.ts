import { decode, encode, fromJson, toJson, type JsonObject, type Registry } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import type { Schema, SchemaCombinator } from '../../../generator/src/schema/types.js';
import { Random, RUNS, seedFor } from '../../support/random.js';
import { forEveryClass } from '../../support/round-trip.js';
import { combinatorsOf, OWN_NAMES, ownRegistry, ownSchema } from '../../support/schemas.js';
import { readsOrFails, tlError } from '../../support/tl-error.js';

/** Small values: cutting one at every byte takes the square of its length. */
const SMALL = { maxDepth: 3, maxNodes: 3 };
const LONGEST = 240;

const subjects = await Promise.all(
  OWN_NAMES.map(async (name): Promise<[string, Schema, Registry]> => [
    name,
    ownSchema(name),
    await ownRegistry(name),
  ]),
);

describe.each(subjects)('damaged packets of %s', (_name, schema, registry) => {
  type Check = (one: SchemaCombinator, bytes: Uint8Array, json: JsonObject) => void;
  const forEveryPacket = (perClass: number, check: Check): void => {
    const classes = forEveryClass(
      schema,
      perClass,
      (one, json) => check(one, encode(fromJson(json, registry)), json),
      SMALL,
    );
    expect(classes).toBe(combinatorsOf(schema).length);
  };

  it('are refused when cut off at any byte, whatever the class', () => {
    let cuts = 0;
    forEveryPacket(1, (one, bytes) => {
      // Past the first bytes of a long text or blob there is nothing new.
      const step = bytes.length > LONGEST ? Math.ceil(bytes.length / LONGEST) : 1;
      for (let length = 0; length < bytes.length; length += step) {
        const error = tlError(() => decode(bytes.subarray(0, length), registry));
        if (error.code !== 'end-of-data' && error.code !== 'vector-too-long') throw error;
        if (error.offset === null || error.offset > length) throw error;
        if (length >= 4 && error.path[0] !== one.key) throw error;
        cuts++;
      }
    });
    expect(cuts).toBeGreaterThan(combinatorsOf(schema).length * 3);
  });

  it('decode or fail with a TlError when single bits are flipped, and what decodes can be encoded', () => {
    let decoded = 0;
    let refused = 0;
    forEveryPacket(1, (one, bytes) => {
      const random = new Random(seedFor(`flips of ${one.key}`, bytes.length));
      for (let n = 0; n < 12; n++) {
        const damaged = bytes.slice();
        const at = random.below(Math.min(damaged.length, 64));
        damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8));
        const read = (): void => void toJson(decode(encode(decode(damaged, registry)), registry));
        if (readsOrFails(read, damaged.length)) decoded++;
        else refused++;
      }
    });
    expect(decoded).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  });

  it('decode or fail with a TlError when they are random behind a valid id', () => {
    for (const one of combinatorsOf(schema)) {
      for (let run = 0; run < 2 * RUNS; run++) {
        const random = new Random(seedFor(`noise after ${one.key}`, run));
        const packet = random.bytes(4 + random.below(40) * 4);
        new DataView(packet.buffer).setUint32(0, one.id, true);
        readsOrFails(() => decode(packet, registry), packet.length);
      }
    }
  });

  it('are refused when they are noise', () => {
    const random = new Random(seedFor('noise', 0));
    for (let run = 0; run < 2000 * RUNS; run++) {
      const packet = random.bytes(random.below(64));
      readsOrFails(() => decode(packet, registry), packet.length);
    }
  });
});
