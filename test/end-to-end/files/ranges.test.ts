import fc from 'fast-check';
import { LocalDc } from '@tlgen/local-dc';
import type { base } from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RUNS, SEED } from '../../support/random.js';
import { expectClean, person, type Person } from '../people.js';
import { content, KIB, MIB } from './content.js';
import { secretPair, sendSecretly } from './secret-pair.js';

const SIZE = 2 * MIB + 513 * KIB + 7;
const BYTES = content(SIZE);

let dc: LocalDc;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  dc = await LocalDc.start({ dataCenters: [2, 4], cdnDataCenters: [203] });
  ann = await person(dc, await dc.createUser({ username: 'annie' }));
  bob = await person(dc, await dc.createUser({ username: 'bobby' }));
});
afterAll(async () => {
  await ann.client.close();
  await bob.client.close();
  expectClean(dc);
  await dc.close();
});

/** Where it is kept, and how. */
const PLACES = {
  'at home': {},
  'at another data center': { dcId: 4 },
  'at a CDN': { cdn: true },
  'at a CDN, of another data center': { dcId: 4, cdn: true },
} as const;

async function sent(place: object): Promise<base.Message> {
  dc.sendFile(ann, bob, dc.addFile(BYTES, { name: 'film.mp4', ...place }));
  for await (const message of bob.client.peers.history('@annie', { limit: 1 })) {
    if (message._ === 'message') return message;
  }
  throw new Error('there is no message');
}

/** Borders that parts, blocks of hashes and requests may have, and what is beside them. */
const BORDERS = [0, 1, 15, 16, KIB, 4 * KIB, 128 * KIB, 512 * KIB, MIB, 2 * MIB, SIZE - 1, SIZE];
const near = fc
  .tuple(fc.constantFrom(...BORDERS), fc.integer({ min: -17, max: 17 }))
  .map(([border, away]) => Math.min(SIZE, Math.max(0, border + away)));
const place = fc.oneof(near, fc.integer({ min: 0, max: SIZE }));

describe.each(Object.entries(PLACES))('a range of a file %s', (name, where) => {
  it('[start, end) gives exactly these bytes', { timeout: 60_000 }, async () => {
    const message = await sent(where);
    await fc.assert(
      fc.asyncProperty(place, place, fc.integer({ min: 1, max: 8 }), async (one, two, parallel) => {
        const [start, end] = one < two ? [one, two] : [two, one];
        const got = await bob.client.files.download(message, { start, end, parallel });
        const same = Buffer.from(got).equals(BYTES.subarray(start, end));
        expect({ start, end, length: got.length, same }).toEqual({
          start,
          end,
          length: end - start,
          same: true,
        });
      }),
      { numRuns: (name.includes('CDN') ? 25 : 60) * RUNS, seed: SEED + name.length },
    );
  });
});

it('a small range costs one small request', async () => {
  const message = await sent({});
  bob.called.length = 0;
  const got = await bob.client.files.download(message, { start: 1_000_001, end: 1_000_011 });
  expect(got).toEqual(BYTES.slice(1_000_001, 1_000_011));
  expect(bob.called).toEqual(['upload.getFile']);
});

it('a range beyond the end is cut, one that begins there or is turned round is refused', async () => {
  const message = await sent({});
  const { files } = bob.client;
  const end = Number.MAX_SAFE_INTEGER;
  expect(await files.download(message, { start: SIZE - 3, end })).toEqual(BYTES.slice(-3));
  expect(await files.download(message, { start: SIZE })).toEqual(new Uint8Array(0));
  for (const range of [{ start: SIZE + 1 }, { start: 5, end: 4 }, { start: -1 }, { start: 0.5 }]) {
    await expect(files.download(message, range)).rejects.toMatchObject({ code: 'BAD_RANGE' });
  }
});

it('an encrypted file gives its ranges, too', { timeout: 60_000 }, async () => {
  const bytes = content(600 * KIB + 5, 3);
  const { inputFile, key, iv, size } = await ann.client.files.uploadEncrypted(bytes);
  const file = await sendSecretly(await secretPair(ann, bob), ann, bob, inputFile);
  const border = fc.constantFrom(0, 1, 15, 16, 17, 512 * KIB - 1, 512 * KIB, size - 1, size);
  const at = fc.oneof(border, fc.integer({ min: 0, max: size }));
  await fc.assert(
    fc.asyncProperty(at, at, async (one, two) => {
      const [start, end] = one < two ? [one, two] : [two, one];
      const got = await bob.client.files.download({ file, key, iv, size }, { start, end });
      expect(Buffer.from(got).equals(bytes.subarray(start, end))).toBe(true);
    }),
    { numRuns: 20 * RUNS, seed: SEED },
  );
});
