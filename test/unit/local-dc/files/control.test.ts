import { LocalDc } from '@tlgen/local-dc';
import * as tl from '@tlgen/telegram';
import { help, messages, upload } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from '../../../../packages/runtime/src/client/client.js';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import { content, documentIn, locationOf, photoIn, png, same } from './support.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function start(options = {}): Promise<LocalDc> {
  const dc = await LocalDc.start({ seed: 1, ...options });
  open.push(dc);
  return dc;
}

async function client(dc: LocalDc, options = {}): Promise<Client> {
  const one = new Client({
    schema,
    storage: new MemoryStorage(),
    ...dc.clientOptions,
    ...options,
  });
  open.push(one);
  await one.connect();
  return one;
}

async function signedIn(dc: LocalDc, { phone }: { phone: string }): Promise<Client> {
  const one = await client(dc);
  await one.signIn({ phone, code: dc.loginCode });
  return one;
}

/** The messages of the signed-in user, the newest first. */
async function messagesOf(one: Client): Promise<tl.Message[]> {
  const id = [3, 2, 1].map((number) => new tl.InputMessageID({ id: number }));
  const answer = (await one.invoke(new messages.GetMessagesRequest({ id }))) as messages.Messages;
  return answer.messages.filter((message) => message instanceof tl.Message);
}

describe('files that a test makes', () => {
  it('reach clients as those of other clients do', async () => {
    const dc = await start();
    const [ann, bob] = [await dc.createUser(), await dc.createUser()];
    const anns = await signedIn(dc, ann);
    const bytes = content(2_000_000);
    const sent = dc.sendFile(bob, ann, bytes, {
      name: 'a.mp4',
      mimeType: 'video/mp4',
      attributes: [new tl.DocumentAttributeVideo({ duration: 2, w: 30, h: 20 })],
      caption: 'watch',
      thumb: png(30, 20),
    });
    expect(sent.file).toMatchObject({ kind: 'document', size: 2_000_000 });
    const made = dc.addFile(png(60, 40), { kind: 'photo' });
    dc.sendFile(bob, ann, made);
    const [second, first] = await messagesOf(anns);
    expect(first).toMatchObject({ id: sent.id, message: 'watch', media: { video: true } });
    const document = documentIn(first?.media);
    expect(document.id).toBe(sent.file.id);
    expect(document.attributes.map((one) => one._)).toEqual([
      'documentAttributeVideo',
      'documentAttributeFilename',
    ]);
    const pieces: Uint8Array[] = [];
    for (let offset = 0; offset < bytes.length; offset += 1024 * 1024) {
      const location = locationOf(document);
      const asked = { location, offset: BigInt(offset), limit: 1024 * 1024 };
      pieces.push(((await anns.invoke(new upload.GetFileRequest(asked))) as upload.File).bytes);
    }
    expect(same(Buffer.concat(pieces), bytes)).toBe(true);
    expect(same(dc.files.bytes(sent.file), bytes)).toBe(true);
    expect(photoIn(second?.media).id).toBe(made.id);
    expect([...dc.refusals]).toEqual([]);
  });

  it('are refused when they cannot be, with what to do', async () => {
    const dc = await start();
    const ann = await dc.createUser();
    expect(() => dc.addFile(new Uint8Array())).toThrow('at least one byte');
    expect(() => dc.addFile(content(9), { kind: 'photo' })).toThrow('IMAGE_PROCESS_FAILED');
    expect(() => dc.addFile(content(9), { dcId: 5 })).toThrow('dataCenters: [2, 5]');
    expect(() => dc.addFile(content(9), { cdn: true })).toThrow('cdnDataCenters: [203]');
    expect(() => dc.addFile(content(9), { thumb: content(9) })).toThrow('the thumb is no picture');
    expect(() => dc.sendFile(ann, ann, 5n)).toThrow('there is no file 5');
    expect(() => dc.moveFile(dc.addFile(content(9)), 4)).toThrow('there is no data center 4');
    await expect(LocalDc.start({ cdnDataCenters: [2] })).rejects.toThrow(
      'in dataCenters and in cdnDataCenters',
    );
    await expect(LocalDc.start({ cdnDataCenters: [0] })).rejects.toThrow('cdnDataCenters takes');
  });

  it('can be lost in parts, moved, and have their references expire', async () => {
    const dc = await start({ dataCenters: [2, 4] });
    const [ann, bob] = [await dc.createUser(), await dc.createUser()];
    const anns = await signedIn(dc, ann);
    const save = { fileId: 5n, filePart: 0, bytes: content(1024) };
    await anns.invoke(new upload.SaveFilePartRequest(save));
    expect(dc.files.uploaded).toBe(1024);
    expect(dc.files.forgetParts(bob)).toBe(0);
    expect(dc.files.forgetParts(ann, [0])).toBe(1);
    expect(dc.files.uploaded).toBe(0);
    const { file } = dc.sendFile(bob, ann, content(100));
    const [message] = await messagesOf(anns);
    const location = locationOf(documentIn(message?.media));
    const get = () => anns.invoke(new upload.GetFileRequest({ location, offset: 0n, limit: 4096 }));
    await get();
    dc.expireReferences(file);
    await expect(get()).rejects.toMatchObject({ message: expect.stringMatching('EXPIRED') });
    dc.expireReferences();
    const [again] = await messagesOf(anns);
    const fresh = locationOf(documentIn(again?.media));
    await anns.invoke(new upload.GetFileRequest({ location: fresh, offset: 0n, limit: 4096 }));
    dc.moveFile(file, 4);
    const [moved] = await messagesOf(anns);
    expect(documentIn(moved?.media).dcId).toBe(4);
  });
});

describe('the CDN', () => {
  it('has data centers that listen, with a key of their own, which the others tell', async () => {
    const dc = await start({ dataCenters: [2, 4], cdnDataCenters: [203] });
    const { dataCenters, rsaKeys } = dc.clientOptions;
    const flags = new Set(dataCenters.map(({ id, cdn }) => `${id} ${cdn}`));
    expect([...flags]).toEqual(['2 undefined', '4 undefined', '203 true']);
    expect(rsaKeys).toEqual([dc.rsaKey]);
    expect(dc.cdnRsaKey).not.toBe(dc.rsaKey);
    const one = await client(dc);
    const config = await one.invoke(new help.GetConfigRequest());
    expect(config.dcOptions.map(({ id, cdn }) => [id, cdn])).toEqual([
      [2, false],
      [4, false],
      [203, true],
    ]);
    const { publicKeys } = await one.invoke(new help.GetCdnConfigRequest());
    expect(publicKeys).toMatchObject([{ dcId: 203, publicKey: dc.cdnRsaKey }]);
  });

  it('is not there unless it is asked for', async () => {
    const dc = await start();
    expect(dc.cdnRsaKey).toBeNull();
    const one = await client(dc);
    const { publicKeys } = await one.invoke(new help.GetCdnConfigRequest());
    expect(publicKeys).toEqual([]);
  });

  it('exchanges keys by its own RSA key, and gives encrypted files without a sign-in', async () => {
    const dc = await start({ cdnDataCenters: [203] });
    const [ann, bob] = [await dc.createUser(), await dc.createUser()];
    const anns = await signedIn(dc, ann);
    dc.sendFile(bob, ann, content(5000), { cdn: true });
    const [message] = await messagesOf(anns);
    const location = locationOf(documentIn(message?.media));
    const redirect = (await anns.invoke(
      new upload.GetFileRequest({ location, offset: 0n, limit: 4096, cdnSupported: true }),
    )) as upload.FileCdnRedirect;
    // A client that takes it for an ordinary data center: it needs the key of the CDN.
    const dataCenters = dc.clientOptions.dataCenters
      .filter(({ id }) => id === redirect.dcId)
      .map((address) => ({ ...address, cdn: false }));
    const { fileToken } = redirect;
    const ask = async (rsaKey: string) => {
      const settings = { dataCenters, homeDc: 203, auth: { pfs: false }, rsaKeys: [rsaKey] };
      const storage = new MemoryStorage();
      await using one = new Client({ schema, storage, ...dc.clientOptions, ...settings });
      const request = new upload.GetCdnFileRequest({ fileToken, offset: 0n, limit: 4096 });
      return await one.invoke(request, { timeout: 5000 });
    };
    expect((await ask(dc.cdnRsaKey ?? ''))._).toBe('upload.cdnFileReuploadNeeded');
    await expect(ask(dc.rsaKey)).rejects.toThrow();
  });
});
