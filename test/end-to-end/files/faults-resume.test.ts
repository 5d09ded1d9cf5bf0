import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalDc } from '@tlgen/local-dc';
import type { RemoteFileLike } from '@tlgen/runtime';
import { upload, type base } from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../packages/runtime/src/crypto/provider/node.js';
import { secretFile } from '../../simulation/files-secret.js';
import { received } from '../people.js';
import { content, hashOf, KIB } from './content.js';
import { FastClock } from './fast-clock.js';
import { closeCleanly, fastPerson, settles, type FastPerson } from './fast-person.js';
import { atPart, fails, type Undo } from './faults-of-network.js';

const PART = 512 * KIB;
const SIZE = 5 * PART + 100 * KIB + 3;
const PARTS = [0, 1, 2, 3, 4, 5];
const BYTES = content(SIZE, 3);

let dc: LocalDc;
let ann: FastPerson;
const folder = mkdtempSync(join(tmpdir(), 'tlgen-resumed-'));

beforeAll(async () => {
  dc = await LocalDc.start({ clock: FastClock.wall, dataCenters: [2, 4], cdnDataCenters: [203] });
  const single = { files: { connections: 1, parallel: 1 } };
  ann = await fastPerson(dc, await dc.createUser({ username: 'annie' }), single);
});
afterAll(async () => {
  await closeCleanly(ann);
  expect(dc.refusals.list).toEqual([]);
  await dc.close();
  rmSync(folder, { recursive: true, force: true });
});

const stops = fails(420, 'FLOOD_WAIT_9999');

describe('an upload that stops at any part goes on', () => {
  it.each([false, true])('encrypted: %s', async (isEncrypted) => {
    for (const part of PARTS) {
      const path = join(folder, `source-${part}-${isEncrypted}.bin`);
      writeFileSync(path, BYTES);
      const options = { resume: path };
      const at = ({ filePart }: upload.SaveFilePartRequest): boolean => filePart === part;
      const undo: Undo = atPart(dc, upload.SaveFilePartRequest, at, stops, Infinity);
      const { files } = ann.client;
      const first: Promise<unknown> = isEncrypted
        ? files.uploadEncrypted(path, options)
        : files.upload(path, options);
      await expect(settles('the upload', first)).rejects.toMatchObject({ code: 'FLOOD_WAIT' });
      undo();
      const sent = received(dc, upload.SaveFilePartRequest);
      let arrived: Uint8Array;
      const stored = (id: bigint): Uint8Array => {
        const name = { userId: ann.id, fileId: id, big: false, most: 8000 };
        const found = dc.world.files.uploads.file(name, PARTS.length);
        return found.read(0, found.size);
      };
      if (isEncrypted) {
        const done = await settles('the upload', files.uploadEncrypted(path, options));
        const plain = nodeCrypto.aesIgeDecrypt(stored(done.inputFile.id), done.key, done.iv);
        arrived = plain.subarray(0, SIZE);
      } else {
        const { inputFile } = await settles('the upload', files.upload(path, options));
        arrived = stored(inputFile.id);
      }
      expect(hashOf(arrived)).toBe(hashOf(BYTES));
      // Only what is missing.
      expect(sent.map(({ filePart }) => filePart)).toEqual(PARTS.slice(part));
      dc.files.forgetParts();
    }
  });
});

async function message(cdn: boolean): Promise<base.Message> {
  dc.sendFile(ann, ann, dc.addFile(BYTES, { cdn }));
  for await (const one of ann.client.peers.history('me', { limit: 1 })) {
    if (one._ === 'message') return one;
  }
  throw new Error('there is no message');
}

const PLACES: Readonly<Record<string, () => RemoteFileLike | Promise<RemoteFileLike>>> = {
  'a file': () => message(false),
  'a file at a CDN': () => message(true),
  'an encrypted file': () => secretFile(dc, ann.id, BYTES),
};

type Act = Parameters<typeof atPart<upload.GetFileRequest>>[3];

/** A CDN that refuses is left for the file's own data center; one that lies ends the download. */
const lies: Act = async (_request, context) => {
  const file = (await context.next()) as upload.TypeFile | upload.TypeCdnFile;
  if (file._ === 'upload.cdnFile') file.bytes = new Uint8Array(file.bytes.length);
  return file as upload.TypeFile;
};

describe('a download that stops at any part goes on', () => {
  it.each(Object.entries(PLACES))('%s', async (name, make) => {
    const cdn = name.endsWith('CDN');
    const method = cdn ? upload.GetCdnFileRequest : upload.GetFileRequest;
    const act: Act = cdn ? lies : stops;
    const code = cdn ? 'WRONG_HASH' : 'FLOOD_WAIT';
    for (const part of PARTS) {
      const file = await make();
      const path = join(folder, `${name}-${part}.bin`);
      const at = ({ offset }: { readonly offset: bigint }): boolean =>
        Number(offset) >= part * PART;
      const undo = atPart(dc, method as typeof upload.GetFileRequest, at, act, Infinity);
      const { files } = ann.client;
      const first = files.downloadToFile(file, path, { resume: true });
      await expect(settles('the download', first)).rejects.toMatchObject({ code });
      undo();
      const asked = received(dc, method as typeof upload.GetFileRequest);
      await settles('the download', files.downloadToFile(file, path, { resume: true }));
      expect(hashOf(readFileSync(path))).toBe(hashOf(BYTES));
      const from = Math.min(...asked.map(({ offset }) => Number(offset)));
      // Of an encrypted file the block before is needed to go on.
      expect(from).toBeGreaterThanOrEqual(
        Math.max(0, part * PART - (name.startsWith('an e') ? KIB : 0)),
      );
      rmSync(path);
      expect(readdirSync(folder).filter((one) => one.includes(name))).toEqual([]);
    }
  });

  it('without resume nothing is left of it', async () => {
    const file = await message(false);
    for (const part of PARTS) {
      const at = ({ offset }: upload.GetFileRequest): boolean => Number(offset) >= part * PART;
      const undo = atPart(dc, upload.GetFileRequest, at, stops, Infinity);
      const path = join(folder, 'unfinished.bin');
      const saving = ann.client.files.downloadToFile(file, path);
      await expect(settles('the download', saving)).rejects.toMatchObject({ code: 'FLOOD_WAIT' });
      undo();
      expect(readdirSync(folder).filter((one) => one.includes('unfinished'))).toEqual([]);
    }
  });
});
