import { LocalDc, type TestBot, type TestChat, type TestPerson } from '@tlgen/local-dc';
import { markedId } from '@tlgen/runtime';
import { account, base, channels, contacts, help, messages, users } from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClean, person, pushed, received, until, type Person } from './people.js';

/** Whatever names a peer, for whatever takes one: what reaches the server is what it expects. */
describe('peers in calls', () => {
  let dc: LocalDc;
  let bob: TestPerson;
  let robot: TestBot;
  let group: TestChat;
  let talk: TestChat;
  let news: TestChat;
  let ada: Person;
  let asked: messages.GetHistoryRequest[];
  let ids: { bob: bigint; group: bigint; talk: bigint; news: bigint };

  beforeAll(async () => {
    dc = await LocalDc.start();
    const user = await dc.createUser({ firstName: 'Ada', username: 'ada_here' });
    bob = await dc.createUser({ firstName: 'Bob', username: 'Bob_Here' });
    robot = await dc.createUser({ bot: true, username: 'robot_bot' });
    group = dc.createGroup({ title: 'Group', creator: user, members: [bob] });
    talk = dc.createChannel({ title: 'Talk', megagroup: true, creator: user, members: [bob] });
    news = dc.createChannel({ title: 'News', username: 'our_news', creator: user });
    for (const to of [bob, group, talk, news]) dc.send(user, to, `to ${to.id}`);
    dc.send(bob, user, 'hello');
    ids = {
      bob: bob.id,
      group: markedId('chat', group.id),
      talk: markedId('channel', talk.id),
      news: markedId('channel', news.id),
    };
    asked = received(dc, messages.GetHistoryRequest);
    ada = await person(dc, user);
    await ada.client.peers.dialogs().all();
  });
  afterAll(async () => {
    await ada.client.close();
    expectClean(dc);
    await dc.close();
  });

  /** Reads a conversation, and tells which peer the server was asked for. */
  async function read(like: Parameters<Person['client']['peers']['info']>[0]): Promise<object> {
    asked.length = 0;
    const answer = await ada.client.api.messages.getHistory({ peer: like as string });
    expect(answer).not.toBeInstanceOf(messages.MessagesNotModified);
    const [{ peer } = { peer: new base.InputPeerEmpty() }] = asked;
    if (peer instanceof base.InputPeerUser) return { user: peer.userId };
    if (peer instanceof base.InputPeerChat) return { group: peer.chatId };
    if (peer instanceof base.InputPeerChannel) return { channel: peer.channelId };
    return { [peer._]: true };
  }

  it.each([
    ['a user name', '@bob_here'],
    ['a user name without @', 'bob_here'],
    ['a user name in other case', 'BOB_HERE'],
    ['a link', 'https://t.me/bob_here'],
    ['a link without scheme', 't.me/Bob_Here'],
    ['a deep link', 'tg://resolve?domain=bob_here'],
    ['its id as bigint', () => ids.bob],
    ['its id as number', () => Number(ids.bob)],
    ['its id as text', () => String(ids.bob)],
    ['user#id', () => `user#${ids.bob}`],
    ['user#idN', () => `user#id${ids.bob}`],
    ['its phone number', () => `+${bob.phone}`],
    ['peerUser', () => new base.PeerUser({ userId: ids.bob })],
    ['a plain object', () => ({ _: 'peerUser', userId: ids.bob })],
  ] as const)('a user by %s', async (_, like) => {
    const given = typeof like === 'function' ? like() : like;
    expect(await read(given as string)).toEqual({ user: bob.id });
  });

  it('a user by objects that the server sent', async () => {
    const { api, peers } = ada.client;
    const [user] = await api.users.getUsers({ id: ['bob_here'] });
    const full = await peers.full('bob_here');
    const inputPeer = await peers.inputPeer('bob_here');
    const inputUser = await peers.inputUser('bob_here');
    const resolved = await api.contacts.resolveUsername({ username: 'bob_here' });
    expect(resolved).toBeInstanceOf(contacts.ResolvedPeer);
    const all = [user, full.full, inputPeer, inputUser, resolved];
    for (const like of all) expect(await read(like as base.User)).toEqual({ user: bob.id });
  });

  it('oneself by me, self, name, id and objects', async () => {
    const self = { inputPeerSelf: true };
    const user = await ada.client.me();
    const objects = [new base.InputPeerSelf(), new base.InputUserSelf()];
    for (const like of ['me', 'self', ada.id, ...objects]) expect(await read(like)).toEqual(self);
    expect([self, { user: ada.id }]).toContainEqual(await read(user));
    expect(await ada.client.api.users.getUsers({ id: ['me', ada.id] })).toMatchObject([
      { self: true },
      { self: true },
    ]);
  });

  it('a group by marked id, chat#id and objects', async () => {
    const full = await ada.client.peers.full(ids.group);
    const { chats } = await ada.client.api.messages.getChats({ id: [group.id] });
    const likes = [
      ids.group,
      Number(ids.group),
      String(ids.group),
      `chat#${group.id}`,
      `chat#id${group.id}`,
      new base.PeerChat({ chatId: group.id }),
      new base.InputPeerChat({ chatId: group.id }),
      full.full,
      ...chats,
    ];
    for (const like of likes) expect(await read(like)).toEqual({ group: group.id });
  });

  it('a channel by marked id, name, channel#id, links and objects', async () => {
    const { peers, api } = ada.client;
    const inputChannel = await peers.inputChannel(ids.news);
    const { chats } = await api.channels.getChannels({ id: [ids.news] });
    const likes = [
      ids.news,
      String(ids.news),
      '@our_news',
      'our_news',
      't.me/our_news/12',
      't.me/s/our_news',
      `t.me/c/${news.id}/1`,
      `channel#${news.id}`,
      new base.PeerChannel({ channelId: news.id }),
      inputChannel,
      await peers.inputPeer(ids.news),
      (await peers.full(ids.news)).full,
      ...chats,
    ];
    for (const like of likes) expect(await read(like)).toEqual({ channel: news.id });
    expect(await read(ids.talk)).toEqual({ channel: talk.id });
  });

  it('the chat of a message, of an answer and of an update', async () => {
    const sent = await ada.client.api.messages.sendMessage({ peer: ids.talk, message: 'one' });
    expect(await read(sent)).toEqual({ channel: talk.id });
    for (const [id, expected] of [
      [ids.bob, { user: bob.id }],
      [ids.group, { group: group.id }],
      [ids.talk, { channel: talk.id }],
    ] as const) {
      const [message] = await ada.client.peers.history(id, { limit: 1 }).all();
      expect(await read(message!)).toEqual(expected);
    }
    ada.updates.length = 0;
    dc.send(bob, { id: ada.id }, 'by update');
    dc.send(bob, talk, 'by update');
    const [inTalk] = await until(
      () => pushed(ada, 'updateNewChannelMessage')[0] && pushed(ada, 'updateNewChannelMessage'),
    );
    expect(await read(inTalk!)).toEqual({ channel: talk.id });
    const all = ada.updates.filter(
      (one) =>
        !pushed(ada, 'updateNewChannelMessage').some((it) =>
          (one as base.Updates).updates?.includes(it),
        ),
    );
    expect(await read(all[0]!)).toEqual({ user: bob.id });
  });

  it('an invite link of a chat that one is in', async () => {
    const link = await ada.client.api.messages.exportChatInvite({ peer: ids.talk });
    if (!(link instanceof base.ChatInviteExported)) throw new TypeError(link._);
    expect(await read(link.link)).toEqual({ channel: talk.id });
    expect(await read(link.link.replace('+', 'joinchat/'))).toEqual({ channel: talk.id });
    expect(await read(`tg://join?invite=${link.link.split('+')[1]}`)).toEqual({ channel: talk.id });
  });

  it('the support', async () => {
    const { user } = await ada.client.invoke(new help.GetSupportRequest());
    expect(await read('support')).toEqual({ user: user.id });
  });

  it('where a user is expected, alone and in lists', async () => {
    const { api } = ada.client;
    const got = received(dc, users.GetUsersRequest);
    const answer = await api.users.getUsers({ id: ['@bob_here', robot.username, bob.id, 'me'] });
    expect(answer).toMatchObject([
      { id: bob.id },
      { id: robot.id, bot: true },
      { id: bob.id },
      { id: ada.id },
    ]);
    expect(got[0]!.id.map(({ _ }) => _)).toEqual([
      'inputUser',
      'inputUser',
      'inputUser',
      'inputUserSelf',
    ]);
    expect(await api.users.getFullUser({ id: 't.me/bob_here' })).toMatchObject({
      fullUser: { id: bob.id },
    });
    await expect(api.users.getFullUser({ id: ids.group })).rejects.toMatchObject({
      name: 'PeerError',
      code: 'WRONG_PEER_TYPE',
    });
  });

  it('where a channel is expected', async () => {
    const { api } = ada.client;
    const got = received(dc, channels.GetFullChannelRequest);
    await api.channels.getFullChannel({ channel: '@our_news' });
    await api.channels.getFullChannel({ channel: ids.talk });
    expect(got.map(({ channel }) => (channel as base.InputChannel).channelId)).toEqual([
      news.id,
      talk.id,
    ]);
    await expect(api.channels.getFullChannel({ channel: 'bob_here' })).rejects.toMatchObject({
      name: 'PeerError',
      code: 'WRONG_PEER_TYPE',
    });
  });

  it('where a type wraps a peer', async () => {
    const { api } = ada.client;
    const dialogs = received(dc, messages.GetPeerDialogsRequest);
    await api.messages.getPeerDialogs({ peers: ['bob_here', ids.group, '@our_news'] });
    expect(dialogs[0]!.peers).toMatchObject([
      { _: 'inputDialogPeer', peer: { userId: bob.id } },
      { _: 'inputDialogPeer', peer: { chatId: group.id } },
      { _: 'inputDialogPeer', peer: { channelId: news.id } },
    ]);
    await api.messages.toggleDialogPin({ peer: ids.group, pinned: true });
    const [first] = await ada.client.peers.dialogs({ pinned: true }).all();
    expect(first).toMatchObject({ pinned: true, peer: { markedId: ids.group } });
    const settings: account.GetNotifySettingsRequest[] = [];
    dc.handle(account.GetNotifySettingsRequest, (request) => {
      settings.push(request);
      return new base.PeerNotifySettings({ silent: true });
    });
    expect(await api.account.getNotifySettings({ peer: '@our_news' })).toMatchObject({
      silent: true,
    });
    await api.account.getNotifySettings({ peer: new base.InputNotifyUsers() });
    expect(settings.map(({ peer }) => peer)).toMatchObject([
      { _: 'inputNotifyPeer', peer: { _: 'inputPeerChannel', channelId: news.id } },
      { _: 'inputNotifyUsers' },
    ]);
  });

  it('of parameters that are optional or inside plain objects', async () => {
    const { api } = ada.client;
    const found = await api.messages.search({ peer: ids.talk, fromId: 'bob_here' });
    expect(found).toMatchObject({ messages: [{ message: 'by update' }] });
    const got = received(dc, messages.SendMessageRequest);
    await api.messages.sendMessage({
      peer: {
        _: 'inputPeerUser',
        userId: bob.id,
        accessHash: ((await ada.client.peers.inputPeer(bob.id)) as base.InputPeerUser).accessHash,
      } as never,
      message: 'plain',
    });
    expect(got[0]!.peer).toBeInstanceOf(base.InputPeerUser);
  });

  it('that are none say so before anything is sent', async () => {
    ada.called.length = 0;
    for (const peer of ['', 'not a peer', 'https://example.org/x', 0, 10n ** 30n, '+12']) {
      await expect(ada.client.api.messages.getHistory({ peer })).rejects.toMatchObject({
        name: 'PeerError',
        code: 'BAD_PEER',
      });
    }
    const nothing = {} as base.User;
    await expect(ada.client.api.messages.getHistory({ peer: nothing })).rejects.toMatchObject({
      name: 'ParameterError',
      parameter: 'peer',
    });
    expect(ada.called).toEqual([]);
  });
});
