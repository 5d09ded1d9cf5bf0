import type { TlMethod } from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import { channels, messages, users } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { RpcError } from '../../../../packages/runtime/src/core/errors.js';
import { ListServer } from './list-server.js';

const notifySettings = new tl.PeerNotifySettings({});
const photo = new tl.ChatPhotoEmpty();
const defined = (value: object) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));

const ada = new tl.User({
  id: 7n,
  firstName: 'Ada',
  lastName: 'Lovelace',
  username: 'Ada',
  usernames: [
    new tl.Username({ username: 'Ada', active: true, editable: true }),
    new tl.Username({ username: 'countess', active: true }),
    new tl.Username({ username: 'sold' }),
  ],
  phone: '4420000001',
});

function userServer(user: tl.TypeUser, about?: string): ListServer {
  return new ListServer(
    () =>
      new users.UserFull({
        fullUser: new tl.UserFull({
          id: user.id,
          about,
          settings: new tl.PeerSettings({}),
          notifySettings,
          commonChatsCount: 0,
        }),
        chats: [],
        users: [user],
      }),
  );
}

describe('chat of a user', () => {
  it('tells names, phone and description', async () => {
    const server = userServer(ada, 'Poetical science');
    expect(defined(await server.peers.chat(server.add('user', 7n)))).toEqual({
      type: 'private',
      id: 7n,
      firstName: 'Ada',
      lastName: 'Lovelace',
      usernames: ['Ada', 'countess'],
      phone: '4420000001',
      about: 'Poetical science',
    });
  });

  it('tells of bots, and of deleted accounts', async () => {
    const bot = userServer(new tl.User({ id: 8n, bot: true, firstName: 'Bot' }));
    expect(defined(await bot.peers.chat(bot.add('user', 8n, { bot: true })))).toEqual({
      type: 'bot',
      id: 8n,
      firstName: 'Bot',
      usernames: [],
    });
    const gone = userServer(new tl.User({ id: 9n, deleted: true }));
    expect(await gone.peers.chat(gone.add('user', 9n))).toMatchObject({ firstName: '' });
  });

  it('falls back on what was seen when the answer leaves the user out', async () => {
    const server = userServer(new tl.UserEmpty({ id: 7n }));
    const user = server.add('user', 7n, { name: 'Ada', usernames: ['ada'] });
    expect(await server.peers.chat(user)).toMatchObject({ firstName: 'Ada', usernames: ['ada'] });
  });
});

describe('chat of a basic group', () => {
  const group = (participants: tl.TypeChatParticipants) => {
    const server = new ListServer(
      () =>
        new messages.ChatFull({
          fullChat: new tl.ChatFull({
            id: 3n,
            about: 'All of us',
            participants,
            notifySettings,
            exportedInvite: new tl.ChatInviteExported({
              link: 'https://t.me/+abc',
              adminId: 7n,
              date: 1,
            }),
          }),
          chats: [
            new tl.Chat({ id: 3n, title: 'Us', photo, participantsCount: 5, date: 1, version: 1 }),
          ],
          users: [ada],
        }),
    );
    return { server, chat: server.add('chat', 3n) };
  };
  const members = new tl.ChatParticipants({
    chatId: 3n,
    version: 1,
    participants: [
      new tl.ChatParticipantCreator({ userId: 7n }),
      new tl.ChatParticipant({ userId: 8n, inviterId: 7n, date: 80 }),
    ],
  });
  const plain = {
    type: 'group',
    id: -3n,
    title: 'Us',
    usernames: [],
    about: 'All of us',
    inviteLink: 'https://t.me/+abc',
    participantsCount: 2,
  };

  it('tells title, description, link and number of members', async () => {
    const { server, chat } = group(members);
    expect(defined(await server.peers.chat(chat))).toEqual(plain);
    expect(server.requests).toHaveLength(1);
  });

  it.each(['asked for', 'set'])('has the members when that is %s', async (how) => {
    const { server, chat } = group(members);
    if (how === 'set') server.settings.fullFetch = true;
    const summary = await server.peers.chat(chat, how === 'set' ? {} : { participants: true });
    expect(server.requests).toHaveLength(1);
    if (!('participants' in summary) || !summary.participants) throw new TypeError('no members');
    expect({ ...defined(summary), participants: summary.participants.map(deepDefined) }).toEqual({
      ...plain,
      participants: [
        {
          user: {
            type: 'private',
            id: 7n,
            firstName: 'Ada',
            lastName: 'Lovelace',
            usernames: ['Ada', 'countess'],
            phone: '4420000001',
          },
          role: 'creator',
        },
        {
          user: { type: 'private', id: 8n, firstName: '', usernames: [] },
          role: 'member',
          date: 80,
          inviterId: 7n,
        },
      ],
    });
  });

  it('has none of them when that is asked for against the setting', async () => {
    const { server, chat } = group(members);
    server.settings.fullFetch = true;
    const summary = await server.peers.chat(chat, { participants: false });
    expect(summary).toMatchObject({ participants: undefined });
  });

  it('has no members where the list is closed, but their number', async () => {
    const { server, chat } = group(new tl.ChatParticipantsForbidden({ chatId: 3n }));
    const summary = await server.peers.chat(chat, { participants: true });
    expect(summary).toMatchObject({ participantsCount: 5, participants: undefined });
  });
});

const deepDefined = (one: object): object => {
  const all = defined(one);
  const { user } = all as { user?: object };
  return user ? { ...all, user: defined(user) } : all;
};

describe('chat of a channel', () => {
  const banned = (id: bigint, viewMessages: boolean) =>
    new tl.ChannelParticipantBanned({
      peer: id < 0n ? new tl.PeerChannel({ channelId: -id }) : new tl.PeerUser({ userId: id }),
      kickedBy: 7n,
      date: 3,
      bannedRights: new tl.ChatBannedRights({ viewMessages, untilDate: 0 }),
    });
  const lists: Record<string, tl.TypeChannelParticipant[]> = {
    channelParticipantsRecent: [new tl.ChannelParticipant({ userId: 8n, date: 1 })],
    channelParticipantsAdmins: [
      new tl.ChannelParticipantCreator({
        userId: 7n,
        adminRights: new tl.ChatAdminRights({}),
        rank: 'boss',
      }),
      new tl.ChannelParticipant({ userId: 8n, date: 1 }),
    ],
    channelParticipantsBots: [],
    channelParticipantsBanned: [banned(9n, false)],
    channelParticipantsKicked: [banned(-5n, true)],
  };

  function channel(more: Partial<tl.ChannelFull>, refused?: string) {
    const serve = (request: TlMethod): unknown => {
      if (request instanceof channels.GetFullChannelRequest) {
        return new messages.ChatFull({
          fullChat: new tl.ChannelFull({
            id: 4n,
            about: '',
            readInboxMaxId: 0,
            readOutboxMaxId: 0,
            unreadCount: 0,
            chatPhoto: new tl.PhotoEmpty({ id: 0n }),
            notifySettings,
            botInfo: [],
            pts: 1,
            exportedInvite: new tl.ChatInvitePublicJoinRequests(),
            ...more,
          }),
          chats: [
            new tl.Channel({
              id: 4n,
              megagroup: true,
              title: 'All',
              username: 'All',
              photo,
              date: 1,
            }),
          ],
          users: [],
        });
      }
      if (!(request instanceof channels.GetParticipantsRequest)) throw new TypeError(request._);
      if (refused) throw new RpcError(400, refused, request._);
      const participants = lists[request.filter._] ?? [];
      const chats = [new tl.ChannelForbidden({ id: 5n, accessHash: 0n, title: 'Out' })];
      const count = participants.length;
      return new channels.ChannelParticipants({ count, participants, chats, users: [ada] });
    };
    const server = new ListServer(serve);
    return { server, peer: server.add('channel', 4n, { megagroup: true }) };
  }

  it('tells title, user names and number of members', async () => {
    const { server, peer } = channel({ participantsCount: 12 });
    expect(defined(await server.peers.chat(peer))).toEqual({
      type: 'supergroup',
      id: -1_000_000_000_004n,
      title: 'All',
      usernames: ['All'],
      participantsCount: 12,
    });
  });

  it('gathers all members that may be seen, each once', async () => {
    const { server, peer } = channel({
      canViewParticipants: true,
      participantsCount: 1000,
      bannedCount: 1,
      kickedCount: 1,
    });
    const summary = await server.peers.chat(peer, { participants: true });
    if (!('participants' in summary)) throw new TypeError('no members');
    const seen = summary.participants?.map(({ user, role, rank }) => [user.id, role, rank]);
    expect(seen).toEqual([
      [8n, 'member', undefined],
      [7n, 'creator', 'boss'],
      [9n, 'restricted', undefined],
      [-1_000_000_000_005n, 'banned', undefined],
    ]);
    expect(summary.participants?.at(-1)?.user).toEqual({
      type: 'channel',
      id: -1_000_000_000_005n,
      title: 'Out',
      usernames: [],
    });
  });

  it('asks for the recent ones alone in a small group of which no more may be seen', async () => {
    const { server, peer } = channel({ canViewParticipants: true, participantsCount: 1 });
    await server.peers.chat(peer, { participants: true });
    expect(server.requests.map(({ _ }) => _)).toEqual([
      'channels.getFullChannel',
      'channels.getParticipants',
    ]);
  });

  it('has no members where this account may not see them', async () => {
    const closed = channel({ participantsCount: 12 });
    const summary = await closed.server.peers.chat(closed.peer, { participants: true });
    expect(summary).toMatchObject({ participantsCount: 12, participants: undefined });
    expect(closed.server.requests).toHaveLength(1);
    const lost = channel({ canViewParticipants: true }, 'CHAT_ADMIN_REQUIRED');
    expect(await lost.server.peers.chat(lost.peer, { participants: true })).toMatchObject({
      participants: undefined,
    });
  });

  it('rejects with other errors', async () => {
    const { server, peer } = channel({ canViewParticipants: true }, 'CHANNEL_PRIVATE');
    const wanted = server.peers.chat(peer, { participants: true });
    await expect(wanted).rejects.toMatchObject({ code: 'CHANNEL_PRIVATE' });
  });
});
