import { TlgenError, TlObject, type ApiSchema } from '@tlgen/codec';
import { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { FileError } from '../../packages/runtime/src/files/errors.js';
import { downloadParts } from '../../packages/runtime/src/files/download/index.js';
import {
  fileIdOf,
  inputLocationOf,
  parseFileId,
  printFileId,
} from '../../packages/runtime/src/files/file-id/index.js';
import { makeFileConverter } from '../../packages/runtime/src/files/like/index.js';
import {
  FileReferences,
  locate,
  suggestedName,
  type RemoteFile,
} from '../../packages/runtime/src/files/location/index.js';
import { uploadEncrypted, uploadFile } from '../../packages/runtime/src/files/upload/index.js';
import { Random, RUNS, seedFor } from '../support/random.js';
import { randomInt, randomLong } from '../support/random-values.js';
import { fakeContext } from '../unit/runtime/files/upload/support/fake-context.js';
import { fakeContext as locationContext } from '../unit/runtime/files/location/fake-context.js';
import { HostileServer, objects, type HostileOptions } from './hostile-files.js';

const KiB = 1024;
const NOISE = new Random(3).bytes(1100 * KiB);
const SIZES = [0, 1, 4096, 100_001, 512 * KiB, 512 * KiB + 1, 1100 * KiB];

/** The typed error that something ended with, or null. */
async function ending(work: Promise<unknown>): Promise<TlgenError | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (!(error instanceof TlgenError)) throw new Error('untyped', { cause: error });
    expect(error.message.length).toBeLessThan(1000);
    return error;
  }
}

/** How many runs ended well, and with how many errors of one kind. */
function tally(): { good: number; readonly codes: Map<unknown, number>; add(e: unknown): void } {
  return {
    good: 0,
    codes: new Map(),
    add(error) {
      const code = error === null ? null : (error as { readonly code?: unknown }).code;
      if (code === null) this.good += 1;
      else this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
    },
  };
}

interface Rig {
  readonly server: HostileServer;
  readonly context: ReturnType<typeof locationContext> & {
    readonly references: FileReferences;
    refresh(file: RemoteFile): Promise<RemoteFile>;
  };
}

function rig(random: Random, options: HostileOptions, refreshing = true): Rig {
  const server = new HostileServer(random, options);
  const fake = Object.assign(
    locationContext(() => null),
    { invoke: server.invoke },
  );
  const references = new FileReferences(fake);
  const context = Object.assign(fake, {
    references,
    refresh: (file: RemoteFile) =>
      refreshing && random.chance(80)
        ? Promise.resolve({ ...file, dc: random.chance(20) ? randomInt(random) : file.dc })
        : references.refresh(file, {}),
  });
  return { server, context };
}

function remoteFile(size: number | undefined): RemoteFile {
  const fileReference = new Uint8Array([1]);
  const init = { id: 1n, accessHash: 2n, fileReference, thumbSize: '' };
  return {
    kind: 'document',
    dc: undefined,
    location: new base.InputDocumentFileLocation(init),
    size,
    name: undefined,
    mimeType: undefined,
    date: undefined,
    media: { type: 'document', id: 1n },
    thumbSize: '',
    identity: 'document:1',
  };
}

/** What is said of the size: mostly the truth. */
function toldSize(random: Random, size: number): number | undefined {
  if (random.chance(60)) return size;
  return random.pick([undefined, 0, size + 1, Math.max(0, size - 1), 2 ** 40, 2 ** 53 - 1]);
}

/** Takes all parts; never more bytes than the range has. */
async function drain(
  parts: AsyncIterable<Uint8Array>,
  most: number,
  check: (bytes: Uint8Array, at: number) => void = () => undefined,
): Promise<number> {
  let length = 0;
  for await (const bytes of parts) {
    check(bytes, length);
    length += bytes.length;
    expect(length).toBeLessThanOrEqual(most);
  }
  return length;
}

describe('downloads from a hostile server', () => {
  it('end, with all that was wanted or a typed error', async () => {
    const ends = tally();
    for (let run = 0; run < 300 * RUNS; run += 1) {
      const random = new Random(seedFor('download', run));
      const content = NOISE.subarray(0, random.pick(SIZES));
      const honest = random.pick([0, 50, 90, 98]);
      const { server, context } = rig(random, { content, honest, most: 4000 });
      const size = toldSize(random, content.length);
      const start = random.chance(70) ? 0 : random.below(content.length + 2);
      const end = start + random.below(1200 * KiB);
      const parallel = 1 + random.below(6);
      const controller = new AbortController();
      const stopAt = random.chance(10) ? random.below(12) : Infinity;
      server.onCall = (count) => {
        if (count > stopAt) controller.abort();
      };
      const encryption = random.chance(20)
        ? { key: random.bytes(32), iv: random.bytes(32), fingerprint: undefined }
        : undefined;
      const file = { ...remoteFile(size), encryption };
      const { signal } = controller;
      const options = { start, end, parallel, signal, tail: random.bytes(random.below(40)) };
      let length = -1;
      const error = await ending(
        drain(downloadParts(context, file, options), end - start).then((all) => (length = all)),
      );
      if (!error && size !== undefined) expect(length).toBe(Math.min(end, size) - start);
      // Refreshes and hashes are asked for one at a time, beside the parts themselves.
      expect(server.mostInFlight).toBeLessThanOrEqual(parallel + 2);
      expect(server.inFlight).toBe(0);
      ends.add(error);
    }
    expect(ends.good).toBeGreaterThan(25);
    for (const code of ['WRONG_SIZE', 'WRONG_HASH', 'WRONG_KEY', 'ABORTED'])
      expect(ends.codes.has(code), code).toBe(true);
  });

  it('take no byte of a hostile CDN that is not the file’s', async () => {
    const ends = tally();
    for (let run = 0; run < 100 * RUNS; run += 1) {
      const random = new Random(seedFor('cdn', run));
      const content = NOISE.subarray(0, random.pick(SIZES));
      const honest = random.pick([0, 60, 90, 100]);
      const { context } = rig(random, { content, honest, honestMaster: true, most: 4000 });
      const size = random.chance(70) ? content.length : undefined;
      const start = random.below(content.length + 1);
      const parts = downloadParts(context, remoteFile(size), { start, parallel: 3 });
      const check = (bytes: Uint8Array, at: number): void => {
        const right = content.subarray(start + at, start + at + bytes.length);
        expect(Buffer.compare(bytes, right)).toBe(0);
      };
      ends.add(await ending(drain(parts, content.length - start, check)));
    }
    expect(ends.good).toBeGreaterThan(30);
    expect(ends.codes.has('WRONG_HASH')).toBe(true);
  });
});

async function* stream(random: Random, content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length;) {
    const length = random.pick([0, 1, 4096, 65_536, 600 * KiB]);
    yield content.slice(at, at + length);
    at += length;
  }
}

it('uploads to a hostile server end, after three tries of each part', async () => {
  const ends = tally();
  const { context: good } = await fakeContext();
  for (let run = 0; run < 100 * RUNS; run += 1) {
    const random = new Random(seedFor('upload', run));
    const content = NOISE.subarray(0, random.pick(SIZES));
    const honest = random.pick([0, 50, 90, 98]);
    const server = new HostileServer(random, { content, honest, most: 12 });
    const context = { ...good, invoke: server.invoke };
    const upload = random.chance(50) ? uploadFile : uploadEncrypted;
    const source = random.chance(50) ? content : stream(random, content);
    const size = random.chance(70) ? undefined : toldSize(random, content.length);
    // Under one name, so that each goes on with what the one before has left.
    const resume = random.chance(50) ? 'one' : undefined;
    const parallel = 1 + random.below(4);
    const error = await ending(upload(context, source, { size, resume, parallel }));
    expect(server.calls).toBeLessThanOrEqual(3 * Math.ceil(content.length / (512 * KiB)));
    expect(server.mostInFlight).toBeLessThanOrEqual(parallel);
    ends.add(error);
  }
  expect(ends.good).toBeGreaterThan(10);
  for (const code of ['EMPTY', 'REFUSED', 'SOURCE_CHANGED'])
    expect(ends.codes.has(code), code).toBe(true);
});

/** What holds files, in many ways. */
const HOLDERS =
  `photo document message messageService messageMediaPhoto messageMediaDocument messageMediaWebPage
  messageMediaPaidMedia messageMediaPoll messageMediaStory webPage game webDocument user channel chat userFull
  messages.chatFull stickerSet messages.stickerSet storyItem updates updateNewMessage messages.messages
  photos.photos messages.savedGifs encryptedFile inputDocumentFileLocation inputPhotoFileLocation
  inputPhotoLegacyFileLocation inputPeerPhotoFileLocation inputWebFileLocation inputStickerSetThumb inputPhoto
  inputDocument inputFile inputMediaDocument richMessage wallPaper`.split(/\s+/);
const CLASSES = [...schema.registry].filter((one) => !schema.registry.isMethod(one));

/** An object of any class; often as a server would make it, sometimes a plain one, or one that is wrong in a field. */
function anything(random: Random): object {
  const name = random.chance(85) ? random.pick(HOLDERS) : random.pick(CLASSES).tl;
  const object = objects.named(random, name, 2 + random.below(4));
  if (random.chance(80)) tame(object, random);
  if (random.chance(80)) return object;
  const plain: Record<string, unknown> = { ...object };
  plain['_'] = object._;
  const field = random.pick(Object.keys(plain));
  const odd = [null, undefined, -1, 2 ** 60, Number.NaN, 'x', [], {}, randomLong(random)];
  if (random.chance(50)) plain[field] = random.pick(odd);
  return plain;
}

/** Ids that come again, sizes of files, data centers that are. */
function tame(value: unknown, random: Random): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  const fields = value as Record<string, unknown>;
  for (const [field, held] of Object.entries(fields)) {
    const small = 1 + random.below(5);
    if (typeof held === 'bigint') fields[field] = BigInt(field === 'size' ? small * 999 : small);
    else if (/^(?:id|dcId|thumbDcId|size)$/.test(field)) fields[field] = small;
    else if (field === 'type' && typeof held === 'string') fields[field] = 'm';
    else tame(held, random);
  }
}

function fileErrorOr<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FileError)) throw new Error('untyped', { cause: error });
    expect(error.message.length).toBeLessThan(1000);
    return null;
  }
}

describe('any object', () => {
  it('has a file, or none for a reason; what is found can be downloaded, or not for a reason', async () => {
    let found = 0;
    for (let run = 0; run < 1500 * RUNS; run += 1) {
      const random = new Random(seedFor('locate', run));
      const object = anything(random);
      const thumb = random.pick([undefined, undefined, '', 'm', 'largest', 'smallest']);
      const file = fileErrorOr(() => locate(schema, object, { thumb }));
      if (!file) continue;
      found += 1;
      const { size = 0, dc = 1, bytes } = file;
      expect(Number.isSafeInteger(size) && size >= 0 && dc > 0).toBe(true);
      expect(bytes === undefined || bytes.length === size).toBe(true);
      expect(suggestedName(file).length).toBeGreaterThan(0);
      const content = NOISE.subarray(0, 5000);
      const { context } = rig(random, { content, honest: 50, most: 2000 }, random.chance(50));
      const end = 10_000;
      await ending(drain(downloadParts(context, file, { end }), end));
    }
    expect(found).toBeGreaterThan(250);
  });

  it('has file ids, or none for a reason; they lead where nobody is surprised', () => {
    let found = 0;
    for (let run = 0; run < 1000 * RUNS; run += 1) {
      const random = new Random(seedFor('file id', run));
      const object = anything(random);
      const thumb = random.pick([undefined, undefined, 'm', 'largest']);
      const ids = fileErrorOr(() => fileIdOf(object as TlObject, { thumb }));
      if (!ids) continue;
      found += 1;
      const { fileId } = ids;
      expect(printFileId(parseFileId(fileId))).toBe(fileId);
      fileErrorOr(() => inputLocationOf(schema as ApiSchema, fileId));
      fileErrorOr(() => locate(schema, fileId));
    }
    expect(found).toBeGreaterThan(60);
  });

  it('becomes what a method takes, or a typed error', async () => {
    const ends = tally();
    const wanted = `InputFile InputMedia InputPhoto InputDocument InputChatPhoto InputEncryptedFile`;
    for (let run = 0; run < 900 * RUNS; run += 1) {
      const random = new Random(seedFor('like', run));
      const content = NOISE.subarray(0, 5000);
      const { context } = rig(random, { content, honest: 50, most: 2000 });
      const type = random.pick(wanted.split(' '));
      ends.add(await ending(makeFileConverter(context)(anything(random), type, {})));
    }
    expect(ends.good).toBeGreaterThan(70);
    expect(ends.codes.has('NO_FILE')).toBe(true);
  });

  it('may be learnt from; renewing a reference asks a few times at most', async () => {
    const ends = tally();
    const random = new Random(seedFor('references', 0));
    const { server, context } = rig(random, { content: NOISE, honest: 0, most: Infinity }, false);
    const { references } = context;
    for (let run = 0; run < 1000 * RUNS; run += 1) {
      const object = anything(random);
      references.learn(object);
      const file = fileErrorOr(() => locate(schema, object));
      if (!file || random.chance(30)) continue;
      const before = server.calls;
      ends.add(await ending(references.refresh(file, {})));
      // Three places that it was seen in and the one it says itself, of which a user is asked twice.
      expect(server.calls - before).toBeLessThanOrEqual(8);
    }
    expect(references.known).toBeGreaterThan(5);
    expect(ends.good).toBeGreaterThan(0);
    expect(ends.codes.has('REFERENCE_EXPIRED')).toBe(true);
  });
});
