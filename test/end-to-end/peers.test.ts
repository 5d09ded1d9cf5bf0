import { LocalDc, type TestBot, type TestChat, type TestPerson } from '@tlgen/local-dc';
import { markedId, MemoryStorage } from '@tlgen/runtime';
import { base, messages, users } from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, expectClean, person, received, until, type Person } from './people.js';

describe('peers', () => {
  let dc: LocalDc;
  let bob: TestPerson;
  let robot: TestBot;
  let group: TestChat;
  let talk: TestChat;
  let news: TestChat;
  let ada: Person;
  let adas: TestPerson;
  beforeAll(async () => {
    dc = await LocalDc.start();
    adas = await dc.createUser({ firstName: 'Ada', lastName: 'Byron', username: 'ada_here' });
    bob = await dc.createUser({ firstName: 'Bob', username: 'bob_here' });
    robot = await dc.createUser({ bot: true, firstName: 'Robot', username: 'robot_bot' });
    group = dc.createGroup({ title: 'Group', creator: adas, members: [bob] });
    talk = dc.createChannel({ title: 'Talk', megagroup: true, creator: adas, members: [bob] });
    news = dc.createChannel({
      title: 'News',
      username: 'our_news',
      about: 'All the news',
      creator: adas,
    });
    ada = await person(dc, adas);
    await ada.client.peers.dialogs().all();
  });
  afterAll(async () => {
    await ada.client.close();
    expectClean(dc);
    await dc.close();
  });

  const marked = (chat: TestChat): bigint =>
    markedId(chat.type === 'group' ? 'chat' : 'channel', chat.id);

  it('info tells each kind with its ids and input forms', async () => {
    const { peers } = ada.client;
    expect(await peers.info('bob_here')).toMatchObject({
      type: 'user',
      id: bob.id,
      markedId: bob.id,
      name: 'Bob',
      usernames: ['bob_here'],
      self: false,
      peer: { _: 'peerUser', userId: bob.id },
      inputPeer: { _: 'inputPeerUser', userId: bob.id },
      inputUser: { _: 'inputUser', userId: bob.id },
    });
    expect(await peers.info('me')).toMatchObject({
      type: 'user',
      id: adas.id,
      self: true,
      name: 'Ada Byron',
    });
    expect(await peers.info('robot_bot')).toMatchObject({
      type: 'bot',
      id: robot.id,
      name: 'Robot',
    });
    expect(await peers.info(marked(group))).toMatchObject({
      type: 'group',
      id: group.id,
      markedId: -group.id,
      name: 'Group',
      peer: { _: 'peerChat', chatId: group.id },
      inputPeer: { _: 'inputPeerChat', chatId: group.id },
    });
    expect(await peers.info(marked(talk))).toMatchObject({
      type: 'supergroup',
      id: talk.id,
      markedId: -(10n ** 12n) - talk.id,
      inputChannel: { _: 'inputChannel', channelId: talk.id },
    });
    expect(await peers.info('@our_news')).toMatchObject({
      type: 'channel',
      id: news.id,
      usernames: ['our_news'],
      peer: { _: 'peerChannel', channelId: news.id },
    });
  });

  it('full tells all, and keeps it until it is told to ask again', async () => {
    const { peers } = ada.client;
    const [user, bot, basic, large, channel] = [
      await peers.full('bob_here'),
      await peers.full('robot_bot'),
      await peers.full(marked(group)),
      await peers.full(marked(talk)),
      await peers.full('our_news'),
    ];
    expect(user).toMatchObject({ type: 'user', id: bob.id, full: { _: 'userFull', id: bob.id } });
    expect(bot).toMatchObject({
      type: 'bot',
      full: { _: 'userFull', botInfo: { userId: robot.id } },
    });
    expect(basic).toMatchObject({ type: 'group', full: { _: 'chatFull', id: group.id } });
    expect(large).toMatchObject({
      type: 'supergroup',
      full: { _: 'channelFull', participantsCount: 2 },
    });
    expect(channel).toMatchObject({
      type: 'channel',
      full: { _: 'channelFull', about: 'All the news' },
    });
    for (const one of [user, bot, basic, large, channel])
      expect(one.lastUpdate).toBeInstanceOf(Date);
    const asked = received(dc, users.GetFullUserRequest);
    expect(await peers.full(bob.id)).toBe(user);
    expect(asked).toHaveLength(0);
    expect(await peers.full(bob.id, { refresh: true })).not.toBe(user);
    ada.client.configure({ peers: { fullInfoTtl: 0 } });
    await peers.full(bob.id);
    expect(asked).toHaveLength(2);
    ada.client.configure({ peers: { fullInfoTtl: 3600 } });
  });

  it('chat tells it in plain values, with the members if they are wanted', async () => {
    const { peers } = ada.client;
    expect(await peers.chat('bob_here')).toMatchObject({
      type: 'private',
      id: bob.id,
      firstName: 'Bob',
      usernames: ['bob_here'],
    });
    expect(await peers.chat('robot_bot')).toMatchObject({ type: 'bot', firstName: 'Robot' });
    const plain = await peers.chat(marked(group));
    expect(plain).toMatchObject({ type: 'group', id: -group.id, title: 'Group' });
    expect((plain as { participants?: unknown }).participants).toBeUndefined();
    const members = [
      { role: 'creator', user: { id: adas.id, firstName: 'Ada' } },
      { role: 'member', user: { id: bob.id, firstName: 'Bob' } },
    ];
    for (const chat of [group, talk]) {
      const told = await peers.chat(marked(chat), { participants: true });
      if (!('participants' in told)) throw new TypeError(told.type);
      const roles = told.participants?.toSorted((a, b) => (a.role < b.role ? -1 : 1));
      expect(roles).toMatchObject(members);
      expect(told.participantsCount).toBe(2);
    }
    ada.client.configure({ peers: { fullFetch: true } });
    expect(await peers.chat(marked(talk))).toHaveProperty('participants');
    ada.client.configure({ peers: { fullFetch: false } });
    expect(await peers.chat('our_news')).toMatchObject({
      type: 'channel',
      title: 'News',
      about: 'All the news',
      usernames: ['our_news'],
    });
  });

  it('whoever is seen in an update can be used at once', async () => {
    await using eve = await person(dc, await dc.createUser({ firstName: 'Eve' }));
    await using bot = await person(dc, robot);
    const early = bot.client.sendText(eve.id, 'too early');
    await expect(early).rejects.toMatchObject({ name: 'PeerError', code: 'UNKNOWN_PEER' });
    await eve.client.sendText('robot_bot', '/start');
    await until(() => bot.updates.length > 0);
    await bot.client.sendText(eve.id, 'hello');
    expect(await bot.client.peers.info(eve.id)).toMatchObject({ type: 'user', name: 'Eve' });
    const [last] = await eve.client.peers.history('robot_bot', { limit: 1 }).all();
    expect(last).toMatchObject({ message: 'hello', out: false });
  });

  it('a stranger met in a supergroup is named by the message, and never takes the place of a known one', async () => {
    const crowd = Array.from({ length: 3 }, (_, i) => dc.createUser({ firstName: `Crowd ${i}` }));
    const [one, two] = await Promise.all(crowd);
    const many = dc.createChannel({
      title: 'Many',
      megagroup: true,
      creator: one!,
      members: [adas, two!],
    });
    await using fresh = await person(dc, adas);
    dc.send(two!, many, 'who am I?');
    await until(() => fresh.updates.length > 0);
    const got = received(dc, users.GetFullUserRequest);
    const stranger = await fresh.client.peers.inputUser(two!.id);
    expect(stranger).toMatchObject({
      _: 'inputUserFromMessage',
      userId: two!.id,
      peer: { _: 'inputPeerChannel', channelId: many.id },
    });
    const full = await fresh.client.peers.full(two!.id);
    expect(full).toMatchObject({ type: 'user', name: 'Crowd 1' });
    expect(got[0]!.id).toEqual(stranger);
    // Known in full, a min constructor changes nothing.
    const before = await fresh.client.peers.inputUser(two!.id);
    expect(before._).toBe('inputUser');
    fresh.updates.length = 0;
    dc.send(two!, many, 'and now?');
    await until(() => fresh.updates.length > 0);
    expect(await fresh.client.peers.inputUser(two!.id)).toEqual(before);
  });

  it.each([
    [987_654_321n, /987654321.*not seen.*To make it known.*dialogs\(\)/s],
    [-1_000_987_654_321n, /-1000987654321.*not seen.*To make it known/s],
    ['@nobody_is_called_so', /@nobody_is_called_so/],
    ['+99966012345', /\+99966012345.*contacts\.importContacts/],
    ['t.me/+AAAAAAAAAAAAAAAA', /invite link leads nowhere/],
  ] as const)('unknown: %s names it, says why, and what to do', async (like, text) => {
    const error = await ada.client.peers.info(like).then(
      () => null,
      (thrown: unknown) => thrown as Error,
    );
    expect(error).toMatchObject({ name: 'PeerError', code: 'UNKNOWN_PEER' });
    expect(error!.message).toMatch(text);
    await expect(ada.client.sendText(like, 'x')).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
  });

  it('an invite link of a chat that one is not in says to join', async () => {
    const other = await dc.createUser({});
    await using owner = await person(dc, other);
    const made = dc.createChannel({ title: 'Closed', megagroup: true, creator: other });
    await owner.client.peers.dialogs().all();
    const invite = await owner.client.api.messages.exportChatInvite({ peer: marked(made) });
    const { link } = invite as base.ChatInviteExported;
    await expect(ada.client.peers.info(link)).rejects.toThrow(/"Closed".*join first/);
    await ada.client.api.messages.importChatInvite({ hash: link.split('+')[1]! });
    expect(await ada.client.peers.info(link)).toMatchObject({ type: 'supergroup', id: made.id });
  });

  it('a resolver of one’s own is asked before the error', async () => {
    const hidden = await dc.createUser({ firstName: 'Hidden' });
    const asked: unknown[] = [];
    await using one = await person(dc, await dc.createUser({ username: 'finder_here' }), {
      peers: {
        resolver: async (peer) => {
          asked.push(peer);
          if (peer !== hidden.id) return null;
          const { users: found } = await one.client.api.contacts.resolvePhone({
            phone: hidden.phone,
          });
          return found[0] ?? null;
        },
      },
    });
    await one.client.sendText(hidden.id, 'found');
    expect(asked).toEqual([hidden.id]);
    await expect(one.client.peers.info(123_456n)).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
    expect(asked).toEqual([hidden.id, 123_456n]);
    expect(await one.client.peers.info(hidden.id)).toMatchObject({ name: 'Hidden' });
    expect(asked).toHaveLength(2);
  });

  it('loadAllAtStart: connecting makes the partners of all dialogs known', async () => {
    const storage = new MemoryStorage();
    const pal = await dc.createUser({ firstName: 'Pal' });
    const user = await dc.createUser({});
    dc.send(pal, user, 'hello');
    const first = await person(dc, user, { storage });
    await expect(first.client.peers.info(pal.id)).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
    await first.client.close();
    await using client = clientOf(dc, { storage, peers: { loadAllAtStart: true } });
    await client.connect();
    const asked = received(dc, messages.GetDialogsRequest);
    expect(await client.peers.info(pal.id)).toMatchObject({ name: 'Pal' });
    expect(asked).toHaveLength(0);
  });

  it('me is asked for once', async () => {
    const asked = received(dc, users.GetUsersRequest);
    const [a, b] = await Promise.all([ada.client.me({ refresh: true }), ada.client.me()]);
    expect(a).toBe(b);
    expect(a).toMatchObject({ self: true, id: adas.id });
    expect(await ada.client.me()).toBe(a);
    expect(asked).toHaveLength(1);
    await ada.client.me({ refresh: true });
    expect(asked).toHaveLength(2);
  });
});
