import * as tl from '@tlgen/telegram';
import { messages, updates as updatesTl, upload } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { addFile, mediaOfFile, moveFile } from '../../../../packages/local-dc/src/scene-files.js';
import { send } from '../../../../packages/local-dc/src/scene.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from '../methods/harness.js';
import {
  PART,
  content,
  documentIn,
  documentMedia,
  download,
  getFile,
  locationOf,
  messageIn,
  newest,
  photoIn,
  png,
  same,
  sendMedia,
  uploaded,
} from './support.js';

const MIB = 1024 * 1024;
let dc: Harness;
let ann: User;
let bob: User;
let anns: Device;
let bobs: Device;

beforeEach(async () => {
  dc = new Harness({ dataCenters: [2, 4] });
  [ann, bob] = [await dc.user(), await dc.user()];
  [anns, bobs] = [await dc.signedIn(ann), await dc.signedIn(bob)];
});

/** A document that Ann got. */
async function documentOf(bytes: Uint8Array): Promise<tl.Document> {
  const file = addFile(dc.world, bytes);
  send(dc.world, bob, ann, '', mediaOfFile(dc.world, file));
  return documentIn((await newest(anns, bob)).media);
}

describe('upload.getFile', () => {
  it('takes pieces of the documented sizes at the documented places', async () => {
    const location = locationOf(await documentOf(content(100)));
    const get = (offset: number, limit: number, precise = false) =>
      refusal(getFile(anns, location, { offset: BigInt(offset), limit, precise }));
    for (const limit of [4096, 8192, 65_536, PART, MIB])
      expect(await get(0, limit)).toBe('no error');
    for (const limit of [0, -4096, 1, 1024, 4095, 12_288, MIB + 4096, 2 * MIB])
      expect(await get(0, limit)).toBe('400 LIMIT_INVALID');
    for (const offset of [-4096, 1, 1024, 4095])
      expect(await get(offset, 4096)).toBe('400 OFFSET_INVALID');
    expect(await get(MIB - 4096, 8192)).toBe('400 LIMIT_INVALID');
    expect(await get(MIB, MIB)).toBe('no error');
    expect(await get(4096, MIB)).toBe('400 LIMIT_INVALID');
  });

  it('takes others with precise', async () => {
    const location = locationOf(await documentOf(content(100)));
    const get = (offset: number, limit: number) =>
      refusal(getFile(anns, location, { offset: BigInt(offset), limit, precise: true }));
    for (const [offset, limit] of [
      [0, 1024],
      [1024, 3072],
      [MIB - 1024, 1024],
      [5 * 1024, 12_288],
    ])
      expect(await get(offset!, limit!)).toBe('no error');
    expect(await get(512, 1024)).toBe('400 OFFSET_INVALID');
    expect(await get(0, 1023)).toBe('400 LIMIT_INVALID');
    expect(await get(0, MIB + 1024)).toBe('400 LIMIT_INVALID');
    expect(await get(MIB - 1024, 2048)).toBe('400 LIMIT_INVALID');
  });

  it('gives exactly these bytes, and fewer at the end', async () => {
    const bytes = content(3 * MIB + 12_345);
    const location = locationOf(await documentOf(bytes));
    for (const [offset, limit] of [
      [0, 4096],
      [MIB + 8192, 4096],
      [3 * MIB, PART],
      [4 * MIB, 4096],
    ]) {
      const piece = (await getFile(anns, location, {
        offset: BigInt(offset!),
        limit: limit!,
      })) as upload.File;
      expect(same(piece.bytes, bytes.subarray(offset!, offset! + limit!))).toBe(true);
    }
    expect(same(await download(anns, location, 65_536), bytes)).toBe(true);
  });

  it('says what kind of file it is', async () => {
    const begins = async (...head: number[]) => {
      const bytes = content(100);
      bytes.set(head);
      return ((await getFile(anns, locationOf(await documentOf(bytes)))) as upload.File).type._;
    };
    const text = (value: string) => [...value].map((one) => one.charCodeAt(0));
    expect(await begins(0xff, 0xd8, 0xff)).toBe('storage.fileJpeg');
    expect(await begins(0x89, ...text('PNG'))).toBe('storage.filePng');
    expect(await begins(...text('GIF89a'))).toBe('storage.fileGif');
    expect(await begins(...text('%PDF-1.7'))).toBe('storage.filePdf');
    expect(await begins(...text('ID3'))).toBe('storage.fileMp3');
    expect(await begins(0, 0, 0, 24, ...text('ftypqt  '))).toBe('storage.fileMov');
    expect(await begins(0, 0, 0, 24, ...text('ftypisom'))).toBe('storage.fileMp4');
    expect(await begins(...text('RIFF'), 0, 0, 0, 0, ...text('WEBP'))).toBe('storage.fileWebp');
    expect(await begins(1, 2, 3)).toBe('storage.fileUnknown');
  });

  it('knows files by id, access hash of the viewer, and size', async () => {
    const document = await documentOf(content(100));
    const { id, accessHash, fileReference } = document;
    const named = (fields: object, device = anns) =>
      refusal(
        getFile(
          device,
          new tl.InputDocumentFileLocation({
            id,
            accessHash,
            fileReference,
            thumbSize: '',
            ...fields,
          }),
        ),
      );
    expect(await named({})).toBe('no error');
    expect(await named({ id: 5n })).toBe('400 FILE_ID_INVALID');
    expect(await named({ accessHash: 5n })).toBe('400 LOCATION_INVALID');
    expect(await named({ thumbSize: 'm' })).toBe('400 LOCATION_INVALID');
    expect(await named({}, bobs)).toBe('400 LOCATION_INVALID');
    expect(await named({}, dc.device())).toBe('401 AUTH_KEY_UNREGISTERED');
    // It is no photo.
    expect(
      await refusal(
        getFile(
          anns,
          new tl.InputPhotoFileLocation({ id, accessHash, fileReference, thumbSize: 'x' }),
        ),
      ),
    ).toBe('400 FILE_ID_INVALID');
    expect(await refusal(getFile(anns, new tl.InputTakeoutFileLocation()))).toBe(
      '400 LOCATION_INVALID',
    );
  });

  it('sends clients to the data center of the file', async () => {
    const bytes = content(5000);
    const file = addFile(dc.world, bytes, { dcId: 4 });
    send(dc.world, bob, ann, '', mediaOfFile(dc.world, file));
    const document = documentIn((await newest(anns, bob)).media);
    expect(document.dcId).toBe(4);
    expect(await refusal(getFile(anns, locationOf(document)))).toBe('303 FILE_MIGRATE_4');
    const away = await dc.roaming(anns, 4);
    expect(same(await download(away, locationOf(document)), bytes)).toBe(true);
    moveFile(dc.world, file, 2);
    expect(await refusal(getFile(away, locationOf(document)))).toBe('303 FILE_MIGRATE_2');
    expect(documentIn((await newest(anns, bob)).media).dcId).toBe(2);
    expect(same(await download(anns, locationOf(document)), bytes)).toBe(true);
  });

  it('keeps files of clients where their senders live', async () => {
    const far = await dc.user({ dcId: 4 });
    const fars = await dc.signedIn(far);
    const file = await uploaded(fars, content(100));
    const document = documentIn(
      messageIn(await sendMedia(fars, fars.peer(ann), documentMedia(file))).media,
    );
    expect(document.dcId).toBe(4);
  });

  it('hashes blocks of 128 KiB', async () => {
    const bytes = content(MIB + 300_000);
    const location = locationOf(await documentOf(bytes));
    const hashes = (offset: number) =>
      anns.call(new upload.GetFileHashesRequest({ location, offset: BigInt(offset) }));
    const first = await hashes(0);
    expect(first.map(({ offset, limit }) => [Number(offset), limit])).toEqual(
      Array.from({ length: 8 }, (_, at) => [at * 131_072, 131_072]),
    );
    const last = await hashes(MIB + 131_073);
    expect(last.map(({ offset, limit }) => [Number(offset), limit])).toEqual([
      [MIB + 131_072, 131_072],
      [MIB + 262_144, 300_000 - 262_144],
    ]);
    for (const { offset, limit, hash } of [...first, ...last]) {
      const block = bytes.subarray(Number(offset), Number(offset) + limit);
      expect(hash).toEqual(dc.crypto.sha256(block));
    }
    expect(await hashes(2 * MIB)).toEqual([]);
    expect(await refusal(hashes(-1))).toBe('400 OFFSET_INVALID');
  });
});

describe('references to files', () => {
  const get = (file: tl.Document, fileReference: Uint8Array) =>
    refusal(
      getFile(anns, new tl.InputDocumentFileLocation({ ...file, fileReference, thumbSize: '' })),
    );

  it('are needed, and made by the server only', async () => {
    const document = await documentOf(content(100));
    const other = await documentOf(content(100));
    expect(await get(document, new Uint8Array())).toBe('400 FILE_REFERENCE_EMPTY');
    expect(await get(document, content(21))).toBe('400 FILE_REFERENCE_INVALID');
    expect(await get(document, other.fileReference)).toBe('400 FILE_REFERENCE_INVALID');
    const forged = document.fileReference.slice();
    forged[20]! ^= 1;
    expect(await get(document, forged)).toBe('400 FILE_REFERENCE_INVALID');
    expect(await get(document, document.fileReference)).toBe('no error');
  });

  it('expire, all or those of one file; every answer brings fresh ones', async () => {
    const document = await documentOf(content(100));
    const other = await documentOf(content(100));
    dc.world.files.document(document.id)!.expired++;
    expect(await get(document, document.fileReference)).toBe('400 FILE_REFERENCE_EXPIRED');
    expect(await get(other, other.fileReference)).toBe('no error');
    dc.world.files.expired++;
    expect(await get(other, other.fileReference)).toBe('400 FILE_REFERENCE_EXPIRED');

    const byHistory = documentIn((await newest(anns, bob)).media);
    expect(await get(other, byHistory.fileReference)).toBe('no error');
    const found = (await anns.call(
      new messages.GetMessagesRequest({ id: [new tl.InputMessageID({ id: 1 })] }),
    )) as messages.Messages;
    const byId = documentIn((found.messages[0] as tl.Message).media);
    expect(await get(document, byId.fileReference)).toBe('no error');
    const difference = (await anns.call(
      new updatesTl.GetDifferenceRequest({ pts: 1, date: 1, qts: 0 }),
    )) as tl.updates.Difference;
    const again = documentIn((difference.newMessages[0] as tl.Message).media);
    expect(again).toEqual(byId);
    expect(await get(document, again.fileReference)).toBe('no error');
  });

  it('are asked for when a file is sent again', async () => {
    const old = await documentOf(content(100));
    dc.world.files.expired++;
    const media = (file: tl.Document) =>
      new tl.InputMediaDocument({ id: new tl.InputDocument(file) });
    expect(await refusal(sendMedia(anns, anns.peer(bob), media(old)))).toBe(
      '400 FILE_REFERENCE_EXPIRED',
    );
    const fresh = documentIn((await newest(anns, bob)).media);
    expect(await refusal(sendMedia(anns, anns.peer(bob), media(fresh)))).toBe('no error');
    expect(await refusal(sendMedia(bobs, bobs.peer(ann), media(fresh)))).toBe('400 MEDIA_INVALID');
  });
});

describe('access hashes of files', () => {
  it('are each reader’s own, in updates, too', async () => {
    const file = await uploaded(anns, png(50, 40), 'a.png');
    bobs.updates.length = 0;
    const media = new tl.InputMediaUploadedPhoto({ file });
    const sent = photoIn(messageIn(await sendMedia(anns, anns.peer(bob), media)).media);
    const got = photoIn(messageIn(bobs.updates[0]).media);
    expect(got.id).toBe(sent.id);
    expect(got.accessHash).not.toBe(sent.accessHash);
    expect(same(await download(bobs, locationOf(got)), png(50, 40))).toBe(true);
    expect(await refusal(download(bobs, locationOf(sent)))).toBe('400 LOCATION_INVALID');
  });
});
