import { createRequire } from 'node:module';
import { LocalDc } from '@tlgen/local-dc';
import type { Message as MtcuteMessage, FileDownloadLocation } from '@mtcute/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { strangerSchemas } from '../../../support/strangers/layers.js';
import { gramjsClient } from '../../../support/strangers/gramjs.js';
import { newPerson } from '../../../support/strangers/people.js';
import {
  signedInMtcute,
  type GramjsClient,
  type MtcuteClient,
  type Stranger,
} from '../../../interop/stranger-clients.js';
import { content, jpeg, same } from './support.js';

const { CustomFile } = createRequire(import.meta.url)('telegram/client/uploads') as {
  CustomFile: new (name: string, size: number, path: string, buffer: Buffer) => object;
};

let dc: LocalDc;
beforeAll(async () => {
  dc = await LocalDc.start({ layers: await strangerSchemas(), dataCenters: [2, 4] });
});
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});
afterAll(async () => {
  expect([...dc.unhandled]).toEqual([]);
  await dc.close();
});

function kept<C>(stranger: Stranger<C>): C {
  open.push(stranger);
  return stranger.client;
}
/** In the framing `full`: its `abridged` loses track of answers that come in several pieces. */
async function gramjs(): Promise<{ client: GramjsClient; name: string }> {
  const { username: name, account } = await newPerson(dc);
  const client = gramjsClient(dc, 'full');
  open.push({ close: () => client.destroy() });
  // For files it opens further connections, and dials port 443 whatever `help.getConfig` says.
  client.getDC = async (id: number) => {
    const { host, port } = dc.clientOptions.dataCenters.find((one) => one.id === id && !one.ipv6)!;
    return { id, ipAddress: host, port };
  };
  await client.connect();
  if (!('phone' in account)) throw new TypeError('not a person');
  await client.start({
    phoneNumber: account.phone,
    phoneCode: async () => account.code,
    onError: (error: Error) => {
      throw error;
    },
  });
  return { client, name };
}
async function mtcute(): Promise<{ client: MtcuteClient; name: string }> {
  const { username: name, account } = await newPerson(dc);
  return { client: kept(await signedInMtcute(dc, account)), name };
}

const file = (bytes: Uint8Array, name: string) =>
  new CustomFile(name, bytes.length, '', Buffer.from(bytes)) as never;

async function newestOf(client: MtcuteClient, peer: string): Promise<MtcuteMessage> {
  const [message] = await client.getHistory(peer, { limit: 1 });
  if (!message) throw new Error('no message');
  return message;
}

const SMALL = content(1_300_000);
const PICTURE = new Uint8Array([...jpeg(300, 200), ...content(5000)]);
const BIG = content(11 * 1024 * 1024 + 77, 5);

describe('GramJS with files', () => {
  it('sends documents and photos, and mtcute gets them', async () => {
    const [ann, bob] = [await gramjs(), await mtcute()];
    for (const bytes of [SMALL, BIG]) {
      await ann.client.sendFile(bob.name, { file: file(bytes, 'a.bin'), forceDocument: true });
      const { media } = await newestOf(bob.client, ann.name);
      expect(media).toMatchObject({ type: 'document', fileName: 'a.bin', fileSize: bytes.length });
      const got = await bob.client.downloadAsBuffer(media as FileDownloadLocation);
      expect(same(got, bytes)).toBe(true);
    }
    await ann.client.sendFile(bob.name, { file: file(PICTURE, 'a.jpg'), caption: 'look' });
    const { media, text } = await newestOf(bob.client, ann.name);
    expect(text).toBe('look');
    expect(media).toMatchObject({ type: 'photo', width: 300, height: 200 });
    const got = await bob.client.downloadAsBuffer(media as FileDownloadLocation);
    expect(same(got, PICTURE)).toBe(true);
  });

  it('sends albums', async () => {
    const [ann, bob] = [await gramjs(), await gramjs()];
    const files = [file(jpeg(30, 20), 'a.jpg'), file(jpeg(20, 30), 'b.jpg')];
    await ann.client.sendFile(bob.name, { file: files as never, caption: ['one', 'two'] });
    const messages = await bob.client.getMessages(ann.name, { limit: 5 });
    expect(Array.from(messages, ({ message }) => message)).toEqual(['two', 'one']);
    expect(new Set(Array.from(messages, ({ groupedId }) => String(groupedId))).size).toBe(1);
  });
});

describe('mtcute with files', () => {
  it('sends documents and photos, and GramJS gets them', async () => {
    const [ann, bob] = [await mtcute(), await gramjs()];
    for (const bytes of [SMALL, BIG]) {
      const media = { type: 'document', file: bytes, fileName: 'b.bin' } as const;
      await ann.client.sendMedia(bob.name, media);
      const [message] = await bob.client.getMessages(ann.name, { limit: 1 });
      const got = await bob.client.downloadMedia(message as never, {});
      expect(same(got as Buffer, bytes)).toBe(true);
    }
    await ann.client.sendMedia(bob.name, { type: 'photo', file: PICTURE });
    const [message] = await bob.client.getMessages(ann.name, { limit: 1 });
    const got = await bob.client.downloadMedia(message as never, {});
    expect(same(got as Buffer, PICTURE)).toBe(true);
  });

  it('sends albums, and has profile photos', async () => {
    const [ann, bob] = [await mtcute(), await mtcute()];
    const sent = await ann.client.sendMediaGroup(bob.name, [
      { type: 'photo', file: jpeg(30, 20) },
      { type: 'photo', file: jpeg(20, 30), caption: 'two' },
    ]);
    expect(sent).toHaveLength(2);
    expect((await newestOf(bob.client, ann.name)).text).toBe('two');
    await ann.client.setMyProfilePhoto({ type: 'photo', media: jpeg(40, 40) });
    const user = await bob.client.getUser(ann.name);
    const photo = await bob.client.downloadAsBuffer(user.photo?.big as FileDownloadLocation);
    expect(same(photo, jpeg(40, 40))).toBe(true);
  });
});

describe('both', () => {
  it('get files that live at another data center', async () => {
    const [ann, bob] = [await gramjs(), await mtcute()];
    for (const client of [ann, bob]) {
      const user = dc.world.userByUsername(client.name);
      if (!user) throw new Error('nobody');
      const from = await dc.createUser({ username: `far_from_${client.name}` });
      dc.sendFile(from, user, SMALL, { dcId: 4, name: 'far.bin' });
    }
    const [message] = await ann.client.getMessages(`far_from_${ann.name}`, { limit: 1 });
    const byGramjs = await ann.client.downloadMedia(message as never, {});
    expect(same(byGramjs as Buffer, SMALL)).toBe(true);
    const { media } = await newestOf(bob.client, `far_from_${bob.name}`);
    const byMtcute = await bob.client.downloadAsBuffer(media as FileDownloadLocation);
    expect(same(byMtcute, SMALL)).toBe(true);
  });
});
