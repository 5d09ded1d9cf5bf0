import { Readable } from 'node:stream';
import type { TlMethod, TlObject } from '@tlgen/codec';
import { base, storage, upload } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { FileError } from '../../../../../packages/runtime/src/files/errors.js';
import { fileIdOf } from '../../../../../packages/runtime/src/files/file-id/index.js';
import { makeFileConverter } from '../../../../../packages/runtime/src/files/like/index.js';
import { FileReferences } from '../../../../../packages/runtime/src/files/location/index.js';
import {
  EncryptedUpload,
  UploadedFile,
} from '../../../../../packages/runtime/src/files/upload/index.js';
import { fakeContext, type FakeContext } from '../location/fake-context.js';
import {
  aUser,
  document,
  documentMedia,
  extended,
  game,
  invoice,
  message,
  newMessage,
  page,
  paid,
  photo,
  photoMedia,
  poll,
  REFERENCE,
  story,
  updates,
  user,
} from '../location/objects.js';

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const CONTENT = new Uint8Array(3_000).fill(7);

function server(request: TlMethod): unknown {
  if (request._ === 'upload.saveFilePart') return true;
  if (request._ !== 'upload.getFile') throw new Error(`${request._} was not expected`);
  const { offset, limit } = request as upload.GetFileRequest;
  const bytes = CONTENT.slice(Number(offset), Number(offset) + limit);
  return new upload.File({ type: new storage.FilePartial(), mtime: 0, bytes });
}

function rig(): {
  context: FakeContext;
  convert: (value: unknown, type: string) => Promise<TlObject>;
} {
  const context = fakeContext(server);
  const references = new FileReferences(context);
  const converter = makeFileConverter(
    Object.assign(context, {
      references,
      refresh: references.refresh.bind(references),
    }),
  );
  return { context, convert: (value, type) => converter(value, type, {}) };
}

async function refusal(value: unknown, type: string): Promise<FileError> {
  const { convert, context } = rig();
  const error: unknown = await convert(value, type).then(
    (made) => made,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FileError);
  expect(context.asked).toEqual([]);
  return error as FileError;
}

const inputPhoto = new base.InputPhoto({ id: 11n, accessHash: 12n, fileReference: REFERENCE });
const inputDocument = new base.InputDocument({
  id: 21n,
  accessHash: 22n,
  fileReference: REFERENCE,
});
const inputFile = new base.InputFile({ id: 1n, parts: 1, name: 'a.jpg', md5Checksum: '' });
const uploaded = new UploadedFile(inputFile, 'a.jpg', 'image/jpeg', 7, JPEG);
const geo = new base.GeoPoint({ lat: 1.5, long: 2.5, accessHash: 1n, accuracyRadius: 10 });
const inputGeo = new base.InputGeoPoint({ lat: 1.5, long: 2.5, accuracyRadius: 10 });
const photoId = (): string => fileIdOf(photo()).fileId;
const documentId = (): string => fileIdOf(document()).fileId;

describe('InputMedia of what was received', () => {
  const sentPhoto = new base.InputMediaPhoto({ id: inputPhoto });
  const sentDocument = new base.InputMediaDocument({ id: inputDocument });
  const rows: readonly [string, unknown, TlObject][] = [
    ['photo', photo(), sentPhoto],
    ['document', document(), sentDocument],
    ['inputPhoto', inputPhoto, sentPhoto],
    ['inputDocument', inputDocument, sentDocument],
    ['a message with a photo', message(photoMedia()), sentPhoto],
    ['updates', updates([newMessage(message(documentMedia()))]), sentDocument],
    ['a story', story(documentMedia()), sentDocument],
    ['a plain object', { media: photoMedia() }, sentPhoto],
    [
      'a photo under a spoiler that would destroy itself',
      new base.MessageMediaPhoto({ photo: photo(), spoiler: true, ttlSeconds: 9 }),
      new base.InputMediaPhoto({ id: inputPhoto, spoiler: true }),
    ],
    [
      'a video with a cover',
      new base.MessageMediaDocument({
        document: document(),
        videoCover: photo(),
        videoTimestamp: 4,
      }),
      new base.InputMediaDocument({ id: inputDocument, videoCover: inputPhoto, videoTimestamp: 4 }),
    ],
    [
      'a place',
      new base.MessageMediaGeo({ geo }),
      new base.InputMediaGeoPoint({ geoPoint: inputGeo }),
    ],
    [
      'a place that moves',
      message(new base.MessageMediaGeoLive({ geo, period: 60, heading: 5 })),
      new base.InputMediaGeoLive({ geoPoint: inputGeo, period: 60, heading: 5 }),
    ],
    [
      'a venue',
      new base.MessageMediaVenue({
        geo,
        title: 't',
        address: 'a',
        provider: 'p',
        venueId: 'i',
        venueType: 'y',
      }),
      new base.InputMediaVenue({
        geoPoint: inputGeo,
        title: 't',
        address: 'a',
        provider: 'p',
        venueId: 'i',
        venueType: 'y',
      }),
    ],
    [
      'a contact',
      new base.MessageMediaContact({
        phoneNumber: '1',
        firstName: 'f',
        lastName: 'l',
        vcard: '',
        userId: 5n,
      }),
      new base.InputMediaContact({ phoneNumber: '1', firstName: 'f', lastName: 'l', vcard: '' }),
    ],
    [
      'a die',
      new base.MessageMediaDice({ value: 3, emoticon: '🎲' }),
      new base.InputMediaDice({ emoticon: '🎲' }),
    ],
    [
      'a game',
      new base.MessageMediaGame({ game: game() }),
      new base.InputMediaGame({ id: new base.InputGameID({ id: 31n, accessHash: 32n }) }),
    ],
    [
      'a web page',
      message(new base.MessageMediaWebPage({ webpage: page(), forceLargeMedia: true })),
      new base.InputMediaWebPage({
        url: 'https://example.org/p',
        forceLargeMedia: true,
        optional: true,
      }),
    ],
    [
      'a story of somebody',
      new base.MessageMediaStory({ peer: user(6n), id: 3 }),
      new base.InputMediaStory({
        peer: new base.InputPeerUser({ userId: 6n, accessHash: 1n }),
        id: 3,
      }),
    ],
    [
      'paid media',
      paid(extended(photoMedia())),
      new base.InputMediaPaidMedia({ starsAmount: 5n, extendedMedia: [sentPhoto] }),
    ],
  ];

  it.each(rows)('%s', async (_, value, made) => {
    const { convert, context } = rig();
    expect(await convert(value, 'InputMedia')).toEqual(made);
    expect(context.asked).toEqual([]);
  });

  it('a poll, open again', async () => {
    const { convert } = rig();
    const made = (await convert(
      poll({ closed: true, multipleChoice: true }, {}, photoMedia()),
      'InputMedia',
    )) as base.InputMediaPoll;
    expect(made.poll).toMatchObject({ closed: false, multipleChoice: true, id: 0n, hash: 0n });
    expect(made.poll.answers.map((one) => [one._, one.text.text])).toEqual([
      ['inputPollAnswer', 'a'],
      ['inputPollAnswer', 'b'],
    ]);
    expect(made.attachedMedia).toEqual(sentPhoto);
    expect(made.correctAnswers).toBeUndefined();
  });

  it('a quiz, once its right answer is known', async () => {
    const { convert } = rig();
    const results = [0, 1].map(
      (at) => new base.PollAnswerVoters({ option: new Uint8Array([at]), correct: at === 1 }),
    );
    const quiz = poll({ quiz: true }, { results, solution: 'because', solutionEntities: [] });
    const made = (await convert(quiz, 'InputMedia')) as base.InputMediaPoll;
    expect(made).toMatchObject({ correctAnswers: [1], solution: 'because', solutionEntities: [] });
    const unknown = await refusal(poll({ quiz: true }), 'InputMedia');
    expect(unknown.message).toMatch(/right answer is not known/);
  });

  it.each<[string, unknown, RegExp]>([
    ['an invoice', invoice(), /only its sender can/],
    ['what nobody knows', new base.MessageMediaUnsupported(), /only its sender can/],
    ['unpaid media', paid(new base.MessageExtendedMediaPreview({})), /has to be paid for/],
    ['a photo that is gone', new base.MessageMediaPhoto({ ttlSeconds: 3 }), /its time is over/],
    ['photoEmpty', photoMedia(new base.PhotoEmpty({ id: 1n })), /no more/],
    ['a text message', message(undefined), /holds no file/],
    ['an empty place', new base.MessageMediaGeo({ geo: new base.GeoPointEmpty() }), /no place/],
    ['a number', 5, /no file in a number/],
    ['an object', {}, /There is no file/],
    ['an empty text', '', /There is no file/],
    ['null', null, /There is no file/],
  ])('not %s', async (_, value, words) => {
    expect((await refusal(value, 'InputMedia')).message).toMatch(words);
  });

  it('media that holds itself', async () => {
    const loop: Record<string, unknown> = { _: 'messageMediaPaidMedia', starsAmount: 1n };
    loop['extendedMedia'] = [{ _: 'messageExtendedMedia', media: loop }];
    expect((await refusal(loop, 'InputMedia')).message).toMatch(/without end/);
    const around: Record<string, unknown> = { _: 'message' };
    around['media'] = around;
    expect((await refusal(around, 'InputMedia')).message).toMatch(/objects in objects/);
  });
});

describe('InputMedia of other forms', () => {
  it('file ids', async () => {
    const { convert } = rig();
    expect(await convert(photoId(), 'InputMedia')).toEqual(
      new base.InputMediaPhoto({ id: inputPhoto }),
    );
    expect(await convert(documentId(), 'InputMedia')).toEqual(
      new base.InputMediaDocument({ id: inputDocument }),
    );
  });

  it('bytes become what they are', async () => {
    const { convert, context } = rig();
    expect(await convert(JPEG, 'InputMedia')).toMatchObject({ _: 'inputMediaUploadedPhoto' });
    expect(await convert(CONTENT, 'InputMedia')).toMatchObject({
      _: 'inputMediaUploadedDocument',
      mimeType: 'application/octet-stream',
    });
    expect(context.asked.map(({ _ }) => _)).toEqual(['upload.saveFilePart', 'upload.saveFilePart']);
  });

  it('what was uploaded, and what is to be sent as', async () => {
    const { convert, context } = rig();
    expect(await convert(uploaded, 'InputMedia')).toMatchObject({
      _: 'inputMediaUploadedPhoto',
      file: inputFile,
    });
    expect(await convert({ type: 'document', file: uploaded }, 'InputMedia')).toMatchObject({
      _: 'inputMediaUploadedDocument',
      file: inputFile,
      mimeType: 'image/jpeg',
    });
    expect(context.asked).toEqual([]);
  });
});

describe('InputPhoto and InputDocument', () => {
  it.each<[string, unknown, string, TlObject]>([
    ['photo', photo(), 'InputPhoto', inputPhoto],
    ['a message', message(photoMedia()), 'InputPhoto', inputPhoto],
    ['a file id', photoId(), 'InputPhoto', inputPhoto],
    [
      'the photo of a web page that has both',
      page({ photo: photo(), document: document() }),
      'InputPhoto',
      inputPhoto,
    ],
    ['document', document(), 'InputDocument', inputDocument],
    ['media', documentMedia(), 'InputDocument', inputDocument],
    ['a file id', documentId(), 'InputDocument', inputDocument],
    [
      'a location',
      new base.InputDocumentFileLocation({
        id: 21n,
        accessHash: 22n,
        fileReference: REFERENCE,
        thumbSize: '',
      }),
      'InputDocument',
      inputDocument,
    ],
  ])('%s', async (_, value, type, made) => {
    expect(await rig().convert(value, type)).toEqual(made);
  });

  it.each<[string, unknown, string, RegExp]>([
    ['a photo as document', photo(), 'InputDocument', /A document is needed here, and photo/],
    ['a document as photo', documentMedia(), 'InputPhoto', /A photo is needed here, and document/],
    ['a path', './a.jpg', 'InputPhoto', /at the server is needed/],
    ['bytes', JPEG, 'InputDocument', /uploaded with messages.uploadMedia first/],
    ['a user', aUser(), 'InputPhoto', /user is none/],
    ['a file id of the other kind', photoId(), 'InputDocument', /photo/],
    ['nothing', undefined, 'InputPhoto', /at the server is needed/],
  ])('not %s', async (_, value, type, words) => {
    expect((await refusal(value, type)).message).toMatch(words);
  });
});

describe('InputFile', () => {
  it('bytes are uploaded, what was uploaded is taken', async () => {
    const { convert, context } = rig();
    const made = await convert(CONTENT, 'InputFile');
    expect(made).toMatchObject({ _: 'inputFile', parts: 1 });
    expect(context.asked).toHaveLength(1);
    expect(await convert(uploaded, 'InputFile')).toBe(inputFile);
    expect(context.asked).toHaveLength(1);
  });

  it('a file of the server goes through', async () => {
    const { convert, context } = rig();
    const size = BigInt(CONTENT.length);
    const made = await convert(message(documentMedia(document(undefined, { size }))), 'InputFile');
    expect(made).toMatchObject({ _: 'inputFile', name: 'notes.txt', parts: 1 });
    const saved = context.asked.filter(
      (one): one is upload.SaveFilePartRequest => one._ === 'upload.saveFilePart',
    );
    expect(saved.map(({ bytes }) => bytes)).toEqual([CONTENT]);
  });
});

describe('InputChatPhoto', () => {
  it('photos at the server are referred to', async () => {
    const { convert, context } = rig();
    const made = new base.InputChatPhoto({ id: inputPhoto });
    for (const value of [photo(), message(photoMedia()), photoId(), inputPhoto]) {
      expect(await convert(value, 'InputChatPhoto')).toEqual(made);
    }
    expect(context.asked).toEqual([]);
  });

  it('bytes and pictures sent as files are uploaded; videos move', async () => {
    const { convert } = rig();
    expect(await convert(JPEG, 'InputChatPhoto')).toMatchObject({
      _: 'inputChatUploadedPhoto',
      file: { _: 'inputFile' },
    });
    expect(await convert(uploaded, 'InputChatPhoto')).toEqual(
      new base.InputChatUploadedPhoto({ file: inputFile }),
    );
    const size = BigInt(CONTENT.length);
    const video = document([], { size, mimeType: 'video/mp4' });
    expect(await convert(video, 'InputChatPhoto')).toMatchObject({
      _: 'inputChatUploadedPhoto',
      file: undefined,
      video: { _: 'inputFile' },
    });
  });
});

describe('InputEncryptedFile', () => {
  const kept = new base.EncryptedFile({
    id: 81n,
    accessHash: 82n,
    size: 16n,
    dcId: 2,
    keyFingerprint: 1,
  });
  const sent = new base.InputEncryptedFile({ id: 81n, accessHash: 82n });

  it('uploads and files of other secret messages', async () => {
    const { convert } = rig();
    const file = new base.InputEncryptedFileUploaded({
      id: 1n,
      parts: 1,
      md5Checksum: '',
      keyFingerprint: 3,
    });
    const [key, iv] = [new Uint8Array(32), new Uint8Array(32)];
    const made = new EncryptedUpload(file, key, iv, 3, 10, 'a', 'b');
    expect(await convert(made, 'InputEncryptedFile')).toBe(file);
    expect(await convert(kept, 'InputEncryptedFile')).toEqual(sent);
    expect(await convert({ file: kept, key, iv, size: 9 }, 'InputEncryptedFile')).toEqual(sent);
  });

  it.each([JPEG, './a', photo(), undefined, {}])('not %s', async (value) => {
    expect((await refusal(value, 'InputEncryptedFile')).message).toMatch(/uploadEncrypted/);
  });

  it('an upload for a secret chat is no other file', async () => {
    const file = { inputFile: { _: 'inputEncryptedFileUploaded' } };
    for (const type of ['InputFile', 'InputMedia', 'InputChatPhoto']) {
      expect((await refusal(file, type)).message).toMatch(/uploaded for a secret chat/);
    }
  });
});

it('other types', async () => {
  expect((await refusal(photo(), 'InputPeer')).code).toBe('UNSUPPORTED');
  expect(schema.layer).toBeGreaterThan(0);
});

describe('a stream', () => {
  it.each(['InputPhoto', 'InputDocument', 'InputEncryptedFile', 'InputPeer'])(
    'that makes no %s is ended',
    async (type) => {
      const stream = new Readable({ read() {} });
      expect(await refusal(stream, type)).toBeInstanceOf(FileError);
      expect(stream.destroyed).toBe(true);
    },
  );

  it('in media that are refused is ended', async () => {
    const { convert } = rig();
    const stream = new Readable({ read() {} });
    const media = { type: 'video', file: stream, duration: -1 };
    await expect(convert(media, 'InputMedia')).rejects.toMatchObject({ option: 'duration' });
    expect(stream.destroyed).toBe(true);
  });
});
