import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import {
  fileIdOf,
  parseFileId,
  parseUniqueFileId,
  type FileId,
} from '../../../../../packages/runtime/src/files/file-id/index.js';
import { documentOf, DOCUMENTS, photo, REFERENCE, withThumbs } from './objects.js';

const parsed = (media: unknown, options?: Parameters<typeof fileIdOf>[1]): FileId =>
  parseFileId(fileIdOf(media, options).fileId);
const NEW = { version: 4, subVersion: 61 } as const;
const noFile = expect.objectContaining({ name: 'FileError', code: 'NO_FILE' });

const OF_PHOTO = {
  kind: 'photo',
  type: 'photo',
  ...NEW,
  dc: 2,
  fileReference: REFERENCE,
  id: photo.id,
  accessHash: photo.accessHash,
} as const;
const OF_DOCUMENT = {
  ...NEW,
  dc: 4,
  fileReference: REFERENCE,
  id: withThumbs.id,
  accessHash: withThumbs.accessHash,
} as const;

describe('photos', () => {
  it.each([
    [undefined, 'y'],
    ['largest', 'y'],
    ['smallest', 'm'],
    ['x', 'x'],
    ['v', 'v'],
  ])('size %s', (thumb, size) => {
    expect(parsed(photo, { thumb })).toEqual({ ...OF_PHOTO, source: { type: 'thumbnail', size } });
    expect(parseUniqueFileId(fileIdOf(photo, { thumb }).uniqueId)).toEqual({
      kind: 'photo',
      id: photo.id,
      size,
    });
  });

  it('in a message and its media', () => {
    const media = new base.MessageMediaPhoto({ photo });
    const message = new base.Message({
      id: 5,
      peerId: new base.PeerUser({ userId: 7n }),
      date: 1,
      message: '',
      media,
    });
    expect(fileIdOf(media)).toEqual(fileIdOf(photo));
    expect(fileIdOf(message)).toEqual(fileIdOf(photo));
    expect(fileIdOf(message, { thumb: 'm' })).toEqual(fileIdOf(photo, { thumb: 'm' }));
  });

  it('the blurred preview has no id', () => {
    expect(() => fileIdOf(photo, { thumb: 'i' })).toThrow(noFile);
    expect(() => fileIdOf(photo, { thumb: 'w' })).toThrow(noFile);
    expect(() => fileIdOf(photo, { thumb: 'i' })).toThrow('blurred preview');
  });

  it('stories have types of their own', () => {
    const story = (media: base.TypeMessageMedia): base.StoryItem =>
      new base.StoryItem({ id: 3, date: 1, expireDate: 2, media });
    const document = documentOf(DOCUMENTS['video'] ?? []);
    expect(parsed(story(new base.MessageMediaPhoto({ photo })))).toMatchObject({
      type: 'photo-story',
    });
    const video = story(new base.MessageMediaDocument({ document }));
    expect(parsed(video)).toMatchObject({ kind: 'document', type: 'video-story' });
    const shared = new base.MessageMediaStory({
      peer: new base.PeerUser({ userId: 7n }),
      id: 3,
      story: video,
    });
    expect(fileIdOf(shared)).toEqual(fileIdOf(video));
    expect(fileIdOf(video).uniqueId).toBe(fileIdOf(document).uniqueId);
  });
});

describe('documents', () => {
  it.each(Object.entries(DOCUMENTS))('%s', (type, attributes) => {
    const document = documentOf(attributes);
    expect(parsed(document)).toEqual({ kind: 'document', type, ...OF_DOCUMENT });
    expect(fileIdOf(document).uniqueId).toBe('AgADBAADgaS5SQ');
    expect(fileIdOf(new base.MessageMediaDocument({ document }))).toEqual(fileIdOf(document));
  });

  it('custom emoji are stickers', () => {
    const stickerset = new base.InputStickerSetEmpty();
    const emoji = documentOf([new base.DocumentAttributeCustomEmoji({ alt: 'x', stickerset })]);
    expect(parsed(emoji)).toMatchObject({ type: 'sticker' });
  });

  it('thumbnails', () => {
    const source = { type: 'thumbnail', size: 'm' } as const;
    const expected = { kind: 'photo', type: 'thumbnail', ...OF_DOCUMENT, source };
    expect(parsed(withThumbs, { thumb: 'm' })).toEqual(expected);
    expect(parsed(withThumbs, { thumb: 'smallest' })).toEqual(expected);
    expect(() => fileIdOf(withThumbs, { thumb: 'i' })).toThrow(noFile);
    expect(() => fileIdOf(documentOf([]), { thumb: 'm' })).toThrow(noFile);
  });

  it('wallpapers are documents', () => {
    const document = documentOf([]);
    const paper = new base.WallPaper({ id: 1n, accessHash: 2n, slug: 'x', document });
    expect(parsed(paper)).toEqual({ kind: 'document', type: 'background', ...OF_DOCUMENT });
  });
});

describe('pictures of users and chats', () => {
  const face = new base.UserProfilePhoto({ photoId: 99n, dcId: 5 });
  const user = new base.User({ id: 432134928n, accessHash: 8809413753689519948n, photo: face });
  const source = {
    type: 'dialog-photo',
    big: true,
    peer: 432134928n,
    accessHash: 8809413753689519948n,
  } as const;
  const common = { kind: 'photo', type: 'profile-photo', ...NEW, dc: 5, id: 99n, accessHash: 0n };

  it('of a user', () => {
    expect(parsed(user)).toEqual({ ...common, source });
    for (const thumb of ['big', 'c', 'largest']) {
      expect(fileIdOf(user, { thumb })).toEqual(fileIdOf(user));
    }
    for (const thumb of ['small', 'a', 'smallest']) {
      expect(parsed(user, { thumb })).toEqual({ ...common, source: { ...source, big: false } });
    }
    expect(() => fileIdOf(user, { thumb: 'x' })).toThrow(noFile);
  });

  it('a picture alone needs to be told whose it is', () => {
    const { id, accessHash } = user;
    const peer = new base.InputPeerUser({ userId: id, accessHash: accessHash ?? 0n });
    expect(fileIdOf(face, { peer })).toEqual(fileIdOf(user));
    expect(() => fileIdOf(face)).toThrow(noFile);
    expect(() => fileIdOf(face, { peer: new base.InputPeerSelf() })).toThrow(noFile);
  });

  it('of a group and a channel', () => {
    const picture = new base.ChatPhoto({ photoId: 99n, dcId: 5 });
    const group = new base.InputPeerChat({ chatId: 452451701n });
    const channel = new base.InputPeerChannel({ channelId: 1326609710n, accessHash: 77n });
    expect(parsed(picture, { peer: group })).toMatchObject({
      source: { peer: -452451701n, accessHash: 0n },
    });
    expect(parsed(picture, { peer: channel })).toMatchObject({
      source: { peer: -1001326609710n, accessHash: 77n },
    });
    const impossible = new base.InputPeerChat({ chatId: -5n });
    expect(() => fileIdOf(picture, { peer: impossible })).toThrow(noFile);
  });

  it('the id a TDLib client got for such a picture', () => {
    // Published together with its parts: see published.ts.
    const known = new base.User({
      id: 432134928n,
      accessHash: 8809413753689519948n,
      photo: new base.UserProfilePhoto({ photoId: 1856005383675553705n, dcId: 2 }),
    });
    expect(fileIdOf(known, { thumb: 'small' })).toEqual({
      fileId: 'AQADAgADqacxGxDbwRkACAIAAxDbwRkABEy3GnwiU0F6PQQ',
      uniqueId: 'AQADqacxGxDbwRkAAQ',
    });
  });

  it('nobody without a picture has an id for it', () => {
    expect(() => fileIdOf(new base.User({ id: 5n }))).toThrow(noFile);
    expect(() =>
      fileIdOf(new base.User({ id: 5n, photo: new base.UserProfilePhotoEmpty() })),
    ).toThrow(noFile);
  });
});

describe('other files', () => {
  it('thumbnail of a sticker set', () => {
    const set = new base.StickerSet({
      id: 11n,
      accessHash: 22n,
      title: 'Set',
      shortName: 'set',
      thumbs: [new base.PhotoSize({ type: 'a', w: 100, h: 100, size: 5 })],
      thumbDcId: 4,
      thumbVersion: 33,
      count: 1,
      hash: 0,
    });
    expect(parsed(set)).toEqual({
      kind: 'photo',
      type: 'thumbnail',
      ...NEW,
      dc: 4,
      fileReference: undefined,
      id: 0n,
      accessHash: 0n,
      source: { type: 'sticker-set-version', id: 11n, accessHash: 22n, version: 33 },
    });
    expect(parseUniqueFileId(fileIdOf(set).uniqueId)).toEqual({
      kind: 'sticker-set',
      id: 11n,
      version: 33,
    });
    set.thumbs = undefined;
    expect(() => fileIdOf(set)).toThrow(noFile);
  });

  it('files of secret chats and Telegram Passport', () => {
    const place = { id: 1n, accessHash: -2n, dcId: 3 };
    const secret = new base.EncryptedFile({ ...place, size: 16n, keyFingerprint: 5 });
    const common = { kind: 'document', ...NEW, dc: 3, id: 1n, accessHash: -2n };
    expect(parsed(secret)).toEqual({ ...common, type: 'encrypted', fileReference: undefined });
    expect(parseUniqueFileId(fileIdOf(secret).uniqueId)).toEqual({ kind: 'encrypted', id: 1n });
    const message = new base.EncryptedMessage({
      randomId: 1n,
      chatId: 2,
      date: 3,
      bytes: new Uint8Array(),
      file: secret,
    });
    expect(fileIdOf(message)).toEqual(fileIdOf(secret));
    const passport = new base.SecureFile({
      ...place,
      size: 16n,
      date: 1,
      fileHash: new Uint8Array(32),
      secret: new Uint8Array(32),
    });
    expect(parsed(passport)).toMatchObject({ ...common, type: 'secure-encrypted' });
    expect(parseUniqueFileId(fileIdOf(passport).uniqueId)).toEqual({ kind: 'secure', id: 1n });
    expect(() => fileIdOf(secret, { thumb: 'm' })).toThrow(noFile);
  });

  it('a message of a secret chat without a file', () => {
    const file = new base.EncryptedFileEmpty();
    const bytes = new Uint8Array();
    const message = new base.EncryptedMessage({ randomId: 1n, chatId: 2, date: 3, bytes, file });
    expect(() => fileIdOf(message)).toThrow(noFile);
  });

  it('files of the web', () => {
    const init = { url: 'https://example.com/ä.jpg', size: 5, attributes: [] };
    const web = new base.WebDocument({ ...init, accessHash: 9n, mimeType: 'image/jpeg' });
    expect(parsed(web)).toMatchObject({
      kind: 'web',
      type: 'photo',
      url: init.url,
      accessHash: 9n,
    });
    expect(parseUniqueFileId(fileIdOf(web).uniqueId)).toEqual({ kind: 'web', url: init.url });
    const alone = new base.WebDocumentNoProxy({ ...init, mimeType: 'image/jpeg' });
    expect(() => fileIdOf(alone)).toThrow(noFile);
  });

  it.each([
    undefined,
    5,
    'text',
    {},
    { _: 'photo' },
    { _: 'message', media: { _: 'messageMediaPhoto', photo: { _: 'photoEmpty', id: 1n } } },
    { _: 'encryptedMessage' },
    { _: 'document', id: 1n, accessHash: 2n, dcId: 1, attributes: [] },
    { _: 'wallPaperNoFile', id: 1n },
    new base.DocumentEmpty({ id: 1n }),
  ])('nothing: %#', (value) => {
    expect(() => fileIdOf(value)).toThrow(noFile);
  });
});
