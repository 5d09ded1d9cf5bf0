import * as tl from '@tlgen/telegram';
import { channels, folders, messages } from '@tlgen/telegram';
import { LocalDc, type TestUser } from '@tlgen/local-dc';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedIn, type Account } from './local-dc-setup.js';

const down = (count: number) => Array.from({ length: count }, (_, i) => count - i);

describe('lists of the embedded data center', () => {
  let dc: LocalDc;
  let friends: TestUser[];
  let alice: Account;
  /** Marked id of a basic group of Alice and three friends. */
  let group: bigint;

  beforeAll(async () => {
    dc = await LocalDc.start();
    const user = await dc.createUser({ firstName: 'Alice' });
    friends = [];
    for (let i = 0; i < 12; i++)
      friends.push(await dc.createUser({ firstName: `Friend ${i}`, username: `friend_no_${i}` }));
    alice = await signedIn(dc, user);
    const write = async (to: string | bigint, text: string): Promise<void> => {
      const peer = await alice.peers.inputPeer(to);
      const randomId = BigInt(++sent);
      await alice.client.invoke(new messages.SendMessageRequest({ peer, message: text, randomId }));
    };
    let sent = 0;
    for (const { username } of friends) await write(`@${username}`, 'hello');
    for (let i = 1; i <= 120; i++)
      await write('@friend_no_0', i % 10 === 0 ? `needle ${i}` : `${i}`);
    const users = await Promise.all(
      friends.slice(0, 3).map(({ username }) => alice.peers.inputUser(`@${username}`)),
    );
    const { updates } = await alice.client.invoke(
      new messages.CreateChatRequest({ users, title: 'Us' }),
    );
    if (!('chats' in updates)) throw new TypeError(updates._);
    const [chat] = updates.chats;
    group = -(chat?.id ?? 0n);
  });
  afterAll(async () => {
    await alice[Symbol.asyncDispose]();
    expect(dc.refusals.list).toEqual([]);
    await dc.close();
  });

  const texts = (found: readonly (tl.Message | tl.MessageService)[]) =>
    found.map((one) => (one._ === 'message' ? one.message : one._));
  const wanted = [...down(120).map((i) => (i % 10 === 0 ? `needle ${i}` : `${i}`)), 'hello'];

  it.each([100, 33])('reads a history in both directions, by %i', async (chunk) => {
    const { peers } = alice;
    expect(texts(await peers.history('@friend_no_0', { chunk }).all())).toEqual(wanted);
    const upwards = peers.history('@friend_no_0', { chunk, reverse: true });
    expect(texts(await upwards.all())).toEqual(wanted.toReversed());
    expect(await upwards.total()).toBe(121);
  });

  it('reads parts of a history', async () => {
    const { peers } = alice;
    const all = await peers.history('@friend_no_0').all();
    const [minId = 0, offsetId = 0] = [all[100]?.id, all[20]?.id];
    const part = { minId, offsetId, chunk: 7 };
    expect(await peers.history('@friend_no_0', part).all()).toEqual(all.slice(21, 100));
    const upwards = { offsetId: minId, maxId: offsetId, chunk: 7, reverse: true, limit: 50 };
    expect(await peers.history('@friend_no_0', upwards).all()).toEqual(
      all.slice(21, 100).reverse().slice(0, 50),
    );
  });

  it.each([100, 5, 1])('lists conversations, newest first, by %i', async (chunk) => {
    const found = await alice.peers.dialogs({ chunk }).all();
    const names = found.map(({ peer }) => peer.name);
    // The group's message came last; the other conversations are of about the same second.
    expect(names[0]).toBe('Us');
    const all = ['Us', ...friends.map((_, i) => `Friend ${i}`)];
    expect(names.toSorted()).toEqual(all.toSorted());
    expect(found[0]).toMatchObject({ peer: { type: 'group', markedId: group }, unreadCount: 0 });
    const talk = found.find(({ peer }) => peer.name === 'Friend 0');
    expect(talk?.message).toMatchObject({ message: 'needle 120' });
    expect(talk?.peer).toMatchObject({ type: 'user', usernames: ['friend_no_0'] });
  });

  it('writes to whom the list names', async () => {
    for await (const { peer, inputPeer } of alice.peers.dialogs({ limit: 3 })) {
      const [top] = await alice.peers.history(peer, { limit: 1 }).all();
      expect(top?.out).toBe(true);
      expect(await alice.peers.inputPeer(peer)).toEqual(inputPeer);
    }
  });

  it('lists the members of a basic group', async () => {
    const found = await alice.peers.participants(group).all();
    expect(
      found.map(({ role, user }) => [role, user?._ === 'user' ? user.firstName : null]),
    ).toEqual([
      ['creator', 'Alice'],
      ['member', 'Friend 0'],
      ['member', 'Friend 1'],
      ['member', 'Friend 2'],
    ]);
    const searched = await alice.peers.participants(group, { query: 'friend 1' }).all();
    expect(searched.map(({ id }) => id)).toEqual([friends[1]?.id]);
    await expect(alice.peers.participants('@friend_no_1').all()).rejects.toMatchObject({
      code: 'WRONG_PEER_TYPE',
    });
  });

  it('tells all of a user and of a group, and keeps it', async () => {
    const before = alice.called.length;
    const user = await alice.peers.full('@friend_no_2');
    expect(user).toMatchObject({ type: 'user', id: friends[2]?.id, name: 'Friend 2' });
    expect(await alice.peers.full(friends[2]?.id ?? 0n)).toBe(user);
    expect(alice.called.slice(before)).toEqual(['users.getFullUser']);
    expect(await alice.peers.full(group)).toMatchObject({ type: 'group', full: { _: 'chatFull' } });
    expect(await alice.peers.info('me')).toMatchObject({ self: true, name: 'Alice' });
    expect(await alice.peers.full('me')).toMatchObject({ self: true, full: { _: 'userFull' } });
  });

  it('sums up a user and a group', async () => {
    expect(await alice.peers.chat('@friend_no_3')).toMatchObject({
      type: 'private',
      firstName: 'Friend 3',
      usernames: ['friend_no_3'],
    });
    const summary = await alice.peers.chat(group, { participants: true });
    expect(summary).toMatchObject({ type: 'group', title: 'Us', participantsCount: 4 });
    const members = 'participants' in summary ? summary.participants : undefined;
    expect(members?.map(({ user, role }) => [user.id, role])).toEqual([
      [alice.client.self?.id, 'creator'],
      ...friends.slice(0, 3).map(({ id }) => [id, 'member']),
    ]);
  });

  it.each([100, 3])('searches one conversation, by %i', async (chunk) => {
    const found = await alice.peers.search('@friend_no_0', { query: 'needle', chunk }).all();
    expect(texts(found)).toEqual(down(12).map((i) => `needle ${i * 10}`));
    const from = await alice.peers.history('@friend_no_0', { from: 'me', chunk: 50 }).all();
    expect(texts(from)).toEqual(wanted);
    expect(await alice.peers.history('@friend_no_0', { from: '@friend_no_0' }).all()).toEqual([]);
  });

  it.each([100, 5, 1])('searches all conversations, by %i', async (chunk) => {
    const found = await alice.peers.search(null, { query: 'needle', chunk }).all();
    expect(texts(found)).toEqual(down(12).map((i) => `needle ${i * 10}`));
    const hello = await alice.peers.search(null, { query: 'hello', chunk }).all();
    expect(new Set(hello.map(({ peerId }) => JSON.stringify(peerId))).size).toBe(12);
    expect(hello).toHaveLength(12);
  });

  it('lists the members of a supergroup by filter, and sums it up', async () => {
    const updates = await alice.client.invoke(
      new channels.CreateChannelRequest({ megagroup: true, title: 'All', about: 'of us' }),
    );
    if (!('chats' in updates)) throw new TypeError(updates._);
    const [made] = updates.chats;
    const peer = await alice.peers.info(made ?? '');
    if (peer.type !== 'supergroup') throw new TypeError(peer.type);
    const users = await Promise.all(friends.map(({ id }) => alice.peers.inputUser(id)));
    const channel = peer.inputChannel;
    await alice.client.invoke(new channels.InviteToChannelRequest({ channel, users }));
    await alice.client.invoke(
      new channels.EditBannedRequest({
        channel,
        participant: await alice.peers.inputPeer(friends[11]?.id ?? 0n),
        bannedRights: new tl.ChatBannedRights({ viewMessages: true, untilDate: 0 }),
      }),
    );
    const members = [alice.client.self?.id, ...friends.slice(0, 11).map(({ id }) => id)];
    for (const chunk of [200, 5, 1]) {
      const found = await alice.peers.participants(peer, { chunk }).all();
      expect(found.map(({ id }) => id).toSorted()).toEqual(members.toSorted());
      for (const { user } of found) expect(user?._).toBe('user');
    }
    expect(await alice.peers.participants(peer).total()).toBe(12);
    const roles = async (filter: 'admins' | 'kicked') =>
      (await alice.peers.participants(peer, { filter }).all()).map(({ id, role }) => [id, role]);
    expect(await roles('admins')).toEqual([[members[0], 'creator']]);
    expect(await roles('kicked')).toEqual([[friends[11]?.id, 'banned']]);
    const searched = await alice.peers.participants(peer, { query: 'Friend 7' }).all();
    expect(searched.map(({ id }) => id)).toEqual([friends[7]?.id]);

    expect(await alice.peers.full(peer)).toMatchObject({ full: { _: 'channelFull' } });
    const summary = await alice.peers.chat(peer, { participants: true });
    expect(summary).toMatchObject({ type: 'supergroup', title: 'All', about: 'of us' });
    const summed = 'participants' in summary ? summary.participants : undefined;
    expect(summed?.map(({ user }) => user.id).toSorted()).toEqual(
      [...members, friends[11]?.id].toSorted(),
    );
    const top = await alice.peers.history(peer, { limit: 1, reverse: true }).all();
    expect(texts(top)).toEqual(['messageService']);
  });

  it('lists pinned conversations first, and those of the archive apart', async () => {
    const names = async (options: object) =>
      (await alice.peers.dialogs(options).all()).map(({ peer }) => peer.name);
    const before = await names({});
    for (const name of ['Friend 4', 'Friend 2']) {
      const username = name.replace('Friend ', '@friend_no_');
      const peer = new tl.InputDialogPeer({ peer: await alice.peers.inputPeer(username) });
      await alice.client.invoke(new messages.ToggleDialogPinRequest({ pinned: true, peer }));
    }
    const peer = await alice.peers.inputPeer('@friend_no_9');
    await alice.client.invoke(
      new folders.EditPeerFoldersRequest({
        folderPeers: [new tl.InputFolderPeer({ peer, folderId: 1 })],
      }),
    );
    const pinned = ['Friend 2', 'Friend 4'];
    const rest = before.filter((name) => !pinned.includes(name) && name !== 'Friend 9');
    for (const chunk of [100, 4, 2, 1]) {
      expect(await names({ chunk, archived: false })).toEqual([...pinned, ...rest]);
      expect(await names({ chunk, archived: false, pinned: false })).toEqual(rest);
    }
    expect(await names({ pinned: true })).toEqual(pinned);
    expect(await names({ archived: true })).toEqual(['Friend 9']);
  });
});
