import type { PeerLike, TlMethod } from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import { channels, contacts, help, messages, users } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { beforeEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../../../packages/runtime/src/core/errors.js';
import type { InvokeOptions } from '../../../../packages/runtime/src/core/types.js';
import { PeerResolution } from '../../../../packages/runtime/src/peers/lookup/resolve.js';
import type { PeerStore } from '../../../../packages/runtime/src/peers/memory/store.js';
import type { PeerResolver } from '../../../../packages/runtime/src/peers/types.js';
import { openStorage, type PeerStorage } from './fake-storage.js';

const photo = new tl.ChatPhotoEmpty();
const user = (more: Partial<tl.User> = {}): tl.User =>
  new tl.User({ id: 5n, accessHash: 50n, firstName: 'Ada', ...more });
const channel = (more: Partial<tl.Channel> = {}): tl.Channel =>
  new tl.Channel({ id: 7n, accessHash: 70n, title: 'News', photo, date: 1, ...more });
const group = new tl.Chat({ id: 6n, title: 'G', photo, participantsCount: 1, date: 1, version: 1 });
const resolved = (one: tl.User | tl.Channel): contacts.ResolvedPeer =>
  one instanceof tl.User
    ? new contacts.ResolvedPeer({
        peer: new tl.PeerUser({ userId: one.id }),
        chats: [],
        users: [one],
      })
    : new contacts.ResolvedPeer({
        peer: new tl.PeerChannel({ channelId: one.id }),
        chats: [one],
        users: [],
      });
const rpc = (request: TlMethod, code: string): RpcError => new RpcError(400, code, request._);
const DAY = 86_400_000;

type Serve = (request: TlMethod, options: InvokeOptions) => unknown;
let storage: PeerStorage;
let store: PeerStore;
let serve: Serve;
let asked: TlMethod[];
let logged: string[];
let self: { id: bigint; bot: boolean } | null;
let resolver: PeerResolver | undefined;
let peers: PeerResolution;

beforeEach(async () => {
  storage = await openStorage();
  store = storage.peers();
  asked = [];
  logged = [];
  self = { id: 1n, bot: false };
  resolver = undefined;
  serve = (request) => {
    throw new Error(`${request._} was not expected`);
  };
  peers = new PeerResolution(
    {
      schema,
      log: { log: (_, message) => void logged.push(message) },
      invoke: async <Result>(request: TlMethod<Result>, options: InvokeOptions = {}) => {
        asked.push(request);
        await Promise.resolve();
        return (await serve(request, options)) as Result;
      },
      self: () => self,
      now: () => storage.now,
      settings: {
        fullInfoTtl: 3600,
        fullFetch: false,
        get resolver() {
          return resolver;
        },
      },
    },
    store,
  );
});

const minIn = (where: tl.TypePeer, ...all: (tl.User | tl.Channel)[]): messages.Messages =>
  new messages.Messages({
    messages: all.map(
      (one, i) =>
        new tl.Message({
          id: 30 + i,
          peerId: where,
          fromId:
            one instanceof tl.User
              ? new tl.PeerUser({ userId: one.id })
              : new tl.PeerChannel({ channelId: one.id }),
          date: 1,
          message: '',
        }),
    ),
    topics: [],
    users: all.filter((one) => one instanceof tl.User),
    chats: all.filter((one) => one instanceof tl.Channel),
  });

describe('from what is remembered, without a question', () => {
  beforeEach(() => store.learn([user({ username: 'ada', phone: '12345' }), channel()]));

  it.each<readonly [PeerLike, object]>([
    ['me', new tl.InputPeerSelf()],
    [1, new tl.InputPeerSelf()],
    [5, new tl.InputPeerUser({ userId: 5n, accessHash: 50n })],
    ['@ADA', new tl.InputPeerUser({ userId: 5n, accessHash: 50n })],
    ['t.me/ada', new tl.InputPeerUser({ userId: 5n, accessHash: 50n })],
    ['+12345', new tl.InputPeerUser({ userId: 5n, accessHash: 50n })],
    [-1_000_000_000_007n, new tl.InputPeerChannel({ channelId: 7n, accessHash: 70n })],
    // Basic groups have no hash: the id is enough.
    [-4_444, new tl.InputPeerChat({ chatId: 4_444n })],
    [new tl.InputPeerEmpty(), new tl.InputPeerEmpty()],
    [
      new tl.InputUser({ userId: 99n, accessHash: 9n }),
      new tl.InputPeerUser({ userId: 99n, accessHash: 9n }),
    ],
  ])('%s', async (like, input) => {
    expect(await peers.inputPeer(like)).toEqual(input);
    expect(asked).toEqual([]);
  });

  it('users and channels in their own forms', async () => {
    expect(await peers.inputUser('@ada')).toEqual(
      new tl.InputUser({ userId: 5n, accessHash: 50n }),
    );
    expect(await peers.inputUser('me')).toEqual(new tl.InputUserSelf());
    expect(await peers.inputUser(new tl.InputUserEmpty())).toEqual(new tl.InputUserEmpty());
    expect(await peers.inputChannel(-1_000_000_000_007n)).toEqual(
      new tl.InputChannel({ channelId: 7n, accessHash: 70n }),
    );
    expect(await peers.known('ada')).toMatchObject({ id: 5n, name: 'Ada' });
    expect(asked).toEqual([]);
  });
});

describe('wrong types', () => {
  beforeEach(() => store.learn([user(), channel()]));

  it.each<readonly ['inputUser' | 'inputChannel', PeerLike, RegExp]>([
    ['inputUser', -1_000_000_000_007n, /-1000000000007 is a channel or supergroup, but a user/],
    ['inputUser', -6, /-6 is a basic group, but a user is wanted/],
    ['inputChannel', 5, /5 is a user, but a channel or supergroup is wanted/],
    ['inputChannel', -6, /-6 is a basic group.*messages\.migrateChat/],
    ['inputChannel', 'me', /me is a user/],
  ])('%s of %s', async (method, like, message) => {
    await expect(peers[method](like)).rejects.toMatchObject({
      name: 'PeerError',
      code: 'WRONG_PEER_TYPE',
      message: expect.stringMatching(message) as string,
    });
  });
});

describe('by asking', () => {
  it('a username, once for all who ask at the same time, and then no more', async () => {
    serve = () => resolved(user({ username: 'ada' }));
    const input = new tl.InputPeerUser({ userId: 5n, accessHash: 50n });
    expect(
      await Promise.all(['@ada', 'ADA', 't.me/ada'].map((one) => peers.inputPeer(one))),
    ).toEqual([input, input, input]);
    expect(await peers.inputPeer('ada')).toEqual(input);
    expect(asked).toEqual([new contacts.ResolveUsernameRequest({ username: 'ada' })]);
  });

  it('one who gives up takes nothing from the others; all who do end the question', async () => {
    let answer = (): void => undefined;
    const signals: InvokeOptions['signal'][] = [];
    serve = (_, options) => {
      signals.push(options.signal);
      return new Promise((resolve) => {
        answer = () => resolve(resolved(user({ username: 'ada' })));
      });
    };
    const first = new AbortController();
    const second = new AbortController();
    const given = peers.inputPeer('ada', { signal: first.signal });
    const kept = peers.inputPeer('ada', { signal: second.signal });
    while (signals.length < 1) await new Promise((resolve) => setImmediate(resolve));
    first.abort();
    await expect(given).rejects.toMatchObject({ code: 'ABORTED' });
    expect(signals[0]?.aborted).toBe(false);
    answer();
    expect(await kept).toBeInstanceOf(tl.InputPeerUser);
    const third = peers.inputPeer('bob', { signal: second.signal });
    while (signals.length < 2) await new Promise((resolve) => setImmediate(resolve));
    second.abort();
    await expect(third).rejects.toMatchObject({ code: 'ABORTED' });
    expect(signals.map((one) => one?.aborted)).toEqual([false, true]);
  });

  it('with a timeout of its own', async () => {
    let given: InvokeOptions = {};
    serve = (_, options) => {
      given = options;
      return resolved(user({ username: 'ada' }));
    };
    await peers.inputPeer('ada', { timeout: 50 });
    expect(given.timeout).toBe(50);
  });

  it('a username that was seen a day ago, again; whoever has it now counts', async () => {
    await store.learn([user({ username: 'ada' })]);
    storage.now += DAY - 1;
    expect((await peers.known('ada')).id).toBe(5n);
    storage.now += 1;
    serve = () => resolved(channel({ username: 'ada' }));
    expect((await peers.known('ada')).id).toBe(7n);
    expect((await peers.known('ada')).id).toBe(7n);
    expect(asked).toHaveLength(1);
  });

  it('or takes the old answer when the server has none', async () => {
    await store.learn([user({ username: 'ada' })]);
    storage.now += DAY;
    serve = (request) => {
      throw new RpcError(420, 'FLOOD_WAIT_300', request._);
    };
    expect((await peers.known('ada')).id).toBe(5n);
    expect(logged[0]).toMatch(/@ada is taken from memory: .*FLOOD_WAIT_300/);
    serve = (request) => {
      throw rpc(request, 'USERNAME_NOT_OCCUPIED');
    };
    await expect(peers.known('ada')).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
  });

  it('a phone number, support, who is signed in', async () => {
    serve = (request) => {
      if (request instanceof contacts.ResolvePhoneRequest)
        return resolved(user({ phone: request.phone }));
      if (request instanceof users.GetUsersRequest) return [user({ id: 1n, self: true })];
      return new help.Support({ phoneNumber: '42', user: user({ id: 333n, accessHash: 3n }) });
    };
    expect((await peers.known('+123 456')).id).toBe(5n);
    expect(await peers.inputUser('support')).toEqual(
      new tl.InputUser({ userId: 333n, accessHash: 3n }),
    );
    expect((await peers.known('me')).id).toBe(1n);
    expect((await peers.known('me')).id).toBe(1n);
    expect(asked).toEqual([
      new contacts.ResolvePhoneRequest({ phone: '123456' }),
      new help.GetSupportRequest(),
      new users.GetUsersRequest({ id: [new tl.InputUserSelf()] }),
    ]);
  });

  it('an invite link of a chat that this account sees', async () => {
    serve = () => new tl.ChatInviteAlready({ chat: channel() });
    expect(await peers.inputChannel('t.me/+abcdefghijklmnop')).toEqual(
      new tl.InputChannel({ channelId: 7n, accessHash: 70n }),
    );
    serve = () => new tl.ChatInvitePeek({ chat: group, expires: 1 });
    expect(await peers.inputPeer('t.me/joinchat/bbbbbbbbbbbbbbbb')).toEqual(
      new tl.InputPeerChat({ chatId: 6n }),
    );
    serve = () =>
      new tl.ChatInvite({
        title: 'Secret club',
        photo: new tl.PhotoEmpty({ id: 0n }),
        participantsCount: 3,
        color: 1,
      });
    const error = await peers
      .inputPeer('t.me/+abcdefghijklmnop')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'UNKNOWN_PEER' });
    expect((error as Error).message).toMatch(/"Secret club".*join first.*importChatInvite/);
    expect((error as Error).message).not.toContain('abcdefghijklmnop');
  });

  it('known() describes what came with its hash, and groups', async () => {
    serve = (request) => {
      if (request instanceof channels.GetChannelsRequest)
        return new messages.Chats({ chats: [channel()] });
      if (request instanceof messages.GetChatsRequest)
        return new messages.Chats({ chats: [group] });
      return [user()];
    };
    expect((await peers.known(new tl.InputUser({ userId: 5n, accessHash: 50n }))).name).toBe('Ada');
    expect(
      (await peers.known(new tl.InputPeerChannel({ channelId: 7n, accessHash: 70n }))).name,
    ).toBe('News');
    expect((await peers.known(-6)).name).toBe('G');
    expect(asked).toHaveLength(3);
    expect((await peers.known(-6)).name).toBe('G');
    expect(asked).toHaveLength(3);
    await expect(peers.known(new tl.InputPeerEmpty())).rejects.toMatchObject({ code: 'BAD_PEER' });
  });

  it('bots may ask for an id alone', async () => {
    self = { id: 1n, bot: true };
    serve = (request) =>
      request instanceof users.GetUsersRequest
        ? [user()]
        : new messages.Chats({ chats: [channel()] });
    expect(await peers.inputUser(5)).toEqual(new tl.InputUser({ userId: 5n, accessHash: 50n }));
    expect(await peers.inputChannel(-1_000_000_000_007n)).toEqual(
      new tl.InputChannel({ channelId: 7n, accessHash: 70n }),
    );
    expect(asked).toEqual([
      new users.GetUsersRequest({ id: [new tl.InputUser({ userId: 5n, accessHash: 0n })] }),
      new channels.GetChannelsRequest({
        id: [new tl.InputChannel({ channelId: 7n, accessHash: 0n })],
      }),
    ]);
    await peers.known(5);
    expect(asked).toHaveLength(2);
  });
});

describe('min peers', () => {
  const inChannel = new tl.PeerChannel({ channelId: 7n });
  const where = new tl.InputPeerChannel({ channelId: 7n, accessHash: 70n });

  it('are named by a message of a chat that can be named', async () => {
    await store.learn([channel()]);
    await store.learn(minIn(inChannel, user({ min: true }), channel({ id: 8n, min: true })));
    expect(await peers.inputPeer(5)).toEqual(
      new tl.InputPeerUserFromMessage({ peer: where, msgId: 30, userId: 5n }),
    );
    expect(await peers.inputUser(5)).toEqual(
      new tl.InputUserFromMessage({ peer: where, msgId: 30, userId: 5n }),
    );
    expect(await peers.inputChannel(-1_000_000_000_008n)).toEqual(
      new tl.InputChannelFromMessage({ peer: where, msgId: 31, channelId: 8n }),
    );
    expect(asked).toEqual([]);
  });

  it('that are asked for by name become whole, or stay what they are if that fails', async () => {
    await store.learn([channel()]);
    await store.learn(minIn(inChannel, user({ min: true, username: 'ada' })));
    serve = (request) => {
      throw new RpcError(420, 'FLOOD_WAIT_300', request._);
    };
    expect(await peers.inputUser('ada')).toBeInstanceOf(tl.InputUserFromMessage);
    serve = () => resolved(user({ username: 'ada' }));
    expect(await peers.inputUser('ada')).toEqual(new tl.InputUser({ userId: 5n, accessHash: 50n }));
  });

  it('or else by their username', async () => {
    await store.learn(minIn(inChannel, user({ min: true, username: 'ada' })));
    serve = () => resolved(user({ username: 'ada' }));
    expect(await peers.inputUser(5)).toEqual(new tl.InputUser({ userId: 5n, accessHash: 50n }));
  });

  it('that are known by each other alone end the search', async () => {
    const [a, b] = [7n, 8n].map((id) => channel({ id, min: true }));
    await store.learn(minIn(new tl.PeerChannel({ channelId: 8n }), a!));
    await store.learn(minIn(new tl.PeerChannel({ channelId: 7n }), b!));
    await expect(peers.inputPeer(-1_000_000_000_007n)).rejects.toMatchObject({
      code: 'UNKNOWN_PEER',
    });
  });
});

describe('unknown peers', () => {
  it('an id: which, why, and how to make it known', async () => {
    const error = await peers.inputPeer(5).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'PeerError', code: 'UNKNOWN_PEER', peer: '5' });
    expect((error as Error).message).toMatch(
      /user 5 .*access hash is not known.*not seen it.*username.*message.*client\.peers\.dialogs\(\)/,
    );
    await expect(peers.known(-1_000_000_000_007n)).rejects.toThrow(
      /channel or supergroup -1000000000007/,
    );
    self = { id: 1n, bot: true };
    serve = () => [new tl.UserEmpty({ id: 5n })];
    await expect(peers.inputPeer(5)).rejects.toThrow(/has to write to a bot first/);
  });

  it('the id of a group without its mark', async () => {
    await store.learn(new messages.Chats({ chats: [group, channel()] }));
    await expect(peers.inputPeer(6)).rejects.toThrow(/Did you mean -6\?/);
    await expect(peers.inputPeer(7)).rejects.toThrow(/Did you mean -1000000000007\?/);
  });

  it.each<readonly [PeerLike, string, RegExp]>([
    ['@nobody', 'USERNAME_NOT_OCCUPIED', /Nobody has the username @nobody/],
    ['+123456', 'PHONE_NOT_OCCUPIED', /phone number \+123456/],
    ['t.me/+aaaaaaaaaaaaaaaa', 'INVITE_HASH_EXPIRED', /invite link leads nowhere/],
    [new tl.InputUser({ userId: 5n, accessHash: 1n }), 'USER_ID_INVALID', /user 5/],
  ])('%s after %s', async (like, code, message) => {
    let thrown: RpcError | undefined;
    serve = (request) => {
      throw (thrown = rpc(request, code));
    };
    const error = await peers.known(like).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'UNKNOWN_PEER' });
    expect((error as Error).message).toMatch(message);
    expect((error as Error).cause).toBe(thrown);
  });

  it('other errors stay what they are', async () => {
    serve = (request) => {
      throw rpc(request, 'AUTH_KEY_UNREGISTERED');
    };
    await expect(peers.inputPeer('nobody')).rejects.toMatchObject({
      code: 'AUTH_KEY_UNREGISTERED',
    });
  });
});

describe("the user's own resolver", () => {
  it('is asked before an error, and what it tells is remembered', async () => {
    const questions: unknown[] = [];
    resolver = (peer) => {
      questions.push(peer);
      return peer === 9n ? null : user({ username: 'nobody' });
    };
    serve = (request) => {
      throw rpc(request, 'USERNAME_NOT_OCCUPIED');
    };
    const input = new tl.InputPeerUser({ userId: 5n, accessHash: 50n });
    expect(await peers.inputPeer(5)).toEqual(input);
    expect(await peers.inputPeer(5)).toEqual(input);
    await expect(peers.inputPeer(9)).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
    expect(questions).toEqual([5n, 9n]);
    await store.forgetAll();
    expect(await peers.inputPeer('nobody')).toEqual(input);
    expect(questions).toEqual([5n, 9n, '@nobody']);
  });

  it('is not believed when it answers with somebody else', async () => {
    resolver = () => user({ id: 66n });
    await expect(peers.inputPeer(5)).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
    await expect(peers.known(5)).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
  });

  it('may answer with an input object', async () => {
    resolver = () => Promise.resolve(new tl.InputPeerChannel({ channelId: 7n, accessHash: 71n }));
    expect(await peers.inputChannel(-1_000_000_000_007n)).toEqual(
      new tl.InputChannel({ channelId: 7n, accessHash: 71n }),
    );
  });
});
