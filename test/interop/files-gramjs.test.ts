import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Uploads from 'telegram/client/uploads.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content, hashOf, KIB, MIB } from '../end-to-end/files/content.js';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { ALBUM, amplitudes, CASES, jpeg, picture, SIZES, type Facts } from './files-cases.js';
import { gramjsForFiles } from './files-gramjs.js';
import { expectQuiet, factsOf, filesWorld, lastOf, type FilesWorld } from './files-world.js';
import { all, Api, type GramjsApi, type GramjsClient, type Stranger } from './stranger-clients.js';

const require = createRequire(import.meta.url);
const { CustomFile } = require('telegram/client/uploads') as typeof Uploads;
const bigInt = require('big-integer') as (value: number) => GramjsApi.long;

let world: FilesWorld;
let stranger: Stranger<GramjsClient>;
let bob: GramjsClient;
const folder = mkdtempSync(join(tmpdir(), 'tlgen-files-gramjs-'));
beforeAll(async () => {
  world = await filesWorld();
  stranger = await gramjsForFiles(world.dc, world.bobAccount);
  bob = stranger.client;
});
afterAll(async () => {
  await stranger.close();
  await world.ann.client.close();
  expectQuiet(world.dc);
  await world.dc.close();
  rmSync(folder, { recursive: true, force: true });
  await expectNoSockets();
});

/** The messages that came last, oldest first, as GramJS sees them. */
async function last(limit = 1): Promise<GramjsApi.Message[]> {
  return [...(await bob.getMessages('annie', { limit }))].reverse();
}

async function lastOne(): Promise<GramjsApi.Message> {
  const [message] = await last();
  if (!message) throw new Error('there is no message');
  return message;
}

const hash = (bytes: unknown): string => hashOf(bytes as Buffer);

function documentOf(message: GramjsApi.Message): GramjsApi.Document {
  const { document } = message;
  if (!(document instanceof Api.Document)) throw new Error('the message has no document');
  return document;
}

/** What a download of GramJS starts from. */
function locationOf(message: GramjsApi.Message): GramjsApi.InputDocumentFileLocation {
  const { id, accessHash, fileReference } = documentOf(message);
  return new Api.InputDocumentFileLocation({ id, accessHash, fileReference, thumbSize: '' });
}

/** What GramJS says of a file. */
function seen(message: GramjsApi.Message): Facts {
  const { photo } = message;
  if (photo instanceof Api.Photo) {
    const largest = photo.sizes.at(-1);
    if (!(largest instanceof Api.PhotoSize)) throw new Error('the photo has no size');
    return { kind: 'photo', width: largest.w, height: largest.h, size: largest.size };
  }
  const { attributes, mimeType, size } = documentOf(message);
  const video = attributes.find((one) => one instanceof Api.DocumentAttributeVideo);
  const audio = attributes.find((one) => one instanceof Api.DocumentAttributeAudio);
  const name = attributes.find((one) => one instanceof Api.DocumentAttributeFilename);
  const kind = video ? 'video' : audio?.voice ? 'voice' : audio ? 'audio' : 'document';
  return {
    kind,
    mimeType,
    size: Number(size),
    name: name?.fileName,
    duration: video?.duration ?? audio?.duration,
    width: video?.w,
    height: video?.h,
    streaming: video?.supportsStreaming,
    title: audio?.title ?? undefined,
    performer: audio?.performer ?? undefined,
    waveform: amplitudes(audio?.waveform),
  };
}

describe('what our client sends is what GramJS downloads', () => {
  it.each(SIZES)('%d bytes', async (size) => {
    const bytes = content(size, size);
    await world.ann.client.sendFile('@bobby', bytes, { name: 'a.bin' });
    const message = await lastOne();
    expect(seen(message)).toMatchObject({ name: 'a.bin', size });
    expect(hash(await bob.downloadMedia(message))).toBe(hashOf(bytes));
  });

  it.each(CASES)('a $media.type', async ({ media, facts, thumb }) => {
    await world.ann.client.sendMedia('@bobby', media, { caption: 'look' });
    const message = await lastOne();
    expect(message.message).toBe('look');
    expect(seen(message)).toEqual(facts);
    expect(hash(await bob.downloadMedia(message))).toBe(hashOf(media.file));
    if (thumb) expect(hash(await bob.downloadMedia(message, { thumb: 0 }))).toBe(hashOf(thumb));
  });

  it('an album', async () => {
    await world.ann.client.sendAlbum(
      '@bobby',
      ALBUM.map((file, at) => ({ media: { type: 'photo', file }, caption: `no. ${at}` })),
    );
    const messages = await last(3);
    expect(messages.map(({ message }) => message)).toEqual(['no. 0', 'no. 1', 'no. 2']);
    expect(new Set(messages.map(({ groupedId }) => String(groupedId))).size).toBe(1);
    for (const [at, message] of messages.entries())
      expect(hash(await bob.downloadMedia(message))).toBe(hash(ALBUM[at]));
  });

  it('in ranges', async () => {
    const bytes = content(2 * MIB + 77, 9);
    await world.ann.client.sendFile('@bobby', bytes, { name: 'a.bin' });
    const file = locationOf(await lastOne());
    for (const [offset, chunkSize, limit] of [
      [0, 64 * KIB, 3],
      [512 * KIB, 512 * KIB, 2],
      [MIB + 4096, 4096, 5],
      [MIB + 1, 1000, 3],
      [2 * MIB, 128 * KIB, 4],
    ] as const) {
      const requestSize = Math.max(4096, Math.min(chunkSize, 512 * KIB));
      const parts = await all(
        bob.iterDownload({ file, offset: bigInt(offset), limit, chunkSize, requestSize }),
      );
      const wanted = bytes.subarray(offset, offset + limit * chunkSize);
      expect(`${offset} ${hashOf(Buffer.concat(parts))}`).toBe(`${offset} ${hashOf(wanted)}`);
    }
  });
});

describe('what GramJS sends is what our client downloads', () => {
  // It encrypts slowly: one large file by either method.
  it.each(SIZES.filter((size) => size !== 10 * MIB - 1))(
    '%d bytes, by several workers',
    async (size) => {
      const bytes = Buffer.from(content(size, size + 1));
      const file = new CustomFile('b.bin', size, '', bytes);
      await bob.sendFile('annie', { file, workers: 4, forceDocument: true });
      const [message] = await lastOf(world.ann, '@bobby');
      expect(factsOf(world.ann, message!)).toEqual({
        kind: 'document',
        name: 'b.bin',
        mimeType: 'application/octet-stream',
        size,
      });
      const { files } = world.ann.client;
      expect(hashOf(await files.download(message!))).toBe(hashOf(bytes));
      const [start, end] = [Math.floor(size / 3), Math.ceil(size / 2)];
      const range = await files.download(message!, { start, end });
      expect(hashOf(range)).toBe(hashOf(bytes.subarray(start, end)));
    },
  );

  it('a file of a path and one of the web, a photo, a video with thumbnail', async () => {
    const path = join(folder, 'notes.txt');
    const text = content(300_001, 3);
    writeFileSync(path, text);
    const clip = Buffer.from(content(150_000, 4));
    const photo = Buffer.from(picture(320, 200));
    const thumb = Buffer.from(jpeg(64, 64, 2001));
    const attributes = [
      new Api.DocumentAttributeVideo({ duration: 7, w: 64, h: 48, supportsStreaming: true }),
    ];
    await bob.sendFile('annie', { file: path, caption: 'path' });
    const web = await bob.uploadFile({
      file: new File([Buffer.from(text)], 'web.txt'),
      workers: 3,
    });
    await bob.sendFile('annie', { file: web as never });
    await bob.sendFile('annie', { file: new CustomFile('p.png', photo.length, '', photo) });
    const video = new CustomFile('v.mp4', clip.length, '', clip);
    await bob.sendFile('annie', {
      file: video,
      attributes,
      thumb,
    });
    const messages = await lastOf(world.ann, '@bobby', 4);
    expect(messages.map((message) => factsOf(world.ann, message))).toEqual([
      { kind: 'document', name: 'notes.txt', mimeType: 'text/plain', size: text.length },
      { kind: 'document', name: 'web.txt', mimeType: 'text/plain', size: text.length },
      { kind: 'photo', width: 320, height: 200, size: photo.length },
      {
        kind: 'video',
        name: 'v.mp4',
        mimeType: 'video/mp4',
        size: clip.length,
        duration: 7,
        width: 64,
        height: 48,
        streaming: true,
      },
    ]);
    const { files } = world.ann.client;
    const got = await Promise.all(messages.map((message) => files.download(message)));
    expect(got.map(hashOf)).toEqual([text, text, photo, clip].map(hashOf));
    expect(hashOf(await files.download(messages[3]!, { thumb: 'm' }))).toBe(hashOf(thumb));
  });

  it('an album, which our client sends again without an upload', async () => {
    const file = ALBUM.map((one, at) => {
      const bytes = Buffer.from(one);
      return new CustomFile(`${at}.png`, bytes.length, '', bytes);
    });
    await bob.sendFile('annie', { file, caption: ['a', 'b', 'c'] });
    const { ann } = world;
    const messages = await lastOf(ann, '@bobby', 3);
    expect(messages.map(({ message }) => message)).toEqual(['a', 'b', 'c']);
    expect(new Set(messages.map(({ groupedId }) => groupedId)).size).toBe(1);
    for (const [at, message] of messages.entries())
      expect(hashOf(await ann.client.files.download(message))).toBe(hash(ALBUM[at]));

    ann.called.length = 0;
    await ann.client.sendAlbum(
      '@bobby',
      messages.map((message) => ({ media: message })),
    );
    await ann.client.sendFile('@bobby', messages[1]!);
    expect(ann.called).toEqual(['messages.sendMultiMedia', 'messages.sendMedia']);
    const got: string[] = [];
    for (const message of await last(4)) got.push(hash(await bob.downloadMedia(message)));
    expect(got).toEqual([...ALBUM, ALBUM[1]].map(hash));
  });
});

describe('files at another data center', () => {
  const bytes = content(1_300_001, 21);

  it('are fetched by both, also after they were moved', async () => {
    const { dc, ann, annUser, bobUser } = world;
    const file = dc.addFile(bytes, { dcId: 4, name: 'far.bin' });
    dc.sendFile(annUser, bobUser, file);
    const theirs = await lastOne();
    const [ours] = await lastOf(ann, '@bobby');
    expect([documentOf(theirs).dcId, ann.client.files.info(ours!).dc]).toEqual([4, 4]);
    for (const where of [4, 2, 4]) {
      dc.moveFile(file, where);
      expect(hash(await bob.downloadMedia(theirs))).toBe(hashOf(bytes));
      expect(hashOf(await ann.client.files.download(ours!))).toBe(hashOf(bytes));
    }
  });

  it('that have copies at a CDN: GramJS does not ask for them, ours does', async () => {
    const { dc, ann, annUser, bobUser } = world;
    dc.sendFile(annUser, bobUser, dc.addFile(bytes, { dcId: 4, cdn: true }));
    expect(hash(await bob.downloadMedia(await lastOne()))).toBe(hashOf(bytes));
    const [ours] = await lastOf(ann, '@bobby');
    ann.called.length = 0;
    expect(hashOf(await ann.client.files.download(ours!))).toBe(hashOf(bytes));
    expect(ann.called).toContain('upload.getCdnFile');
  });

  it('with expired references: our client renews them, GramJS rejects', async () => {
    const { dc, ann, annUser, bobUser } = world;
    const { file } = dc.sendFile(annUser, bobUser, bytes, { name: 'old.bin' });
    const theirs = await lastOne();
    const [ours] = await lastOf(ann, '@bobby');
    dc.expireReferences(file);
    await expect(bob.downloadMedia(theirs)).rejects.toThrow('FILE_REFERENCE_EXPIRED');
    expect(hash(await bob.downloadMedia(await lastOne()))).toBe(hashOf(bytes));
    expect(hashOf(await ann.client.files.download(ours!))).toBe(hashOf(bytes));
  });
});

describe('profile photos', () => {
  const small = picture(640, 640, 40_001, 7);

  it('that our client sets are downloaded by GramJS, and the reverse', async () => {
    const { ann } = world;
    await ann.client.api.photos.uploadProfilePhoto({ file: small });
    expect(hash(await bob.downloadProfilePhoto('annie', { isBig: true }))).toBe(hashOf(small));
    const [self] = await ann.client.api.users.getUsers({ id: ['me'] });
    const ours = await ann.client.files.download(self!, { thumb: 'smallest' });
    expect(hash(await bob.downloadProfilePhoto('annie', { isBig: false }))).toBe(hashOf(ours));
    expect(ours.length).toBeLessThan(small.length);

    const other = Buffer.from(picture(500, 500, 20_003, 8));
    const file = await bob.uploadFile({
      file: new CustomFile('me.png', other.length, '', other),
      workers: 1,
    });
    await bob.invoke(new Api.photos.UploadProfilePhoto({ file }));
    const [user] = await ann.client.api.users.getUsers({ id: ['@bobby'] });
    expect(hashOf(await ann.client.files.download(user!))).toBe(hashOf(other));
  });
});
