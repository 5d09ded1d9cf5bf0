import type { TlMethod, TlObject } from '@tlgen/codec';
import { base, messages, photos, stories, users } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { AbortError, RpcError } from '../../../../../packages/runtime/src/core/errors.js';
import { FileError } from '../../../../../packages/runtime/src/files/errors.js';
import {
  FileReferences,
  locate,
  type FileOrigin,
} from '../../../../../packages/runtime/src/files/location/index.js';
import { fakeContext, type Answer } from './fake-context.js';
import {
  aUser,
  chatFull,
  document,
  documentMedia,
  message,
  newMessage,
  page,
  paid,
  extended,
  photo,
  photoMedia,
  service,
  stickerSet,
  story,
  updates,
  user,
  userFull,
} from './objects.js';

const FRESH = new Uint8Array([9, 9]);
const freshPhoto = (): base.Photo => photo({ fileReference: FRESH, accessHash: 99n, dcId: 5 });
const freshDocument = (): base.Document =>
  document([], { fileReference: FRESH, accessHash: 99n, dcId: 5 });

const history = (...list: base.TypeMessage[]): messages.Messages =>
  new messages.Messages({ messages: list, topics: [], chats: [], users: [] });

const nothing = (): never => {
  throw new Error('nothing should be asked');
};

async function refused(work: Promise<unknown>): Promise<FileError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FileError);
  return error as FileError;
}

describe('learn, then refresh', () => {
  const inChannel = message(photoMedia());
  const rows: readonly [string, TlObject, string, TlObject, object][] = [
    [
      'a message of a channel',
      history(inChannel),
      'channels.getMessages',
      history(message(photoMedia(freshPhoto()))),
      { channel: { channelId: 100n }, id: [{ _: 'inputMessageID', id: 7 }] },
    ],
    [
      'a message of a user',
      newMessage(message(photoMedia(), user(5n))),
      'messages.getMessages',
      history(message(photoMedia(freshPhoto()), user(5n))),
      { id: [{ id: 7 }] },
    ],
    [
      'updates',
      updates([newMessage(message(paid(extended(photoMedia())), user(5n)))]),
      'messages.getMessages',
      history(message(paid(extended(photoMedia(freshPhoto()))))),
      {},
    ],
    [
      'updateShort',
      new base.UpdateShort({
        date: 1,
        update: new base.UpdateEditChannelMessage({ message: inChannel, pts: 1, ptsCount: 1 }),
      }),
      'channels.getMessages',
      history(message(photoMedia(freshPhoto()))),
      {},
    ],
    [
      'a service message',
      history(service(new base.MessageActionChatEditPhoto({ photo: photo() }))),
      'messages.getMessages',
      history(service(new base.MessageActionChatEditPhoto({ photo: freshPhoto() }))),
      { id: [{ id: 9 }] },
    ],
    [
      'photos of a user',
      new photos.Photos({ photos: [photo()], users: [aUser()] }),
      'photos.getUserPhotos',
      new photos.Photos({ photos: [freshPhoto()], users: [aUser()] }),
      { userId: { userId: 5n }, maxId: 11n, offset: -1, limit: 1 },
    ],
    [
      'a full group',
      new messages.ChatFull({ fullChat: chatFull(photo()), chats: [], users: [] }),
      'messages.getFullChat',
      new messages.ChatFull({ fullChat: chatFull(freshPhoto()), chats: [], users: [] }),
      { chatId: 8n },
    ],
    [
      'stories',
      new stories.PeerStories({
        stories: new base.PeerStories({ peer: user(6n), stories: [story()] }),
        chats: [],
        users: [],
      }),
      'stories.getStoriesByID',
      new stories.Stories({
        count: 1,
        stories: [story(photoMedia(freshPhoto()))],
        chats: [],
        users: [],
      }),
      { peer: { userId: 6n }, id: [3] },
    ],
    [
      'a web page',
      new messages.WebPage({ webpage: page({ photo: photo() }), chats: [], users: [] }),
      'messages.getWebPage',
      new messages.WebPage({ webpage: page({ photo: freshPhoto() }), chats: [], users: [] }),
      { url: 'https://example.org/p', hash: 0 },
    ],
  ];

  it.each(rows)('%s', async (_, seen, method, answer, fields) => {
    const context = fakeContext(() => answer);
    const references = new FileReferences(context);
    references.learn(seen);
    const file = locate(schema, photo(), { thumb: 'x' });
    const fresh = await references.refresh(file, {});
    expect(context.asked.map(({ _ }) => _)).toEqual([method]);
    expect(context.asked[0]).toMatchObject(fields);
    const { origin, location, ...rest } = fresh;
    expect(location).toEqual(
      new base.InputPhotoFileLocation({
        id: 11n,
        accessHash: 99n,
        fileReference: FRESH,
        thumbSize: 'x',
      }),
    );
    expect(origin).toBeDefined();
    expect({ ...rest, dc: 4 }).toEqual({ ...file, location: undefined, origin: undefined });
    expect(fresh.dc).toBe(5);
  });

  it.each<[string, TlObject, string, TlObject]>([
    [
      'a sticker set',
      new messages.StickerSet({
        set: stickerSet(),
        packs: [],
        keywords: [],
        documents: [document()],
      }),
      'messages.getStickerSet',
      new messages.StickerSet({
        set: stickerSet(),
        packs: [],
        keywords: [],
        documents: [freshDocument()],
      }),
    ],
    [
      'saved GIFs',
      new messages.SavedGifs({ hash: 1n, gifs: [document()] }),
      'messages.getSavedGifs',
      new messages.SavedGifs({ hash: 1n, gifs: [freshDocument()] }),
    ],
    [
      'a quiz with media in its answers',
      history(
        message(
          new base.MessageMediaPoll({
            poll: new base.Poll({
              id: 1n,
              question: new base.TextWithEntities({ text: '', entities: [] }),
              answers: [
                new base.PollAnswer({
                  text: new base.TextWithEntities({ text: '', entities: [] }),
                  option: new Uint8Array(1),
                  media: documentMedia(),
                }),
              ],
              hash: 1n,
            }),
            results: new base.PollResults({}),
          }),
        ),
      ),
      'channels.getMessages',
      history(message(documentMedia(freshDocument()))),
    ],
  ])('%s', async (_, seen, method, answer) => {
    const context = fakeContext(() => answer);
    const references = new FileReferences(context);
    references.learn(seen);
    const input = await references.freshInput({ media: { type: 'document', id: 21n } }, {});
    expect(context.asked.map(({ _: name }) => name)).toEqual([method]);
    expect(input).toEqual(
      new base.InputDocument({ id: 21n, accessHash: 99n, fileReference: FRESH }),
    );
  });

  it('the full user when the photo is none of the public ones', async () => {
    const context = fakeContext(({ _: name }) =>
      name === 'photos.getUserPhotos'
        ? new photos.Photos({ photos: [], users: [] })
        : new users.UserFull({
            fullUser: userFull({ fallbackPhoto: freshPhoto() }),
            chats: [],
            users: [],
          }),
    );
    const references = new FileReferences(context);
    const origin: FileOrigin = { type: 'user-photo', user: 5n };
    await references.refresh(locate(schema, photo(), { origin }), {});
    expect(context.asked.map(({ _ }) => _)).toEqual(['photos.getUserPhotos', 'users.getFullUser']);
  });

  it('what the caller gives: a function', async () => {
    const references = new FileReferences(fakeContext(nothing));
    const origin: FileOrigin = {
      type: 'custom',
      refresh: () => Promise.resolve(message(documentMedia(freshDocument()))),
    };
    const fresh = await references.refresh(locate(schema, document(), { origin }), {});
    expect(fresh.location).toMatchObject({ fileReference: FRESH, thumbSize: '' });
  });
});

describe('refresh', () => {
  const file = locate(schema, message(photoMedia()));

  it('asks where the file was seen before, when the first place has it no more', async () => {
    const answer: Answer = (request) =>
      request._ === 'channels.getMessages'
        ? history(new base.MessageEmpty({ id: 7 }))
        : history(message(photoMedia(freshPhoto())));
    const context = fakeContext(answer);
    const references = new FileReferences(context);
    references.learn(newMessage(message(photoMedia(), user(5n))));
    const fresh = await references.refresh(file, {});
    expect(context.asked).toHaveLength(2);
    expect(fresh.origin).toEqual({ type: 'message', peer: 5n, id: 7 });
  });

  it('REFERENCE_EXPIRED without a place to ask', async () => {
    const references = new FileReferences(fakeContext(nothing));
    const error = await refused(references.refresh(locate(schema, photo()), {}));
    expect(error.code).toBe('REFERENCE_EXPIRED');
    expect(error.message).toMatch(/download from the message that has it, or give origin/);
    const web = await refused(references.refresh({ ...file, media: undefined }, {}));
    expect(web.code).toBe('REFERENCE_EXPIRED');
  });

  it('REFERENCE_EXPIRED with its cause when the server refuses', async () => {
    const cause = new RpcError(400, 'CHANNEL_PRIVATE', 'channels.getMessages');
    const context = fakeContext(() => {
      throw cause;
    });
    const error = await refused(new FileReferences(context).refresh(file, {}));
    expect(error.code).toBe('REFERENCE_EXPIRED');
    expect(error.cause).toBe(cause);
    expect(error.message).toContain('CHANNEL_PRIVATE');
  });

  it.each([
    new RpcError(420, 'FLOOD_WAIT_300', 'channels.getMessages'),
    new RpcError(401, 'AUTH_KEY_UNREGISTERED', 'channels.getMessages'),
    new TypeError('a defect'),
  ])('what says nothing about the file is told as it is: %s', async (cause) => {
    const context = fakeContext(() => {
      throw cause;
    });
    await expect(new FileReferences(context).refresh(file, {})).rejects.toBe(cause);
  });

  it('another file with the same id of another kind is not taken', async () => {
    const other = document([], { id: 11n, fileReference: FRESH });
    const context = fakeContext(() => history(message(documentMedia(other))));
    const error = await refused(new FileReferences(context).refresh(file, {}));
    expect(error.code).toBe('REFERENCE_EXPIRED');
  });

  it('another photo in the place of the one is not taken', async () => {
    const other = photo({ id: 4711n, fileReference: FRESH });
    const context = fakeContext(() => history(message(photoMedia(other))));
    const error = await refused(new FileReferences(context).refresh(file, {}));
    expect(error.code).toBe('REFERENCE_EXPIRED');
  });

  it('needs nothing for what came with the object', async () => {
    const inline = locate(schema, photo(), { thumb: 'i' });
    const references = new FileReferences(fakeContext(nothing));
    expect(await references.refresh(inline, {})).toBe(inline);
  });

  it('one request for all who ask at a time, and a new one later', async () => {
    let release = (): void => undefined;
    const context = fakeContext(
      () =>
        new Promise((resolve) => {
          release = () => {
            resolve(history(message(photoMedia(freshPhoto()))));
          };
        }),
    );
    const references = new FileReferences(context);
    const small = { ...file, thumbSize: 'm' };
    const all = [references.refresh(file, {}), references.refresh(small, {})];
    await new Promise((resolve) => setImmediate(resolve));
    release();
    const [one, two] = await Promise.all(all);
    expect(context.asked).toHaveLength(1);
    expect(one?.location).toMatchObject({ thumbSize: 'y' });
    expect(two?.location).toMatchObject({ thumbSize: 'm' });
    const later = references.refresh(file, {});
    await new Promise((resolve) => setImmediate(resolve));
    release();
    await later;
    expect(context.asked).toHaveLength(2);
  });

  it('who gives up leaves the others be; when all have, the request is given up', async () => {
    const signals: AbortSignal[] = [];
    const context = fakeContext((_request: TlMethod, { signal }) => {
      signals.push(signal as AbortSignal);
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new AbortError('given up'));
        });
      });
    });
    const references = new FileReferences(context);
    const [one, two] = [new AbortController(), new AbortController()];
    const first = references.refresh(file, { signal: one.signal });
    const second = references.refresh(file, { signal: two.signal });
    await new Promise((resolve) => setImmediate(resolve));
    one.abort();
    await expect(first).rejects.toBeInstanceOf(AbortError);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    two.abort();
    await expect(second).rejects.toBeInstanceOf(AbortError);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('who asks right after all have given up gets a request of their own', async () => {
    let asked = 0;
    const context = fakeContext(() =>
      asked++ === 0 ? new Promise(() => undefined) : history(message(photoMedia(freshPhoto()))),
    );
    const references = new FileReferences(context);
    const controller = new AbortController();
    const first = references.refresh(file, { signal: controller.signal });
    const given = expect(first).rejects.toBeInstanceOf(AbortError);
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await given;
    const fresh = await references.refresh(file, {});
    expect(fresh.location).toMatchObject({ fileReference: FRESH });
    expect(asked).toBe(2);
  }, 10_000);

  it('answers that hold each other, or everything wrong', async () => {
    const loop: Record<string, unknown> = { _: 'message' };
    loop['media'] = [loop, { _: 'photo', id: 11n, accessHash: 'x', fileReference: FRESH }];
    const origin: FileOrigin = {
      type: 'custom',
      refresh: () => Promise.resolve(loop as unknown as TlObject),
    };
    const references = new FileReferences(fakeContext(nothing));
    const error = await refused(references.refresh({ ...file, origin }, {}));
    expect(error.code).toBe('REFERENCE_EXPIRED');
  });
});

describe('learn', () => {
  it('looks at no field of what cannot hold messages', () => {
    const references = new FileReferences(fakeContext(nothing));
    const read: string[] = [];
    const config = new Proxy(new base.NearestDc({ country: '', thisDc: 1, nearestDc: 1 }), {
      get(target, field) {
        if (typeof field === 'string' && field !== '_') read.push(field);
        return Reflect.get(target, field, target) as unknown;
      },
    });
    references.learn(config);
    expect(read).toEqual([]);
    for (const value of [undefined, null, 1, 'x', [message(photoMedia())], new Uint8Array(9), {}]) {
      references.learn(value);
    }
    expect(references.known).toBe(0);
  });

  it('does not learn what has no place: scheduled messages, text', () => {
    const references = new FileReferences(fakeContext(nothing));
    references.learn(new base.UpdateNewScheduledMessage({ message: message(photoMedia()) }));
    references.learn(history(message(undefined)));
    references.learn(history(message(photoMedia(), user(0n))));
    expect(references.known).toBe(0);
  });

  it('remembers 10,000 files and forgets the ones used longest ago', async () => {
    const context = fakeContext(() => history(message(documentMedia(freshDocument()))));
    const references = new FileReferences(context);
    const learn = (id: bigint): void => {
      references.learn(history(message(documentMedia(document([], { id })))));
    };
    learn(21n);
    for (let id = 1_000n; id < 10_999n; id++) learn(id);
    expect(references.known).toBe(10_000);
    learn(21n);
    learn(20_000n);
    expect(references.known).toBe(10_000);
    await references.freshInput({ media: { type: 'document', id: 21n } }, {});
    await refused(references.freshInput({ media: { type: 'document', id: 1_000n } }, {}));
  });

  it('remembers at most three places of a file, the newest first', async () => {
    const context = fakeContext(() => history());
    const references = new FileReferences(context);
    for (let peer = 1n; peer <= 5n; peer++) {
      references.learn(newMessage(message(photoMedia(), user(peer), Number(peer))));
    }
    await refused(references.refresh(locate(schema, photo()), {}));
    const ids = context.asked.map(
      (one) => ((one as messages.GetMessagesRequest).id[0] as base.InputMessageID).id,
    );
    expect(ids).toEqual([5, 4, 3]);
  });
});
