import * as tl from '@tlgen/telegram';
import { channels, messages } from '@tlgen/telegram';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUNS, SEED } from '../../../support/random.js';
import { ListServer } from './list-server.js';

const random = { seed: SEED, numRuns: 200 * RUNS };
const member = (id: number | bigint) => new tl.ChannelParticipant({ userId: BigInt(id), date: 5 });
const userOf = (id: number | bigint) => new tl.User({ id: BigInt(id), firstName: `User ${id}` });

const answer = (
  participants: tl.TypeChannelParticipant[],
  count = participants.length,
  users: tl.TypeUser[] = [],
  chats: tl.TypeChat[] = [],
) => new channels.ChannelParticipants({ count, participants, users, chats });

/** A channel whose members are what `list` says by then. */
function channelOf(list: () => readonly number[]): { server: ListServer; channel: bigint } {
  const server = new ListServer((request) => {
    if (!(request instanceof channels.GetParticipantsRequest)) throw new TypeError(request._);
    const all = list();
    const page = all.slice(request.offset, request.offset + request.limit);
    return answer(page.map(member), all.length, page.map(userOf));
  });
  return { server, channel: server.add('channel', 9n, { megagroup: true }) };
}

const idsOf = async (server: ListServer, peer: bigint, options: object = {}) =>
  (await server.peers.participants(peer, options).all()).map(({ id }) => Number(id));

const some = fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { maxLength: 90 });

describe('participants of a channel', () => {
  it('has every member once, in order, whatever the chunk and limit', async () => {
    const property = fc.asyncProperty(
      some,
      fc.integer({ min: 1, max: 200 }),
      fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
      async (all, chunk, limit) => {
        const { server, channel } = channelOf(() => all);
        expect(await idsOf(server, channel, { chunk, limit })).toEqual(all.slice(0, limit));
      },
    );
    await fc.assert(property, random);
  });

  it('doubles none, and loses none that stays, while others come or go', async () => {
    const property = fc.asyncProperty(
      some,
      fc.integer({ min: 1, max: 30 }),
      fc.array(
        fc.oneof(
          fc.record({ gone: fc.array(fc.nat(89), { maxLength: 20 }) }),
          fc.record({ come: fc.integer({ min: 1, max: 5 }), at: fc.nat(89) }),
        ),
        { maxLength: 40 },
      ),
      async (all, chunk, changes) => {
        let list = [...all];
        let next = 1000;
        const steps = changes.values();
        const { server, channel } = channelOf(() => {
          if (server.requests.length > 1) {
            const { value } = steps.next();
            if (value && 'gone' in value) list = list.filter((_, i) => !value.gone.includes(i));
            else if (value)
              list.splice(value.at, 0, ...Array.from({ length: value.come }, () => next++));
          }
          return list;
        });
        const found = await idsOf(server, channel, { chunk });
        expect(new Set(found).size).toBe(found.length);
        const stayed = list.filter((id) => id < 1000);
        expect(found).toEqual(expect.arrayContaining(stayed));
        expect(found.filter((id) => stayed.includes(id))).toEqual(stayed);
      },
    );
    await fc.assert(property, random);
  });

  it('reads on when those left who were not read yet', async () => {
    const all = Array.from({ length: 40 }, (_, i) => i + 1);
    const { server, channel } = channelOf(() =>
      server.requests.length > 20 ? all.filter((id) => id <= 20 || id > 30) : all,
    );
    const wanted = all.filter((id) => id <= 20 || id > 30);
    expect(await idsOf(server, channel, { chunk: 1 })).toEqual(wanted);
  });

  it('tells role, date, inviter and rank of every kind of member', async () => {
    const rights = new tl.ChatAdminRights({});
    const all = [
      new tl.ChannelParticipantCreator({ userId: 1n, adminRights: rights, rank: 'boss' }),
      new tl.ChannelParticipantAdmin({
        userId: 2n,
        promotedBy: 1n,
        inviterId: 1n,
        date: 22,
        adminRights: rights,
      }),
      new tl.ChannelParticipantSelf({ userId: 3n, inviterId: 2n, date: 33 }),
      member(4),
      new tl.ChannelParticipantBanned({
        peer: new tl.PeerUser({ userId: 5n }),
        kickedBy: 1n,
        date: 55,
        bannedRights: new tl.ChatBannedRights({ sendMessages: true, untilDate: 0 }),
      }),
      new tl.ChannelParticipantBanned({
        left: true,
        peer: new tl.PeerChannel({ channelId: 6n }),
        kickedBy: 1n,
        date: 66,
        bannedRights: new tl.ChatBannedRights({ viewMessages: true, untilDate: 0 }),
      }),
      new tl.ChannelParticipantLeft({ peer: new tl.PeerUser({ userId: 7n }) }),
    ];
    const banned = new tl.ChannelForbidden({ id: 6n, accessHash: 0n, title: 'Out' });
    const users = [userOf(1), userOf(2), new tl.UserEmpty({ id: 0n })];
    const server = new ListServer(() => answer(all, all.length, users, [banned]));
    const found = await server.peers.participants(server.add('channel', 9n)).all();
    expect(found.map(({ participant: _p, user: _u, chat: _c, ...rest }) => rest)).toEqual([
      { id: 1n, role: 'creator', date: null, inviterId: null, rank: 'boss' },
      { id: 2n, role: 'admin', date: 22, inviterId: 1n, rank: null },
      { id: 3n, role: 'member', date: 33, inviterId: 2n, rank: null },
      { id: 4n, role: 'member', date: 5, inviterId: null, rank: null },
      { id: 5n, role: 'restricted', date: 55, inviterId: null, rank: null },
      { id: -1_000_000_000_006n, role: 'banned', date: 66, inviterId: null, rank: null },
      { id: 7n, role: 'left', date: null, inviterId: null, rank: null },
    ]);
    expect(found.map(({ participant }) => participant)).toEqual(all);
    expect(found.map(({ user }) => user)).toEqual([
      users[0],
      users[1],
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(found[5]?.chat).toBe(banned);
  });

  it.each([
    [{}, new tl.ChannelParticipantsRecent()],
    [{ filter: 'recent' }, new tl.ChannelParticipantsRecent()],
    [{ filter: 'admins' }, new tl.ChannelParticipantsAdmins()],
    [{ filter: 'bots' }, new tl.ChannelParticipantsBots()],
    [{ filter: 'banned' }, new tl.ChannelParticipantsBanned({ q: '' })],
    [{ filter: 'kicked', query: 'x' }, new tl.ChannelParticipantsKicked({ q: 'x' })],
    [{ filter: 'search', query: 'x' }, new tl.ChannelParticipantsSearch({ q: 'x' })],
    [{ query: 'x' }, new tl.ChannelParticipantsSearch({ q: 'x' })],
    [{ filter: 'recent', query: 'x' }, new tl.ChannelParticipantsSearch({ q: 'x' })],
  ] as const)('asks for %o', async (options, filter) => {
    const { server, channel } = channelOf(() => [1]);
    await server.peers.participants(channel, options).all();
    expect(server.requests).toEqual([
      new channels.GetParticipantsRequest({
        channel: new tl.InputChannel({ channelId: 9n, accessHash: 9n }),
        filter,
        offset: 0,
        limit: 200,
        hash: 0n,
      }),
    ]);
  });

  it.each([
    ['repeats a page', () => answer([member(1), member(2)], 1000)],
    ['has nothing behind a large count', () => answer([], 1000)],
    ['has ids that cannot be', () => answer([member(-4), member(0)], 1000)],
    [
      'says that the list becomes shorter and longer in turn',
      (n: number) => answer([member(1), member(2)], n % 2 ? 1000 : 10),
    ],
    [
      'becomes longer and shorter by one for ever',
      (n: number) => answer([member(Math.min(n, 50))], 1000 - (n % 2)),
    ],
    ['says that the list becomes ever shorter', (n: number) => answer([member(1)], 2 ** 31 - n)],
  ])('ends with a server that %s', async (_, serve) => {
    const server: ListServer = new ListServer(() => serve(server.requests.length));
    const found = await idsOf(server, server.add('channel', 9n));
    expect(new Set(found).size).toBe(found.length);
    expect(found.every((id) => id > 0)).toBe(true);
    expect(server.requests.length).toBeLessThan(1000);
  });

  it('ends with an answer that there is nothing new', async () => {
    const server = new ListServer(() => new channels.ChannelParticipantsNotModified());
    const pages = server.peers.participants(server.add('channel', 9n));
    expect(await pages.all()).toEqual([]);
    expect(await pages.total()).toBe(null);
  });

  it.each([
    [{ filter: 'nobody' }, 'filter'],
    [{ filter: 'admins', query: 'x' }, 'query'],
    [{ filter: 'bots', query: '' }, 'query'],
    [{ chunk: 201 }, 'chunk'],
  ])('refuses %o', (options, option) => {
    const { server, channel } = channelOf(() => []);
    expect(() => server.peers.participants(channel, options as object)).toThrow(
      expect.objectContaining({ code: 'BAD_LIST_OPTION', option }),
    );
  });

  it('is no list that a user has', async () => {
    const { server } = channelOf(() => []);
    const user = server.add('user', 4n);
    await expect(server.peers.participants(user).all()).rejects.toMatchObject({
      code: 'WRONG_PEER_TYPE',
      peer: '4',
    });
  });
});

describe('participants of a basic group', () => {
  const full = (participants: tl.TypeChatParticipants) =>
    new messages.ChatFull({
      fullChat: new tl.ChatFull({
        id: 3n,
        about: '',
        participants,
        notifySettings: new tl.PeerNotifySettings({}),
      }),
      chats: [],
      users: [
        new tl.User({ id: 1n, firstName: 'Ada', lastName: 'Lovelace', username: 'ada' }),
        new tl.User({ id: 2n, firstName: 'Grace', bot: true }),
        new tl.User({ id: 4n, firstName: 'Adam' }),
      ],
    });
  const all = [
    new tl.ChatParticipantCreator({ userId: 1n }),
    new tl.ChatParticipant({ userId: 2n, inviterId: 1n, date: 20 }),
    new tl.ChatParticipantAdmin({ userId: 4n, inviterId: 1n, date: 40, rank: 'first' }),
    new tl.ChatParticipant({ userId: 2n, inviterId: 1n, date: 20 }),
  ];
  const group = (participants: tl.TypeChatParticipants) => {
    const server = new ListServer(() => full(participants));
    return { server, chat: server.add('chat', 3n) };
  };
  const whole = () => group(new tl.ChatParticipants({ chatId: 3n, version: 1, participants: all }));

  it.each([
    [{}, [1, 2, 4]],
    [{ limit: 2 }, [1, 2]],
    [{ filter: 'admins' }, [1, 4]],
    [{ filter: 'bots' }, [2]],
    [{ filter: 'banned' }, []],
    [{ filter: 'kicked' }, []],
    [{ query: 'AD' }, [1, 4]],
    [{ query: 'love' }, [1]],
    [{ query: 'ada lov' }, [1]],
    [{ query: 'race' }, []],
  ])('has those of %o', async (options, ids) => {
    const { server, chat } = whole();
    expect(await idsOf(server, chat, options)).toEqual(ids);
    expect(server.requests).toEqual([new messages.GetFullChatRequest({ chatId: 3n })]);
  });

  it('tells role, date, inviter and rank', async () => {
    const { server, chat } = whole();
    const found = await server.peers.participants(chat).all();
    expect(found.map(({ role, date, inviterId, rank }) => [role, date, inviterId, rank])).toEqual([
      ['creator', null, null, null],
      ['member', 20, 1n, null],
      ['admin', 40, 1n, 'first'],
    ]);
  });

  it('has only oneself, or nobody, where the list is closed', async () => {
    const own = new tl.ChatParticipant({ userId: 1n, inviterId: 4n, date: 1 });
    const seen = group(new tl.ChatParticipantsForbidden({ chatId: 3n, selfParticipant: own }));
    expect(await idsOf(seen.server, seen.chat)).toEqual([1]);
    const gone = group(new tl.ChatParticipantsForbidden({ chatId: 3n }));
    expect(await idsOf(gone.server, gone.chat)).toEqual([]);
  });
});
