import { LocalDc } from '@tlgen/local-dc';
import * as tl from '@tlgen/telegram';
import { auth, messages, updates } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client } from '../../../packages/runtime/src/client/client.js';
import { MemoryStorage } from '../../../packages/runtime/src/storage/memory.js';

const open: { close(): Promise<void> }[] = [];
let dc: LocalDc;
beforeEach(async () => {
  dc = await LocalDc.start({ seed: 1 });
  open.push(dc);
});
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function connect(): Promise<Client> {
  const client = new Client({ schema, storage: new MemoryStorage(), ...dc.clientOptions });
  open.push(client);
  await client.connect();
  return client;
}

async function signedIn(phone: string): Promise<Client> {
  const client = await connect();
  await client.signIn({ phone, code: dc.loginCode });
  return client;
}

describe('a scene', () => {
  it('has people, bots, groups, channels and messages that clients see', async () => {
    const ann = await dc.createUser({ firstName: 'Ann' });
    const bob = await dc.createUser({ firstName: 'Bob' });
    const bot = await dc.createUser({ bot: true });
    // Checked by the compiler: people have phones, bots have tokens.
    const [phone, token]: [string, string] = [ann.phone, bot.token];
    expect(token).toContain(`${bot.id}:`);
    const group = dc.createGroup({ title: 'Friends', creator: bob, members: [ann] });
    const news = dc.createChannel({
      title: 'News',
      creator: bob.id,
      members: [ann],
      username: 'our_news',
    });
    const talk = dc.createChannel({ title: 'Talk', creator: ann, megagroup: true });
    expect([group.type, news.type, talk.type]).toEqual(['group', 'channel', 'supergroup']);
    expect(news).toMatchObject({ title: 'News', username: 'our_news' });
    for (const to of [group, news, ann]) dc.send(bob, to, ' hello ');
    expect(dc.send(ann, talk, 'alone')).toMatchObject({ id: 2 });
    const client = await signedIn(phone);
    const dialogs = await client.invoke(
      new messages.GetDialogsRequest({
        offsetDate: 0,
        offsetId: 0,
        offsetPeer: new tl.InputPeerEmpty(),
        limit: 10,
        hash: 0n,
      }),
    );
    const tops = (dialogs as messages.Dialogs).messages as tl.Message[];
    expect(tops.map(({ message }) => message)).toEqual(['alone', 'hello', 'hello', 'hello']);
    expect([...dc.refusals]).toEqual([]);
  });

  it('says what cannot be', async () => {
    const [ann, bob] = [await dc.createUser(), await dc.createUser({ username: 'bobby' })];
    const news = dc.createChannel({ title: 'News', creator: ann, members: [bob] });
    const group = dc.createGroup({ title: 'G', creator: ann });
    expect(() => dc.send(bob, news, 'x')).toThrow('CHAT_ADMIN_REQUIRED');
    expect(() => dc.send(bob, group, 'x')).toThrow('is not in the group');
    expect(() => dc.send(1n, bob, 'x')).toThrow('there is no user 1');
    expect(() => dc.send(ann, bob, ' ')).toThrow('MESSAGE_EMPTY');
    expect(() => dc.createGroup({ title: ' ', creator: ann })).toThrow('CHAT_TITLE_EMPTY');
    const named = { title: 'N', creator: ann, username: 'bobby' };
    expect(() => dc.createChannel(named)).toThrow('taken');
    expect(() => dc.createChannel({ ...named, username: '1' })).toThrow('no user name');
  });

  it('says how login codes come, and which is waited for', async () => {
    const { phone } = await dc.createUser();
    expect(dc.codeFor(phone)).toBeNull();
    dc.codeTypes = ['word', 'sms'];
    const client = await connect();
    const settings = new tl.CodeSettings({});
    const sent = await client.invoke(
      new auth.SendCodeRequest({ phoneNumber: phone, apiId: 1, apiHash: 'x', settings }),
    );
    expect(sent).toMatchObject({ type: { _: 'auth.sentCodeTypeSmsWord' } });
    expect(dc.codeFor(`+${phone}`)).toMatch(/^[a-z]+$/);
    expect(() => (dc.codeTypes = ['pigeon' as 'sms'])).toThrow('pigeon is no kind');
  });

  it('tells a client that is not signed in that its QR code was scanned', async () => {
    const ann = await dc.createUser();
    const phone = await signedIn(ann.phone);
    const desk = await connect();
    const exporting = new auth.ExportLoginTokenRequest({ apiId: 1, apiHash: 'x', exceptIds: [] });
    const shown = (await desk.invoke(exporting)) as auth.LoginToken;
    const told = new Promise<tl.TypeUpdates>((resolve) => {
      desk.on('raw-update', (update) => resolve(update as tl.TypeUpdates));
    });
    await phone.invoke(new auth.AcceptLoginTokenRequest({ token: shown.token }));
    expect(await told).toMatchObject({ update: { _: 'updateLoginToken' } });
    expect(await desk.invoke(exporting)).toMatchObject({ _: 'auth.loginTokenSuccess' });
  });

  it('ends sign-ins', async () => {
    const [ann, bob] = [await dc.createUser(), await dc.createUser()];
    const [anns, bobs] = [await signedIn(ann.phone), await signedIn(bob.phone)];
    const state = new updates.GetStateRequest();
    expect(dc.duplicateKey(ann)).toBe(1);
    await expect(anns.invoke(state)).rejects.toThrow('AUTH_KEY_DUPLICATED');
    dc.deleteUser(bob.id);
    await expect(bobs.invoke(state)).rejects.toThrow('USER_DEACTIVATED');
  });
});
