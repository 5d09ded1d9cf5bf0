import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { base, type messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { sendFile } from '../../../../packages/runtime/src/client/send-file.js';
import { sendMedia } from '../../../../packages/runtime/src/client/send-media.js';
import { document, FakeServer, photo, rpcError, shown } from '../files/media/fake.js';
import { bytes, jpeg, mp4, opus } from '../files/media/samples.js';

const SEND = 'messages.sendMedia';

let server: FakeServer;
beforeEach(() => {
  server = new FakeServer();
});

const requests = (): messages.SendMediaRequest[] => server.of(SEND);

const keyboard = { inline_keyboard: [[{ text: 'a', url: 'https://a.example' }]] };

describe('a file is sent', () => {
  it('with a caption, a keyboard and all that belongs to a message', async () => {
    const sent = await sendMedia(
      server.context,
      'me',
      { type: 'photo', file: jpeg(9, 8) },
      {
        caption: 'a <b>b</b>',
        parseMode: 'html',
        replyTo: 33,
        replyMarkup: keyboard,
        silent: true,
        noforwards: true,
        scheduleDate: new Date(1_800_000_000_999),
      },
    );
    const [request] = requests() as [messages.SendMediaRequest];
    expect(shown(request)).toMatchObject({
      silent: true,
      noforwards: true,
      peer: { _: 'inputPeerUser', userId: '7' },
      replyTo: { _: 'inputReplyToMessage', replyToMsgId: 33 },
      media: { _: 'inputMediaUploadedPhoto' },
      message: 'a b',
      entities: [{ _: 'messageEntityBold', offset: 2, length: 1 }],
      replyMarkup: { _: 'replyInlineMarkup' },
      scheduleDate: 1_800_000_000,
    });
    const { updates } = sent.updates as base.Updates;
    expect(updates[0]).toMatchObject({ id: sent.id, randomId: request.randomId });
    expect(sent).toMatchObject({ id: 1001, date: 1234, media: { _: 'messageMediaPhoto' } });
  });

  it('with nothing but itself', async () => {
    await sendMedia(server.context, 'me', jpeg(9, 8));
    const json = shown(requests()[0] as messages.SendMediaRequest) as Record<string, unknown>;
    expect(Object.keys(json).sort()).toEqual(['_', 'media', 'message', 'peer', 'randomId']);
    expect(json['message']).toBe('');
  });

  it('with a caption that is in parts already, and the link buttons it asks for', async () => {
    await sendMedia(server.context, 'me', jpeg(9, 8), {
      caption: { text: 'abc', entities: [{ type: 'italic', offset: 0, length: 1 }] },
    });
    await sendMedia(server.context, 'me', jpeg(9, 8), {
      caption: '[b](buttonurl:https://a.example)abc',
      parseMode: 'markdown',
    });
    expect(requests().map(({ entities }) => entities?.[0]?._)).toEqual([
      'messageEntityItalic',
      undefined,
    ]);
    expect(requests().map(({ replyMarkup }) => replyMarkup?._)).toEqual([
      undefined,
      'replyInlineMarkup',
    ]);
  });

  it('as an object of type InputMedia that it is given', async () => {
    const dice = new base.InputMediaDice({ emoticon: '🎲' });
    await sendMedia(server.context, 'me', dice);
    expect(requests()[0]?.media).toBe(dice);
  });

  it('of which the server says little', async () => {
    const { context } = server;
    const short = new base.UpdateShortSentMessage({ id: 5, pts: 1, ptsCount: 1, date: 6 });
    const invoke = () => Promise.resolve(short as never);
    const dice = new base.InputMediaDice({ emoticon: '🎲' });
    const sent = await sendMedia({ ...context, invoke }, 'me', dice);
    expect(sent).toEqual({ id: 5, date: 6, updates: short, media: null });
  });
});

describe('sendFile', () => {
  it('finds out what a file is', async () => {
    const { context } = server;
    await sendFile(context, 'me', jpeg(9, 8));
    await sendFile(context, 'me', opus(2), { waveform: [3], name: 'v.ogg' });
    await sendFile(context, 'me', bytes('words'), { name: 'w.txt' });
    expect(requests().map(({ media }) => media._)).toEqual([
      'inputMediaUploadedPhoto',
      'inputMediaUploadedDocument',
      'inputMediaUploadedDocument',
    ]);
    const [, voice, text] = requests().map(({ media }) => shown(media));
    expect(voice).toMatchObject({
      attributes: [{ fileName: 'v.ogg' }, { voice: true, duration: 2 }],
    });
    expect(text).toMatchObject({ mimeType: 'text/plain', forceFile: true });
  });

  it('is told it, and everything else about the file', async () => {
    await sendFile(server.context, 'me', mp4(), {
      as: 'video-note',
      length: 99,
      duration: 4,
      name: 'n.mp4',
      mimeType: 'video/x',
      thumb: jpeg(3, 3),
      ttlSeconds: 6,
      caption: 'c',
    });
    const [request] = requests() as [messages.SendMediaRequest];
    expect(request.message).toBe('c');
    expect(shown(request.media)).toMatchObject({
      mimeType: 'video/x',
      ttlSeconds: 6,
      thumb: { name: 'thumb.jpg' },
      attributes: [{ fileName: 'n.mp4' }, { roundMessage: true, duration: 4, w: 99, h: 99 }],
    });
  });

  it('sends again what is at the server, by a message', async () => {
    const media = new base.MessageMediaPhoto({ photo: photo(6n) });
    const peerId = new base.PeerUser({ userId: 7n });
    const message = new base.Message({ id: 8, peerId, date: 1, message: '', media });
    await sendFile(server.context, 'me', message, { spoiler: true });
    expect(shown(requests()[0]?.media as base.InputMediaPhoto)).toMatchObject({
      _: 'inputMediaPhoto',
      spoiler: true,
      id: { id: '6' },
    });
    expect(server.order).toEqual([]);
  });

  it('knows the size of a stream that it is told', async () => {
    const totals: unknown[] = [];
    const stream = new Blob(['abcdef']).stream();
    const onProgress = ({ total }: { total: number | undefined }) => totals.push(total);
    await sendFile(server.context, 'me', stream, { size: 6, onProgress });
    expect(totals).toEqual([6]);
    const wrong = sendFile(server.context, 'me', new Blob(['abc']).stream(), { size: 6 });
    await expect(wrong).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
  });
});

describe('nothing is uploaded', () => {
  it('when the peer is not known', async () => {
    server = new FakeServer({}, { inputPeer: () => Promise.reject(new Error('who?')) });
    await expect(sendFile(server.context, '@nobody', jpeg(1, 1))).rejects.toThrow('who?');
    expect(server.order).toEqual([]);
  });

  it('when the caption mentions somebody who is not known', async () => {
    server = new FakeServer({}, { inputUser: () => Promise.reject(new Error('whom?')) });
    const caption = '<a href="tg://user?id=5">x</a>';
    const failed = sendFile(server.context, 'me', jpeg(1, 1), { caption, parseMode: 'html' });
    await expect(failed).rejects.toThrow('whom?');
    expect(server.order).toEqual([]);
  });

  it('when markup or keyboard are wrong', async () => {
    const { context } = server;
    const markup = sendFile(context, 'me', jpeg(1, 1), { caption: '*a', parseMode: 'markdownv2' });
    await expect(markup).rejects.toMatchObject({ name: 'TextError' });
    const replyMarkup = { inline_keyboard: [[{ text: 'a' }]] };
    const keys = sendFile(context, 'me', jpeg(1, 1), { replyMarkup });
    await expect(keys).rejects.toMatchObject({ name: 'KeyboardError' });
    expect(server.order).toEqual([]);
  });

  it('when the signal was aborted', async () => {
    const failed = sendFile(server.context, 'me', jpeg(1, 1), { signal: AbortSignal.abort() });
    await expect(failed).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.order).toEqual([]);
  });
});

describe('one timeout counts for upload and message', () => {
  it('and what it ends is not sent', async () => {
    server.onPart = () => server.clock.ring();
    const failed = sendFile(server.context, 'me', jpeg(1, 1), { timeout: 1000 });
    await expect(failed).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(requests()).toEqual([]);
    expect(server.clock.waiting).toBe(0);
  });

  it('a signal ends it too', async () => {
    const ending = new AbortController();
    server.onPart = () => ending.abort();
    const failed = sendFile(server.context, 'me', jpeg(1, 1), { signal: ending.signal });
    await expect(failed).rejects.toMatchObject({ name: 'AbortError' });
    expect(requests()).toEqual([]);
  });
});

describe('streams that were handed in', () => {
  const unknown = new Error('there is no such peer');

  it.each(['file', 'thumb', 'cover'])(
    'as %s are ended when the peer is not found',
    async (field) => {
      server = new FakeServer({}, { inputPeer: () => Promise.reject(unknown) });
      const stream = new Readable({ read() {} });
      const media = { type: 'video', file: mp4(), [field]: stream } as const;
      await expect(sendMedia(server.context, 'nobody', media)).rejects.toBe(unknown);
      expect(stream.destroyed).toBe(true);
      const other = new Readable({ read() {} });
      const { file, ...options } = { file: mp4(), [field]: other } as { file: Uint8Array };
      await expect(sendFile(server.context, 'nobody', file, options)).rejects.toBe(unknown);
      expect(other.destroyed).toBe(true);
    },
  );

  it('may fail while the peer is looked up', async () => {
    let found = (): void => undefined;
    const peer = new Promise<void>((resolve) => (found = resolve));
    const inputPeer = (): Promise<base.InputPeerSelf> => peer.then(() => new base.InputPeerSelf());
    server = new FakeServer({}, { inputPeer });
    const missing = createReadStream('/missing/file');
    const outcome = expect(sendFile(server.context, '@bobby', missing)).rejects.toMatchObject({
      code: 'ENOENT',
    });
    // It would end the process here.
    await new Promise<void>((resolve) => void missing.once('close', resolve));
    await turn();
    found();
    await outcome;
    expect(requests()).toEqual([]);
  });

  it('are ended though the file goes without them', async () => {
    const thumb = new Readable({ read() {} });
    await sendMedia(server.context, 'me', { type: 'photo', file: jpeg(9, 8), thumb } as never);
    expect(requests()).toHaveLength(1);
    expect(thumb.destroyed).toBe(true);
  });
});

describe('a part that the server has lost', () => {
  const lost = rpcError(SEND, 'FILE_PART_0_MISSING');
  const ids = (): bigint[] => requests().map(({ randomId }) => randomId);
  const files = (): unknown[] =>
    requests().map(({ media }) => server.content((media as base.InputMediaUploadedPhoto).file));

  it('is uploaded once more, and the message sent with the same random id', async () => {
    server.refusals[SEND] = [lost];
    const percents: unknown[] = [];
    await sendFile(server.context, 'me', jpeg(9, 8), {
      onProgress: ({ percent }) => percents.push(percent),
    });
    expect(server.order).toHaveLength(2);
    expect(new Set(server.order).size).toBe(2);
    expect(files()).toEqual([jpeg(9, 8), jpeg(9, 8)]);
    expect(new Set(ids()).size).toBe(1);
    expect(percents).toEqual([100]);
  });

  it('of a thumbnail is too', async () => {
    server.refusals[SEND] = [lost];
    await sendFile(server.context, 'me', mp4(), { thumb: jpeg(2, 2) });
    expect(server.order).toHaveLength(4);
  });

  it('of a Blob and a URL is too', async () => {
    let fetched = 0;
    server = new FakeServer({
      fetchFile: () => {
        fetched++;
        const response = new Response(Buffer.from(jpeg(9, 8)));
        return Promise.resolve(response as never);
      },
    });
    server.refusals[SEND] = [lost, undefined, lost];
    await sendFile(server.context, 'me', 'https://files.example/a.jpg');
    await sendFile(server.context, 'me', new Blob([Buffer.from(jpeg(9, 8))]));
    expect(fetched).toBe(2);
    expect(files()).toEqual([jpeg(9, 8), jpeg(9, 8), jpeg(9, 8), jpeg(9, 8)]);
  });

  it('twice is the error', async () => {
    server.refusals[SEND] = [lost, lost];
    await expect(sendFile(server.context, 'me', jpeg(9, 8))).rejects.toBe(lost);
    expect(server.order).toHaveLength(2);
  });

  it('of a stream is the error: it cannot be read again', async () => {
    server.refusals[SEND] = [lost];
    const stream = new Blob(['x']).stream();
    await expect(sendFile(server.context, 'me', stream)).rejects.toBe(lost);
    expect(server.order).toHaveLength(1);
  });
});

describe('a reference that has expired', () => {
  const ids = (): bigint[] => requests().map(({ randomId }) => randomId);

  it.each([
    'FILE_REFERENCE_EXPIRED',
    'FILE_REFERENCE_INVALID',
    'FILE_REFERENCE_EMPTY',
    'FILEREF_UPGRADE_NEEDED',
  ])('%s: is asked for again, once', async (name) => {
    server.refusals[SEND] = [rpcError(SEND, name)];
    await sendFile(server.context, 'me', document(4n));
    const references = requests().map(
      ({ media }) => ((media as base.InputMediaDocument).id as base.InputDocument).fileReference[0],
    );
    expect(references).toEqual([1, 99]);
    expect(new Set(ids()).size).toBe(1);
    expect(server.refreshed).toHaveLength(1);
  });

  it('again is the error', async () => {
    const expired = rpcError(SEND, 'FILE_REFERENCE_EXPIRED');
    server.refusals[SEND] = [expired, expired];
    await expect(sendFile(server.context, 'me', photo(4n))).rejects.toBe(expired);
    expect(requests()).toHaveLength(2);
  });

  it('of the cover is asked for again, and the film is not uploaded twice', async () => {
    server.refusals[SEND] = [rpcError(SEND, 'FILE_REFERENCE_EXPIRED')];
    await sendFile(server.context, 'me', mp4(), { cover: photo(4n) });
    const covers = requests().map(
      ({ media }) => (media as base.InputMediaUploadedDocument).videoCover as base.InputPhoto,
    );
    expect(covers.map(({ fileReference }) => fileReference[0])).toEqual([1, 99]);
    expect(server.order).toHaveLength(1);
  });

  it('inside of an InputMedia is asked for again', async () => {
    server.refusals[SEND] = [rpcError(SEND, 'FILE_REFERENCE_EXPIRED')];
    const id = new base.InputPhoto({ id: 1n, accessHash: 2n, fileReference: Uint8Array.of(3) });
    const media = new base.InputMediaPhoto({ id, spoiler: true });
    await sendMedia(server.context, 'me', media);
    const second = requests()[1]?.media as base.InputMediaPhoto;
    expect(second).toBeInstanceOf(base.InputMediaPhoto);
    expect(second.spoiler).toBe(true);
    expect((second.id as base.InputPhoto).fileReference[0]).toBe(99);
  });
});

it('other errors are told at once', async () => {
  const failed = rpcError(SEND, 'MEDIA_CAPTION_TOO_LONG');
  server.refusals[SEND] = [failed];
  await expect(sendFile(server.context, 'me', jpeg(9, 8))).rejects.toBe(failed);
  expect(requests()).toHaveLength(1);
  const twice = rpcError(SEND, 'RANDOM_ID_DUPLICATE');
  server.refusals[SEND] = [twice];
  await expect(sendFile(server.context, 'me', document(1n))).rejects.toBe(twice);
});
