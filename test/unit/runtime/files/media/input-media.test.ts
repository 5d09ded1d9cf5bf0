import { base } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  inputMediaOf,
  packWaveform,
  type SendableMedia,
} from '../../../../../packages/runtime/src/files/media/index.js';
import { fileIdOf } from '../../../../../packages/runtime/src/files/file-id/index.js';
import { UploadedFile } from '../../../../../packages/runtime/src/files/upload/index.js';
import { document, FakeServer, photo, shown } from './fake.js';
import { bytes, gif, jpeg, mp4, opus, png, vorbis, webp } from './samples.js';

let server: FakeServer;
beforeEach(() => {
  server = new FakeServer();
});

/** The media of it as JSON, with the content of uploads instead of their ids. */
async function made(media: SendableMedia): Promise<Record<string, unknown>> {
  const input = await inputMediaOf(server.context, media);
  const { file, thumb } = input as Partial<base.InputMediaUploadedDocument>;
  const json = shown(input) as Record<string, unknown>;
  if (file) json['file'] = server.content(file);
  if (thumb) json['thumb'] = server.content(thumb);
  return json;
}

const attribute = (name: string, fields: object = {}) => ({
  _: `documentAttribute${name}`,
  ...fields,
});
const named = (fileName: string) => attribute('Filename', { fileName });
const DOCUMENT = { _: 'inputMediaUploadedDocument' };

const thumb = jpeg(90, 90);

describe('a file becomes', () => {
  it('a photo', async () => {
    const file = jpeg(640, 480);
    expect(await made({ type: 'photo', file, spoiler: true, ttlSeconds: 10 })).toEqual({
      _: 'inputMediaUploadedPhoto',
      file,
      spoiler: true,
      ttlSeconds: 10,
    });
  });

  it('a document, which stays what it is', async () => {
    const file = jpeg(640, 480);
    expect(await made({ type: 'document', file, name: 'a.jpg', thumb })).toEqual({
      ...DOCUMENT,
      file,
      thumb,
      forceFile: true,
      mimeType: 'image/jpeg',
      attributes: [named('a.jpg'), attribute('ImageSize', { w: 640, h: 480 })],
    });
    const free = await made({
      type: 'document',
      file: bytes('text'),
      mimeType: 'text/x',
      forceFile: false,
    });
    expect(free).toEqual({
      ...DOCUMENT,
      file: bytes('text'),
      mimeType: 'text/x',
      attributes: [named('file')],
    });
  });

  it('a video, of which the file tells size and duration', async () => {
    const file = mp4({ turned: true });
    expect(
      await made({ type: 'video', file, name: 'v.mp4', thumb, muted: true, startsAt: 1.9 }),
    ).toEqual({
      ...DOCUMENT,
      file,
      thumb,
      nosoundVideo: true,
      mimeType: 'video/mp4',
      videoTimestamp: 1,
      attributes: [
        named('v.mp4'),
        attribute('Video', {
          supportsStreaming: true,
          nosound: true,
          duration: 2.5,
          w: 360,
          h: 640,
        }),
      ],
    });
  });

  it('a video, of which the sender tells it', async () => {
    const media = { type: 'video', file: mp4(), width: 10, height: 20, duration: 0.5 } as const;
    const told = { ...media, supportsStreaming: false, spoiler: true, ttlSeconds: 3, name: 'v' };
    expect(await made(told)).toEqual({
      ...DOCUMENT,
      file: mp4(),
      spoiler: true,
      ttlSeconds: 3,
      mimeType: 'video/mp4',
      attributes: [named('v'), attribute('Video', { duration: 0.5, w: 10, h: 20 })],
    });
  });

  it('an animation: a GIF, or an MP4', async () => {
    expect(await made({ type: 'animation', file: gif(30, 40), name: 'a.gif' })).toEqual({
      ...DOCUMENT,
      file: gif(30, 40),
      mimeType: 'image/gif',
      attributes: [named('a.gif'), attribute('Animated'), attribute('ImageSize', { w: 30, h: 40 })],
    });
    expect(await made({ type: 'animation', file: mp4(), name: 'a.mp4', spoiler: true })).toEqual({
      ...DOCUMENT,
      file: mp4(),
      spoiler: true,
      mimeType: 'video/mp4',
      attributes: [
        named('a.mp4'),
        attribute('Animated'),
        attribute('Video', {
          supportsStreaming: true,
          nosound: true,
          duration: 2.5,
          w: 640,
          h: 360,
        }),
      ],
    });
  });

  it('music', async () => {
    const file = bytes('ID3', [3, 0, 0, 0, 0, 0, 0]);
    const media = { type: 'audio', file, name: 'a.mp3', thumb } as const;
    expect(await made({ ...media, duration: 61.6, title: 'T', performer: 'P' })).toEqual({
      ...DOCUMENT,
      file,
      thumb,
      mimeType: 'audio/mpeg',
      attributes: [
        named('a.mp3'),
        attribute('Audio', { duration: 62, title: 'T', performer: 'P' }),
      ],
    });
  });

  it('a voice message, whose duration is in it', async () => {
    const file = opus(7.2);
    const waveform = [1, 2, 31];
    const packed = Buffer.from(packWaveform(waveform)).toString('base64');
    const expected = {
      ...DOCUMENT,
      file,
      ttlSeconds: 5,
      mimeType: 'audio/ogg',
      attributes: [
        named('a.ogg'),
        attribute('Audio', { voice: true, duration: 7, waveform: packed }),
      ],
    };
    const media = { type: 'voice', file, name: 'a.ogg', ttlSeconds: 5 } as const;
    expect(await made({ ...media, waveform })).toEqual(expected);
    expect(await made({ ...media, waveform: packWaveform(waveform) })).toEqual(expected);
  });

  it('a voice message of which nothing tells what it is', async () => {
    const file = bytes('neither name nor content');
    const typeOf = async (more: object): Promise<unknown> =>
      ((await made({ type: 'voice', file, ...more })) as { mimeType?: unknown }).mimeType;
    expect(await typeOf({})).toBe('audio/ogg');
    expect(await typeOf({ name: 'a.mp3' })).toBe('audio/mpeg');
    expect(await typeOf({ mimeType: 'application/octet-stream' })).toBe('application/octet-stream');
  });

  it('a round video message', async () => {
    const media = { type: 'video-note', file: mp4(), name: 'n.mp4', thumb } as const;
    expect(await made({ ...media, length: 240 })).toEqual({
      ...DOCUMENT,
      file: mp4(),
      thumb,
      mimeType: 'video/mp4',
      attributes: [
        named('n.mp4'),
        attribute('Video', { roundMessage: true, duration: 2.5, w: 240, h: 240 }),
      ],
    });
  });

  it('a sticker', async () => {
    const file = webp.lossless(512, 500);
    const set = new base.InputStickerSetShortName({ shortName: 'cats' });
    const media = { type: 'sticker', file, name: 's.webp' } as const;
    expect(await made({ ...media, emoji: '🐈', stickerSet: set, mask: true })).toEqual({
      ...DOCUMENT,
      file,
      mimeType: 'image/webp',
      attributes: [
        named('s.webp'),
        attribute('Sticker', { mask: true, alt: '🐈', stickerset: shown(set) }),
        attribute('ImageSize', { w: 512, h: 500 }),
      ],
    });
    const { attributes } = (await made(media)) as { attributes: object[] };
    expect(attributes[1]).toEqual(
      attribute('Sticker', { alt: '', stickerset: { _: 'inputStickerSetEmpty' } }),
    );
  });
});

describe('a file of which nobody says what it is', () => {
  const kindOfMade = async (file: SendableMedia): Promise<unknown> => {
    const {
      _,
      forceFile,
      attributes = [],
    } = (await made(file)) as {
      _: string;
      forceFile?: boolean;
      attributes?: { _: string; voice?: boolean }[];
    };
    const names = attributes.slice(1).map(({ _: name, voice }) => (voice ? 'voice' : name));
    return [_, ...(forceFile ? ['file'] : []), ...names];
  };

  it.each([
    [jpeg(640, 480), ['inputMediaUploadedPhoto']],
    [png(640, 480), ['inputMediaUploadedPhoto']],
    [png(9000, 1001), ['inputMediaUploadedDocument', 'file', 'documentAttributeImageSize']],
    [png(2100, 100), ['inputMediaUploadedDocument', 'file', 'documentAttributeImageSize']],
    [
      gif(1, 1),
      ['inputMediaUploadedDocument', 'documentAttributeAnimated', 'documentAttributeImageSize'],
    ],
    [webp.lossy(9, 9), ['inputMediaUploadedDocument', 'file', 'documentAttributeImageSize']],
    [mp4(), ['inputMediaUploadedDocument', 'documentAttributeVideo']],
    [opus(1), ['inputMediaUploadedDocument', 'voice']],
    [vorbis(1, 8000), ['inputMediaUploadedDocument', 'documentAttributeAudio']],
    [bytes('plain words'), ['inputMediaUploadedDocument', 'file']],
  ])('is sent as its content says', async (file, kind) => {
    expect(await kindOfMade(file)).toEqual(kind);
    // And so is a stream, that tells it when it has been uploaded.
    expect(await kindOfMade(new Blob([Uint8Array.from(file)]).stream())).toEqual(kind);
  });

  it('but from the first bytes of a stream, only what is in them', async () => {
    const file = mp4({}, { first: 10_000 });
    const told = { duration: 0, w: 0, h: 0, supportsStreaming: true };
    const { attributes } = (await made(new Blob([Uint8Array.from(file)]).stream())) as {
      attributes: object[];
    };
    expect(attributes[1]).toEqual(attribute('Video', told));
  });

  it('is not called nothing', async () => {
    expect(
      await made({ type: 'document', file: bytes('x'), name: '', mimeType: '' }),
    ).toMatchObject({ mimeType: 'application/octet-stream', attributes: [named('file')] });
  });

  it('has the name and type of a File', async () => {
    const file = new File(['x'], 'story.txt', { type: 'text/plain' });
    expect(await made(file)).toMatchObject({
      mimeType: 'text/plain',
      attributes: [named('story.txt')],
    });
  });
});

describe('what was uploaded before is not uploaded again', () => {
  const inputFile = new base.InputFile({ id: 5n, parts: 1, name: 'x.mp4', md5Checksum: '' });

  it('a file of uploadFile tells what it is', async () => {
    const file = new UploadedFile(inputFile, 'y.mp4', 'video/mp4', 1, mp4().slice(0, 4096));
    const media = await inputMediaOf(server.context, file);
    expect(shown(media)).toEqual({
      ...DOCUMENT,
      file: shown(inputFile),
      mimeType: 'video/mp4',
      attributes: [
        named('y.mp4'),
        attribute('Video', { supportsStreaming: true, duration: 2.5, w: 640, h: 360 }),
      ],
    });
    expect(server.order).toEqual([]);
  });

  it('an object of type InputFile has its name only', async () => {
    const media = await inputMediaOf(server.context, { type: 'video', file: inputFile });
    expect(shown(media)).toMatchObject({ file: shown(inputFile), mimeType: 'video/mp4' });
    const plain = { inputFile: { _: 'inputFile', id: 5n, parts: 1, name: '', md5Checksum: '' } };
    const same = await inputMediaOf(server.context, plain as never);
    expect((same as base.InputMediaUploadedDocument).file).toBeInstanceOf(base.InputFile);
  });
});

describe('what is at the server is sent by reference', () => {
  const id = (object: base.Photo | base.Document) => ({
    _: object._ === 'photo' ? 'inputPhoto' : 'inputDocument',
    id: String(object.id),
    accessHash: String(object.accessHash),
    fileReference: 'AQ==',
  });

  it('a photo, a document, media, a message', async () => {
    const picture = photo(3n);
    const film = document(4n);
    const message = new base.Message({
      id: 8,
      peerId: new base.PeerUser({ userId: 7n }),
      date: 1,
      message: '',
      media: new base.MessageMediaDocument({ document: film }),
    });
    expect(await made(picture)).toEqual({ _: 'inputMediaPhoto', id: id(picture) });
    expect(await made(new base.MessageMediaPhoto({ photo: picture }))).toEqual({
      _: 'inputMediaPhoto',
      id: id(picture),
    });
    expect(await made({ type: 'document', file: message })).toEqual({
      _: 'inputMediaDocument',
      id: id(film),
    });
    const told = { type: 'video', file: film, spoiler: true, ttlSeconds: 9, startsAt: 3 } as const;
    expect(await made({ ...told, cover: picture })).toEqual({
      _: 'inputMediaDocument',
      id: id(film),
      spoiler: true,
      ttlSeconds: 9,
      videoCover: id(picture),
      videoTimestamp: 3,
    });
    expect(server.requests).toEqual([]);
  });

  it('an InputPhoto and an InputDocument', async () => {
    const input = new base.InputPhoto({ id: 1n, accessHash: 2n, fileReference: Uint8Array.of(1) });
    expect(await made(input)).toEqual({ _: 'inputMediaPhoto', id: shown(input) });
    const other = new base.InputDocument({
      id: 1n,
      accessHash: 2n,
      fileReference: Uint8Array.of(1),
    });
    expect(await made(other)).toEqual({ _: 'inputMediaDocument', id: shown(other) });
  });

  it('but does not become another thing', async () => {
    await expect(made({ type: 'document', file: photo(3n) })).rejects.toMatchObject({
      code: 'BAD_SOURCE',
    });
    await expect(made({ type: 'photo', file: document(3n) })).rejects.toMatchObject({
      code: 'BAD_SOURCE',
    });
    const thumbnail = fileIdOf(
      new base.Document({
        ...document(1n),
        thumbs: [new base.PhotoSize({ type: 'm', w: 90, h: 90, size: 900 })],
      }),
      { thumb: 'm' },
    );
    await expect(made(thumbnail.fileId)).rejects.toMatchObject({ code: 'NO_FILE' });
    await expect(made(new base.MessageMediaEmpty())).rejects.toMatchObject({ code: 'NO_FILE' });
  });
});

describe('a URL that the server fetches', () => {
  const url = 'https://files.example/a.mp4?x=1';

  it('becomes external media', async () => {
    expect(
      await made({ type: 'photo', file: url, external: true, spoiler: true, ttlSeconds: 2 }),
    ).toEqual({
      _: 'inputMediaPhotoExternal',
      url,
      spoiler: true,
      ttlSeconds: 2,
    });
    const picture = photo(3n);
    const media = { type: 'video', file: new URL(url), external: true, startsAt: 4 } as const;
    expect(await made({ ...media, cover: picture })).toMatchObject({
      _: 'inputMediaDocumentExternal',
      url,
      videoTimestamp: 4,
      videoCover: { id: '3' },
    });
    expect(server.requests).toEqual([]);
  });

  it('and nothing but a URL', async () => {
    for (const file of ['a.jpg', 'file:///a.jpg', bytes('x')]) {
      const failed = made({ type: 'photo', file, external: true });
      await expect(failed).rejects.toMatchObject({ code: 'BAD_SOURCE' });
    }
  });
});

describe('an object of type InputMedia', () => {
  it('is what it is', async () => {
    const dice = new base.InputMediaDice({ emoticon: '🎲' });
    expect(await inputMediaOf(server.context, dice)).toBe(dice);
    const plain = { _: 'inputMediaDice', emoticon: '🎲' };
    expect(await inputMediaOf(server.context, plain as never)).toEqual(dice);
  });
});

describe('the cover of a video', () => {
  it('becomes a photo at the server first', async () => {
    const media = await inputMediaOf(server.context, {
      type: 'video',
      file: mp4(),
      cover: jpeg(8, 9),
    });
    const [request] = server.of<never>('messages.uploadMedia') as unknown as [
      { peer: base.TypeInputPeer; media: base.InputMediaUploadedPhoto },
    ];
    expect(request.peer._).toBe('inputPeerSelf');
    expect(server.content(request.media.file)).toEqual(jpeg(8, 9));
    expect((media as base.InputMediaUploadedDocument).videoCover).toMatchObject({ id: 1001n });
  });

  it('is no document', async () => {
    const failed = made({ type: 'video', file: mp4(), cover: document(1n) });
    await expect(failed).rejects.toMatchObject({ code: 'BAD_SOURCE' });
    expect(server.order).toEqual([]);
  });
});

describe('what cannot be sent is told before anything is uploaded', () => {
  const video = { type: 'video', file: mp4() } as const;

  it.each<[string, string, SendableMedia]>([
    ['a thumbnail that is no JPEG', 'BAD_SOURCE', { ...video, thumb: png(9, 9) }],
    [
      'a thumbnail that is too large',
      'TOO_LARGE',
      { ...video, thumb: bytes(thumb, new Uint8Array(200 * 1024)) },
    ],
    ['an empty file', 'EMPTY', { ...video, file: new Uint8Array(0) }],
    ['another type', 'BAD_SOURCE', { type: 'film' as never, file: mp4() }],
    ['a duration that is none', 'BAD_OPTION', { ...video, duration: -1 }],
    ['a width that is none', 'BAD_OPTION', { ...video, width: NaN }],
    ['a time to live that is none', 'BAD_OPTION', { ...video, ttlSeconds: 0 }],
    ['a name that is none', 'BAD_OPTION', { ...video, name: 7 as never }],
    ['a waveform that is none', 'BAD_OPTION', { type: 'voice', file: opus(1), waveform: [99] }],
    [
      'what was encrypted',
      'BAD_SOURCE',
      {
        inputFile: new base.InputEncryptedFileBigUploaded({
          id: 1n,
          parts: 1,
          keyFingerprint: 1,
        }),
      },
    ],
    ['nothing', 'NO_FILE', undefined as never],
    ['an object that is no file', 'NO_FILE', { size: 7 } as never],
  ])('%s', async (_, code, media) => {
    await expect(inputMediaOf(server.context, media)).rejects.toMatchObject({ code });
    expect(server.order).toEqual([]);
  });
});

it('a thumbnail of exactly 200 KiB is taken', async () => {
  const large = bytes(thumb, new Uint8Array(200 * 1024 - thumb.length));
  const media = await made({ type: 'document', file: bytes('x'), thumb: large });
  expect(Buffer.compare(media['thumb'] as Uint8Array, large)).toBe(0);
});

describe('progress and the end of it', () => {
  it('tells of the file, and not of its thumbnail', async () => {
    const told: unknown[] = [];
    const file = new Uint8Array(600_000).fill(1);
    await inputMediaOf(
      server.context,
      { type: 'document', file, thumb },
      { onProgress: ({ done, total }) => told.push([done, total]) },
    );
    expect(told.at(-1)).toEqual([600_000, 600_000]);
    expect(told).toHaveLength(2);
  });

  it('a timeout counts for all of it', async () => {
    server.onPart = () => server.clock.ring();
    const failed = inputMediaOf(server.context, new Uint8Array(9).fill(1), { timeout: 5 });
    await expect(failed).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(server.clock.waiting).toBe(0);
  });
});
