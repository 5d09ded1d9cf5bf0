import * as tl from '@tlgen/telegram';
import { channels, messages, users } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { ListServer, type Serve } from './list-server.js';

const settings = new tl.PeerNotifySettings({});

const fullUser = (id: bigint, about = 'hello') =>
  new users.UserFull({
    fullUser: new tl.UserFull({
      id,
      about,
      settings: new tl.PeerSettings({}),
      notifySettings: settings,
      commonChatsCount: 0,
    }),
    chats: [],
    users: [new tl.User({ id })],
  });

const fullChat = new tl.ChatFull({
  id: 3n,
  about: '',
  participants: new tl.ChatParticipantsForbidden({ chatId: 3n }),
  notifySettings: settings,
});

const fullChannel = new tl.ChannelFull({
  id: 4n,
  about: '',
  readInboxMaxId: 0,
  readOutboxMaxId: 0,
  unreadCount: 0,
  chatPhoto: new tl.PhotoEmpty({ id: 0n }),
  notifySettings: settings,
  botInfo: [],
  pts: 1,
});

const serve: Serve = (request) => {
  if (request instanceof users.GetFullUserRequest)
    return fullUser('userId' in request.id ? request.id.userId : 0n);
  const chats: tl.TypeChat[] = [];
  if (request instanceof messages.GetFullChatRequest)
    return new messages.ChatFull({ fullChat, chats, users: [] });
  if (request instanceof channels.GetFullChannelRequest)
    return new messages.ChatFull({ fullChat: fullChannel, chats, users: [] });
  throw new TypeError(request._);
};

/** A server that answers when it is told to. */
function held() {
  const answers: { resolve(value: unknown): void; reject(error: Error): void }[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const server = new ListServer((_, { signal }) => {
    signals.push(signal as AbortSignal | undefined);
    return new Promise((resolve, reject) => answers.push({ resolve, reject }));
  });
  const user = server.add('user', 7n);
  return { server, user, answers, signals };
}

const turns = () => new Promise((resolve) => setImmediate(resolve));

describe('full', () => {
  it('asks by the method of the kind of peer', async () => {
    const server = new ListServer(serve);
    const user = await server.peers.full(server.add('user', 7n));
    expect(user).toMatchObject({ type: 'user', markedId: 7n, users: [new tl.User({ id: 7n })] });
    expect(user.full._).toBe('userFull');
    expect(user.lastUpdate).toEqual(new Date(server.now));
    const chat = await server.peers.full(server.add('chat', 3n));
    expect(chat).toMatchObject({ type: 'group', markedId: -3n, full: fullChat });
    const channel = await server.peers.full(server.add('channel', 4n));
    expect(channel).toMatchObject({ type: 'channel', id: 4n, full: fullChannel });
    expect(server.requests).toEqual([
      new users.GetFullUserRequest({ id: new tl.InputUser({ userId: 7n, accessHash: 7n }) }),
      new messages.GetFullChatRequest({ chatId: 3n }),
      new channels.GetFullChannelRequest({
        channel: new tl.InputChannel({ channelId: 4n, accessHash: 4n }),
      }),
    ]);
  });

  it('is known by its type', async () => {
    const server = new ListServer(serve);
    const full = await server.peers.full(server.add('user', 7n));
    // Type check: each kind has its own object.
    const about: string | undefined =
      full.type === 'user' || full.type === 'bot' ? full.full.about : full.full.about;
    expect(about).toBe('hello');
  });

  it('reads what the server answered before layer 134', async () => {
    const user = new tl.User({ id: 7n, firstName: 'Old' });
    const server = new ListServer(() => Object.assign(fullUser(7n).fullUser, { user }));
    const full = await server.peers.full(server.add('user', 7n));
    expect(full.full._).toBe('userFull');
    expect(full.users).toEqual([user]);
  });

  it('refuses an answer of another kind', async () => {
    const server = new ListServer(
      () => new messages.ChatFull({ fullChat: fullChannel, chats: [], users: [] }),
    );
    const error = { code: 'WRONG_PEER_TYPE', peer: '-3' };
    await expect(server.peers.full(server.add('chat', 3n))).rejects.toMatchObject(error);
  });

  it('asks again after the time of the setting, at once when it changes', async () => {
    const server = new ListServer(serve);
    const user = server.add('user', 7n);
    const first = await server.peers.full(user);
    server.now += 3_599_999;
    expect(await server.peers.full(user)).toBe(first);
    server.now += 1;
    const second = await server.peers.full(user);
    expect(second).not.toBe(first);
    server.settings.fullInfoTtl = 10;
    server.now += 10_000;
    expect(await server.peers.full(user)).not.toBe(second);
    server.settings.fullInfoTtl = 0;
    await server.peers.full(user);
    expect(server.requests).toHaveLength(4);
  });

  it('asks again when the clock was set back', async () => {
    const server = new ListServer(serve);
    const user = server.add('user', 7n);
    await server.peers.full(user);
    server.now -= 1;
    await server.peers.full(user);
    expect(server.requests).toHaveLength(2);
  });

  it('asks again with refresh, and keeps the newer answer', async () => {
    const { server, user, answers } = held();
    const slow = server.peers.full(user);
    await turns();
    const fresh = server.peers.full(user, { refresh: true });
    await turns();
    expect(answers).toHaveLength(2);
    answers[1]?.resolve(fullUser(7n, 'new'));
    expect((await fresh).full.about).toBe('new');
    answers[0]?.resolve(fullUser(7n, 'old'));
    expect((await slow).full.about).toBe('old');
    expect((await server.peers.full(user)).full.about).toBe('new');
  });

  it('shares one request among those who ask at the same time', async () => {
    const { server, user, answers } = held();
    const all = [server.peers.full(user), server.peers.full(user), server.peers.full(user)];
    await turns();
    expect(answers).toHaveLength(1);
    answers[0]?.resolve(fullUser(7n));
    const [a, b, c] = await Promise.all(all);
    expect(b).toBe(a);
    expect(c).toBe(a);
  });

  it('keeps no errors', async () => {
    const { server, user, answers } = held();
    const both = [server.peers.full(user), server.peers.full(user)];
    await turns();
    answers[0]?.reject(new Error('no'));
    for (const one of both) await expect(one).rejects.toThrow('no');
    const again = server.peers.full(user);
    await turns();
    answers[1]?.resolve(fullUser(7n));
    expect((await again).id).toBe(7n);
  });

  it('goes on for the others when one gives up, and stops with the last', async () => {
    const { server, user, answers, signals } = held();
    const [one, two] = [new AbortController(), new AbortController()];
    const first = server.peers.full(user, { signal: one.signal });
    const second = server.peers.full(user, { signal: two.signal });
    await turns();
    one.abort(new Error('bored'));
    await expect(first).rejects.toMatchObject({ code: 'ABORTED' });
    expect(signals[0]?.aborted).toBe(false);
    two.abort();
    await expect(second).rejects.toMatchObject({ code: 'ABORTED' });
    expect(signals[0]?.aborted).toBe(true);
    const third = server.peers.full(user);
    await turns();
    answers[1]?.resolve(fullUser(7n));
    expect((await third).id).toBe(7n);
  });

  it('is given up at once by a signal that aborted before', async () => {
    const { server, user } = held();
    const wanted = server.peers.full(user, { signal: AbortSignal.abort() });
    await expect(wanted).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('asks by itself for one who gave a timeout, and keeps that answer too', async () => {
    const { server, user, answers } = held();
    const patient = server.peers.full(user);
    const hasty = server.peers.full(user, { timeout: 50 });
    await turns();
    expect(answers).toHaveLength(2);
    answers[1]?.resolve(fullUser(7n, 'fast'));
    expect((await hasty).full.about).toBe('fast');
    expect((await server.peers.full(user)).full.about).toBe('fast');
    answers[0]?.resolve(fullUser(7n, 'slow'));
    await patient;
    expect((await server.peers.full(user)).full.about).toBe('fast');
  });

  it('forgets everything on sign-out, also what is on its way', async () => {
    const { server, user, answers } = held();
    const old = server.peers.full(user);
    await turns();
    const forgetting = server.peers.forgetAll();
    expect(server.known.size).toBe(0);
    await forgetting;
    server.add('user', 7n);
    answers[0]?.resolve(fullUser(7n, 'of the other account'));
    await old;
    const again = server.peers.full(user);
    await turns();
    answers[1]?.resolve(fullUser(7n, 'of this account'));
    expect((await again).full.about).toBe('of this account');
  });

  it('keeps the 500 that were used last', async () => {
    const server = new ListServer(serve);
    for (let id = 1n; id <= 501n; id++) server.add('user', id);
    for (let id = 1n; id <= 500n; id++) await server.peers.full(id);
    await server.peers.full(1n);
    await server.peers.full(501n);
    expect(server.requests).toHaveLength(501);
    await server.peers.full(1n);
    expect(server.requests).toHaveLength(501);
    await server.peers.full(2n);
    expect(server.requests).toHaveLength(502);
  });
});
