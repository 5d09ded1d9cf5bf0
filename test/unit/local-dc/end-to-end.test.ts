import { LocalDc, type Fault, type LocalDcOptions } from '@tlgen/local-dc';
import { DestroyAuthKeyRequest } from '@tlgen/mtproto';
import * as tl from '@tlgen/telegram';
import { contacts, help, messages, updates } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Client } from '../../../packages/runtime/src/client/client.js';
import { MemoryStorage } from '../../../packages/runtime/src/storage/memory.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function start(options: LocalDcOptions = {}): Promise<LocalDc> {
  const dc = await LocalDc.start({ seed: 1, ...options });
  open.push(dc);
  return dc;
}

async function signedIn(dc: LocalDc, phone: string | null, settings = {}): Promise<Client> {
  const client = new Client({
    schema,
    storage: new MemoryStorage(),
    ...dc.clientOptions,
    logger: { to: 'none' },
    ...settings,
  });
  open.push(client);
  await client.connect();
  await client.signIn({ phone: phone ?? '', code: dc.loginCode });
  return client;
}

async function inputOf(client: Client, username: string): Promise<tl.InputUser> {
  const { users } = await client.invoke(new contacts.ResolveUsernameRequest({ username }));
  const [user] = users as [tl.User];
  return new tl.InputUser({ userId: user.id, accessHash: user.accessHash ?? 0n });
}

/** What a client is pushed, taken apart. */
function collect(client: Client): tl.TypeUpdate[] {
  const seen: tl.TypeUpdate[] = [];
  client.on('raw-update', (event) => {
    const container = event as tl.TypeUpdates;
    if (container._ === 'updates') seen.push(...container.updates);
    if (container._ === 'updateShort') seen.push(container.update);
  });
  return seen;
}

const gB = new Uint8Array(256).fill(0x5a);

describe('a secret chat between two clients', () => {
  it('relays, numbers by qts, and gives again what was missed', async () => {
    const dc = await start();
    const [a, b] = [await dc.createUser(), await dc.createUser({ username: 'bobby' })];
    const [ann, bob] = [await signedIn(dc, a.phone), await signedIn(dc, b.phone)];
    const [atAnn, atBob] = [collect(ann), collect(bob)];
    const userId = await inputOf(ann, 'bobby');
    const asked = await ann.invoke(
      new messages.RequestEncryptionRequest({ userId, randomId: 77, gA: gB }),
    );
    expect(asked._).toBe('encryptedChatWaiting');
    await vi.waitUntil(() => atBob.some((one) => one._ === 'updateEncryption'));
    const { chat } = atBob.find((one) => one._ === 'updateEncryption') as tl.UpdateEncryption;
    const requested = chat as tl.EncryptedChatRequested;
    const bobs = { chatId: 77, accessHash: requested.accessHash };
    await bob.invoke(
      new messages.AcceptEncryptionRequest({
        peer: new tl.InputEncryptedChat(bobs),
        gB,
        keyFingerprint: 5n,
      }),
    );
    await vi.waitUntil(() => atAnn.some((one) => one._ === 'updateEncryption'));
    const { accessHash } = asked as tl.EncryptedChatWaiting;
    const peer = new tl.InputEncryptedChat({ chatId: 77, accessHash });
    for (const randomId of [1n, 2n, 3n])
      await ann.invoke(
        new messages.SendEncryptedRequest({ peer, randomId, data: new Uint8Array(56).fill(7) }),
      );
    await vi.waitUntil(
      () => atBob.filter((one) => one._ === 'updateNewEncryptedMessage').length === 3,
    );
    const qts = atBob.flatMap((one) => (one._ === 'updateNewEncryptedMessage' ? [one.qts] : []));
    expect(qts).toEqual([1, 2, 3]);
    expect(await bob.invoke(new messages.ReceivedQueueRequest({ maxQts: 1 }))).toEqual([1n]);
    const missed = await bob.invoke(new updates.GetDifferenceRequest({ pts: 1, qts: 2, date: 1 }));
    expect(missed).toMatchObject({ newEncryptedMessages: [{ randomId: 3n }], state: { qts: 3 } });
    expect([...dc.refusals]).toEqual([]);
  });

  it('ends when the key of one side is destroyed, and so does the sign-in', async () => {
    const dc = await start();
    const [a, b] = [await dc.createUser(), await dc.createUser({ username: 'bobby' })];
    const ann = await signedIn(dc, a.phone, { auth: { pfs: false } });
    const bob = await signedIn(dc, b.phone);
    const atBob = collect(bob);
    const userId = await inputOf(ann, 'bobby');
    await ann.invoke(new messages.RequestEncryptionRequest({ userId, randomId: 77, gA: gB }));
    await vi.waitUntil(() => atBob.some((one) => one._ === 'updateEncryption'));
    ann.invoke(new DestroyAuthKeyRequest() as never).catch(() => undefined);
    await vi.waitUntil(() => dc.world.secretChats.get(77)?.state === 'discarded');
    expect([...dc.world.authorizations.values()].map((one) => one.userId)).toEqual([b.id]);
    await vi.waitUntil(() => atBob.filter((one) => one._ === 'updateEncryption').length === 2);
  });
});

describe('a group', () => {
  it('gives whoever was away an unbroken difference', async () => {
    const dc = await start();
    const [a, b] = [await dc.createUser(), await dc.createUser({ username: 'bobby' })];
    const [ann, bob] = [await signedIn(dc, a.phone), await signedIn(dc, b.phone)];
    const state = await bob.invoke(new updates.GetStateRequest());
    await bob.close();
    const invited = await ann.invoke(
      new messages.CreateChatRequest({ users: [await inputOf(ann, 'bobby')], title: 'Two' }),
    );
    const [chat] = (invited.updates as tl.Updates).chats;
    const peer = new tl.InputPeerChat({ chatId: chat?.id ?? 0n });
    const ids: number[] = [];
    for (const randomId of [1n, 2n, 3n]) {
      const sent = await ann.invoke(
        new messages.SendMessageRequest({ peer, message: `no. ${randomId}`, randomId }),
      );
      for (const one of (sent as tl.Updates).updates)
        if (one._ === 'updateMessageID') ids.push(one.id);
    }
    await ann.invoke(new messages.EditMessageRequest({ peer, id: ids[0] ?? 0, message: 'edited' }));
    await ann.invoke(new messages.DeleteMessagesRequest({ id: [ids[1] ?? 0], revoke: true }));
    const again = await signedIn(dc, b.phone);
    const missed = (await again.invoke(
      new updates.GetDifferenceRequest({ pts: state.pts, qts: state.qts, date: state.date }),
    )) as tl.updates.Difference;
    expect(missed._).toBe('updates.difference');
    const texts = missed.newMessages.map((one) => (one._ === 'message' ? one.message : one._));
    expect(texts).toEqual(['messageService', 'edited', 'no. 3']);
    expect(missed.otherUpdates.map((one) => one._)).toEqual([
      'updateEditMessage',
      'updateDeleteMessages',
    ]);
    // The group, three messages, one change and one deletion: each moved pts by one.
    expect(missed.state.pts).toBe(state.pts + 6);
    expect(await again.invoke(new updates.GetStateRequest())).toMatchObject({
      pts: missed.state.pts,
    });
  });
});

describe('faults, to a real client', () => {
  const faults: [string, Fault][] = [
    ['drop outgoing', { kind: 'drop', on: 'outgoing', times: 1 }],
    ['duplicate incoming', { kind: 'duplicate', on: 'incoming', times: 3 }],
    ['duplicate outgoing', { kind: 'duplicate', on: 'outgoing', times: 3, copies: 2 }],
    ['delay', { kind: 'delay', on: 'incoming', ms: [1, 30], times: 5 }],
    ['reorder', { kind: 'reorder', on: 'outgoing', times: 2 }],
    ['cut before', { kind: 'cut', on: 'incoming', when: 'before', times: 1 }],
    ['cut after', { kind: 'cut', on: 'incoming', when: 'after', times: 1 }],
    ['bad-salt', { kind: 'bad-salt', times: 1 }],
    ['bad-msg', { kind: 'bad-msg', code: 16, times: 1 }],
    ['transport-error', { kind: 'transport-error', code: -429, times: 1 }],
    ['drop-answer', { kind: 'drop-answer', times: 1 }],
  ];
  for (const [name, fault] of faults) {
    it(`${name}: the message is there once`, async () => {
      const dc = await start({ resendAfter: 300 });
      const { phone } = await dc.createUser();
      const ann = await signedIn(dc, phone);
      const added = dc.faults.add(fault);
      const peer = new tl.InputPeerSelf();
      const sent = ['one', 'two', 'three'].map((message, at) =>
        ann.invoke(new messages.SendMessageRequest({ peer, message, randomId: BigInt(at + 1) })),
      );
      await Promise.all(sent);
      expect(added.count).toBeGreaterThan(0);
      added.remove();
      const texts = [...(dc.world.userByPhone(phone ?? '')?.box.letters.values() ?? [])].map(
        ({ message }) => message._ === 'message' && message.message,
      );
      expect(texts.toSorted()).toEqual(['one', 'three', 'two']);
    });
  }

  it('transport-error -404: with its new temporary key the client announces itself again', async () => {
    const dc = await start();
    const ann = await signedIn(dc, (await dc.createUser()).phone);
    dc.faults.add({ kind: 'transport-error', times: 1 });
    const nearest = new help.GetNearestDcRequest();
    expect(await ann.invoke(nearest, { repeatable: true })).toMatchObject({ thisDc: 2 });
    expect(await ann.invoke(new updates.GetStateRequest())).toMatchObject({ qts: 0 });
  });
});
