import type { TlObject } from '@tlgen/codec';
import { base, messages, photos, users } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { locate } from '../../../../../packages/runtime/src/files/location/index.js';
import type { FileOrigin } from '../../../../../packages/runtime/src/files/location/types.js';
import {
  aUser,
  channel,
  chatFull,
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
  service,
  STRIPPED,
  stickerSet,
  story,
  updates,
  user,
  userFull,
  webDocument,
} from './objects.js';

const CHANNEL = -1_000_000_000_100n;
const IN_CHANNEL: FileOrigin = { type: 'message', peer: CHANNEL, id: 7 };
const PHOTO = 'photo:11:y';
const DOCUMENT = 'document:21';

describe('locate finds the file of', () => {
  const rows: readonly [string, TlObject, string, FileOrigin | undefined][] = [
    ['photo', photo(), PHOTO, undefined],
    ['document', document(), DOCUMENT, undefined],
    ['messageMediaPhoto', photoMedia(), PHOTO, undefined],
    ['messageMediaDocument', documentMedia(), DOCUMENT, undefined],
    ['message in a channel', message(photoMedia()), PHOTO, IN_CHANNEL],
    [
      'message of a user',
      message(documentMedia(), user(5n), 8),
      DOCUMENT,
      { type: 'message', peer: 5n, id: 8 },
    ],
    [
      'message of a group',
      message(documentMedia(), new base.PeerChat({ chatId: 8n }), 8),
      DOCUMENT,
      { type: 'message', peer: -8n, id: 8 },
    ],
    [
      'service message',
      service(new base.MessageActionChatEditPhoto({ photo: photo() })),
      PHOTO,
      { type: 'message', peer: 5n, id: 9 },
    ],
    [
      'web page in a message: the document first',
      message(
        new base.MessageMediaWebPage({ webpage: page({ photo: photo(), document: document() }) }),
      ),
      DOCUMENT,
      IN_CHANNEL,
    ],
    [
      'web page by itself',
      page({ photo: photo() }),
      PHOTO,
      { type: 'web-page', url: 'https://example.org/p' },
    ],
    ['game', message(new base.MessageMediaGame({ game: game() })), PHOTO, IN_CHANNEL],
    ['invoice', invoice(), 'web:https://example.org/a.png', undefined],
    ['invoice that was paid', invoice({ extendedMedia: extended(photoMedia()) }), PHOTO, undefined],
    ['paid media', message(paid(extended(documentMedia()))), DOCUMENT, IN_CHANNEL],
    [
      'story in a message',
      message(new base.MessageMediaStory({ peer: user(6n), id: 3, story: story() })),
      PHOTO,
      { type: 'story', peer: 6n, id: 3 },
    ],
    ['story', story(documentMedia()), DOCUMENT, undefined],
    ['poll', poll({}, {}, photoMedia()), PHOTO, undefined],
    [
      'rich message',
      message(undefined, channel(100n), 7, {
        richMessage: new base.RichMessage({ blocks: [], photos: [photo()], documents: [] }),
      }),
      PHOTO,
      IN_CHANNEL,
    ],
    ['userFull', userFull({ profilePhoto: photo() }), PHOTO, { type: 'user-photo', user: 5n }],
    [
      'users.userFull',
      new users.UserFull({ fullUser: userFull({ personalPhoto: photo() }), chats: [], users: [] }),
      PHOTO,
      { type: 'user-photo', user: 5n },
    ],
    ['chatFull', chatFull(photo()), PHOTO, { type: 'chat-photo', peer: -8n }],
    [
      'messages.chatFull',
      new messages.ChatFull({ fullChat: chatFull(photo()), chats: [], users: [] }),
      PHOTO,
      { type: 'chat-photo', peer: -8n },
    ],
    ['updateNewMessage', newMessage(message(photoMedia())), PHOTO, IN_CHANNEL],
    [
      'updates with one file among other news',
      updates([
        new base.UpdateMessageID({ id: 7, randomId: 1n }),
        newMessage(message(undefined)),
        newMessage(message(photoMedia())),
      ]),
      PHOTO,
      IN_CHANNEL,
    ],
    [
      'updateShort',
      new base.UpdateShort({ update: newMessage(message(photoMedia())), date: 1 }),
      PHOTO,
      IN_CHANNEL,
    ],
    [
      'updateShortSentMessage',
      new base.UpdateShortSentMessage({ id: 4, pts: 1, ptsCount: 1, date: 1, media: photoMedia() }),
      PHOTO,
      undefined,
    ],
    [
      'updateNewScheduledMessage, whose id nobody can ask for',
      new base.UpdateNewScheduledMessage({ message: message(photoMedia()) }),
      PHOTO,
      undefined,
    ],
    [
      'updateStory',
      new base.UpdateStory({ peer: user(6n), story: story() }),
      PHOTO,
      { type: 'story', peer: 6n, id: 3 },
    ],
    [
      'messages.messages',
      new messages.Messages({
        messages: [message(photoMedia())],
        topics: [],
        chats: [],
        users: [],
      }),
      PHOTO,
      IN_CHANNEL,
    ],
    ['photos.photo', new photos.Photo({ photo: photo(), users: [] }), PHOTO, undefined],
    ['stickerSet', stickerSet(), 'sticker-set:51:8', undefined],
    [
      'messages.stickerSet',
      new messages.StickerSet({ set: stickerSet(), packs: [], keywords: [], documents: [] }),
      'sticker-set:51:8',
      undefined,
    ],
    [
      'stickerSetCovered',
      new base.StickerSetCovered({ set: stickerSet(), cover: document() }),
      DOCUMENT,
      { type: 'sticker-set', id: 51n, accessHash: 52n },
    ],
    [
      'theme',
      new base.Theme({ id: 1n, accessHash: 1n, slug: '', title: '', document: document() }),
      DOCUMENT,
      undefined,
    ],
    [
      'wallPaper',
      new base.WallPaper({ id: 1n, accessHash: 1n, slug: '', document: document() }),
      DOCUMENT,
      undefined,
    ],
    ['webDocument', webDocument(), 'web:https://example.org/a.png', undefined],
    [
      'inputDocument',
      new base.InputDocument({ id: 21n, accessHash: 1n, fileReference: REFERENCE }),
      DOCUMENT,
      undefined,
    ],
  ];

  it.each(rows)('%s', (_, value, identity, origin) => {
    const file = locate(schema, value);
    expect(file.identity).toBe(identity);
    expect(file.origin).toEqual(origin);
    const plain = { ...value, _: value._ };
    expect(locate(schema, plain)).toEqual(file);
  });

  it('plain objects all the way down', () => {
    const { _, ...fields } = { ...photo(), _: 'photo' };
    const media = { _: 'messageMediaPhoto', photo: { _, ...fields } };
    const value = { _: 'message', id: 7, peerId: { _: 'peerChannel', channelId: 100n }, media };
    expect(locate(schema, value)).toEqual(locate(schema, message(photoMedia())));
  });

  it('what the caller knows better: the origin', () => {
    const origin: FileOrigin = { type: 'saved-gifs' };
    expect(locate(schema, message(photoMedia()), { origin }).origin).toEqual(origin);
  });
});

describe('locate tells', () => {
  it('all of a photo', () => {
    expect(locate(schema, photo())).toEqual({
      kind: 'photo',
      dc: 4,
      location: new base.InputPhotoFileLocation({
        id: 11n,
        accessHash: 12n,
        fileReference: REFERENCE,
        thumbSize: 'y',
      }),
      size: 90_000,
      name: undefined,
      mimeType: 'image/jpeg',
      date: 1_706_702_400,
      media: { type: 'photo', id: 11n },
      thumbSize: 'y',
      origin: undefined,
      identity: PHOTO,
    });
  });

  it('all of a document', () => {
    expect(locate(schema, document())).toEqual({
      kind: 'document',
      dc: 2,
      location: new base.InputDocumentFileLocation({
        id: 21n,
        accessHash: 22n,
        fileReference: REFERENCE,
        thumbSize: '',
      }),
      size: 12_345,
      name: 'notes.txt',
      mimeType: 'text/plain',
      date: 1_706_702_400,
      media: { type: 'document', id: 21n },
      thumbSize: '',
      origin: undefined,
      identity: DOCUMENT,
    });
  });

  const video = new base.DocumentAttributeVideo({ duration: 1, w: 2, h: 2 });
  const audio = new base.DocumentAttributeAudio({ duration: 1 });
  const set = new base.InputStickerSetID({ id: 51n, accessHash: 52n });
  it.each<[string, base.TypeDocumentAttribute[]]>([
    ['video', [video]],
    [
      'video-note',
      [new base.DocumentAttributeVideo({ duration: 1, w: 2, h: 2, roundMessage: true })],
    ],
    ['animation', [video, new base.DocumentAttributeAnimated()]],
    ['audio', [audio]],
    ['voice', [new base.DocumentAttributeAudio({ duration: 1, voice: true })]],
    ['sticker', [video, new base.DocumentAttributeSticker({ alt: '', stickerset: set })]],
    ['sticker', [new base.DocumentAttributeCustomEmoji({ alt: '', stickerset: set })]],
    ['document', []],
  ])('the kind: %s', (kind, attributes) => {
    const file = locate(schema, document(attributes));
    expect(file.kind).toBe(kind);
    const fromSet = { type: 'sticker-set', id: 51n, accessHash: 52n };
    expect(file.origin).toEqual(kind === 'sticker' ? fromSet : undefined);
  });

  it('the picture of a sticker set', () => {
    expect(locate(schema, stickerSet())).toMatchObject({
      kind: 'thumbnail',
      dc: 3,
      size: 3_000,
      location: {
        _: 'inputStickerSetThumb',
        stickerset: { _: 'inputStickerSetID', id: 51n, accessHash: 52n },
        thumbVersion: 8,
      },
    });
  });

  it('the profile photo of users, groups and channels', () => {
    expect(locate(schema, aUser())).toMatchObject({
      kind: 'profile-photo',
      dc: 4,
      identity: 'photo:71:c',
      location: { big: true, photoId: 71n, peer: { _: 'inputPeerUser', userId: 5n } },
    });
    const small = locate(schema, aUser({ accessHash: undefined, self: true }), {
      thumb: 'smallest',
    });
    expect(small).toMatchObject({
      identity: 'photo:71:a',
      location: { big: false, peer: { _: 'inputPeerSelf' } },
    });
    const chatPhoto = new base.ChatPhoto({ photoId: 72n, dcId: 1 });
    const chat = { _: 'chat', id: 8n, photo: chatPhoto };
    expect(locate(schema, chat)).toMatchObject({
      location: { peer: { _: 'inputPeerChat', chatId: 8n }, photoId: 72n },
    });
    const one = { _: 'channel', id: 9n, accessHash: 10n, photo: chatPhoto };
    expect(locate(schema, one)).toMatchObject({
      location: { peer: { _: 'inputPeerChannel', channelId: 9n, accessHash: 10n } },
    });
    const blurred = locate(schema, aUser(), { thumb: 'i' });
    expect(blurred).toMatchObject({ location: null, identity: 'photo:71:i' });
    expect(blurred.bytes?.length).toBe(623 + STRIPPED.length - 3 + 2);
  });

  it('a file of a secret chat', () => {
    const file = new base.EncryptedFile({
      id: 81n,
      accessHash: 82n,
      size: 1_008n,
      dcId: 2,
      keyFingerprint: -5,
    });
    const [key, iv] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    const found = locate(schema, { file, key, iv, size: 1_000n, name: 'a.jpg' });
    expect(found).toEqual({
      kind: 'encrypted',
      dc: 2,
      location: new base.InputEncryptedFileLocation({ id: 81n, accessHash: 82n }),
      size: 1_000,
      name: 'a.jpg',
      mimeType: undefined,
      date: undefined,
      encryption: { key, iv, fingerprint: -5 },
      thumbSize: '',
      identity: 'encrypted:81',
    });
  });

  it('locations as they are', () => {
    const location = new base.InputDocumentFileLocation({
      id: 21n,
      accessHash: 22n,
      fileReference: REFERENCE,
      thumbSize: 'm',
    });
    const file = locate(schema, location);
    expect(file.location).toBe(location);
    expect(file).toMatchObject({
      kind: 'thumbnail',
      dc: undefined,
      identity: 'document:21:m',
      media: { type: 'document', id: 21n },
      thumbSize: 'm',
    });
    const plain = {
      _: 'inputPeerPhotoFileLocation',
      big: true,
      peer: { _: 'inputPeerUser', userId: 5n, accessHash: 6n },
      photoId: 71n,
    };
    const made = locate(schema, plain);
    expect(made.identity).toBe(locate(schema, aUser()).identity);
    expect(made.location).toEqual(locate(schema, aUser()).location);
    expect(made.location).toBeInstanceOf(base.InputPeerPhotoFileLocation);
  });
});
