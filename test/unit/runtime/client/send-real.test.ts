import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LocalDc } from '@tlgen/local-dc';
import { packWaveform } from '@tlgen/runtime';
import type { base } from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClean, person, type Person } from '../../../end-to-end/people.js';
import { bytes, gif, jpeg, mp4, opus, webp } from '../files/media/samples.js';

let dc: LocalDc;
let ann: Person;
let bob: Person;
const folder = mkdtempSync(join(tmpdir(), 'tlgen-media-'));

beforeAll(async () => {
  dc = await LocalDc.start();
  ann = await person(dc, await dc.createUser({ username: 'annie' }));
  bob = await person(dc, await dc.createUser({ username: 'bobby' }));
});
afterAll(async () => {
  await ann.client.close();
  await bob.client.close();
  expectClean(dc);
  await dc.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The newest messages, as their receiver sees them, in the order they were sent. */
async function last(limit = 1): Promise<base.Message[]> {
  const found: base.Message[] = [];
  for await (const message of bob.client.peers.history('@annie', { limit })) {
    if (message._ === 'message') found.push(message);
  }
  return found.reverse();
}

const documentOf = ({ media }: base.Message): base.Document =>
  (media as base.MessageMediaDocument).document as base.Document;

/** Names of what is told of a document, its name apart. */
const told = (message: base.Message): string[] =>
  documentOf(message)
    .attributes.map(({ _ }) => _.replace('documentAttribute', ''))
    .filter((name) => name !== 'Filename');

describe('files of a folder', () => {
  it.each([
    ['photo.jpg', jpeg(640, 480), null],
    ['film.mp4', mp4({}, { first: 700_000 }), ['Video']],
    ['loop.gif', gif(20, 30), ['Animated', 'ImageSize']],
    ['voice.ogg', opus(3), ['Audio']],
    ['still.webp', webp.lossless(9, 9), ['ImageSize']],
    ['words.txt', bytes('words'), []],
  ])('%s arrives as what it is, by its path and by its URL', async (name, content, attributes) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    for (const source of [path, pathToFileURL(path)]) {
      const sent = await ann.client.sendFile('@bobby', source, { caption: name });
      const [message] = (await last()) as [base.Message];
      expect(message).toMatchObject({ message: name });
      expect(sent.id).toBeGreaterThan(0);
      expect(sent.media?._).toBe(message.media?._);
      const got = await bob.client.files.download(message);
      expect(Buffer.compare(got, content)).toBe(0);
      if (attributes) {
        expect(told(message)).toEqual(attributes);
        expect(documentOf(message).attributes[0]).toMatchObject({ fileName: name });
      } else {
        expect(message.media).toMatchObject({ photo: { _: 'photo' } });
      }
    }
  });

  it('one that is not there is told before anything is uploaded', async () => {
    ann.called.length = 0;
    const failed = ann.client.sendFile('@bobby', join(folder, 'none.jpg'));
    await expect(failed).rejects.toMatchObject({ code: 'FILE_ACCESS' });
    const longName = ann.client.sendFile('@bobby', 'a-name-that-could-be-a-file-id-but-is-none');
    await expect(longName).rejects.toMatchObject({ code: 'FILE_ACCESS' });
    expect(ann.called).toEqual([]);
  });
});

describe('every kind', () => {
  it('arrives with what was told of it', async () => {
    const { client } = ann;
    await client.sendMedia('@bobby', {
      type: 'video',
      file: mp4(),
      thumb: jpeg(90, 90),
      cover: jpeg(300, 300),
      startsAt: 1,
      spoiler: true,
    });
    const [film] = (await last()) as [base.Message];
    expect(film.media).toMatchObject({ spoiler: true, videoTimestamp: 1 });
    expect(documentOf(film).attributes).toContainEqual(
      expect.objectContaining({ _: 'documentAttributeVideo', duration: 2.5, w: 640, h: 360 }),
    );
    const waveform = packWaveform([1, 2, 3]);
    await client.sendMedia('@bobby', { type: 'voice', file: opus(2), waveform });
    const [voice] = (await last()) as [base.Message];
    expect(voice.media).toMatchObject({ voice: true });
    expect(documentOf(voice).attributes).toContainEqual(
      expect.objectContaining({ voice: true, duration: 2, waveform: Buffer.from(waveform) }),
    );
    await client.sendMedia('@bobby', { type: 'video-note', file: mp4({ height: 640 }) });
    expect((await last())[0]?.media).toMatchObject({ round: true });
    await client.sendMedia('@bobby', { type: 'sticker', file: webp.lossy(512, 512), emoji: '🐈' });
    expect(told((await last())[0] as base.Message)).toEqual(['Sticker', 'ImageSize']);
    await client.sendMedia('@bobby', { type: 'audio', file: bytes('ID3....'), title: 'T' });
    expect(told((await last())[0] as base.Message)).toEqual(['Audio']);
  });
});

describe('what is at the server', () => {
  it('is sent again by message, media and file id, without an upload', async () => {
    await ann.client.sendFile('@bobby', bytes('once'), { name: 'once.txt' });
    const [message] = (await last()) as [base.Message];
    const { fileId } = bob.client.files.ids(message);
    bob.called.length = 0;
    for (const file of [message, message.media as base.MessageMediaDocument, fileId]) {
      const sent = await bob.client.sendFile('@annie', file, { caption: 'again' });
      const { document } = sent.media as base.MessageMediaDocument;
      expect((document as base.Document).id).toBe(documentOf(message).id);
    }
    expect(bob.called).toEqual(Array.from({ length: 3 }, () => 'messages.sendMedia'));
  });
});

describe('what the server lost', () => {
  it('is uploaded once more, with the same random id', async () => {
    const path = join(folder, 'lost.txt');
    writeFileSync(path, 'lost and found');
    ann.called.length = 0;
    let forgotten = 0;
    const sent = await ann.client.sendFile('@bobby', path, {
      onProgress: () => (forgotten += dc.files.forgetParts()),
    });
    expect(sent.id).toBeGreaterThan(0);
    expect(forgotten).toBeGreaterThan(0);
    expect(ann.called).toEqual([
      'upload.saveFilePart',
      'messages.sendMedia',
      'upload.saveFilePart',
      'messages.sendMedia',
    ]);
    const got = await bob.client.files.download((await last())[0] as base.Message);
    expect(Buffer.from(got).toString()).toBe('lost and found');
  });
});

describe('a reference that has expired', () => {
  it('is asked for again, of one file and of those of an album', async () => {
    await ann.client.sendFile('@bobby', bytes('first'), { name: 'a.txt' });
    await ann.client.sendFile('@bobby', bytes('second'), { name: 'b.txt' });
    const messages = await last(2);
    dc.expireReferences();
    bob.called.length = 0;
    const [message] = messages as [base.Message];
    await bob.client.sendFile('@annie', message);
    expect(bob.called.filter((name) => name === 'messages.sendMedia')).toHaveLength(2);
    dc.expireReferences();
    bob.called.length = 0;
    const sent = await bob.client.sendAlbum('@annie', [...messages, bytes('third')]);
    expect(
      sent.map(({ media }) => ((media as base.MessageMediaDocument).document as base.Document).id),
    ).toEqual([...messages.map((one) => documentOf(one).id), expect.any(BigInt)]);
    expect(bob.called.filter((name) => name === 'messages.uploadMedia')).toHaveLength(1);
  });
});

describe('an album', () => {
  it('arrives as one, in order', async () => {
    const again = (await ann.client.sendFile('@bobby', jpeg(7, 7))).media as base.MessageMediaPhoto;
    const sent = await ann.client.sendAlbum(
      '@bobby',
      [{ media: jpeg(640, 480), caption: 'one' }, mp4(), again, jpeg(6, 6)],
      { caption: 'not used' },
    );
    const messages = await last(4);
    expect(messages.map(({ message }) => message)).toEqual(['one', '', '', '']);
    expect(messages.map(({ media }) => media?._)).toEqual([
      'messageMediaPhoto',
      'messageMediaDocument',
      'messageMediaPhoto',
      'messageMediaPhoto',
    ]);
    expect(new Set(messages.map(({ groupedId }) => groupedId)).size).toBe(1);
    expect(messages[0]?.groupedId).toBeDefined();
    expect(new Set(sent.map(({ id }) => id)).size).toBe(4);
    expect(sent.map(({ media }) => media?._)).toEqual(messages.map(({ media }) => media?._));
  });
});
