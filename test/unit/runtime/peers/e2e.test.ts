import * as tl from '@tlgen/telegram';
import { account, channels, messages, users } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalDc } from '../../../../packages/local-dc/src/index.js';
import { Client, MemoryStorage } from '../../../../packages/runtime/src/index.js';
import { PeerResolution } from '../../../../packages/runtime/src/peers/lookup/resolve.js';
import type { PeerStore } from '../../../../packages/runtime/src/peers/memory/store.js';
import { openStorage, type PeerStorage } from './fake-storage.js';

/** A client whose answers and updates are remembered, and what it asked the server for. */
interface Person extends AsyncDisposable {
  readonly client: Client;
  readonly id: bigint;
  readonly store: PeerStore;
  readonly peers: PeerResolution;
  readonly storage: PeerStorage;
  readonly asked: string[];
}

let dc: LocalDc;
beforeEach(async () => {
  dc = await LocalDc.start();
});
afterEach(() => dc.close());

async function person(
  how: { readonly phone: string } | { readonly botToken: string },
): Promise<Person> {
  const storage = await openStorage();
  const store = storage.peers();
  const asked: string[] = [];
  const client = new Client({
    schema,
    storage: new MemoryStorage(),
    ...dc.clientOptions,
    logger: { to: 'none' },
    middleware: [
      async (call, next) => {
        asked.push(call.request._);
        const answer = await next(call);
        await store.learn(answer);
        return answer;
      },
    ],
  });
  client.on('raw-update', (update) => store.learn(update));
  await client.connect();
  const { id } = await client.signIn('phone' in how ? { ...how, code: '22222' } : how);
  const peers = new PeerResolution(
    {
      schema,
      log: { log: () => undefined },
      invoke: (request, options) => client.invoke(request, options),
      self: () => client.self,
      now: () => storage.now,
      settings: { fullInfoTtl: 3600, fullFetch: false, resolver: undefined },
    },
    store,
  );
  asked.length = 0;
  const close = (): Promise<void> => client.close();
  return { client, id, store, peers, storage, asked, [Symbol.asyncDispose]: close };
}

const say = (from: Person, peer: tl.TypeInputPeer, message: string): Promise<tl.TypeUpdates> =>
  from.client.invoke(
    new messages.SendMessageRequest({ peer, message, randomId: BigInt(from.asked.length + 1) }),
  );

async function until(seen: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    if (await seen()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it did not come');
}

describe('peers of a real conversation', () => {
  it('a stranger by username and phone, then by id, also after a restart', async () => {
    const bob = await dc.createUser({ firstName: 'Bob', username: 'bob_here' });
    await using ada = await person(await dc.createUser({ firstName: 'Ada' }));
    await expect(ada.peers.inputPeer(bob.id)).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
    const input = await ada.peers.inputUser('t.me/Bob_Here');
    expect(await ada.client.invoke(new users.GetUsersRequest({ id: [input] }))).toMatchObject([
      { id: bob.id, firstName: 'Bob' },
    ]);
    expect(await ada.peers.known(bob.id)).toMatchObject({ name: 'Bob', usernames: ['bob_here'] });
    expect(ada.asked).toEqual(['contacts.resolveUsername', 'users.getUsers']);
    const carl = await dc.createUser({ firstName: 'Carl' });
    expect((await ada.peers.known(`+${carl.phone.replace(/\D/g, '')}`)).id).toBe(carl.id);
    const { accessHash } = await ada.peers.known(bob.id);
    await ada.storage.reopen();
    const again = ada.storage.peers();
    expect(await again.byUsername('bob_here')).toMatchObject({ id: bob.id });
    expect(await again.get(bob.id)).toMatchObject({ accessHash });
  });

  it('nobody has the name, or has it no more', async () => {
    await using bob = await person(await dc.createUser({ username: 'bob_here' }));
    await using ada = await person(await dc.createUser({}));
    await expect(ada.peers.inputPeer('@not_there')).rejects.toMatchObject({
      name: 'PeerError',
      code: 'UNKNOWN_PEER',
      peer: '@not_there',
      cause: { code: 'USERNAME_NOT_OCCUPIED' },
    });
    expect((await ada.peers.known('bob_here')).id).toBe(bob.id);
    await bob.client.invoke(new account.UpdateUsernameRequest({ username: 'robert_here' }));
    expect((await ada.peers.known('bob_here')).id).toBe(bob.id);
    ada.storage.now += 86_400_000;
    await expect(ada.peers.known('bob_here')).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
    expect((await ada.peers.known('robert_here')).id).toBe(bob.id);
  });

  it('whoever writes is known by the update, and a bot can answer', async () => {
    const bot = await dc.createUser({ bot: true, username: 'echo_bot' });
    await using echo = await person({ botToken: bot.token });
    await using ada = await person(await dc.createUser({ firstName: 'Ada' }));
    await expect(echo.peers.inputPeer(ada.id)).rejects.toThrow(/has to write to a bot first/);
    await say(ada, await ada.peers.inputPeer('echo_bot'), 'hello');
    await until(() => echo.peers.inputPeer(ada.id).catch(() => null));
    await say(echo, await echo.peers.inputPeer(ada.id), 'hello yourself');
    expect(await echo.peers.known(ada.id)).toMatchObject({ name: 'Ada', min: false });
  });

  it('a group by id and by its updates, a supergroup by its invite link', async () => {
    const bob = await dc.createUser({ username: 'bob_here' });
    await using ada = await person(await dc.createUser({ firstName: 'Ada' }));
    const made = await ada.client.invoke(
      new messages.CreateChatRequest({
        users: [await ada.peers.inputUser('bob_here')],
        title: 'Two',
      }),
    );
    const group = await ada.peers.inputPeer(made);
    expect(group).toBeInstanceOf(tl.InputPeerChat);
    const sent = await say(ada, group, 'hi');
    expect(await ada.peers.inputPeer(sent)).toEqual(group);
    expect(await ada.peers.known(sent)).toMatchObject({ type: 'chat', name: 'Two' });
    await expect(ada.peers.inputChannel(sent)).rejects.toMatchObject({ code: 'WRONG_PEER_TYPE' });
    await using bobs = await person(bob);
    const created = await ada.client.invoke(
      new channels.CreateChannelRequest({ megagroup: true, title: 'Many', about: '' }),
    );
    const many = await ada.peers.known(created);
    expect(many).toMatchObject({ type: 'channel', megagroup: true, name: 'Many' });
    const link = await ada.client.invoke(
      new messages.ExportChatInviteRequest({ peer: await ada.peers.inputPeer(created) }),
    );
    const url = (link as tl.ChatInviteExported).link;
    expect(await ada.peers.inputPeer(url)).toEqual(await ada.peers.inputPeer(created));
    await expect(bobs.peers.inputPeer(url)).rejects.toThrow(/"Many".*join first/);
    await bobs.client.invoke(
      new messages.ImportChatInviteRequest({ hash: url.split('+').at(-1) ?? '' }),
    );
    expect((await bobs.peers.known(url)).id).toBe(many.id);
    await expect(bobs.peers.inputPeer('t.me/+AAAAAAAAAAAAAAAA')).rejects.toThrow(
      /invite link leads nowhere/,
    );
  });

  it('a stranger in a supergroup, who comes as a min constructor, by the message', async () => {
    await using ada = await person(await dc.createUser({ firstName: 'Ada' }));
    await using bob = await person(await dc.createUser({ firstName: 'Bob' }));
    const created = await ada.client.invoke(
      new channels.CreateChannelRequest({ megagroup: true, title: 'Many', about: '' }),
    );
    const link = await ada.client.invoke(
      new messages.ExportChatInviteRequest({ peer: await ada.peers.inputPeer(created) }),
    );
    const url = (link as tl.ChatInviteExported).link;
    await bob.client.invoke(
      new messages.ImportChatInviteRequest({ hash: url.split('+').at(-1) ?? '' }),
    );
    await ada.store.forgetAll();
    await ada.peers.known(url);
    await say(bob, await bob.peers.inputPeer(url), 'anybody here?');
    await until(async () => (await ada.store.get(bob.id))?.seenIn);
    expect(await ada.store.get(bob.id)).toMatchObject({ min: true, name: 'Bob' });
    const input = await ada.peers.inputUser(bob.id);
    expect(input).toBeInstanceOf(tl.InputUserFromMessage);
    expect(await ada.client.invoke(new users.GetUsersRequest({ id: [input] }))).toMatchObject([
      { id: bob.id, firstName: 'Bob' },
    ]);
  });
});
