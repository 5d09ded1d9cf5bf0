import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel, createGroup } from '../../../../packages/local-dc/src/scene.js';
import { imageSizeOf } from '../../../../packages/local-dc/src/world/files/image-size.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from '../methods/harness.js';
import {
  content,
  documentIn,
  documentMedia,
  download,
  jpeg,
  locationOf,
  messageIn,
  newest,
  photoIn,
  png,
  same,
  sendMedia,
  uploaded,
} from './support.js';

let dc: Harness;
let ann: User;
let bob: User;
let anns: Device;
let bobs: Device;

beforeEach(async () => {
  dc = new Harness();
  [ann, bob] = [await dc.user(), await dc.user()];
  [anns, bobs] = [await dc.signedIn(ann), await dc.signedIn(bob)];
});

const toBob = (media: tl.TypeInputMedia, fields = {}) =>
  sendMedia(anns, anns.peer(bob), media, fields);
const photoMedia = async (bytes: Uint8Array, name = 'a.jpg') =>
  new tl.InputMediaUploadedPhoto({ file: await uploaded(anns, bytes, name) });

describe('photos', () => {
  it('come in sizes, the largest of which is the original and the others are grey', async () => {
    const bytes = png(1000, 500, 40_000);
    const message = messageIn(await toBob(await photoMedia(bytes, 'a.png'), { message: 'look' }));
    expect(message).toMatchObject({ message: 'look', media: { _: 'messageMediaPhoto' } });
    const sizes = photoIn(message.media).sizes as tl.PhotoSize[];
    expect(sizes.map(({ type, w, h }) => [type, w, h])).toEqual([
      ['s', 100, 50],
      ['m', 320, 160],
      ['x', 800, 400],
      ['y', 1000, 500],
    ]);
    expect(sizes.map(({ size }) => size)).toEqual(
      sizes.map(({ size }) => size).sort((a, b) => a - b),
    );
    const got = photoIn((await newest(bobs, ann)).media);
    expect(same(await download(bobs, locationOf(got, 'y')), bytes)).toBe(true);
    for (const { type, w, h, size } of sizes.slice(0, 3)) {
      const smaller = await download(bobs, locationOf(got, type));
      expect(smaller).toHaveLength(size);
      expect(imageSizeOf(smaller)).toEqual({ width: w, height: h });
    }
    for (const type of ['w', 'a', ''])
      expect(
        await refusal(download(bobs, new tl.InputPhotoFileLocation({ ...got, thumbSize: type }))),
      ).toBe('400 LOCATION_INVALID');
  });

  it('have no size that is longer than the original', async () => {
    const message = messageIn(await toBob(await photoMedia(png(1000, 500, 200), 'a.png')));
    const sizes = photoIn(message.media).sizes as tl.PhotoSize[];
    expect(sizes.map(({ type }) => type)).toEqual(['s', 'y']);
  });

  it('have to be pictures of a reasonable shape', async () => {
    const sent = async (bytes: Uint8Array, name = 'a.jpg') =>
      refusal(toBob(await photoMedia(bytes, name)));
    expect(await sent(jpeg(640, 480))).toBe('no error');
    expect(await sent(jpeg(640, 480), 'no extension')).toBe('no error');
    expect(await sent(jpeg(640, 480), 'a.pdf')).toBe('400 PHOTO_EXT_INVALID');
    expect(await sent(content(500))).toBe('400 IMAGE_PROCESS_FAILED');
    expect(await sent(jpeg(640, 480).subarray(0, 25))).toBe('400 IMAGE_PROCESS_FAILED');
    expect(await sent(png(0, 5))).toBe('400 IMAGE_PROCESS_FAILED');
    expect(await sent(png(9000, 1001))).toBe('400 PHOTO_INVALID_DIMENSIONS');
    expect(await sent(png(2100, 100))).toBe('400 PHOTO_INVALID_DIMENSIONS');
    expect(await sent(png(2000, 100))).toBe('no error');
  });

  it('are measured whatever their format', () => {
    const bytes = (
      head: string,
      size: number,
      numbers: readonly [number, number, number, boolean][],
    ) => {
      const made = new Uint8Array(size);
      made.set([...head].map((letter) => letter.charCodeAt(0)));
      const view = new DataView(made.buffer);
      for (const [at, value, width, little] of numbers)
        if (width === 2) view.setUint16(at, value, little);
        else view.setUint32(at, value, little);
      return made;
    };
    const found = { width: 300, height: 200 };
    expect(imageSizeOf(jpeg(300, 200))).toEqual(found);
    expect(imageSizeOf(png(300, 200))).toEqual(found);
    expect(
      imageSizeOf(
        bytes('GIF89a', 20, [
          [6, 300, 2, true],
          [8, 200, 2, true],
        ]),
      ),
    ).toEqual(found);
    expect(
      imageSizeOf(
        bytes('BM', 30, [
          [18, 300, 4, true],
          [22, -200 >>> 0, 4, true],
        ]),
      ),
    ).toEqual(found);
    const webp = (kind: string, numbers: [number, number, number, boolean][]) =>
      bytes(`RIFF\0\0\0\0WEBP${kind}`, 40, numbers);
    expect(
      imageSizeOf(
        webp('VP8X', [
          [24, 299, 2, true],
          [27, 199, 2, true],
        ]),
      ),
    ).toEqual(found);
    expect(imageSizeOf(webp('VP8L', [[21, 299 | (199 << 14), 4, true]]))).toEqual(found);
    expect(
      imageSizeOf(
        webp('VP8 ', [
          [26, 300, 2, true],
          [28, 200, 2, true],
        ]),
      ),
    ).toEqual(found);
    for (const [kind, numbers] of [['VP9 ', []]] as const)
      expect(imageSizeOf(webp(kind, [...numbers]))).toBeNull();
    for (let size = 0; size < 40; size++) {
      expect(() => imageSizeOf(jpeg(300, 200).subarray(0, size))).not.toThrow();
      expect(() => imageSizeOf(webp('VP8X', []).subarray(0, size))).not.toThrow();
      expect(imageSizeOf(png(300, 200).subarray(0, Math.min(size, 23)))).toBeNull();
    }
  });
});

describe('documents', () => {
  it('have what their sender said, and reach all readers', async () => {
    const bytes = content(20_000);
    const file = await uploaded(anns, bytes);
    const thumb = await uploaded(anns, jpeg(90, 60), 'thumb.jpg');
    bobs.updates.length = 0;
    const entities = [new tl.MessageEntityBold({ offset: 0, length: 4 })];
    await toBob(documentMedia(file, { thumb }), { message: 'read this', entities });
    const message = messageIn(bobs.updates[0]);
    expect(message).toMatchObject({ message: 'read this', entities: [{ _: 'messageEntityBold' }] });
    const document = documentIn(message.media);
    expect(document).toMatchObject({
      mimeType: 'application/pdf',
      size: 20_000n,
      dcId: 2,
      attributes: [{ _: 'documentAttributeFilename', fileName: 'a.pdf' }],
      thumbs: [{ _: 'photoSize', type: 'm', w: 90, h: 60 }],
    });
    expect(same(await download(bobs, locationOf(document)), bytes)).toBe(true);
    expect(same(await download(bobs, locationOf(document, 'm')), jpeg(90, 60))).toBe(true);
  });

  it('go on without a thumbnail that is none, but not without one that is missing', async () => {
    const file = await uploaded(anns, content(10));
    const thumb = await uploaded(anns, content(300), 'thumb.jpg');
    const sent = documentIn(messageIn(await toBob(documentMedia(file, { thumb }))).media);
    expect(sent.thumbs).toBeUndefined();
    const missing = new tl.InputFile({ id: 4n, parts: 1, name: 'x', md5Checksum: '' });
    expect(await refusal(toBob(documentMedia(file, { thumb: missing })))).toBe(
      '400 FILE_PART_0_MISSING',
    );
  });

  it('are told apart as video, voice, round video', async () => {
    const sent = async (attributes: tl.TypeDocumentAttribute[], fields = {}) => {
      const media = documentMedia(await uploaded(anns, content(10)), { attributes, ...fields });
      return messageIn(await toBob(media)).media as tl.MessageMediaDocument;
    };
    const video = { duration: 1, w: 10, h: 10 };
    expect(await sent([new tl.DocumentAttributeVideo(video)])).toMatchObject({
      video: true,
      round: false,
    });
    expect(
      await sent([new tl.DocumentAttributeVideo({ ...video, roundMessage: true })]),
    ).toMatchObject({
      video: false,
      round: true,
    });
    expect(await sent([new tl.DocumentAttributeAudio({ duration: 1, voice: true })])).toMatchObject(
      {
        voice: true,
      },
    );
    expect(await sent([], { spoiler: true, ttlSeconds: 30, mimeType: '' })).toMatchObject({
      spoiler: true,
      ttlSeconds: 30,
      document: { mimeType: 'application/octet-stream' },
    });
  });

  it('cannot be fetched from elsewhere, nor live for long', async () => {
    const external = new tl.InputMediaDocumentExternal({ url: 'https://example.org/a.pdf' });
    expect(await refusal(toBob(external))).toBe('400 WEBPAGE_CURL_FAILED');
    const photo = new tl.InputMediaPhotoExternal({ url: 'nonsense' });
    expect(await refusal(toBob(photo))).toBe('400 WEBPAGE_URL_INVALID');
    const media = documentMedia(await uploaded(anns, content(10)), { ttlSeconds: 61 });
    expect(await refusal(toBob(media))).toBe('400 TTL_MEDIA_INVALID');
    const empty = new tl.InputMediaDocument({ id: new tl.InputDocumentEmpty() });
    expect(await refusal(toBob(empty))).toBe('400 MEDIA_EMPTY');
  });

  it('stay when they are forwarded, and can be replaced', async () => {
    const first = messageIn(await toBob(documentMedia(await uploaded(anns, content(10)))));
    await anns.call(
      new messages.ForwardMessagesRequest({
        fromPeer: anns.peer(bob),
        id: [first.id],
        randomId: [9n],
        toPeer: anns.peer(bob),
      }),
    );
    const forwarded = await newest(bobs, ann);
    expect(documentIn(forwarded.media).id).toBe(documentIn(first.media).id);
    expect(same(await download(bobs, locationOf(documentIn(forwarded.media))), content(10))).toBe(
      true,
    );
    const media = documentMedia(await uploaded(anns, content(20, 2)));
    await anns.call(
      new messages.EditMessageRequest({ peer: anns.peer(bob), id: first.id + 1, media }),
    );
    const edited = documentIn((await newest(bobs, ann)).media);
    expect(same(await download(bobs, locationOf(edited)), content(20, 2))).toBe(true);
  });

  it('reach groups and channels', async () => {
    const group = createGroup(dc.world, { title: 'G', creator: ann, members: [bob] });
    const channel = createChannel(dc.world, { title: 'C', creator: ann, members: [bob] });
    for (const peer of [new tl.InputPeerChat({ chatId: group.id }), anns.channelPeer(channel)]) {
      const file = await uploaded(anns, content(500));
      bobs.updates.length = 0;
      await sendMedia(anns, peer, documentMedia(file));
      const got = documentIn(messageIn(bobs.updates[0]).media);
      expect(same(await download(bobs, locationOf(got)), content(500))).toBe(true);
    }
  });
});

describe('albums', () => {
  const upload = async (media: tl.TypeInputMedia): Promise<tl.TypeInputMedia> => {
    const made = await anns.call(new messages.UploadMediaRequest({ peer: anns.peer(bob), media }));
    return made instanceof tl.MessageMediaPhoto
      ? new tl.InputMediaPhoto({ id: new tl.InputPhoto(photoIn(made)) })
      : new tl.InputMediaDocument({ id: new tl.InputDocument(documentIn(made)) });
  };
  const photo = async () => upload(await photoMedia(png(30, 20), 'a.png'));
  const file = async (attributes: tl.TypeDocumentAttribute[] = []) =>
    upload(documentMedia(await uploaded(anns, content(40)), { attributes }));
  let randomId = 1n;
  const single = (media: tl.TypeInputMedia, message = '') =>
    new tl.InputSingleMedia({ media, randomId: randomId++, message });
  const send = (items: tl.TypeInputSingleMedia[]) =>
    anns.call(new messages.SendMultiMediaRequest({ peer: anns.peer(bob), multiMedia: items }));

  it('are messages that belong together', async () => {
    const items = [single(await photo(), 'one'), single(await photo()), single(await photo())];
    const updates = (await send(items)) as tl.Updates;
    expect(updates.updates.map((one) => one._)).toEqual([
      ...Array.from({ length: 3 }, () => 'updateMessageID'),
      ...Array.from({ length: 3 }, () => 'updateNewMessage'),
    ]);
    const sent = updates.updates.flatMap((one) =>
      one instanceof tl.UpdateNewMessage && one.message instanceof tl.Message ? [one.message] : [],
    );
    expect(sent.map(({ message }) => message)).toEqual(['one', '', '']);
    expect(new Set(sent.map(({ groupedId }) => groupedId)).size).toBe(1);
    expect(typeof sent[0]!.groupedId).toBe('bigint');
    const ids = sent.map(({ id }) => id);
    const forwarded = (await anns.call(
      new messages.ForwardMessagesRequest({
        fromPeer: anns.peer(bob),
        id: ids.slice(0, 2),
        randomId: [100n, 101n],
        toPeer: anns.peer(bob),
      }),
    )) as tl.Updates;
    const again = messageIn(forwarded).groupedId;
    expect(again).toBeDefined();
    expect(again).not.toBe(sent[0]!.groupedId);
  });

  it('have 1 to 10 items of kinds that go together', async () => {
    expect(await refusal(send([]))).toBe('400 MEDIA_EMPTY');
    const one = await photo();
    const many = Array.from({ length: 11 }, () => single(one));
    expect(await refusal(send(many))).toBe('400 MULTI_MEDIA_TOO_LONG');
    expect(await refusal(send(many.slice(1)))).toBe('no error');
    const alone = messageIn(await send([single(one)]));
    expect(alone.groupedId).toBeUndefined();
    const video = await file([new tl.DocumentAttributeVideo({ duration: 1, w: 1, h: 1 })]);
    expect(await refusal(send([single(one), single(video)]))).toBe('no error');
    expect(await refusal(send([single(one), single(await file())]))).toBe(
      '400 MEDIA_GROUPED_INVALID',
    );
    const music = await file([new tl.DocumentAttributeAudio({ duration: 1 })]);
    expect(await refusal(send([single(music), single(await file())]))).toBe(
      '400 MEDIA_GROUPED_INVALID',
    );
    const gif = await file([new tl.DocumentAttributeAnimated()]);
    expect(await refusal(send([single(gif), single(gif)]))).toBe('400 MEDIA_GROUPED_INVALID');
  });

  it('are made of files that are there already', async () => {
    const fresh = await photoMedia(png(30, 20), 'a.png');
    expect(await refusal(send([single(await photo()), single(fresh)]))).toBe('400 MEDIA_INVALID');
    expect(await refusal(send([single(new tl.InputMediaDice({ emoticon: '🎲' }))]))).toBe(
      '400 MEDIA_INVALID',
    );
    const [first, second] = [await photo(), await photo()];
    dc.world.files.photo(((second as tl.InputMediaPhoto).id as tl.InputPhoto).id)!.expired++;
    expect(await refusal(send([single(first), single(second)]))).toBe(
      '400 FILE_REFERENCE_1_EXPIRED',
    );
  });

  it('have random ids, each one once', async () => {
    const one = await photo();
    const items = [single(one), single(one)];
    const same = items.map((item) => new tl.InputSingleMedia({ ...item, randomId: 5555n }));
    expect(await refusal(send(same))).toBe('500 RANDOM_ID_DUPLICATE');
    expect(await refusal(send([same[0]!, single(one)]))).toBe('no error');
    expect(await refusal(send([single(one), same[0]!]))).toBe('500 RANDOM_ID_DUPLICATE');
    const empty = new tl.InputSingleMedia({ media: one, randomId: 0n, message: '' });
    expect(await refusal(send([empty, single(one)]))).toBe('400 RANDOM_ID_EMPTY');
  });

  it('take nothing but files to be uploaded before', async () => {
    const media = new tl.InputMediaGeoPoint({
      geoPoint: new tl.InputGeoPoint({ lat: 1, long: 2 }),
    });
    expect(
      await refusal(anns.call(new messages.UploadMediaRequest({ peer: anns.peer(bob), media }))),
    ).toBe('400 MEDIA_INVALID');
  });
});
