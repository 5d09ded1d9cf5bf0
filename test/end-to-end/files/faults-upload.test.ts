import { createHash } from 'node:crypto';
import type { FileSource } from '@tlgen/codec';
import { LocalDc } from '@tlgen/local-dc';
import type { TransferOptions } from '@tlgen/runtime';
import { base, upload } from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../packages/runtime/src/crypto/provider/node.js';
import { RUNS } from '../../support/random.js';
import { content, hashOf, KIB, MIB } from './content.js';
import { FastClock } from './fast-clock.js';
import { closeCleanly, fastPerson, settles, type FastPerson } from './fast-person.js';
import { atPacket, atPart, FINAL, PACKET_FAULTS, PASSING, type Undo } from './faults-of-network.js';
import { Watched } from './watched.js';

const PART = 512 * KIB;
/** Parts of a small file: in short runs the first, the last and some between. */
const PARTS = RUNS > 1 ? [0, 1, 2, 3, 4, 5] : [0, 1, 2, 3];
const SIZE = (PARTS.length - 1) * PART + 100 * KIB + 3;

/** How files go up: to each belong a size, and the parts at which something goes wrong. */
const WAYS = {
  'a small file': {
    size: SIZE,
    parts: PARTS,
    method: upload.SaveFilePartRequest,
  },
  'an encrypted file': {
    size: SIZE,
    parts: RUNS > 1 ? PARTS : [0, 3],
    method: upload.SaveFilePartRequest,
    encrypted: true,
  },
  'a stream whose length nobody knows': {
    size: 10 * MIB + 200 * KIB,
    parts: RUNS > 1 ? [0, 7, 20] : [7, 20],
    method: upload.SaveBigFilePartRequest,
  },
} as const satisfies Readonly<Record<string, Way & { readonly parts: readonly number[] }>>;

let dc: LocalDc;
let ann: FastPerson;

beforeAll(async () => {
  dc = await LocalDc.start({ clock: FastClock.wall });
  await dc.createUser({ username: 'bobby' });
  // One part after the other: it is known which of them is hit.
  ann = await fastPerson(dc, await dc.createUser({ username: 'annie' }), {
    files: { connections: 1, parallel: 1 },
  });
  await ann.client.files.upload(new Uint8Array(1));
  for (const method of [upload.SaveFilePartRequest, upload.SaveBigFilePartRequest]) {
    dc.handle<SaveRequest>(method as never, (request, context) => {
      begun.add(request.fileId);
      return context.next();
    });
  }
});
afterAll(async () => {
  await closeCleanly(ann);
  // Of all that went wrong, only this was said to be the client's fault.
  expect(dc.refusals.list.filter(({ kind }) => kind !== 'bad-salt')).toEqual([]);
  await dc.close();
});

interface Way {
  readonly size: number;
  readonly method: typeof upload.SaveFilePartRequest | typeof upload.SaveBigFilePartRequest;
  readonly encrypted?: boolean;
}

let salt = 0;

/** Uploads a file of that size. @returns whether it is what the server then has; else the error. */
async function sent(way: Way, wrong: () => Undo, parallel = 1): Promise<unknown> {
  const bytes = content(way.size, ++salt);
  async function* stream(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 700_001) yield bytes.subarray(at, at + 700_001);
  }
  const source = way.method === upload.SaveFilePartRequest ? bytes : stream();
  const watched = new Watched();
  const undo = wrong();
  const { onProgress } = watched;
  const uploading = (way.encrypted ? encrypted : plain)(source, { onProgress, parallel });
  try {
    const arrived = await settles('the upload', uploading);
    watched.expect(way.size, true);
    return hashOf(arrived) === hashOf(bytes);
  } catch (error) {
    watched.expect(way.size, false);
    return error;
  } finally {
    undo();
    allOver();
    dc.files.forgetParts();
  }
}

/** What the server has of an upload. */
function stored(fileId: bigint, big: boolean, parts: number): Uint8Array {
  const name = { userId: ann.id, fileId, big, most: 8000 };
  const found = dc.world.files.uploads.file(name, parts);
  return found.read(0, found.size);
}

async function plain(source: FileSource, options: TransferOptions): Promise<Uint8Array> {
  const { inputFile } = await ann.client.files.upload(source, options);
  const big = inputFile._ === 'inputFileBig';
  const bytes = stored(inputFile.id, big, inputFile.parts);
  if (!big) expect(inputFile.md5Checksum).toBe(createHash('md5').update(bytes).digest('hex'));
  return bytes;
}

async function encrypted(source: FileSource, options: TransferOptions): Promise<Uint8Array> {
  const { inputFile, key, iv, size } = await ann.client.files.uploadEncrypted(source, options);
  const big = inputFile._ === 'inputEncryptedFileBigUploaded';
  const cipher = stored(inputFile.id, big, inputFile.parts);
  expect(cipher.length).toBe(Math.ceil(size / 16) * 16);
  return nodeCrypto.aesIgeDecrypt(cipher, key, iv).subarray(0, size);
}

/** Uploads that began, and those that are over: what comes late of those is not meant. */
const begun = new Set<bigint>();
const over = new Set<bigint>();
const allOver = (): void => {
  for (const id of begun) over.add(id);
};

type SaveRequest = upload.SaveFilePartRequest | upload.SaveBigFilePartRequest;

const at =
  (part: number) =>
  ({ fileId, filePart }: SaveRequest): boolean =>
    filePart === part && !over.has(fileId);

describe.each(Object.entries(WAYS))(
  'the upload of %s',
  (_, way: (typeof WAYS)[keyof typeof WAYS]) => {
    const { size, parts, method } = way;
    const isSmall = method === upload.SaveFilePartRequest;
    // One of each goes up as a large file, too: errors take the same way.
    const passing = Object.entries(PASSING).slice(0, isSmall ? undefined : 1);
    const final = Object.entries(FINAL).slice(0, isSmall ? undefined : 1);
    /** One by one and several at a time, by turns. */
    const widths = (part: number): number[] =>
      isSmall && RUNS > 1 ? [1, 4] : [isSmall && part % 2 === 0 ? 1 : 4];
    it.each(Object.entries(PACKET_FAULTS))('%s, at any part: all arrives', async (name, fault) => {
      // Packets are packets, whatever is in them: all parts of the first way, one of the others.
      const hit = RUNS > 1 || way === WAYS['a small file'] ? parts : parts.slice(1, 2);
      for (const part of hit) {
        const got = await sent(way, () => atPacket(dc, method, part, fault));
        expect({ name, part, got }).toEqual({ name, part, got: true });
      }
    });

    it.each(passing)('%s, at any part: all arrives', async (name, act) => {
      for (const part of parts) {
        for (const parallel of widths(part)) {
          let undo: ReturnType<typeof atPart> | undefined;
          const got = await sent(
            way,
            () => (undo = atPart(dc, method as never, at(part) as never, act)),
            parallel,
          );
          expect({ name, part, got, count: undo?.count }).toEqual({
            name,
            part,
            got: true,
            count: 1,
          });
        }
      }
    });

    it.each(final)('%s, at any part: it ends with that', async (name, { act, code }) => {
      for (const part of parts) {
        for (const parallel of widths(part)) {
          const got = await sent(
            way,
            () => atPart(dc, method as never, at(part) as never, act, Infinity),
            parallel,
          );
          expect({ name, part, got }).toMatchObject({ got: { name: 'RpcError', code } });
        }
      }
    });

    it('a part that the server does not take is sent again, three times in all', async () => {
      for (const part of parts) {
        for (const [times, expected] of [
          [2, true],
          [3, { name: 'FileError', code: 'REFUSED' }],
        ] as const) {
          const act = (): boolean => false;
          let undo: ReturnType<typeof atPart> | undefined;
          const got = await sent(
            way,
            () => (undo = atPart(dc, method as never, at(part) as never, act, times)),
          );
          if (expected === true) expect({ part, got }).toEqual({ part, got: true });
          else expect({ part, got }).toMatchObject({ got: expected });
          expect(undo?.count).toBe(times);
        }
      }
    });

    it('the server fails for ever: so does the upload', async () => {
      for (const part of parts.slice(0, 2)) {
        const act = PASSING['an error inside of the server']!;
        const got = await sent(
          way,
          () => atPart(dc, method as never, at(part) as never, act, Infinity),
          4,
        );
        expect({ part, got }).toMatchObject({ got: { name: 'RpcError', number: 500 } });
      }
    });

    it('it is aborted, or times out, at any part: that is what it ends with, and nothing more is sent', async () => {
      for (const part of parts) {
        const stop = new AbortController();
        const held: (() => void)[] = [];
        const undo = atPart(dc, method as never, at(part) as never, async (_request, context) => {
          stop.abort();
          await new Promise<void>((resolve) => held.push(resolve));
          return context.next();
        });
        const watched = new Watched();
        const { onProgress } = watched;
        const uploading = ann.client.files.upload(content(size), {
          signal: stop.signal,
          onProgress,
        });
        await expect(settles('the upload', uploading)).rejects.toMatchObject({
          name: 'AbortError',
        });
        watched.expect(size, false);
        undo();
        allOver();
        for (const go of held) go();
      }
    });
  },
);

describe('parts that the server has lost', () => {
  it('each by itself is noticed when the file is sent, which then goes up once more', async () => {
    const { size, parts } = WAYS['a small file'];
    for (const part of parts) {
      const bytes = content(size, 100 + part);
      ann.called.length = 0;
      let forgotten = 0;
      const watched = new Watched();
      const onProgress = (progress: Parameters<typeof watched.onProgress>[0]): void => {
        watched.onProgress(progress);
        if (progress.percent === 100) forgotten += dc.files.forgetParts(ann, [part]);
      };
      const result = await ann.client.sendFile('@bobby', bytes, { name: 'b.bin', onProgress });
      expect(forgotten).toBeGreaterThan(0);
      const { document } = result.media as base.MessageMediaDocument;
      expect(hashOf(dc.files.bytes((document as base.Document).id))).toBe(hashOf(bytes));
      const saves = ann.called.filter((name) => name === 'upload.saveFilePart').length;
      expect({ part, saves }).toEqual({ part, saves: 2 * parts.length });
      watched.expect(size, true);
    }
  });

  it('of an upload that is sent later, that is told', async () => {
    const uploaded = await ann.client.files.upload(content(2 * PART + 5), { name: 'c.bin' });
    dc.files.forgetParts(ann, [1]);
    const media = { peer: '@bobby', media: uploaded } as const;
    await expect(ann.client.api.messages.uploadMedia(media)).rejects.toMatchObject({
      code: 'FILE_PART_MISSING',
      value: 1,
    });
  });
});
