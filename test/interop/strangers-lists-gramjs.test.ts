import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { all, Api, signedInGramjs, type GramjsClient, type Stranger } from './stranger-clients.js';
import {
  DIALOGS,
  MESSAGES,
  PARTICIPANTS,
  strangerWorld,
  type StrangerWorld,
} from './stranger-world.js';

let world: StrangerWorld;
let stranger: Stranger<GramjsClient>;
let client: GramjsClient;
beforeAll(async () => {
  world = await strangerWorld();
  const { dc, me } = world;
  stranger = await signedInGramjs(dc, { phone: me.phone, code: dc.loginCode });
  ({ client } = stranger);
});
afterAll(async () => {
  const { dc } = world;
  await stranger.close();
  expect([...dc.unhandled]).toEqual([]);
  await dc.close();
  await expectNoSockets();
  // The salt that it begins with, and nothing else: see strangers-gramjs.test.ts.
  expect(dc.refusals.list.map(({ kind, code }) => `${kind} ${code}`)).toEqual(['bad-salt 48']);
});

// Its lists are arrays of a class of their own, and so would be what their `map` makes.
const texts = (found: ArrayLike<{ readonly message: string }>): string[] =>
  Array.from(found, ({ message }) => message);
const titlesOf = (found: ArrayLike<{ readonly title?: string }>): (string | undefined)[] =>
  Array.from(found, ({ title }) => title);
const firstNames = (found: ArrayLike<{ firstName?: string }>): (string | undefined)[] =>
  Array.from(found, ({ firstName }) => firstName);
const newestFirst = <T>(list: readonly T[]): T[] => [...list].reverse();

describe('GramJS lists conversations', () => {
  it('all of them over two pages, the newest first', async () => {
    const dialogs = await client.getDialogs({});
    expect(titlesOf(dialogs)).toEqual(world.titles);
    expect(dialogs.total).toBe(DIALOGS);
    const bob = dialogs.find(({ title }) => title === 'Bob');
    // Half of the messages came from Bob, and none was read.
    expect(bob?.unreadCount).toBe(MESSAGES / 2);
    expect(bob?.message?.message).toBe(world.texts.at(-1));
    expect(bob?.isUser).toBe(true);
    const crowd = dialogs.find(({ title }) => title === 'Crowd');
    expect([crowd?.isChannel, crowd?.isGroup]).toEqual([true, true]);
    expect(crowd?.message?.message).toBe(world.crowdTexts.at(-1));
  });

  it('with a limit, and counts them without one', async () => {
    const dialogs = await client.getDialogs({ limit: 7 });
    expect(titlesOf(dialogs)).toEqual(world.titles.slice(0, 7));
    expect(dialogs.total).toBe(DIALOGS);
    expect((await client.getDialogs({ limit: 0 })).total).toBe(DIALOGS);
  });

  it('pinned ones at the top, archived ones in their folder and among all', async () => {
    const [pinned, archived] = ['Bob', 'Group 3'] as const;
    const found = await client.getDialogs({});
    const inputOf = (wanted: string) => {
      const input = found.find(({ title }) => title === wanted)?.inputEntity;
      if (input === undefined) throw new Error(`no ${wanted}`);
      return input;
    };
    const peer = new Api.InputDialogPeer({ peer: inputOf(pinned) });
    const toggle = (on: boolean) =>
      client.invoke(new Api.messages.ToggleDialogPin({ pinned: on, peer }));
    await toggle(true);
    const move = (folderId: number) => {
      const folderPeers = [new Api.InputFolderPeer({ peer: inputOf(archived), folderId })];
      return client.invoke(new Api.folders.EditPeerFolders({ folderPeers }));
    };
    await move(1);
    const rest = world.titles.filter((title) => title !== pinned);
    const titlesIn = async (params: Parameters<GramjsClient['getDialogs']>[0]) =>
      titlesOf(await client.getDialogs(params));
    expect(await titlesIn({})).toEqual([pinned, ...rest]);
    expect(await titlesIn({ ignorePinned: true })).toEqual(rest);
    expect(await titlesIn({ archived: true })).toEqual([archived]);
    const main = rest.filter((title) => title !== archived);
    expect(await titlesIn({ archived: false })).toEqual([pinned, ...main]);
    await move(0);
    await toggle(false);
    expect(await titlesIn({})).toEqual(world.titles);
  });
});

describe('GramJS lists messages', () => {
  it('all, over three pages, the newest first', async () => {
    const found = await client.getMessages(world.bob.username ?? '', { limit: MESSAGES + 1 });
    expect(texts(found)).toEqual(newestFirst(world.texts));
    expect(found.total).toBe(MESSAGES);
    expect(Array.from(found, ({ out }) => out === true)).toEqual(
      world.texts.map((_, at) => at % 2 === 1),
    );
  });

  it('all, the oldest first', async () => {
    const found = await all(client.iterMessages('stranger_bob', { reverse: true }));
    expect(texts(found)).toEqual(world.texts);
    const posts = await all(client.iterMessages('stranger_crowd', { reverse: true, limit: 260 }));
    // Those who were added come first, as service messages.
    const real = posts.filter((one) => one instanceof Api.Message);
    expect(texts(real)).toEqual(world.crowdTexts);
  });

  it('from an id, before and after ids, before a date', async () => {
    const every = await client.getMessages('stranger_bob', { limit: MESSAGES });
    const ids = Array.from(every, (one) => one.id).reverse();
    const id = (at: number): number => ids[at] ?? 0;
    const idsOf = async (params: Parameters<GramjsClient['getMessages']>[1]) =>
      Array.from(await client.getMessages('stranger_bob', params), (one) => one.id);
    expect(await idsOf({ limit: 3, offsetId: id(100) })).toEqual([id(99), id(98), id(97)]);
    expect(await idsOf({ limit: 3, offsetId: id(100), addOffset: 2 })).toEqual([
      id(97),
      id(96),
      id(95),
    ]);
    const above = await idsOf({ limit: 300, minId: id(60), maxId: id(200) });
    expect(above).toEqual(newestFirst(ids.slice(61, 200)));
    const up = await idsOf({ limit: 300, minId: id(60), maxId: id(200), reverse: true });
    expect(up).toEqual(ids.slice(61, 200));
    const old = await idsOf({ limit: 300, offsetDate: world.halfTime });
    expect(old).toEqual(newestFirst(ids.slice(0, MESSAGES / 2)));
    const wanted = [id(5), 999_999, id(3)];
    const byId = await client.getMessages('stranger_bob', { ids: wanted });
    expect(Array.from(byId, (one) => one?.message)).toEqual([
      world.texts[5],
      undefined,
      world.texts[3],
    ]);
  });

  it('that say something, that somebody wrote, and both, over more than one page', async () => {
    const found = await client.getMessages('stranger_bob', { search: 'needle', limit: 100 });
    expect(texts(found)).toEqual(newestFirst(world.needles));
    expect(found.total).toBe(world.needles.length);
    const many = await all(client.iterMessages('stranger_bob', { search: 'message' }));
    expect(texts(many)).toEqual(
      newestFirst(world.texts.filter((text) => text.includes('message'))),
    );
    const mine = await all(client.iterMessages('stranger_bob', { fromUser: 'me' }));
    expect(texts(mine)).toEqual(newestFirst(world.texts.filter((_, at) => at % 2 === 0)));
    const old = await all(
      client.iterMessages('stranger_bob', { search: 'needle', offsetDate: world.halfTime }),
    );
    expect(texts(old)).toEqual(newestFirst(world.needles.slice(0, 13)));
    const one = { fromUser: 'member_7_name', search: 'crowd' };
    expect(texts(await client.getMessages('stranger_crowd', one))).toEqual(['crowd 7']);
  });

  it('of all chats', async () => {
    const found = await all(client.iterMessages(undefined, { search: 'crowd' }));
    expect(texts(found)).toEqual(newestFirst(world.crowdTexts));
  });
});

describe('GramJS lists participants', () => {
  it('all of them over two pages', async () => {
    const found = await client.getParticipants('stranger_crowd', {});
    expect(firstNames(found)).toEqual(world.participants);
    expect(found.total).toBe(PARTICIPANTS);
  });

  it('by filter and by name', async () => {
    const filter = new Api.ChannelParticipantsAdmins();
    const admins = await client.getParticipants('stranger_crowd', { filter });
    expect(firstNames(admins)).toEqual(['Me']);
    const named = await client.getParticipants('stranger_crowd', { search: 'Member 29' });
    const matching = world.participants.filter((name) => name.startsWith('Member 29'));
    expect(firstNames(named)).toEqual(matching);
    const some = await client.getParticipants('stranger_crowd', { limit: 5, offset: 3 });
    expect(firstNames(some)).toEqual(world.participants.slice(3, 5));
  });

  it('of a basic group', async () => {
    const group = (await client.getDialogs({})).find(({ title }) => title === 'Group 4');
    const found = await client.getParticipants(group?.inputEntity ?? '', {});
    expect(firstNames(found)).toEqual(['Me', 'Bob']);
  });
});

describe('GramJS finds', () => {
  it('people and chats by name, link and id', async () => {
    const bobId = world.bob.id.toString();
    for (const name of ['@stranger_bob', 'stranger_bob', 'https://t.me/stranger_bob']) {
      const entity = await client.getEntity(name);
      expect(entity.id.toString()).toBe(bobId);
    }
    expect((await client.getEntity('t.me/stranger_crowd')).className).toBe('Channel');
    const input = await client.getInputEntity('stranger_bob');
    expect(await client.getInputEntity(Number(world.bob.id))).toEqual(input);
    const full = await client.invoke(new Api.users.GetFullUser({ id: 'stranger_bob' }));
    expect(full.fullUser.id.toString()).toBe(bobId);
    await expect(client.getEntity('nobody_has_this')).rejects.toThrow('nobody_has_this');
    const me = await client.getMe();
    expect([me.id.toString(), me.username, me.phone]).toEqual([
      world.me.id.toString(),
      world.me.username,
      world.me.phone,
    ]);
    expect(await client.checkAuthorization()).toBe(true);
  });
});
