import { Bytes } from '@fuman/io';
import { Audio, Document, Photo, Video, Voice, type Message } from '@mtcute/core';
import { MemoryStorage } from '@tlgen/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseFileId, printFileId } from '../../packages/runtime/src/files/file-id/index.js';
import { content, hashOf, KIB, MIB } from '../end-to-end/files/content.js';
import { clientOf } from '../end-to-end/people.js';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { ALBUM, CASES, jpeg, picture, SIZES, type Facts } from './files-cases.js';
import { expectQuiet, factsOf, filesWorld, lastOf, type FilesWorld } from './files-world.js';
import { all, signedInMtcute, type MtcuteClient, type Stranger } from './stranger-clients.js';

let world: FilesWorld;
let stranger: Stranger<MtcuteClient>;
let bob: MtcuteClient;
beforeAll(async () => {
  world = await filesWorld();
  stranger = await signedInMtcute(world.dc, world.bobAccount);
  bob = stranger.client;
});
afterAll(async () => {
  await stranger.close();
  await world.ann.client.close();
  expectQuiet(world.dc);
  await world.dc.close();
  await expectNoSockets();
});

type File = Photo | Document | Video | Audio | Voice;

/** Files of the messages that came last, oldest first, as mtcute sees them. */
async function last(limit = 1): Promise<{ readonly message: Message; readonly file: File }[]> {
  const messages = [...(await bob.getHistory('annie', { limit }))].reverse();
  return messages.map((message) => ({ message, file: fileOf(message) }));
}

async function lastOne(): Promise<{ readonly message: Message; readonly file: File }> {
  const [found] = await last();
  if (!found) throw new Error('there is no message');
  return found;
}

function fileOf({ media }: Message): File {
  for (const kind of [Photo, Document, Video, Audio, Voice])
    if (media instanceof kind) return media;
  throw new Error(`the message has no file: ${media?.type ?? 'none'}`);
}

/** What mtcute says of a file. */
function seen(file: File): Facts {
  const size = file.fileSize;
  if (file instanceof Photo) return { kind: 'photo', size, width: file.width, height: file.height };
  const { mimeType } = file;
  const common = { kind: file.type, name: file.fileName ?? undefined, mimeType, size };
  if (file instanceof Voice) return { ...common, duration: file.duration, waveform: file.waveform };
  if (file instanceof Audio) {
    const { duration, title, performer } = file;
    return { ...common, duration, title: title ?? undefined, performer: performer ?? undefined };
  }
  if (!(file instanceof Video)) return common;
  const { duration, width, height, attr } = file;
  const streaming = attr._ === 'documentAttributeVideo' ? attr.supportsStreaming : undefined;
  return { ...common, duration, width, height, streaming };
}

/** The same id as older TDLibs print it: mtcute does not read what is newer. */
function older(id: string): string {
  const parsed = parseFileId(id);
  return parsed.kind === 'generated' ? id : printFileId({ ...parsed, subVersion: 58 });
}

const download = async (file: Parameters<MtcuteClient['downloadAsBuffer']>[0]): Promise<string> =>
  hashOf(await bob.downloadAsBuffer(file));

describe('what our client sends is what mtcute downloads', () => {
  it.each(SIZES)('%d bytes', async (size) => {
    const bytes = content(size, size);
    await world.ann.client.sendFile('@bobby', bytes, { name: 'a.bin' });
    const { file } = await lastOne();
    expect(seen(file)).toMatchObject({ name: 'a.bin', size });
    expect(await download(file)).toBe(hashOf(bytes));
  });

  it.each(CASES)('a $media.type', async ({ media, facts, thumb }) => {
    await world.ann.client.sendMedia('@bobby', media, { caption: 'look' });
    const { message, file } = await lastOne();
    expect(message.text).toBe('look');
    expect(seen(file)).toEqual(facts);
    expect(await download(file)).toBe(hashOf(media.file));
    const [small] = file instanceof Photo ? [] : file.thumbnails;
    expect(small ? await download(small) : undefined).toBe(thumb && hashOf(thumb));
  });

  it('an album', async () => {
    await world.ann.client.sendAlbum(
      '@bobby',
      ALBUM.map((file, at) => ({ media: { type: 'photo', file }, caption: `no. ${at}` })),
    );
    const got = await last(3);
    expect(got.map(({ message }) => message.text)).toEqual(['no. 0', 'no. 1', 'no. 2']);
    expect(new Set(got.map(({ message }) => String(message.groupedId))).size).toBe(1);
    for (const [at, { file }] of got.entries())
      expect(await download(file)).toBe(hashOf(ALBUM[at]!));
  });

  it('in ranges', async () => {
    const bytes = content(2 * MIB + 77, 9);
    await world.ann.client.sendFile('@bobby', bytes, { name: 'a.bin' });
    const { file } = await lastOne();
    const whole = await all(bob.downloadAsStream(file) as AsyncIterable<Uint8Array>);
    expect(hashOf(Buffer.concat(whole))).toBe(hashOf(bytes));
    // Multiples of the part size: a part that crosses a mebibyte would be refused.
    for (const offset of [0, 64 * KIB, MIB, 2 * MIB]) {
      const parts = await all(bob.downloadAsIterable(file, { offset, partSize: 64 }));
      expect(`${offset} ${hashOf(Buffer.concat(parts))}`).toBe(
        `${offset} ${hashOf(bytes.subarray(offset))}`,
      );
    }
    const head = await all(bob.downloadAsIterable(file, { limit: 256 * KIB }));
    expect(hashOf(Buffer.concat(head))).toBe(hashOf(bytes.subarray(0, 256 * KIB)));
    // Not near a mebibyte's border, nor near the end, where it is refused or cuts off too much.
    for (const [offset, limit] of [
      [1, 1000],
      [MIB - 5000, 1500],
      [2 * MIB - 9000, 3000],
    ] as const) {
      const part = await bob.downloadChunk({ location: file, offset, limit });
      expect(hashOf(part)).toBe(hashOf(bytes.subarray(offset, offset + limit)));
    }
  });
});

describe('what mtcute sends is what our client downloads', () => {
  it.each([
    ...SIZES.filter((size) => size !== 10 * MIB - 1).map((size) => ({ size, known: true })),
    ...SIZES.filter((size) => size < MIB || size > 10 * MIB).map((size) => ({
      size,
      known: false,
    })),
  ])('$size bytes, length known: $known', async ({ size, known }) => {
    // Of unknown length it sends an empty part after the last when that is a whole one: the server refuses it.
    const whole = !known && size % (64 * KIB) === 0;
    const bytes = content(whole ? size + 1 : size, size + 1);
    const file = known ? bytes : Bytes.from(bytes);
    await bob.sendMedia('annie', {
      type: 'document',
      file,
      fileName: 'b.bin',
      fileMime: 'application/x-test',
    });
    const [message] = await lastOf(world.ann, '@bobby');
    expect(factsOf(world.ann, message!)).toEqual({
      kind: 'document',
      name: 'b.bin',
      mimeType: 'application/x-test',
      size: bytes.length,
    });
    const { files } = world.ann.client;
    expect(hashOf(await files.download(message!))).toBe(hashOf(bytes));
    const [start, end] = [Math.floor(size / 3), Math.ceil(size / 2)];
    const range = await files.download(message!, { start, end });
    expect(hashOf(range)).toBe(hashOf(bytes.subarray(start, end)));
  });

  it('a photo, a video with thumbnail, music, a voice message', async () => {
    const [photo, clip, thumb] = [picture(320, 200), content(150_000, 4), jpeg(64, 64, 2001)];
    const waveform = [1, 2, 3, 30, 31, 0, 5, 6];
    await bob.sendMedia('annie', { type: 'photo', file: photo, fileName: 'p.png' });
    await bob.sendMedia('annie', {
      type: 'video',
      file: clip,
      fileName: 'v.mp4',
      fileMime: 'video/mp4',
      duration: 7,
      width: 64,
      height: 48,
      supportsStreaming: true,
      thumb,
    });
    await bob.sendMedia('annie', {
      type: 'audio',
      file: clip,
      fileName: 'm.mp3',
      fileMime: 'audio/mpeg',
      duration: 9,
      title: 'T',
      performer: 'P',
    });
    await bob.sendMedia('annie', {
      type: 'voice',
      file: new Blob([clip as Uint8Array<ArrayBuffer>]),
      fileMime: 'audio/ogg',
      duration: 5,
      waveform,
    });
    const messages = await lastOf(world.ann, '@bobby', 4);
    const size = clip.length;
    expect(messages.map((message) => factsOf(world.ann, message))).toEqual([
      { kind: 'photo', width: 320, height: 200, size: photo.length },
      {
        kind: 'video',
        name: 'v.mp4',
        mimeType: 'video/mp4',
        size,
        duration: 7,
        width: 64,
        height: 48,
        streaming: true,
      },
      {
        kind: 'audio',
        name: 'm.mp3',
        mimeType: 'audio/mpeg',
        size,
        duration: 9,
        title: 'T',
        performer: 'P',
      },
      { kind: 'voice', mimeType: 'audio/ogg', size, duration: 5, waveform },
    ]);
    const { files } = world.ann.client;
    const got = await Promise.all(messages.map((message) => files.download(message)));
    expect(got.map(hashOf)).toEqual([photo, clip, clip, clip].map(hashOf));
    expect(hashOf(await files.download(messages[1]!, { thumb: 'm' }))).toBe(hashOf(thumb));
  });

  it('an album, which our client sends again without an upload', async () => {
    await bob.sendMediaGroup(
      'annie',
      ALBUM.map((file, at) => ({ type: 'photo', file, fileName: `${at}.png`, caption: `${at}` })),
    );
    const { ann } = world;
    const messages = await lastOf(ann, '@bobby', 3);
    expect(messages.map(({ message }) => message)).toEqual(['0', '1', '2']);
    expect(new Set(messages.map(({ groupedId }) => groupedId)).size).toBe(1);
    for (const [at, message] of messages.entries())
      expect(hashOf(await ann.client.files.download(message))).toBe(hashOf(ALBUM[at]!));

    ann.called.length = 0;
    await ann.client.sendAlbum(
      '@bobby',
      messages.map((message) => ({ media: message })),
    );
    await ann.client.sendFile('@bobby', messages[1]!);
    expect(ann.called).toEqual(['messages.sendMultiMedia', 'messages.sendMedia']);
    const got: string[] = [];
    for (const { file } of await last(4)) got.push(await download(file));
    expect(got).toEqual([...ALBUM, ALBUM[1]!].map(hashOf));
  });
});

describe('files at another data center', () => {
  const bytes = content(1_300_001, 21);

  it('are fetched by both, also after they were moved', async () => {
    const { dc, ann, annUser, bobUser } = world;
    const made = dc.addFile(bytes, { dcId: 4, name: 'far.bin' });
    dc.sendFile(annUser, bobUser, made);
    const { file } = await lastOne();
    const [ours] = await lastOf(ann, '@bobby');
    expect([file.dcId, ann.client.files.info(ours!).dc]).toEqual([4, 4]);
    for (const where of [4, 2, 4]) {
      dc.moveFile(made, where);
      expect(await download(file)).toBe(hashOf(bytes));
      expect(hashOf(await ann.client.files.download(ours!))).toBe(hashOf(bytes));
    }
  });

  it('that have copies at a CDN: mtcute does not ask for them, ours does', async () => {
    const { dc, ann, annUser, bobUser } = world;
    dc.sendFile(annUser, bobUser, dc.addFile(bytes, { dcId: 4, cdn: true }));
    expect(await download((await lastOne()).file)).toBe(hashOf(bytes));
    const [ours] = await lastOf(ann, '@bobby');
    ann.called.length = 0;
    expect(hashOf(await ann.client.files.download(ours!))).toBe(hashOf(bytes));
    expect(ann.called).toContain('upload.getCdnFile');
  });

  it('with expired references: our client renews them, mtcute rejects', async () => {
    const { dc, ann, annUser, bobUser } = world;
    const sent = dc.sendFile(annUser, bobUser, bytes, { name: 'old.bin' });
    const { file } = await lastOne();
    const [ours] = await lastOf(ann, '@bobby');
    dc.expireReferences(sent.file);
    await expect(bob.downloadAsBuffer(file)).rejects.toThrow('FILE_REFERENCE_EXPIRED');
    expect(await download((await lastOne()).file)).toBe(hashOf(bytes));
    expect(hashOf(await ann.client.files.download(ours!))).toBe(hashOf(bytes));
  });
});

describe('file ids', () => {
  it('of one account mean the same to both, and both download by those of the other', async () => {
    const { dc, ann, bobAccount } = world;
    await using same = clientOf(dc, { storage: new MemoryStorage() });
    await same.signIn(bobAccount);
    for (const { media, thumb } of CASES) {
      await ann.client.sendMedia('@bobby', media);
      const { file } = await lastOne();
      const [message] = await all(same.peers.history('@annie', { limit: 1 }));
      const ids = same.files.ids(message!);
      // The two write different sub-versions.
      const subVersion = expect.any(Number) as number;
      expect({ ...parseFileId(ids.fileId), subVersion }).toEqual({
        ...parseFileId(file.fileId),
        subVersion,
      });
      expect(ids.uniqueId).toBe(file.uniqueFileId);
      expect(hashOf(await same.files.download(file.fileId))).toBe(hashOf(media.file));
      expect(await download(older(ids.fileId))).toBe(hashOf(media.file));
      if (!thumb || file instanceof Photo) continue;
      const [small] = file.thumbnails;
      const ours = same.files.ids(message!, { thumb: 'm' });
      expect(ours.uniqueId).toBe(small!.uniqueFileId);
      expect(hashOf(await same.files.download(small!.fileId))).toBe(hashOf(thumb));
      expect(await download(older(ours.fileId))).toBe(hashOf(thumb));
    }
  });

  it('of mtcute are sent again by our client, and ours by mtcute', async () => {
    const { dc, ann, bobAccount } = world;
    const bytes = content(77_777, 5);
    await using same = clientOf(dc, { storage: new MemoryStorage() });
    await same.signIn(bobAccount);
    await ann.client.sendFile('@bobby', bytes, { name: 'id.bin' });
    const { file } = await lastOne();
    if (file instanceof Photo) throw new Error('that is a photo');
    const [message] = await all(same.peers.history('@annie', { limit: 1 }));
    await same.sendFile('@annie', file.fileId);
    const { fileId } = same.files.ids(message!);
    await bob.sendMedia('annie', { type: 'document', file: older(fileId) });
    const [one, two] = await lastOf(ann, '@bobby', 2);
    for (const got of [one!, two!]) {
      expect(factsOf(ann, got)).toMatchObject({ kind: 'document', name: 'id.bin', size: 77_777 });
      expect(hashOf(await ann.client.files.download(got))).toBe(hashOf(bytes));
    }
  });
});

describe('profile photos', () => {
  it('that our client sets are downloaded by mtcute, and the reverse', async () => {
    const { ann } = world;
    const [mine, theirs] = [picture(640, 640, 40_001, 7), picture(500, 500, 20_003, 8)];
    await ann.client.api.photos.uploadProfilePhoto({ file: mine });
    const [user] = await bob.getUsers(['annie']);
    if (!user?.photo) throw new Error('Ann has no photo');
    expect(await download(user.photo.big)).toBe(hashOf(mine));
    const [self] = await ann.client.api.users.getUsers({ id: ['me'] });
    const small = await ann.client.files.download(self!, { thumb: 'smallest' });
    expect(await download(user.photo.small)).toBe(hashOf(small));
    expect(small.length).toBeLessThan(mine.length);

    await bob.setMyProfilePhoto({ type: 'photo', media: theirs });
    const [other] = await ann.client.api.users.getUsers({ id: ['@bobby'] });
    expect(hashOf(await ann.client.files.download(other!))).toBe(hashOf(theirs));
  });
});
