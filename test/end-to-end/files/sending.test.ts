import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalDc } from '@tlgen/local-dc';
import { messages, type base } from '@tlgen/telegram';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bytes, gif, jpeg, mp4, opus, png, webp } from '../../unit/runtime/files/media/samples.js';
import { expectClean, person, type Person } from '../people.js';
import { content, hashOf, KIB } from './content.js';

let dc: LocalDc;
let ann: Person;
let bob: Person;
let bot: Person;
const folder = mkdtempSync(join(tmpdir(), 'tlgen-sending-'));

beforeAll(async () => {
  dc = await LocalDc.start();
  ann = await person(dc, await dc.createUser({ username: 'annie' }));
  bob = await person(dc, await dc.createUser({ username: 'bobby' }));
  bot = await person(dc, await dc.createUser({ username: 'file_bot', bot: true }));
});
beforeEach(() => {
  ann.called.length = 0;
  bob.called.length = 0;
});
afterAll(async () => {
  for (const { client } of [ann, bob, bot]) await client.close();
  expectClean(dc);
  await dc.close();
  rmSync(folder, { recursive: true, force: true });
});

async function last(who: Person, peer: string, limit = 1): Promise<base.Message[]> {
  const found: base.Message[] = [];
  for await (const message of who.client.peers.history(peer, { limit })) {
    if (message._ === 'message') found.push(message);
  }
  return found.reverse();
}

const documentOf = ({ media }: base.Message): base.Document =>
  (media as base.MessageMediaDocument).document as base.Document;
const attributesOf = (message: base.Message): string[] =>
  documentOf(message).attributes.map(({ _ }) => _.replace('documentAttribute', ''));
const uploads = ({ called }: Person): string[] =>
  called.filter((name) => name.startsWith('upload.save'));

/** Content of each kind, by the ending that tells it. */
const BY_ENDING: readonly [name: string, content: Uint8Array, kind: string, mimeType?: string][] = [
  ['a.jpg', jpeg(64, 48), 'photo'],
  ['a.jpeg', jpeg(64, 48), 'photo'],
  ['a.png', png(64, 48), 'photo'],
  ['a.mp4', mp4(), 'video', 'video/mp4'],
  ['a.mov', mp4(), 'video', 'video/quicktime'],
  ['a.gif', gif(20, 30), 'animation', 'image/gif'],
  ['a.mp3', bytes('ID3', content(500)), 'audio', 'audio/mpeg'],
  ['a.m4a', bytes(content(500)), 'audio'],
  ['a.flac', bytes('fLaC', content(500)), 'audio'],
  ['a.ogg', opus(3), 'voice', 'audio/ogg'],
  ['a.webp', webp.lossy(64, 64), 'document', 'image/webp'],
  ['a.pdf', bytes('%PDF-1.4'), 'document', 'application/pdf'],
  ['a.txt', bytes('text'), 'document', 'text/plain'],
  ['a.zip', bytes('PK'), 'document', 'application/zip'],
  ['a.unknown', content(77), 'document', 'application/octet-stream'],
];

/** What tells the receiver of which kind a message is. */
function kindOf(message: base.Message): string {
  if (message.media?._ === 'messageMediaPhoto') return 'photo';
  const attributes = attributesOf(message);
  if (attributes.includes('Sticker')) return 'sticker';
  if (attributes.includes('Animated')) return 'animation';
  const { attributes: all } = documentOf(message);
  const video = all.find((one) => one._ === 'documentAttributeVideo');
  if (video?._ === 'documentAttributeVideo') return video.roundMessage ? 'video-note' : 'video';
  const audio = all.find((one) => one._ === 'documentAttributeAudio');
  if (audio?._ === 'documentAttributeAudio') return audio.voice ? 'voice' : 'audio';
  return 'document';
}

describe('sendFile', () => {
  it.each(BY_ENDING)('%s', async (name, data, kind, mimeType) => {
    const path = join(folder, name);
    writeFileSync(path, data);
    for (const send of [
      () => ann.client.sendFile('@bobby', path),
      () => ann.client.sendFile('@bobby', data, { name }),
    ]) {
      const sent = await send();
      const [message] = await last(bob, '@annie');
      expect(kindOf(message!)).toBe(kind);
      if (mimeType !== undefined) expect(documentOf(message!).mimeType).toBe(mimeType);
      if (kind !== 'photo') expect(bob.client.files.info(message!).name).toBe(name);
      expect(hashOf(await bob.client.files.download(message!))).toBe(hashOf(data));
      // Both sides see the same.
      const [own] = await last(ann, '@bobby');
      expect(own!.id).toBe(sent.id);
      expect(hashOf(await ann.client.files.download(own!))).toBe(hashOf(data));
      expect(ann.client.files.ids(own!).uniqueId).toBe(bob.client.files.ids(message!).uniqueId);
    }
  });

  it.each([
    ['document', jpeg(64, 48)],
    ['document', mp4()],
    ['photo', png(20, 20)],
    ['video', mp4()],
    ['animation', mp4()],
    ['audio', opus(2)],
    ['voice', opus(2)],
    ['video-note', mp4({ height: 640 })],
    ['sticker', webp.lossy(512, 512)],
  ] as const)('as: %s', async (as, data) => {
    await ann.client.sendFile('@bobby', data, { as, name: 'thing' });
    const [message] = await last(bob, '@annie');
    expect(kindOf(message!)).toBe(as);
    expect(hashOf(await bob.client.files.download(message!))).toBe(hashOf(data));
  });

  it('a caption with markup, or entities; an answer; silent', async () => {
    const { id } = await ann.client.sendFile('@bobby', bytes('one'), {
      name: 'one.txt',
      caption: '*bold* and _it_',
      parseMode: 'markdownv2',
      silent: true,
    });
    const [one] = await last(bob, '@annie');
    expect(one).toMatchObject({ message: 'bold and it', silent: true });
    expect(one!.entities?.map(({ _, offset, length }) => [_, offset, length])).toEqual([
      ['messageEntityBold', 0, 4],
      ['messageEntityItalic', 9, 2],
    ]);
    await ann.client.sendFile('@bobby', bytes('two'), {
      name: 'two.txt',
      caption: { text: 'see this', entities: [{ type: 'code', offset: 4, length: 4 }] } as never,
      replyTo: id,
    });
    const [two] = await last(bob, '@annie');
    expect(two!.entities?.[0]).toMatchObject({ _: 'messageEntityCode', offset: 4, length: 4 });
    expect(two!.replyTo).toMatchObject({ replyToMsgId: expect.any(Number) });
    const [mine] = await last(ann, '@bobby');
    expect(mine!.replyTo).toMatchObject({ replyToMsgId: id });
  });

  it('a keyboard, of a bot', async () => {
    await ann.client.sendText('@file_bot', '/start');
    await bot.client.sendFile(ann.id, png(9, 9), {
      replyMarkup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
    });
    const [message] = await last(ann, '@file_bot');
    expect(message!.replyMarkup).toMatchObject({
      _: 'replyInlineMarkup',
      rows: [{ buttons: [{ text: 'Go' }] }],
    });
  });

  it('a wrong caption, peer or keyboard is told before anything is uploaded', async () => {
    const { client } = ann;
    const bad = [
      client.sendFile('@bobby', content(9), { caption: '<b', parseMode: 'html' }),
      client.sendFile('@who_is_nobody', content(9)),
      client.sendFile('@bobby', content(9), {
        replyMarkup: { inline_keyboard: [[{ text: '' }]] } as never,
      }),
    ];
    for (const result of await Promise.allSettled(bad)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: expect.any(String) } });
    }
    expect(uploads(ann)).toEqual([]);
  });
});

describe('albums', () => {
  it('each with its caption, in order, as one', async () => {
    const sent = await ann.client.sendAlbum(
      '@bobby',
      [
        { media: { type: 'photo', file: png(10, 10) }, caption: '**one**', parseMode: 'markdown' },
        { type: 'video', file: mp4(), caption: 'two' },
        jpeg(30, 30),
      ],
      { silent: true },
    );
    const got = await last(bob, '@annie', 3);
    expect(got.map(({ message }) => message)).toEqual(['one', 'two', '']);
    expect(new Set(got.map(({ groupedId }) => groupedId)).size).toBe(1);
    expect(got[0]!.entities?.[0]).toMatchObject({ _: 'messageEntityBold', offset: 0, length: 3 });
    const own = await last(ann, '@bobby', 3);
    expect(own.map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
    for (const [at, data] of [png(10, 10), mp4(), jpeg(30, 30)].entries()) {
      expect(hashOf(await bob.client.files.download(got[at]!))).toBe(hashOf(data));
    }
  });

  it('of what is there already: nothing is uploaded, also when a reference has expired', async () => {
    await ann.client.sendAlbum('@bobby', [png(10, 10), png(12, 12)]);
    const got = await last(bob, '@annie', 2);
    for (const expired of [false, true]) {
      if (expired) dc.expireReferences(idOf(got[1]!));
      bob.called.length = 0;
      await bob.client.sendAlbum('@annie', [got[0]!, got[1]!], { caption: 'again' });
      expect(uploads(bob)).toEqual([]);
      const again = await last(ann, '@bobby', 2);
      expect(again.map(idOf)).toEqual(got.map(idOf));
      expect(again[0]!.message).toBe('again');
    }
  });
});

const idOf = ({ media }: base.Message): bigint =>
  media?._ === 'messageMediaPhoto'
    ? media.photo!.id
    : (media as base.MessageMediaDocument).document!.id;

describe('what is at the server', () => {
  it('is sent again by message, media, document, file id: no upload, also when the reference expired', async () => {
    const data = content(700 * KIB, 4);
    await ann.client.sendFile('@bobby', data, { name: 'once.bin' });
    const [message] = await last(bob, '@annie');
    const { fileId } = bob.client.files.ids(message!);
    const forms = [
      message!,
      message!.media as base.MessageMediaDocument,
      documentOf(message!),
      fileId,
    ];
    for (const expired of [false, true]) {
      for (const file of forms) {
        if (expired) dc.expireReferences(documentOf(message!));
        bob.called.length = 0;
        await bob.client.sendFile('@annie', file, { caption: 'again' });
        const rest = bob.called.filter((name) => name !== 'messages.getMessages');
        expect(rest).toEqual(
          expired ? ['messages.sendMedia', 'messages.sendMedia'] : ['messages.sendMedia'],
        );
        const [got] = await last(ann, '@bobby');
        expect(documentOf(got!).id).toBe(documentOf(message!).id);
        expect(hashOf(await ann.client.files.download(got!))).toBe(hashOf(data));
      }
    }
  });

  it('is told to be lost when its message is gone and its reference expired', async () => {
    await ann.client.sendFile('@bobby', content(99), { name: 'gone.bin' });
    const [message] = await last(bob, '@annie');
    await bob.client.api.messages.deleteMessages({ id: [message!.id], revoke: true });
    dc.expireReferences(documentOf(message!));
    await expect(bob.client.sendFile('@annie', message!)).rejects.toMatchObject({
      code: 'REFERENCE_EXPIRED',
    });
  });
});

describe('parts that the server forgot', () => {
  it('a stream cannot be read again: it ends with what the server said', async () => {
    async function* stream(): AsyncGenerator<Uint8Array> {
      yield content(600 * KIB);
    }
    const onProgress = ({ percent }: { percent?: number | undefined }): void => {
      if (percent === 100) dc.files.forgetParts(ann);
    };
    const failed = ann.client.sendFile('@bobby', stream(), { name: 's.bin', onProgress });
    await expect(failed).rejects.toMatchObject({ code: 'FILE_PART_MISSING' });
  });

  it('again and again: it ends with what the server said, and nothing is sent', async () => {
    const before = (await last(bob, '@annie'))[0]!.id;
    const undo = dc.handle(messages.SendMediaRequest, (_request, context) => {
      dc.files.forgetParts(ann);
      return context.next();
    });
    const failed = ann.client.sendFile('@bobby', content(600 * KIB), { name: 's.bin' });
    await expect(failed).rejects.toMatchObject({ code: 'FILE_PART_MISSING' });
    undo();
    expect(uploads(ann).length).toBe(4);
    expect((await last(bob, '@annie'))[0]!.id).toBe(before);
  });
});
