import { LocalDc } from '@tlgen/local-dc';
import { upload } from '@tlgen/telegram';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { content, hashOf, KIB, MIB } from '../end-to-end/files/content.js';
import { expectClean, person, received, type Person } from '../end-to-end/people.js';
import { lastOf } from './files-world.js';

/*
 * What other libraries are known to do wrong with files, and ours does not: a file is read whole before it is sent,
 * parts are fetched one by one, or all at once whoever reads them; a stream that ends with a whole part gets an empty
 * one; ranges have to fit the parts; a CDN and expired references end a download (the last two also in
 * files-gramjs.test.ts and files-mtcute.test.ts).
 */

const PART = 512 * KIB;
let dc: LocalDc;
let ann: Person;
let bob: Person;
beforeAll(async () => {
  dc = await LocalDc.start();
  ann = await person(dc, await dc.createUser({ username: 'annie' }));
  bob = await person(dc, await dc.createUser({ username: 'bobby' }));
});
afterAll(async () => {
  await ann.client.close();
  await bob.client.close();
  expectClean(dc);
  await dc.close();
});

it('an upload reads on as parts arrive, and never the whole', async () => {
  const bytes = content(24 * MIB);
  let read = 0;
  let most = 0;
  let arrived = 0;
  async function* source(): AsyncGenerator<Uint8Array> {
    for (; read < bytes.length; read += PART) yield bytes.subarray(read, read + PART);
  }
  dc.handle(upload.SaveBigFilePartRequest, (request, context) => {
    most = Math.max(most, read - arrived);
    arrived += request.bytes.length;
    return context.next();
  });
  await ann.client.files.upload(source(), { size: bytes.length, parallel: 4 });
  expect(arrived).toBe(bytes.length);
  // Parts under way, and those read ahead for them.
  expect(most).toBeLessThanOrEqual(2 * 4 * PART + 2 * PART);
});

it('a stream of unknown length that ends with a whole part is sent without an empty one', async () => {
  const parts = received(dc, upload.SaveBigFilePartRequest);
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < 21; at++) yield content(PART, at);
  }
  await ann.client.sendFile('@bobby', source(), { name: 'whole.bin' });
  expect(parts.map(({ bytes }) => bytes.length)).toEqual(Array.from({ length: 21 }, () => PART));
  const [message] = await lastOf(bob, '@annie');
  expect(bob.client.files.info(message!).size).toBe(21 * PART);
});

it('parts are fetched several at a time, but not more than are read', async () => {
  const bytes = content(12 * MIB, 5);
  await ann.client.sendFile('@bobby', bytes, { name: 'film.bin' });
  const [message] = await lastOf(bob, '@annie');
  const waiting: (() => void)[] = [];
  let asked = 0;
  dc.handle(upload.GetFileRequest, async (_, context) => {
    asked++;
    // The first answer comes only when the third part was asked for.
    if (asked < 3) await new Promise<void>((resolve) => waiting.push(resolve));
    else for (const go of waiting.splice(0)) go();
    return context.next();
  });
  const parts: Uint8Array[] = [];
  for await (const part of bob.client.files.chunks(message!, { parallel: 3 })) {
    parts.push(part);
    expect(asked).toBeLessThanOrEqual(parts.length + 2 * 3);
  }
  expect(hashOf(Buffer.concat(parts))).toBe(hashOf(bytes));
});

it('a range begins and ends where it will, across mebibytes', async () => {
  const bytes = content(3 * MIB + 5, 6);
  await ann.client.sendFile('@bobby', bytes, { name: 'range.bin' });
  const [message] = await lastOf(bob, '@annie');
  for (const [start, end] of [
    [4096, 3 * MIB],
    [MIB - 1, MIB + 1],
    [MIB, 2 * MIB],
    [2 * MIB + 3, 3 * MIB + 5],
  ] as const) {
    const got = await bob.client.files.download(message!, { start, end });
    expect(hashOf(got)).toBe(hashOf(bytes.subarray(start, end)));
  }
});
