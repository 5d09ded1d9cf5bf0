import { DhExchange, TELEGRAM_PRIME } from '@tlgen/runtime/crypto';
import * as tl from '@tlgen/telegram';
import { messages, updates } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
let ann: User;
let bob: User;
let annDevice: Device;
let bobPhone: Device;
let bobTablet: Device;

beforeEach(async () => {
  dc = new Harness();
  ann = await dc.user();
  bob = await dc.user();
  annDevice = await dc.signedIn(ann);
  bobPhone = await dc.signedIn(bob);
  bobTablet = await dc.signedIn(bob);
});

const half = (): Uint8Array => new DhExchange(dc.crypto, 3, TELEGRAM_PRIME).publicValue;
const chatIn = (device: Device): tl.TypeEncryptedChat => {
  const [update] = (device.updates.at(-1) as tl.Updates).updates;
  return (update as tl.UpdateEncryption).chat;
};

async function request(gA = half(), randomId = 4711): Promise<tl.TypeEncryptedChat> {
  const userId = annDevice.input(bob);
  return annDevice.call(new messages.RequestEncryptionRequest({ userId, randomId, gA }));
}

async function open(): Promise<{ annPeer: tl.InputEncryptedChat; bobPeer: tl.InputEncryptedChat }> {
  const waiting = (await request()) as tl.EncryptedChatWaiting;
  const asked = chatIn(bobPhone) as tl.EncryptedChatRequested;
  const bobPeer = new tl.InputEncryptedChat({ chatId: asked.id, accessHash: asked.accessHash });
  await bobPhone.call(
    new messages.AcceptEncryptionRequest({ peer: bobPeer, gB: half(), keyFingerprint: 9n }),
  );
  return {
    annPeer: new tl.InputEncryptedChat({ chatId: waiting.id, accessHash: waiting.accessHash }),
    bobPeer,
  };
}

const data = (first: number): Uint8Array => new Uint8Array(24 + 32).fill(first);
const send = (
  device: Device,
  peer: tl.InputEncryptedChat,
  first: number,
  randomId = BigInt(first),
) => device.call(new messages.SendEncryptedRequest({ peer, randomId, data: data(first) }));

describe('messages.getDhConfig', () => {
  it('gives the group once and random bytes always', async () => {
    const ask = (version: number, randomLength = 256) =>
      annDevice.call(new messages.GetDhConfigRequest({ version, randomLength }));
    const first = (await ask(0)) as messages.DhConfig;
    expect(first).toMatchObject({ _: 'messages.dhConfig', g: 3 });
    expect(first.p).toEqual(TELEGRAM_PRIME);
    const again = await ask(first.version);
    expect(again).toMatchObject({ _: 'messages.dhConfigNotModified' });
    expect(again.random).toHaveLength(256);
    expect(again.random).not.toEqual(first.random);
    expect(await refusal(ask(0, -1))).toBe('400 RANDOM_LENGTH_INVALID');
  });
});

describe('the life of a secret chat', () => {
  it('is asked for on all devices, accepted on one, over on the others', async () => {
    const gA = half();
    expect(await request(gA)).toMatchObject({ _: 'encryptedChatWaiting', id: 4711 });
    for (const device of [bobPhone, bobTablet]) {
      expect(chatIn(device)).toMatchObject({ _: 'encryptedChatRequested', adminId: ann.id });
      expect((chatIn(device) as tl.EncryptedChatRequested).gA).toEqual(gA);
    }
    const { accessHash } = chatIn(bobPhone) as tl.EncryptedChatRequested;
    const peer = new tl.InputEncryptedChat({ chatId: 4711, accessHash });
    const gB = half();
    const accept = new messages.AcceptEncryptionRequest({ peer, gB, keyFingerprint: 42n });
    const accepted = (await bobPhone.call(accept)) as tl.EncryptedChat;
    expect(accepted.gAOrB).toEqual(gA);
    expect(chatIn(annDevice)).toMatchObject({ _: 'encryptedChat', keyFingerprint: 42n });
    expect((chatIn(annDevice) as tl.EncryptedChat).gAOrB).toEqual(gB);
    expect(chatIn(bobTablet)).toMatchObject({ _: 'encryptedChatDiscarded', id: 4711 });
    expect(await refusal(bobTablet.call(accept))).toBe('400 ENCRYPTION_ALREADY_ACCEPTED');
  });

  it('refuses bad halves and ids that are taken', async () => {
    const one = new Uint8Array(256);
    one[255] = 1;
    expect(await refusal(request(one))).toBe('400 DH_G_A_INVALID');
    expect(await refusal(request(new Uint8Array(257).fill(1)))).toBe('400 DH_G_A_INVALID');
    await request();
    expect(await refusal(request())).toBe('400 RANDOM_ID_DUPLICATE');
  });

  it('is discarded for everybody', async () => {
    await request();
    const decline = new messages.DiscardEncryptionRequest({ chatId: 4711 });
    expect(await bobPhone.call(decline)).toBe(true);
    expect(chatIn(annDevice)._).toBe('encryptedChatDiscarded');
    expect(chatIn(bobTablet)._).toBe('encryptedChatDiscarded');
    expect(await refusal(bobPhone.call(decline))).toBe('400 ENCRYPTION_ALREADY_DECLINED');
  });

  it('ends when its device signs out', async () => {
    const { annPeer } = await open();
    await bobPhone.call(new tl.auth.LogOutRequest());
    expect(chatIn(annDevice)._).toBe('encryptedChatDiscarded');
    expect(await refusal(send(annDevice, annPeer, 1))).toBe('400 ENCRYPTION_DECLINED');
  });
});

describe('secret messages', () => {
  it('reach the one device, numbered by qts, as they were sent', async () => {
    const { annPeer, bobPeer } = await open();
    const before = bobTablet.updates.length;
    await send(annDevice, annPeer, 1);
    await annDevice.call(
      new messages.SendEncryptedServiceRequest({ peer: annPeer, randomId: 2n, data: data(2) }),
    );
    const got = bobPhone.updates.slice(-2).map((one) => (one as tl.Updates).updates[0]);
    expect(got).toMatchObject([
      { _: 'updateNewEncryptedMessage', qts: 1, message: { _: 'encryptedMessage', randomId: 1n } },
      { qts: 2, message: { _: 'encryptedMessageService', randomId: 2n } },
    ]);
    expect((got[0] as tl.UpdateNewEncryptedMessage).message.bytes).toEqual(data(1));
    expect(bobTablet.updates).toHaveLength(before);
    await send(bobPhone, bobPeer, 3);
    expect((annDevice.updates.at(-1) as tl.Updates).updates[0]).toMatchObject({ qts: 1 });
  });

  it('wait for their acknowledgement', async () => {
    const { annPeer } = await open();
    for (const first of [1, 2, 3]) await send(annDevice, annPeer, first);
    const ask = (qts: number) =>
      bobPhone.call(new updates.GetDifferenceRequest({ pts: bob.box.pts, qts, date: dc.now + 1 }));
    const missed = (await ask(1)) as updates.Difference;
    expect(missed.newEncryptedMessages.map((one) => one.randomId)).toEqual([2n, 3n]);
    expect(missed.state.qts).toBe(3);
    const queue = (maxQts: number) => bobPhone.call(new messages.ReceivedQueueRequest({ maxQts }));
    expect(await queue(3)).toEqual([2n, 3n]);
    expect(await queue(3)).toEqual([]);
    expect(await refusal(queue(4))).toBe('400 MAX_QTS_INVALID');
    expect((await ask(3))._).toBe('updates.differenceEmpty');
  });

  it('are repeated when sent again, for resends keep their random_id', async () => {
    const { annPeer } = await open();
    await send(annDevice, annPeer, 1);
    await send(annDevice, annPeer, 1);
    expect((bobPhone.updates.at(-1) as tl.Updates).updates[0]).toMatchObject({ qts: 2 });
  });

  it('are refused from other devices, with a wrong hash, before acceptance, of a wrong size', async () => {
    const waiting = (await request()) as tl.EncryptedChatWaiting;
    const early = new tl.InputEncryptedChat({ chatId: 4711, accessHash: waiting.accessHash });
    expect(await refusal(send(annDevice, early, 1))).toBe('400 ENCRYPTION_ID_INVALID');
    const { accessHash } = chatIn(bobPhone) as tl.EncryptedChatRequested;
    const peer = new tl.InputEncryptedChat({ chatId: 4711, accessHash });
    const accept = new messages.AcceptEncryptionRequest({ peer, gB: half(), keyFingerprint: 1n });
    await bobPhone.call(accept);
    expect(await refusal(send(bobTablet, peer, 1))).toBe('400 CHAT_ID_INVALID');
    expect(await refusal(send(annDevice, peer, 1))).toBe('400 CHAT_ID_INVALID');
    const short = new messages.SendEncryptedRequest({
      peer: early,
      randomId: 1n,
      data: data(1).slice(1),
    });
    expect(await refusal(annDevice.call(short))).toBe('400 DATA_INVALID');
  });

  it('tell of reading, also in a difference', async () => {
    const { annPeer, bobPeer } = await open();
    await send(annDevice, annPeer, 1);
    const seq = dc.world.authorizations.get(annDevice.key.key.id)?.seq ?? -1;
    await bobPhone.call(
      new messages.ReadEncryptedHistoryRequest({ peer: bobPeer, maxDate: dc.now }),
    );
    expect(annDevice.updates.at(-1)).toMatchObject({
      seq: seq + 1,
      updates: [{ _: 'updateEncryptedMessagesRead', chatId: 4711 }],
    });
    const request = new updates.GetDifferenceRequest({ pts: 1, qts: 0, date: dc.now });
    const missed = (await annDevice.call(request)) as updates.Difference;
    expect(missed.otherUpdates.map((one) => one._)).toEqual([
      'updateEncryption',
      'updateEncryptedMessagesRead',
    ]);
    expect(missed.state.seq).toBe(seq + 1);
  });
});
