import type { ApiSchema, TlObject } from '@tlgen/codec';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { downloadParts } from '../../packages/runtime/src/files/download/index.js';
import { FileError } from '../../packages/runtime/src/files/errors.js';
import {
  fileIdOf,
  inputLocationOf,
  parseFileId,
  printFileId,
} from '../../packages/runtime/src/files/file-id/index.js';
import { makeFileConverter } from '../../packages/runtime/src/files/like/index.js';
import { locate, suggestedName } from '../../packages/runtime/src/files/location/index.js';
import { Random, RUNS, seedFor } from '../support/random.js';
import { randomLong } from '../support/random-values.js';
import { drain, ending, rig, tally } from './hostile-files-rig.js';
import { objects } from './hostile-files.js';

const CONTENT = new Random(3).bytes(5000);

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
    for (let run = 0; run < 1000 * RUNS; run += 1) {
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
      const content = CONTENT;
      const { context } = rig(random, { content, honest: 50, most: 2000 }, random.chance(50));
      const end = 10_000;
      await ending(drain(downloadParts(context, file, { end }), end));
    }
    expect(found).toBeGreaterThan(160);
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
    expect(found).toBeGreaterThan(40);
  });

  it('becomes what a method takes, or a typed error', async () => {
    const ends = tally();
    const wanted = `InputFile InputMedia InputPhoto InputDocument InputChatPhoto InputEncryptedFile`;
    for (let run = 0; run < 900 * RUNS; run += 1) {
      const random = new Random(seedFor('like', run));
      const content = CONTENT;
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
    const { server, context } = rig(random, { content: CONTENT, honest: 0, most: Infinity }, false);
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
