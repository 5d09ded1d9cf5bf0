import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalDc } from '@tlgen/local-dc';
import type { base } from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClean, person, type Person } from '../people.js';
import { content, hashOf, KIB, MIB } from './content.js';
import { secretPair, sendSecretly } from './secret-pair.js';
import { sinksOf } from './sinks.js';
import { sourcesOf, WebFiles } from './sources.js';

/** More than one part, and no multiple of anything. */
const SIZE = 1_234_567;
const PART = 512 * KIB;
const BORDER = 10 * MIB;
const SIZES = [1, 15, 16, 17, PART - 1, PART, PART + 1, BORDER - 1, BORDER, BORDER + 1];

let dc: LocalDc;
let web: WebFiles;
let ann: Person;
let bob: Person;
let chat: base.InputEncryptedChat;
const folder = mkdtempSync(join(tmpdir(), 'tlgen-files-'));

beforeAll(async () => {
  dc = await LocalDc.start();
  web = await new WebFiles().start();
  ann = await person(dc, await dc.createUser({ username: 'annie' }));
  bob = await person(dc, await dc.createUser({ username: 'bobby' }));
  chat = await secretPair(ann, bob);
});
afterAll(async () => {
  await ann.client.close();
  await bob.client.close();
  expectClean(dc);
  await dc.close();
  await web[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** The message that came last, as its receiver sees it. */
async function lastMessage(): Promise<base.Message> {
  for await (const message of bob.client.peers.history('@annie', { limit: 1 })) {
    if (message._ === 'message') return message;
  }
  throw new Error('there is no message');
}

describe('every size', () => {
  it.each(SIZES.flatMap((size) => [true, false].map((known) => ({ size, known }))))(
    '$size bytes, length known: $known: what arrives is what was sent',
    { timeout: 60_000 },
    async ({ size, known }) => {
      const bytes = content(size, size);
      async function* stream() {
        for (let at = 0; at < size; at += 300_007) yield bytes.subarray(at, at + 300_007);
      }
      ann.called.length = 0;
      await ann.client.sendFile('@bobby', known ? bytes : stream(), { name: 'a.bin' });
      const big = size > BORDER;
      const method = big ? 'upload.saveBigFilePart' : 'upload.saveFilePart';
      expect(ann.called).toEqual([
        ...Array.from({ length: Math.ceil(size / PART) }, () => method),
        'messages.sendMedia',
      ]);
      const got = await bob.client.files.download(await lastMessage());
      expect(hashOf(got)).toBe(hashOf(bytes));
    },
  );

  it.each(SIZES)(
    '%d bytes, encrypted: what is decrypted is what was sent',
    { timeout: 60_000 },
    async (size) => {
      const bytes = content(size, size + 1);
      const { inputFile, key, iv, keyFingerprint } = await ann.client.files.uploadEncrypted(bytes);
      // The length that is sent counts: whole blocks.
      const big = Math.ceil(size / 16) * 16 > BORDER;
      expect(inputFile._).toBe(
        big ? 'inputEncryptedFileBigUploaded' : 'inputEncryptedFileUploaded',
      );
      if (inputFile._ === 'inputEncryptedFileUploaded') expect(inputFile.md5Checksum).toBe('');
      expect(inputFile.keyFingerprint).toBe(keyFingerprint);
      const file = await sendSecretly(chat, ann, bob, inputFile);
      const got = await bob.client.files.download({ file, key, iv, size });
      expect(hashOf(got)).toBe(hashOf(bytes));
      const wrong = { file, key: iv, iv: key, size };
      await expect(bob.client.files.download(wrong)).rejects.toMatchObject({ code: 'WRONG_KEY' });
    },
  );

  it('0 bytes: refused before anything is sent', async () => {
    ann.called.length = 0;
    async function* nothing() {
      yield new Uint8Array(0);
    }
    for (const empty of [new Uint8Array(0), new Blob([]), nothing()]) {
      await expect(ann.client.files.upload(empty)).rejects.toMatchObject({ code: 'EMPTY' });
    }
    await expect(ann.client.files.uploadEncrypted(new ArrayBuffer(0))).rejects.toMatchObject({
      code: 'EMPTY',
    });
    expect(ann.called).toEqual([]);
  });
});

describe('every source', () => {
  it.each(Object.keys(sourcesOf(new Uint8Array(1), folder, new WebFiles())))(
    'from %s into every sink, and encrypted',
    { timeout: 60_000 },
    async (name) => {
      const bytes = content(SIZE, name.length);
      const source = sourcesOf(bytes, folder, web)[name]!;
      await ann.client.sendFile('@bobby', source());
      const message = await lastMessage();
      for (const [sink, get] of Object.entries(sinksOf(bob.client.files, folder))) {
        expect(`${sink} ${hashOf(await get(message))}`).toBe(`${sink} ${hashOf(bytes)}`);
      }
      const { inputFile, key, iv, size } = await ann.client.files.uploadEncrypted(source());
      const file = await sendSecretly(chat, ann, bob, inputFile);
      for (const [sink, get] of Object.entries(sinksOf(bob.client.files, folder))) {
        const got = hashOf(await get({ file, key, iv, size }));
        expect(`${sink} ${got}`).toBe(`${sink} ${hashOf(bytes)}`);
      }
    },
  );
});
