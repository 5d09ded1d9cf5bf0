import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { FileLike } from '@tlgen/codec';
import { LocalDc } from '@tlgen/local-dc';
import { base, messages, photos as photoMethods } from '@tlgen/telegram';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bytes, jpeg, mp4, png } from '../../unit/runtime/files/media/samples.js';
import { expectClean, person, received, type Person } from '../people.js';
import { content, hashOf } from './content.js';
import { secretPair, sendSecretly } from './secret-pair.js';
import { WebFiles } from './sources.js';

const PICTURE = bytes(png(64, 48), content(1000));
const PAPER = content(70_001, 9);

let dc: LocalDc;
let web: WebFiles;
let ann: Person;
let bob: Person;
/** Messages that bob got: with a photo, and with a document. */
let photoMessage: base.Message;
let paperMessage: base.Message;
const folder = mkdtempSync(join(tmpdir(), 'tlgen-api-files-'));
const picturePath = join(folder, 'picture.png');
const paperPath = join(folder, 'paper.bin');

beforeAll(async () => {
  writeFileSync(picturePath, PICTURE);
  writeFileSync(paperPath, PAPER);
  dc = await LocalDc.start({ dataCenters: [2, 4] });
  web = await new WebFiles().start();
  ann = await person(dc, await dc.createUser({ username: 'annie' }));
  bob = await person(dc, await dc.createUser({ username: 'bobby' }));
  dc.sendFile(ann, bob, dc.addFile(PICTURE, { kind: 'photo', dcId: 4 }));
  photoMessage = await last(bob, '@annie');
  dc.sendFile(ann, bob, dc.addFile(PAPER, { name: 'paper.bin', dcId: 4 }));
  paperMessage = await last(bob, '@annie');
});
beforeEach(() => {
  ann.called.length = 0;
  bob.called.length = 0;
});
afterAll(async () => {
  await ann.client.close();
  await bob.client.close();
  expectClean(dc);
  await dc.close();
  await web[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function last(who: Person, peer: string): Promise<base.Message> {
  for await (const message of who.client.peers.history(peer, { limit: 1 })) {
    if (message._ === 'message') return message;
  }
  throw new Error('there is no message');
}

const photoOf = ({ media }: { readonly media?: unknown }): base.Photo =>
  (media as base.MessageMediaPhoto).photo as base.Photo;
const documentOf = ({ media }: { readonly media?: unknown }): base.Document =>
  (media as base.MessageMediaDocument).document as base.Document;

/** What is new to the server, in every form. */
const fresh = (content: Uint8Array, path: string): Readonly<Record<string, () => FileLike>> => ({
  'a path': () => path,
  'a file URL': () => pathToFileURL(path),
  'a URL': () => web.put('sized-picture', content),
  'a URL object': () => new URL(web.put('sized-picture', content)),
  bytes: () => content,
  'an ArrayBuffer': () => content.slice().buffer,
  'a Blob': () => new Blob([content as Uint8Array<ArrayBuffer>]),
  'a File': () => new File([content as Uint8Array<ArrayBuffer>], 'named.png'),
  'a web stream': () => new Blob([content as Uint8Array<ArrayBuffer>]).stream() as never,
  'a Node stream': () => createReadStream(path),
  'an async iterable': () => Readable.from([content]),
});

/** A photo at the server, in every form that bob may know it in. */
const photos: Readonly<Record<string, () => FileLike>> = {
  'a message': () => photoMessage,
  'its media': () => photoMessage.media as base.MessageMediaPhoto,
  'a photo': () => photoOf(photoMessage),
  'a file id': () => bob.client.files.ids(photoMessage).fileId,
  'an inputPhoto': () => new base.InputPhoto(photoOf(photoMessage)),
};

const documents: Readonly<Record<string, () => FileLike>> = {
  'a message': () => paperMessage,
  'its media': () => paperMessage.media as base.MessageMediaDocument,
  'a document': () => documentOf(paperMessage),
  'a file id': () => bob.client.files.ids(paperMessage).fileId,
  'an inputDocument': () => new base.InputDocument(documentOf(paperMessage)),
};

const SAVE = 'upload.saveFilePart';

describe('InputFile: photos.uploadProfilePhoto', () => {
  const profile = async (): Promise<Uint8Array> => {
    const { photos: list } = await bob.client.api.photos.getUserPhotos({
      userId: 'me',
      offset: 0,
      maxId: 0n,
      limit: 1,
    });
    return bob.client.files.download(list[0] as base.Photo);
  };

  it.each(Object.entries(fresh(PICTURE, picturePath)))('takes %s', async (_, file) => {
    await bob.client.api.photos.uploadProfilePhoto({ file: file() });
    expect(bob.called).toEqual([SAVE, 'photos.uploadProfilePhoto']);
    expect(hashOf(await profile())).toBe(hashOf(PICTURE));
  });

  it('takes what was uploaded, and an object of the type', async () => {
    const uploaded = await bob.client.files.upload(PICTURE, { name: 'p.png' });
    for (const file of [uploaded, uploaded.inputFile]) {
      bob.called.length = 0;
      await bob.client.api.photos.uploadProfilePhoto({ file });
      expect(bob.called).toEqual(['photos.uploadProfilePhoto']);
      expect(hashOf(await profile())).toBe(hashOf(PICTURE));
    }
  });

  it.each(Object.entries(photos).filter(([name]) => name !== 'an inputPhoto'))(
    'takes %s, which is downloaded and uploaded',
    async (_, file) => {
      await bob.client.api.photos.uploadProfilePhoto({ file: file() });
      expect(bob.called).toEqual(['upload.getFile', SAVE, 'photos.uploadProfilePhoto']);
      expect(hashOf(await profile())).toBe(hashOf(PICTURE));
    },
  );
});

describe('InputMedia', () => {
  const take = async (media: FileLike): Promise<base.Message> => {
    await bob.client.api.messages.sendMedia({ peer: '@annie', media, message: 'text' });
    const got = await last(ann, '@bobby');
    expect(got.message).toBe('text');
    return got;
  };

  it.each(Object.entries(fresh(PICTURE, picturePath)))(
    'messages.sendMedia takes %s',
    async (name, file) => {
      const got = await take(file());
      expect(bob.called).toEqual([SAVE, 'messages.sendMedia']);
      // This server says of all its files that they are tables.
      const isPhoto = !name.startsWith('a URL');
      expect(got.media?._).toBe(isPhoto ? 'messageMediaPhoto' : 'messageMediaDocument');
      expect(hashOf(await ann.client.files.download(got))).toBe(hashOf(PICTURE));
    },
  );

  it.each(Object.entries(photos))('messages.sendMedia takes %s of a photo', async (_, file) => {
    const got = await take(file());
    expect(bob.called).toEqual(['messages.sendMedia']);
    expect(photoOf(got).id).toBe(photoOf(photoMessage).id);
  });

  it.each(Object.entries(documents))(
    'messages.sendMedia takes %s of a document',
    async (_, file) => {
      const got = await take(file());
      expect(bob.called).toEqual(['messages.sendMedia']);
      expect(documentOf(got).id).toBe(documentOf(paperMessage).id);
      expect(hashOf(await ann.client.files.download(got))).toBe(hashOf(PAPER));
    },
  );

  it('messages.sendMedia takes an upload, media of a kind, and InputMedia as it is', async () => {
    const { client } = bob;
    const uploaded = await client.files.upload(PAPER, { name: 'p.bin' });
    expect(documentOf(await take(uploaded)).size).toBe(BigInt(PAPER.length));
    const film = { type: 'video', file: mp4(), spoiler: true } as unknown as FileLike;
    expect((await take(film)).media).toMatchObject({ _: 'messageMediaDocument', spoiler: true });
    const plain = new base.InputMediaUploadedDocument({
      file: uploaded.inputFile,
      mimeType: 'a/b',
      attributes: [],
    });
    expect(documentOf(await take(plain)).mimeType).toBe('a/b');
  });

  it('messages.sendMedia looks into fields of InputMedia', async () => {
    const got = await take(
      new base.InputMediaUploadedDocument({
        file: PAPER as never,
        thumb: jpeg(90, 90) as never,
        mimeType: 'x/y',
        attributes: [],
      }),
    ).catch((error: unknown) => error);
    // A class says what its fields are; the loose form is the one with loose fields.
    expect(got).toBeInstanceOf(Error);
    await bob.client.api.messages.sendMedia({
      peer: '@annie',
      message: 'loose',
      media: {
        _: 'inputMediaUploadedDocument',
        file: PAPER,
        mimeType: 'x/y',
        attributes: [],
      } as never,
    });
    const message = await last(ann, '@bobby');
    expect(documentOf(message).mimeType).toBe('x/y');
    expect(hashOf(await ann.client.files.download(message))).toBe(hashOf(PAPER));
    await bob.client.api.messages.sendMedia({
      peer: '@annie',
      message: 'loose',
      media: { _: 'inputMediaDocument', id: paperMessage } as never,
    });
    expect(documentOf(await last(ann, '@bobby')).id).toBe(documentOf(paperMessage).id);
  });

  it('messages.uploadMedia and messages.sendMultiMedia: an album of what is there and what is new', async () => {
    const { api } = bob.client;
    const media = await api.messages.uploadMedia({ peer: '@annie', media: picturePath });
    expect(bob.called).toEqual([SAVE, 'messages.uploadMedia']);
    bob.called.length = 0;
    let randomId = 1_000n;
    const single = (one: FileLike, message: string): unknown => ({
      _: 'inputSingleMedia',
      media: one,
      randomId: ++randomId,
      message,
    });
    await api.messages.sendMultiMedia({
      peer: '@annie',
      multiMedia: [single(media, 'one'), single(photoMessage, 'two')] as never,
    });
    expect(bob.called).toEqual(['messages.sendMultiMedia']);
    const got = await last(ann, '@bobby');
    expect(got.message).toBe('two');
    expect(got.groupedId).toBeDefined();
    expect(photoOf(got).id).toBe(photoOf(photoMessage).id);
  });

  it('messages.editMessage: other media', async () => {
    const { api } = bob.client;
    await bob.client.sendFile('@annie', PAPER, { name: 'before.bin' });
    const { id } = await last(bob, '@annie');
    for (const media of [picturePath, photoMessage, paperMessage]) {
      await api.messages.editMessage({ peer: '@annie', id, media });
      const seen = await last(bob, '@annie');
      expect(seen.id).toBe(id);
      const expected = media === paperMessage ? PAPER : PICTURE;
      expect(hashOf(await bob.client.files.download(seen))).toBe(hashOf(expected));
    }
  });
});

describe('InputPhoto and InputDocument', () => {
  it.each(Object.entries(photos))('photos.deletePhotos takes %s', async (_, file) => {
    const seen = received(dc, photoMethods.DeletePhotosRequest);
    await bob.client.api.photos.deletePhotos({ id: [file()] as never });
    expect(seen[0]?.id).toEqual([new base.InputPhoto(photoOf(photoMessage))]);
    expect(bob.called).toEqual(['photos.deletePhotos']);
  });

  it.each(Object.entries(documents))('messages.saveGif takes %s', async (_, file) => {
    const asked: messages.SaveGifRequest[] = [];
    const undo = dc.handle(messages.SaveGifRequest, (request) => {
      asked.push(request);
      return true;
    });
    await bob.client.api.messages.saveGif({ id: file() as never, unsave: false });
    undo();
    expect(asked[0]?.id).toEqual(new base.InputDocument(documentOf(paperMessage)));
  });

  it('what is not at the server, or the other of the two, is refused before anything is sent', async () => {
    const { api } = bob.client;
    for (const id of [
      PAPER,
      paperPath,
      new Blob([]),
      photoMessage,
      photoOf(photoMessage),
      {},
      5,
      null,
    ]) {
      const failed = api.messages.saveGif({ id: id as never, unsave: false });
      await expect(failed).rejects.toMatchObject({ code: expect.any(String) });
    }
    for (const id of [
      PICTURE,
      picturePath,
      paperMessage,
      bob.client.files.ids(paperMessage).fileId,
    ]) {
      const failed = api.photos.deletePhotos({ id: [id] as never });
      await expect(failed).rejects.toMatchObject({ name: 'FileError' });
    }
    expect(bob.called).toEqual([]);
  });
});

describe('InputChatPhoto: messages.editChatPhoto, channels.editPhoto', () => {
  const channel = async (): Promise<string> => {
    const username = `channel_${++count}`;
    dc.createChannel({ title: 'Channel', creator: bob, username } as never);
    return `@${username}`;
  };
  let count = 0;

  const shown = async (peer: string): Promise<Uint8Array> => {
    const full = await bob.client.api.channels.getFullChannel({ channel: peer });
    return bob.client.files.download(full.fullChat.chatPhoto as base.Photo);
  };

  it.each([...Object.entries(fresh(PICTURE, picturePath)), ...Object.entries(photos)])(
    'takes %s',
    async (_, photo) => {
      const peer = await channel();
      await bob.client.api.channels.editPhoto({ channel: peer, photo: photo() });
      expect(bob.called.at(-1)).toBe('channels.editPhoto');
      expect(hashOf(await shown(peer))).toBe(hashOf(PICTURE));
    },
  );

  it('takes an upload; of a document its bytes', async () => {
    const peer = await channel();
    const uploaded = await bob.client.files.upload(PICTURE, { name: 'x.png' });
    await bob.client.api.channels.editPhoto({ channel: peer, photo: uploaded });
    expect(hashOf(await shown(peer))).toBe(hashOf(PICTURE));
    dc.sendFile(ann, bob, dc.addFile(PICTURE, { name: 'as-file.png', mimeType: 'image/png' }));
    const message = await last(bob, '@annie');
    await bob.client.api.channels.editPhoto({ channel: peer, photo: message });
    expect(bob.called.slice(-3)).toEqual(['upload.getFile', SAVE, 'channels.editPhoto']);
    expect(hashOf(await shown(peer))).toBe(hashOf(PICTURE));
  });
});

describe('InputEncryptedFile: messages.sendEncryptedFile', () => {
  it('takes an encrypted upload, its inputFile, and the file of another secret message', async () => {
    const chat = await secretPair(ann, bob);
    const upload = await ann.client.files.uploadEncrypted(PAPER);
    const { key, iv, size } = upload;
    const first = await sendSecretly(chat, ann, bob, upload as never);
    const second = await sendSecretly(chat, ann, bob, upload.inputFile);
    const stored = await ann.client.api.messages.uploadEncryptedFile({
      peer: chat,
      file: upload as never,
    });
    if (stored._ !== 'encryptedFile') throw new Error('it was not stored');
    const third = await sendSecretly(chat, ann, bob, stored as never);
    for (const file of [first, second, third]) {
      expect(hashOf(await bob.client.files.download({ file, key, iv, size }))).toBe(hashOf(PAPER));
    }
  });

  it('refuses what is not encrypted before anything is sent', async () => {
    const chat = await secretPair(ann, bob);
    const uploaded = await ann.client.files.upload(PAPER);
    ann.called.length = 0;
    for (const file of [PAPER, paperPath, paperMessage, uploaded, new Blob([])]) {
      const data = new Uint8Array(56);
      const failed = ann.client.api.messages.sendEncryptedFile({
        peer: chat,
        file: file as never,
        data,
      });
      await expect(failed).rejects.toMatchObject({ name: 'FileError', code: 'NO_FILE' });
    }
    expect(ann.called).toEqual([]);
  });
});

describe('values that are no file', () => {
  it.each<[string, unknown]>([
    ['nothing', null],
    ['a number', 5],
    ['a boolean', true],
    ['an empty text', ''],
    ['an empty object', {}],
    ['a function', () => undefined],
    [
      'a message without media',
      new base.Message({ id: 1, peerId: new base.PeerUser({ userId: 1n }), date: 1, message: '' }),
    ],
    ['media without a file', new base.MessageMediaEmpty()],
    ['a peer', new base.InputPeerSelf()],
    ['a list', [PICTURE]],
    ['an empty photo', new base.PhotoEmpty({ id: 1n })],
    ['a path to nothing', join(folder, 'nothing')],
    ['no bytes', new Uint8Array(0)],
  ])('%s is refused where a file or media is expected', async (_, value) => {
    const { api } = bob.client;
    const file = value as FileLike;
    const calls = [
      api.messages.sendMedia({ peer: '@annie', media: file, message: '' }),
      api.messages.uploadMedia({ peer: '@annie', media: file }),
      ...(value === null ? [] : [api.photos.uploadProfilePhoto({ file })]),
      api.channels.editPhoto({ channel: '@nobody', photo: file }),
    ];
    for (const result of await Promise.allSettled(calls)) {
      expect(result.status).toBe('rejected');
      const { reason } = result as PromiseRejectedResult;
      expect(reason).toMatchObject({ code: expect.any(String) });
    }
    expect(bob.called.filter((name) => !name.startsWith('contacts.'))).toEqual([]);
  });
});
