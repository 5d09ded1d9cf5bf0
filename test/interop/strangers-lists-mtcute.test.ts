import { SearchFilters } from '@mtcute/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { all, signedInMtcute, type MtcuteClient, type Stranger } from './stranger-clients.js';
import {
  DIALOGS,
  MESSAGES,
  PARTICIPANTS,
  strangerWorld,
  type StrangerWorld,
} from './stranger-world.js';

let world: StrangerWorld;
let stranger: Stranger<MtcuteClient>;
let client: MtcuteClient;
beforeAll(async () => {
  world = await strangerWorld();
  const { dc, me } = world;
  stranger = await signedInMtcute(dc, { phone: me.phone, code: dc.loginCode });
  ({ client } = stranger);
});
afterAll(async () => {
  const { dc } = world;
  await stranger.close();
  expect([...dc.unhandled]).toEqual([]);
  await dc.close();
  await expectNoSockets();
  expect([...dc.refusals]).toEqual([]);
});

const texts = (found: readonly { readonly text: string }[]): string[] =>
  Array.from(found, ({ text }) => text);
const newestFirst = <T>(list: readonly T[]): T[] => [...list].reverse();
const bob = 'stranger_bob';
const crowd = 'stranger_crowd';

describe('mtcute lists conversations', () => {
  const titles = async (params: Parameters<MtcuteClient['iterDialogs']>[0]): Promise<string[]> =>
    (await all(client.iterDialogs(params))).map(({ peer }) => peer.displayName);

  it('all of them, page by page', async () => {
    const dialogs = await all(client.iterDialogs({ chunkSize: 50 }));
    expect(dialogs.map(({ peer }) => peer.displayName)).toEqual(world.titles);
    expect(dialogs).toHaveLength(DIALOGS);
    const withBob = dialogs.find(({ peer }) => peer.displayName === 'Bob');
    expect([withBob?.unreadCount, withBob?.lastMessage?.text]).toEqual([
      MESSAGES / 2,
      world.texts.at(-1),
    ]);
    expect(await titles({ limit: 7 })).toEqual(world.titles.slice(0, 7));
  });

  it('pinned ones and archived ones', async () => {
    const dialogs = await all(client.iterDialogs());
    const peerOf = (title: string) => {
      const found = dialogs.find(({ peer }) => peer.displayName === title);
      if (found === undefined) throw new Error(`no ${title}`);
      return found.peer.inputPeer;
    };
    const pin = (title: string, pinned: boolean) =>
      client.call({
        _: 'messages.toggleDialogPin',
        pinned,
        peer: { _: 'inputDialogPeer', peer: peerOf(title) },
      });
    for (const title of ['Channel 2', 'Bob']) await pin(title, true);
    await client.archiveChats(peerOf('Group 3'));
    const rest = world.titles.filter((title) => !['Bob', 'Channel 2'].includes(title));
    const main = rest.filter((title) => title !== 'Group 3');
    expect(await titles({ chunkSize: 40 })).toEqual(['Bob', 'Channel 2', ...main]);
    expect(await titles({ archived: 'keep' })).toEqual(['Bob', 'Channel 2', ...rest]);
    expect(await titles({ archived: 'only' })).toEqual(['Group 3']);
    expect(await titles({ pinned: 'only' })).toEqual(['Bob', 'Channel 2']);
    expect(await titles({ pinned: 'exclude' })).toEqual(main);
    await client.unarchiveChats(peerOf('Group 3'));
    for (const title of ['Channel 2', 'Bob']) await pin(title, false);
    expect(await titles({})).toEqual(world.titles);
    const some = await client.getPeerDialogs([bob, crowd]);
    expect(some.map((one) => one?.peer.displayName)).toEqual(['Bob', 'Crowd']);
  });
});

describe('mtcute lists messages', () => {
  it('all of them in both orders', async () => {
    const found = await all(client.iterHistory(bob));
    expect(texts(found)).toEqual(newestFirst(world.texts));
    expect(found.map(({ isOutgoing }) => isOutgoing)).toEqual(
      world.texts.map((_, at) => at % 2 === 1),
    );
    expect(texts(await all(client.iterHistory(bob, { reverse: true })))).toEqual(world.texts);
    // 33 is odd, so that pages end between two messages of one second.
    for (const reverse of [false, true]) {
      const odd = texts(await all(client.iterHistory(crowd, { chunkSize: 33, reverse })));
      const posts = odd.filter((text) => text !== '');
      expect(posts).toEqual(reverse ? world.crowdTexts : newestFirst(world.crowdTexts));
    }
  });

  it('from an offset, around it, with a total, by id', async () => {
    const every = await all(client.iterHistory(bob, { reverse: true }));
    const id = (at: number): number => every[at]?.id ?? 0;
    const page = (params: Parameters<MtcuteClient['getHistory']>[1]) =>
      client.getHistory(bob, params);
    const offset = { id: id(100), date: 0 };
    const older = await page({ offset, limit: 3 });
    expect(older.map((one) => one.id)).toEqual([id(99), id(98), id(97)]);
    expect(older.total).toBe(MESSAGES);
    const around = await page({ offset, addOffset: -2, limit: 4 });
    expect(around.map((one) => one.id)).toEqual([id(101), id(100), id(99), id(98)]);
    const between = await page({ minId: id(245), maxId: id(248) });
    expect(between.map((one) => one.id)).toEqual([id(247), id(246)]);
    const byDate = await page({ offset: { id: 0, date: world.halfTime }, limit: 2 });
    expect(byDate.map((one) => one.id)).toEqual([id(124), id(123)]);
    const got = await client.getMessages(bob, [id(5), 999_999, id(3)]);
    expect(got.map((one) => one?.text)).toEqual([world.texts[5], undefined, world.texts[3]]);
    const post = (await client.getHistory(crowd, { limit: 1 }))[0];
    const again = await client.getMessages(crowd, [post?.id ?? 0]);
    expect(again.map((one) => one?.text)).toEqual([world.crowdTexts.at(-1)]);
  });

  it('that match, in one chat', async () => {
    const search = async (params: Parameters<MtcuteClient['iterSearchMessages']>[0]) =>
      texts(await all(client.iterSearchMessages({ chatId: bob, ...params })));
    expect(await search({ query: 'needle' })).toEqual(newestFirst(world.needles));
    const others = world.texts.filter((text) => text.includes('message'));
    expect(await search({ query: 'message', chunkSize: 30 })).toEqual(newestFirst(others));
    const mine = world.texts.filter((_, at) => at % 2 === 0);
    expect(await search({ fromUser: 'self' })).toEqual(newestFirst(mine));
    // Its iterator divides dates by 1000 twice: only the method that brings one page can be used with them.
    const dated = async (dates: { minDate?: Date; maxDate?: Date }) =>
      texts(await client.searchMessages({ chatId: bob, query: 'needle', ...dates }));
    const when = new Date(world.halfTime * 1000);
    expect(await dated({ maxDate: when })).toEqual(newestFirst(world.needles.slice(0, 13)));
    expect(await dated({ minDate: when })).toEqual(newestFirst(world.needles.slice(13)));
    expect(await search({ chatId: crowd, fromUser: 'member_7_name' })).toEqual(['crowd 7']);
    expect(await search({ filter: SearchFilters.Photo })).toEqual([]);
    const { total } = await client.searchMessages({ chatId: bob, query: 'needle', limit: 1 });
    expect(total).toBe(world.needles.length);
  });

  it('that match, anywhere', async () => {
    const found = await all(client.iterSearchGlobal({ query: 'crowd', chunkSize: 33 }));
    expect(texts(found)).toEqual(newestFirst(world.crowdTexts));
    const channels = await all(client.iterSearchGlobal({ query: 'to', onlyChannels: true }));
    const wanted = Array.from({ length: 8 }, (_, at) => `to channel ${at}`);
    expect(texts(channels)).toEqual(newestFirst(wanted));
  });
});

describe('mtcute lists members', () => {
  const names = async (
    chat: Parameters<MtcuteClient['iterChatMembers']>[0],
    params?: Parameters<MtcuteClient['iterChatMembers']>[1],
  ): Promise<string[]> =>
    (await all(client.iterChatMembers(chat, params))).map(({ user }) => user.firstName);

  it('of a supergroup: all, by name, by role', async () => {
    expect(await names(crowd, { chunkSize: 99 })).toEqual(world.participants);
    expect(await names(crowd, { type: 'all' })).toEqual(world.participants);
    const wanted = world.participants.filter((name) => name.startsWith('Member 29'));
    expect(await names(crowd, { type: 'all', query: 'member 29' })).toEqual(wanted);
    expect(await names(crowd, { type: 'admins' })).toEqual(['Me']);
    expect(await names(crowd, { type: 'banned' })).toEqual([]);
    expect((await client.getChatMembers(crowd, { limit: 1 })).total).toBe(PARTICIPANTS);
    const [me, member, stranger] = await Promise.all(
      ['self', 'member_1_name', bob].map((userId) =>
        client.getChatMember({ chatId: crowd, userId }),
      ),
    );
    expect([me?.status, member?.status, stranger]).toEqual(['creator', 'member', null]);
  });

  it('of a basic group', async () => {
    const dialogs = await all(client.iterDialogs());
    const group = dialogs.find(({ peer }) => peer.displayName === 'Group 4');
    if (group === undefined) throw new Error('no group');
    expect(await names(group.peer.id)).toEqual(['Me', 'Bob']);
    const full = await client.getFullChat(group.peer.id);
    expect(full.displayName).toBe('Group 4');
    expect((await client.getChat(group.peer.id)).membersCount).toBe(2);
  });
});

describe('mtcute finds', () => {
  it('people and chats by name and id, with what is said of them', async () => {
    const bobId = Number(world.bob.id);
    const peer = await client.resolvePeer(`@${bob}`);
    expect(await client.resolvePeer(bobId)).toEqual(peer);
    expect(await client.resolvePeer('self')).toEqual({ _: 'inputPeerSelf' });
    await expect(client.resolvePeer('nobody_has_this')).rejects.toThrow('was not found');
    const [me, notUser] = await client.getUsers(['self', crowd]).catch(() => []);
    expect(notUser ?? null).toBeNull();
    expect(me === undefined || me?.id === Number(world.me.id)).toBe(true);
    const full = await client.getFullUser(bob);
    expect([full.id, full.firstName, full.commonChatsCount]).toEqual([bobId, 'Bob', 10]);
    const chat = await client.getChat(crowd);
    expect([chat.title, chat.chatType, chat.username]).toEqual(['Crowd', 'supergroup', crowd]);
    const fullChat = await client.getFullChat(crowd);
    expect([fullChat.membersCount, fullChat.adminsCount]).toEqual([PARTICIPANTS, 1]);
    const common = await client.getCommonChats(bob);
    expect(common).toHaveLength(10);
    const self = await client.getMe();
    expect([self.id, self.username, self.phoneNumber]).toEqual([
      Number(world.me.id),
      world.me.username,
      world.me.phone,
    ]);
  });
});
