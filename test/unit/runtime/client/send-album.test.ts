import { Readable } from 'node:stream';
import { base, type messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { sendAlbum, type AlbumItem } from '../../../../packages/runtime/src/client/send-album.js';
import type {
  SendMediaContext,
  SentFile,
} from '../../../../packages/runtime/src/client/send-options.js';
import { document, FakeServer, photo, rpcError, shown } from '../files/media/fake.js';
import { bytes, gif, jpeg, mp4, opus } from '../files/media/samples.js';

const SEND = 'messages.sendMultiMedia';
const PLACE = 'messages.uploadMedia';

let server: FakeServer;
beforeEach(() => {
  server = new FakeServer();
});

const requests = (): messages.SendMultiMediaRequest[] => server.of(SEND);
const text = (name: string): AlbumItem => ({ type: 'document', file: bytes(name), name });

describe('streams of an album', () => {
  it('are ended, all of them, when it is not sent', async () => {
    const streams = Array.from({ length: 4 }, () => new Readable({ read() {} }));
    const [first, second, third, cover] = streams as [Readable, Readable, Readable, Readable];
    const items: AlbumItem[] = [
      first,
      { type: 'video', file: second },
      { media: { type: 'video', file: third, cover }, caption: '<b>open' },
    ];
    const sent = sendAlbum(server.context, 'me', items, { parseMode: 'html' });
    await expect(sent).rejects.toMatchObject({ name: 'TextError' });
    expect(streams.map(({ destroyed }) => destroyed)).toEqual([true, true, true, true]);
    expect(server.names).toEqual([]);
  });
});

it.each([undefined, null, 5, {}])('an album is an array, not %j', async (items) => {
  await expect(sendAlbum(server.context, 'me', items as never)).rejects.toMatchObject({
    name: 'AlbumError',
    code: 'ALBUM_SIZE',
  });
});

describe('an album', () => {
  it('is uploaded, placed at the server, and sent in order', async () => {
    const items: AlbumItem[] = [
      { type: 'photo', file: jpeg(9, 8), spoiler: true, ttlSeconds: 4 },
      { media: { type: 'video', file: mp4(), startsAt: 2, cover: photo(50n) }, caption: 'own' },
      photo(60n),
    ];
    const sent = await sendAlbum(server.context, 'me', items, {
      caption: '<b>first</b>',
      parseMode: 'html',
      silent: true,
      noforwards: true,
      replyTo: 3,
      scheduleDate: new Date(5_000_000),
    });
    expect(server.names).toEqual([PLACE, PLACE, SEND]);
    const placed = server.of<messages.UploadMediaRequest>(PLACE);
    expect(placed.map(({ media }) => media._).sort()).toEqual([
      'inputMediaUploadedDocument',
      'inputMediaUploadedPhoto',
    ]);
    expect(placed.every(({ peer }) => peer._ === 'inputPeerUser')).toBe(true);
    const [request] = requests() as [messages.SendMultiMediaRequest];
    expect(shown(request)).toMatchObject({
      silent: true,
      noforwards: true,
      replyTo: { replyToMsgId: 3 },
      scheduleDate: 5000,
      multiMedia: [
        {
          media: { _: 'inputMediaPhoto', spoiler: true, ttlSeconds: 4 },
          message: 'first',
          entities: [{ _: 'messageEntityBold' }],
        },
        {
          media: { _: 'inputMediaDocument', videoTimestamp: 2, videoCover: { id: '50' } },
          message: 'own',
        },
        { media: { _: 'inputMediaPhoto', id: { id: '60' } }, message: '' },
      ],
    });
    const { multiMedia } = request;
    expect(new Set(multiMedia.map(({ randomId }) => randomId)).size).toBe(3);
    const [{ updates: answer }] = sent as [SentFile];
    const { updates } = answer as base.Updates;
    const ids = multiMedia.map(
      ({ randomId }) =>
        updates.find(
          (one): one is base.UpdateMessageID =>
            one._ === 'updateMessageID' && one.randomId === randomId,
        )?.id,
    );
    expect(sent.map(({ id }) => id)).toEqual(ids);
    expect(sent.every(({ date, media }) => date === 1234 && media !== null)).toBe(true);
  });

  it('has captions among the fields of its media', async () => {
    const item = (caption: string) =>
      ({ type: 'document', file: bytes(caption), caption }) as const;
    const plain: AlbumItem = { media: bytes('x'), caption: '*c*', parseMode: 'markdown' };
    await sendAlbum(server.context, 'me', [item('a'), item('*b*'), plain], { caption: 'not used' });
    const [request] = requests() as [messages.SendMultiMediaRequest];
    expect(request.multiMedia.map(({ message }) => message)).toEqual(['a', '*b*', 'c']);
    expect(request.multiMedia.map(({ entities }) => entities?.length)).toEqual([
      undefined,
      undefined,
      1,
    ]);
  });

  it('of ten is uploaded two at a time', async () => {
    const items = Array.from({ length: 10 }, (_, i) => text(`file ${i}`));
    let most = 0;
    let now = 0;
    server.onPart = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
    };
    const sent = await sendAlbum(server.context, 'me', items);
    expect(sent).toHaveLength(10);
    expect(most).toBe(2);
    expect(server.order).toHaveLength(10);
  });

  it('tells the progress of all of it', async () => {
    const told: [number, number | undefined, number | undefined][] = [];
    const items = [bytes('aaaa'), bytes('bb'), document(4n), bytes('cc')];
    await sendAlbum(server.context, 'me', items, {
      onProgress: ({ done, total, percent }) => told.push([done, total, percent]),
    });
    expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).sort((a, b) => a - b));
    expect(told.every(([, total]) => total === 8)).toBe(true);
    expect(told.map(([, , percent]) => percent).filter((one) => one === 100)).toHaveLength(1);
    expect(told.at(-1)).toEqual([8, 8, 100]);
  });

  it('of external files is placed too', async () => {
    const file = (name: string) =>
      ({ type: 'photo', file: `https://x.example/${name}`, external: true }) as const;
    await sendAlbum(server.context, 'me', [file('a'), file('b')]);
    expect(server.names).toEqual([PLACE, PLACE, SEND]);
    expect(server.order).toEqual([]);
  });
});

describe('what does not go together is told before anything is uploaded', () => {
  const video: AlbumItem = { type: 'video', file: mp4() };
  const picture = jpeg(9, 8);

  it.each<[string, string, AlbumItem[]]>([
    ['none', 'ALBUM_SIZE', []],
    ['one', 'ALBUM_SIZE', [picture]],
    ['eleven', 'ALBUM_SIZE', Array.from({ length: 11 }, () => picture)],
    ['a photo and a document', 'ALBUM_MIX', [picture, text('a')]],
    ['music and a video', 'ALBUM_MIX', [{ type: 'audio', file: bytes('a') }, video]],
    ['a photo at the server and a document', 'ALBUM_MIX', [photo(1n), text('a')]],
    ['an animation', 'ALBUM_MIX', [picture, gif(2, 2)]],
    ['a voice message', 'ALBUM_MIX', [opus(1), opus(1)]],
    ['a dice', 'ALBUM_MIX', [picture, new base.InputMediaDice({ emoticon: '🎲' })]],
    [
      'link buttons',
      'ALBUM_BUTTONS',
      [
        { media: picture, caption: '[b](buttonurl:https://a.example)x', parseMode: 'markdown' },
        picture,
      ],
    ],
    ['an empty file', 'EMPTY', [picture, new Uint8Array(0)]],
  ])('%s', async (_, code, items) => {
    await expect(sendAlbum(server.context, 'me', items)).rejects.toMatchObject({ code });
    expect(server.order).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  it('an unknown peer', async () => {
    server = new FakeServer({}, { inputPeer: () => Promise.reject(new Error('who?')) });
    await expect(sendAlbum(server.context, 'x', [picture, picture])).rejects.toThrow('who?');
    expect(server.order).toEqual([]);
  });

  it('of streams it is told when they are uploaded', async () => {
    const stream = new Blob([Buffer.from(mp4())]).stream();
    const failed = sendAlbum(server.context, 'me', [text('a'), stream]);
    await expect(failed).rejects.toMatchObject({ code: 'ALBUM_MIX' });
    expect(requests()).toEqual([]);
  });

  it('videos and photos do go together, and so do videos of which a stream is one', async () => {
    await sendAlbum(server.context, 'me', [
      picture,
      mp4(),
      new Blob([Buffer.from(mp4())]).stream(),
    ]);
    expect(requests()).toHaveLength(1);
  });
});

describe('what the server refuses', () => {
  it('lost parts are uploaded once more', async () => {
    server.refusals[PLACE] = [rpcError(PLACE, 'FILE_PART_0_MISSING')];
    await sendAlbum(server.context, 'me', [bytes('aa'), bytes('bb')]);
    expect(server.order).toHaveLength(3);
    expect(server.names).toEqual([PLACE, PLACE, PLACE, SEND]);
  });

  const references = (): (number | undefined)[][] =>
    requests().map(({ multiMedia }) =>
      multiMedia.map(
        ({ media }) =>
          ((media as base.InputMediaDocument).id as base.InputDocument).fileReference[0],
      ),
    );

  it('an expired reference is asked for again: that which is named', async () => {
    server.refusals[SEND] = [rpcError(SEND, 'FILE_REFERENCE_1_EXPIRED')];
    await sendAlbum(server.context, 'me', [document(1n), document(2n), bytes('a')]);
    expect(references()).toEqual([
      [1, 1, 1],
      [1, 99, 1],
    ]);
    const [first, second] = requests().map(({ multiMedia }) =>
      multiMedia.map((one) => one.randomId),
    );
    expect(second).toEqual(first);
    expect(server.order).toHaveLength(1);
  });

  it('one after the other', async () => {
    server.refusals[SEND] = [
      rpcError(SEND, 'FILE_REFERENCE_0_EXPIRED'),
      rpcError(SEND, 'FILE_REFERENCE_1_EXPIRED'),
    ];
    await sendAlbum(server.context, 'me', [document(1n), document(2n)]);
    expect(references().at(-1)).toEqual([99, 99]);
  });

  it('or all, when none is named', async () => {
    server.refusals[SEND] = [rpcError(SEND, 'FILE_REFERENCE_EXPIRED')];
    await sendAlbum(server.context, 'me', [document(1n), bytes('a'), document(2n)]);
    expect(references()).toEqual([
      [1, 1, 1],
      [99, 1, 99],
    ]);
  });

  it('but each once', async () => {
    const expired = rpcError(SEND, 'FILE_REFERENCE_0_EXPIRED');
    server.refusals[SEND] = [expired, expired];
    await expect(sendAlbum(server.context, 'me', [document(1n), document(2n)])).rejects.toBe(
      expired,
    );
    expect(requests()).toHaveLength(2);
    const own = rpcError(SEND, 'FILE_REFERENCE_0_EXPIRED');
    server.refusals[SEND] = [own];
    await expect(sendAlbum(server.context, 'me', [bytes('a'), bytes('b')])).rejects.toBe(own);
  });

  it('one file that fails ends the uploads of the others', async () => {
    const failure = rpcError(PLACE, 'PHOTO_INVALID_DIMENSIONS');
    server.refusals[PLACE] = [failure];
    const items = Array.from({ length: 8 }, (_, i) => text(`file ${i}`));
    await expect(sendAlbum(server.context, 'me', items)).rejects.toBe(failure);
    expect(server.order.length).toBeLessThan(5);
    expect(requests()).toEqual([]);
  });

  it('what is neither photo nor document then', async () => {
    const invoke: SendMediaContext['invoke'] = (request) =>
      request._ === PLACE
        ? Promise.resolve(new base.MessageMediaEmpty() as never)
        : server.context.invoke(request);
    const empty = { ...server.context, invoke };
    const failed = sendAlbum(empty, 'me', [text('a'), text('b')]);
    await expect(failed).rejects.toMatchObject({ code: 'NO_FILE' });
  });
});

it('a timeout ends all of it', async () => {
  server.onPart = () => server.clock.ring();
  const failed = sendAlbum(server.context, 'me', [text('a'), text('b')], { timeout: 9 });
  await expect(failed).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(server.requests).toEqual([]);
});
