import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from '../methods/harness.js';
import {
  PART,
  content,
  documentIn,
  documentMedia,
  download,
  locationOf,
  md5Of,
  messageIn,
  saveBigPart,
  same,
  savePart,
  sendMedia,
  uploaded,
} from './support.js';

let dc: Harness;
let ann: User;
let bob: User;
let anns: Device;

beforeEach(async () => {
  dc = new Harness();
  [ann, bob] = [await dc.user(), await dc.user()];
  anns = await dc.signedIn(ann);
});

const big = (id: bigint, parts: number) => new tl.InputFileBig({ id, parts, name: 'big.bin' });
const small = (id: bigint, parts: number, md5Checksum = '') =>
  new tl.InputFile({ id, parts, name: 'small.bin', md5Checksum });
const send = (file: tl.TypeInputFile) => sendMedia(anns, anns.peer(bob), documentMedia(file));
const sent = async (file: tl.TypeInputFile): Promise<Uint8Array> => {
  const document = documentIn(messageIn(await send(file)).media);
  return download(anns, locationOf(document));
};

describe('parts of files', () => {
  it('need a sign-in', async () => {
    const stranger = dc.device();
    expect(await refusal(savePart(stranger, 1n, 0, content(10)))).toBe('401 AUTH_KEY_UNREGISTERED');
    expect(await refusal(saveBigPart(stranger, 1n, 0, 1, content(10)))).toBe(
      '401 AUTH_KEY_UNREGISTERED',
    );
  });

  it('become a file, in whichever order they came, also from another device', async () => {
    const bytes = content(2 * PART + 1000);
    const other = await dc.signedIn(ann);
    await savePart(other, 5n, 2, bytes.subarray(2 * PART));
    await savePart(anns, 5n, 1, bytes.subarray(PART, 2 * PART));
    await savePart(anns, 5n, 0, bytes.subarray(0, PART));
    expect(same(await sent(small(5n, 3, md5Of(bytes))), bytes)).toBe(true);
  });

  it('are each user’s own', async () => {
    const bobs = await dc.signedIn(bob);
    await savePart(bobs, 5n, 0, content(100));
    expect(await refusal(send(small(5n, 1)))).toBe('400 FILE_PART_0_MISSING');
    await savePart(anns, 5n, 0, content(100, 9));
    expect(same(await sent(small(5n, 1)), content(100, 9))).toBe(true);
  });

  it('are copied: a client may use its buffer again', async () => {
    const bytes = content(PART);
    await savePart(anns, 5n, 0, bytes);
    bytes.fill(0);
    expect(same(await sent(small(5n, 1)), content(PART))).toBe(true);
  });

  it('of other numbers and sizes are refused', async () => {
    const save = (part: number, size: number) => refusal(savePart(anns, 5n, part, content(size)));
    expect(await save(0, 0)).toBe('400 FILE_PART_EMPTY');
    expect(await save(-1, 10)).toBe('400 FILE_PART_INVALID');
    expect(await save(4000, 10)).toBe('400 FILE_PART_INVALID');
    expect(await save(0, PART + 1024)).toBe('400 FILE_PART_TOO_BIG');
    expect(await save(0, 1000)).toBe('no error');
    // Now it cannot be the last one.
    expect(await save(1, 1000)).toBe('400 FILE_PART_SIZE_INVALID');
    expect(await save(0, 3072)).toBe('no error');
    expect(await save(1, 1000)).toBe('400 FILE_PART_SIZE_INVALID');
    expect(await save(0, 4096)).toBe('no error');
    expect(await save(1, 8192)).toBe('400 FILE_PART_SIZE_CHANGED');
    expect(await save(1, 4096)).toBe('no error');
    expect(await save(2, 4095)).toBe('no error');
    expect(await save(0, 2048)).toBe('400 FILE_PART_SIZE_CHANGED');
  });

  it('may come again: the last one counts', async () => {
    await savePart(anns, 5n, 0, content(100));
    await savePart(anns, 5n, 0, content(200, 3));
    expect(same(await sent(small(5n, 1)), content(200, 3))).toBe(true);
  });

  it('that are missing are named, others too many', async () => {
    await savePart(anns, 5n, 0, content(1024));
    await savePart(anns, 5n, 2, content(1024));
    expect(await refusal(send(small(5n, 3)))).toBe('400 FILE_PART_1_MISSING');
    await savePart(anns, 5n, 1, content(1024));
    expect(await refusal(send(small(5n, 2)))).toBe('400 FILE_PARTS_INVALID');
    expect(await refusal(send(small(5n, 0)))).toBe('400 FILE_PARTS_INVALID');
    expect(await refusal(send(small(5n, 4)))).toBe('400 FILE_PART_3_MISSING');
    expect(await refusal(send(small(5n, 8001)))).toBe('400 FILE_PARTS_INVALID');
    expect(await refusal(send(small(5n, 3)))).toBe('no error');
  });

  it('are held against the checksum', async () => {
    const bytes = content(5000);
    await savePart(anns, 5n, 0, bytes);
    const other = md5Of(content(5001));
    expect(await refusal(send(small(5n, 1, other)))).toBe('400 MD5_CHECKSUM_INVALID');
    expect(await refusal(send(small(5n, 1, md5Of(bytes).toUpperCase())))).toBe('no error');
  });

  it('of one way are none of the other; above 10 MiB it is the one for big files', async () => {
    await savePart(anns, 5n, 0, content(100));
    expect(await refusal(send(big(5n, 1)))).toBe('400 FILE_PART_0_MISSING');
    const part = content(PART);
    for (let at = 0; at < 21; at++) await savePart(anns, 6n, at, part);
    expect(await refusal(send(small(6n, 21)))).toBe('400 FILE_PARTS_INVALID');
    dc.world.files.uploads.forget(ann.id, [20]);
    expect(await refusal(send(small(6n, 20)))).toBe('no error');
  });

  it('can be lost, all or some, of one user or all', async () => {
    const file = await uploaded(anns, content(3 * PART));
    expect(dc.world.files.uploads.forget(bob.id)).toBe(0);
    expect(dc.world.files.uploads.forget(ann.id, [1, 7])).toBe(1);
    expect(await refusal(send(file))).toBe('400 FILE_PART_1_MISSING');
    expect(dc.world.files.uploads.forget()).toBe(2);
    expect(await refusal(send(file))).toBe('400 FILE_PART_0_MISSING');
  });

  it('may be used twice', async () => {
    const file = await uploaded(anns, content(3000));
    expect(same(await sent(file), content(3000))).toBe(true);
    expect(same(await sent(file), content(3000))).toBe(true);
  });
});

describe('parts of big files', () => {
  it('are as many as they say', async () => {
    const save = (part: number, total: number, size = 1024) =>
      refusal(saveBigPart(anns, 5n, part, total, content(size)));
    expect(await save(0, 0)).toBe('400 FILE_PARTS_INVALID');
    expect(await save(0, -2)).toBe('400 FILE_PARTS_INVALID');
    expect(await save(0, 4001)).toBe('400 FILE_PARTS_INVALID');
    expect(await save(3, 3)).toBe('400 FILE_PART_INVALID');
    expect(await save(0, 3)).toBe('no error');
    expect(await save(1, 4)).toBe('400 FILE_PARTS_INVALID');
    expect(await save(1, 3)).toBe('no error');
    expect(await save(2, 3, 1025)).toBe('400 FILE_PART_SIZE_CHANGED');
    expect(await save(2, 3, 17)).toBe('no error');
    expect(await refusal(send(big(5n, 2)))).toBe('400 FILE_PARTS_INVALID');
    expect(await sent(big(5n, 3))).toHaveLength(2048 + 17);
  });

  it('of paying users may be twice as many', async () => {
    const payer = await dc.signedIn(await dc.user({ premium: true }));
    expect(await refusal(saveBigPart(payer, 5n, 7999, 8000, content(5)))).toBe('no error');
    expect(await refusal(saveBigPart(payer, 6n, 0, 8001, content(1024)))).toBe(
      '400 FILE_PARTS_INVALID',
    );
  });

  it('are of one size that divides 512 KiB', async () => {
    const save = (part: number, size: number) =>
      refusal(saveBigPart(anns, 5n, part, 5, content(size)));
    for (const size of [1, 512, 1000, 3072, 5 * 1024])
      expect(await save(0, size)).toBe('400 FILE_PART_SIZE_INVALID');
    expect(await save(0, 65_536)).toBe('no error');
    expect(await save(1, 131_072)).toBe('400 FILE_PART_SIZE_CHANGED');
    expect(await save(4, 65_537)).toBe('400 FILE_PART_SIZE_CHANGED');
    expect(await save(4, 1)).toBe('no error');
  });

  it('that come before it is clear how long they are cannot be smaller than the last', async () => {
    expect(await refusal(saveBigPart(anns, 5n, 1, 2, content(4096)))).toBe('no error');
    expect(await refusal(saveBigPart(anns, 5n, 0, 2, content(2048)))).toBe(
      '400 FILE_PART_SIZE_CHANGED',
    );
    expect(await refusal(saveBigPart(anns, 5n, 0, 2, content(4096)))).toBe('no error');
  });

  it('need not tell their number before the last one', async () => {
    const bytes = content(2 * PART + 3);
    const save = (part: number, total: number) =>
      saveBigPart(anns, 5n, part, total, bytes.subarray(part * PART, (part + 1) * PART));
    await save(0, -1);
    await save(1, -1);
    expect(await refusal(send(big(5n, 2)))).toBe('400 FILE_PARTS_INVALID');
    // A part of another length is the last one, and has to say so.
    expect(await refusal(save(2, -1))).toBe('400 FILE_PART_SIZE_INVALID');
    expect(await refusal(saveBigPart(anns, 5n, 0, 1, content(1024)))).toBe(
      '400 FILE_PARTS_INVALID',
    );
    await save(2, 3);
    // One that was under way meanwhile.
    await save(1, -1);
    expect(same(await sent(big(5n, 3)), bytes)).toBe(true);
  });

  it('make files of 50 MiB, in memory once', async () => {
    const part = content(PART);
    for (let at = 0; at < 100; at++) await saveBigPart(anns, 5n, at, 100, part);
    const peer = anns.peer(bob);
    const updates = await anns.call(
      new messages.SendMediaRequest({
        peer,
        message: '',
        randomId: 3n,
        media: documentMedia(big(5n, 100)),
      }),
    );
    const document = documentIn(messageIn(updates).media);
    expect(document.size).toBe(BigInt(100 * PART));
    const whole = await download(anns, locationOf(document));
    expect(whole.length).toBe(100 * PART);
    expect(md5Of(whole)).toBe(md5Of(Buffer.concat(Array.from({ length: 100 }, () => part))));
  });
});
