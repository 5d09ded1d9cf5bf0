import { DhExchange, TELEGRAM_PRIME } from '@tlgen/runtime/crypto';
import * as tl from '@tlgen/telegram';
import { messages, updates, upload } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { Harness, refusal, type Device } from '../methods/harness.js';
import { PART, content, download, getFile, md5Of, same, saveBigPart, savePart } from './support.js';

let dc: Harness;
let anns: Device;
let bobs: Device;
let peer: tl.InputEncryptedChat;

beforeEach(async () => {
  dc = new Harness({ dataCenters: [2, 4] });
  const [ann, bob] = [await dc.user(), await dc.user()];
  [anns, bobs] = [await dc.signedIn(ann), await dc.signedIn(bob)];
  const half = () => new DhExchange(dc.crypto, 3, TELEGRAM_PRIME).publicValue;
  const asked = { userId: anns.input(bob), randomId: 4711, gA: half() };
  const waiting = (await anns.call(
    new messages.RequestEncryptionRequest(asked),
  )) as tl.EncryptedChatWaiting;
  peer = new tl.InputEncryptedChat({ chatId: waiting.id, accessHash: waiting.accessHash });
  const [update] = (bobs.updates.at(-1) as tl.Updates).updates;
  const { accessHash } = (update as tl.UpdateEncryption).chat as tl.EncryptedChatRequested;
  await bobs.call(
    new messages.AcceptEncryptionRequest({
      peer: new tl.InputEncryptedChat({ chatId: waiting.id, accessHash }),
      gB: half(),
      keyFingerprint: 9n,
    }),
  );
  bobs.updates.length = 0;
});

let randomId = 50n;
const send = (file: tl.TypeInputEncryptedFile) =>
  anns.call(
    new messages.SendEncryptedFileRequest({
      peer,
      randomId: ++randomId,
      data: new Uint8Array(24 + 32),
      file,
    }),
  ) as Promise<messages.SentEncryptedFile>;
const uploaded = (id: bigint, parts: number, md5Checksum = '') =>
  new tl.InputEncryptedFileUploaded({ id, parts, md5Checksum, keyFingerprint: -77 });
const locationOf = (file: tl.TypeEncryptedFile) =>
  new tl.InputEncryptedFileLocation(file as tl.EncryptedFile);
const received = (): tl.EncryptedFile => {
  const [update] = (bobs.updates.at(-1) as tl.Updates).updates;
  const { message } = update as tl.UpdateNewEncryptedMessage;
  return (message as tl.EncryptedMessage).file as tl.EncryptedFile;
};

describe('files of secret chats', () => {
  it('reach the other device with the message, and nobody else', async () => {
    const bytes = content(1600);
    await savePart(anns, 5n, 0, bytes);
    const { file } = await send(uploaded(5n, 1));
    expect(file).toMatchObject({ _: 'encryptedFile', size: 1600n, dcId: 2, keyFingerprint: -77 });
    const got = received();
    expect(got).toMatchObject({ id: (file as tl.EncryptedFile).id, keyFingerprint: -77 });
    expect(got.accessHash).not.toBe((file as tl.EncryptedFile).accessHash);
    expect(same(await download(bobs, locationOf(got)), bytes)).toBe(true);
    expect(same(await download(anns, locationOf(file)), bytes)).toBe(true);
    expect(await refusal(getFile(bobs, locationOf(file)))).toBe('400 LOCATION_INVALID');
    expect(
      await refusal(getFile(bobs, new tl.InputEncryptedFileLocation({ id: 1n, accessHash: 1n }))),
    ).toBe('400 FILE_ID_INVALID');
    const again = (await bobs.call(
      new updates.GetDifferenceRequest({ pts: 1, date: 1, qts: 0 }),
    )) as updates.Difference;
    expect(again.newEncryptedMessages).toMatchObject([{ file: { accessHash: got.accessHash } }]);
  });

  it('have an empty checksum or the right one', async () => {
    const bytes = content(320);
    await savePart(anns, 5n, 0, bytes);
    expect(await refusal(send(uploaded(5n, 1, md5Of(content(5)))))).toBe(
      '400 MD5_CHECKSUM_INVALID',
    );
    expect(await refusal(send(uploaded(5n, 1, md5Of(bytes))))).toBe('no error');
    expect(await refusal(send(uploaded(5n, 2)))).toBe('400 FILE_PART_1_MISSING');
    expect(await refusal(send(new tl.InputEncryptedFileEmpty()))).toBe('400 FILE_EMTPY');
  });

  it('can be big, and be sent again by their name', async () => {
    const part = content(PART);
    await saveBigPart(anns, 5n, 0, 2, part);
    await saveBigPart(anns, 5n, 1, 2, part.subarray(0, 160));
    const big = new tl.InputEncryptedFileBigUploaded({ id: 5n, parts: 2, keyFingerprint: 3 });
    const file = (await anns.call(
      new messages.UploadEncryptedFileRequest({ peer, file: big }),
    )) as tl.EncryptedFile;
    expect(file).toMatchObject({ size: BigInt(PART + 160), keyFingerprint: 3 });
    expect(bobs.updates).toHaveLength(0);
    await send(new tl.InputEncryptedFile(file));
    expect(received().id).toBe(file.id);
    const wrong = new tl.InputEncryptedFile({ id: file.id, accessHash: received().accessHash });
    expect(await refusal(send(wrong))).toBe('400 FILE_ID_INVALID');
  });

  it('are of the chat’s messages, which are checked first', async () => {
    await savePart(anns, 5n, 0, content(320));
    const request = new messages.SendEncryptedFileRequest({
      peer,
      randomId: 1n,
      data: new Uint8Array(25),
      file: uploaded(5n, 1),
    });
    expect(await refusal(anns.call(request))).toBe('400 DATA_INVALID');
    expect(dc.world.files.size).toBe(0);
  });

  it('may be at another data center', async () => {
    await savePart(anns, 5n, 0, content(320));
    await send(uploaded(5n, 1));
    const got = received();
    dc.world.files.encrypted(got.id)!.dcId = 4;
    expect(await refusal(getFile(bobs, locationOf(got)))).toBe('303 FILE_MIGRATE_4');
    const away = await dc.roaming(bobs, 4);
    const piece = (await getFile(away, locationOf(got))) as upload.File;
    expect(same(piece.bytes, content(320))).toBe(true);
  });
});
