import { encode } from '@tlgen/codec';
import { auth, base, contacts, messages, users } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client } from '../../../../packages/runtime/src/client/client.js';
import type { ClientOptions } from '../../../../packages/runtime/src/client/options.js';
import { importSession } from '../../../../packages/runtime/src/storage/formats/index.js';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import {
  StorageError,
  type StorageChange,
} from '../../../../packages/runtime/src/storage/types.js';
import { settle } from '../network/fakes/clock.js';
import {
  ADDRESSES,
  authorization,
  FakeWorld,
  Refusal,
  type Answer,
  type Asked,
} from '../network/fakes/world.js';

let world: FakeWorld;
let storage: MemoryStorage;
let accidents: unknown[];
const onAccident = (error: unknown): void => void accidents.push(error);
beforeEach(() => {
  world = new FakeWorld();
  storage = new MemoryStorage();
  accidents = [];
  process.on('unhandledRejection', onAccident);
});
afterEach(async () => {
  await settle();
  process.off('unhandledRejection', onAccident);
  expect(accidents).toEqual([]);
});

function make(options: Partial<ClientOptions> = {}): Client {
  const { platform, engine, open } = world;
  return new Client(
    {
      schema,
      apiId: 7,
      apiHash: 'hash',
      storage,
      dataCenters: ADDRESSES,
      logger: { to: 'none' },
      ...options,
    },
    { platform, engine, open },
  );
}

/** `users.getUsers` answers with one user; 9 signs in as a bot by `9:a`, 5 by `5:a`. */
function server(asked: Asked, self: bigint | null): Answer {
  const { request } = asked;
  if (request instanceof auth.ImportBotAuthorizationRequest)
    return authorization(BigInt(request.botAuthToken.split(':')[0]!), true);
  if (request instanceof auth.LogOutRequest) return new auth.LoggedOut({});
  if (request instanceof users.GetUsersRequest)
    return self === null ? new Refusal(401, 'AUTH_KEY_UNREGISTERED') : userVector(self);
  if (request instanceof contacts.ResolveUsernameRequest)
    return new contacts.ResolvedPeer({
      peer: new base.PeerUser({ userId: 77n }),
      chats: [],
      users: [new base.User({ id: 77n, accessHash: 1234n, username: request.username })],
    });
  return world.usual(asked);
}

/** A vector of one user, as the answer of `users.getUsers`. */
function userVector(id: bigint): Uint8Array {
  const user = Buffer.from(encodeUser(id));
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x1cb5c415, 0);
  head.writeUInt32LE(1, 4);
  return new Uint8Array(Buffer.concat([head, user]));
}
const encodeUser = (id: bigint): Uint8Array =>
  encode(new base.User({ id, self: true, firstName: 'S' }));

const authKey = (fill: number): Uint8Array => new Uint8Array(256).fill(fill);
const knows = (client: Client): Promise<string> =>
  client.peers.inputUser(77n).then(
    () => 'known',
    (error: { code: string }) => error.code,
  );

describe('what one user saw', () => {
  it('is forgotten when the session of another is put into the storage', async () => {
    world.answer = (asked) => server(asked, 5n);
    await importSession(storage, {
      dcId: 2,
      testMode: false,
      authKey: authKey(1),
      userId: 5n,
      bot: false,
    });
    const first = make();
    await first.peers.inputUser('@somebody');
    expect(await knows(first)).toBe('known');
    await first.close();
    // It is there for the same user.
    const again = make();
    await again.connect();
    expect(await knows(again)).toBe('known');
    await again.close();
    await importSession(storage, {
      dcId: 2,
      testMode: false,
      authKey: authKey(2),
      userId: 6n,
      bot: false,
    });
    const next = make();
    await next.connect();
    expect(await knows(next)).toBe('UNKNOWN_PEER');
    await next.close();
  });

  it('is forgotten for a session of which nobody knows whose it is', async () => {
    world.answer = (asked) => server(asked, 6n);
    await importSession(storage, {
      dcId: 2,
      testMode: false,
      authKey: authKey(1),
      userId: 5n,
      bot: false,
    });
    const first = make();
    await first.peers.inputUser('@somebody');
    await first.close();
    await importSession(storage, { dcId: 2, testMode: false, authKey: authKey(2) });
    const next = make();
    expect(await knows(next)).toBe('UNKNOWN_PEER');
    await next.connect();
    expect(next.self!.id).toBe(6n);
    await next.close();
  });

  it('is forgotten when the server ends the sign-in and another signs in', async () => {
    let self: bigint | null = 5n;
    world.answer = (asked) => server(asked, self);
    // Its user is known, so that nobody has signed in by this client.
    await importSession(storage, {
      dcId: 2,
      testMode: false,
      authKey: authKey(1),
      userId: 5n,
      bot: false,
    });
    const client = make();
    await client.peers.inputUser('@somebody');
    self = null;
    await expect(client.me()).rejects.toMatchObject({ code: 'AUTH_KEY_UNREGISTERED' });
    await client.signIn({ botToken: '9:a' });
    expect(await knows(client)).not.toBe('known');
    await client.close();
  });

  it('is forgotten when who it belongs to cannot be read', async () => {
    world.answer = (asked) => server(asked, 5n);
    await importSession(storage, {
      dcId: 2,
      testMode: false,
      authKey: authKey(1),
      userId: 5n,
      bot: false,
    });
    const first = make();
    await first.peers.inputUser('@somebody');
    await first.close();
    await storage.open();
    await storage.commit([{ space: 'peer-owner', key: 'main', value: Uint8Array.of(1) }]);
    await storage.close();
    const next = make();
    await next.connect();
    expect(await knows(next)).toBe('UNKNOWN_PEER');
    await next.close();
  });
});

describe('an imported session of which the user is not known', () => {
  beforeEach(() => importSession(storage, { dcId: 2, testMode: false, authKey: authKey(2) }));

  it('whose key was revoked is told, and lets another sign in', async () => {
    world.answer = (asked) => server(asked, null);
    const client = make();
    const reasons: string[] = [];
    client.on('signed-out', ({ reason }) => reasons.push(reason));
    await client.connect();
    expect(reasons).toEqual(['AUTH_KEY_UNREGISTERED']);
    expect(client.self).toBeNull();
    await expect(client.exportSession()).rejects.toMatchObject({ code: 'CANNOT_EXPORT' });
    await client.connect();
    expect(reasons).toHaveLength(1);
    await client.signIn({ botToken: '9:a' });
    expect(client.self!.id).toBe(9n);
    await client.close();
  });

  it('can be logged out without having connected', async () => {
    world.answer = (asked) => server(asked, 6n);
    const client = make();
    await client.logOut();
    expect(world.names()).toContain('2 auth.logOut');
    expect(client.self).toBeNull();
    await client.close();
  });

  it('is not signed in over', async () => {
    world.answer = (asked) => server(asked, 6n);
    const client = make();
    await expect(client.signIn({ botToken: '9:a' })).rejects.toMatchObject({
      code: 'ALREADY_SIGNED_IN',
    });
    expect(client.self!.id).toBe(6n);
    await client.close();
  });

  it('is asked for once, and again after an error', async () => {
    let broken = true;
    world.answer = (asked) =>
      broken && asked.request instanceof users.GetUsersRequest
        ? new Refusal(400, 'SOMETHING')
        : server(asked, 6n);
    const client = make();
    await expect(client.connect()).rejects.toMatchObject({ code: 'SOMETHING' });
    broken = false;
    world.asked.length = 0;
    await Promise.all([client.connect(), client.connect()]);
    expect(world.names().filter((name) => name.endsWith('getUsers'))).toHaveLength(1);
    await client.close();
  });
});

describe('me()', () => {
  it('is no accident when the client is closed, or the signal aborted before', async () => {
    world.answer = (asked) => server(asked, null);
    const client = make();
    const signal = AbortSignal.abort();
    await expect(client.me({ signal })).rejects.toMatchObject({ code: 'ABORTED' });
    await settle();
    await client.close();
    await expect(client.me()).rejects.toMatchObject({ code: 'CLOSED' });
    await settle();
  });

  it('has a typed error for an answer without a user', async () => {
    world.answer = (asked) =>
      asked.request instanceof users.GetUsersRequest
        ? new Uint8Array(Buffer.from('15c4b51c00000000', 'hex'))
        : server(asked, 5n);
    const client = make();
    await expect(client.me()).rejects.toMatchObject({ name: 'SignInError', code: 'UNSUPPORTED' });
    await client.close();
  });

  it('never tells of a user who logged out', async () => {
    let self = 5n;
    world.answer = (asked) => server(asked, self);
    const client = make();
    await client.signIn({ botToken: '5:a' });
    expect(await client.me()).toMatchObject({ id: 5n });
    const under = client.me({ refresh: true });
    await Promise.allSettled([client.logOut(), under]);
    self = 9n;
    await client.signIn({ botToken: '9:a' });
    expect(await client.me()).toMatchObject({ id: 9n });
    await client.close();
  });
});

describe('logging out twice at once', () => {
  it('leaves alone who signs in after the first', async () => {
    world.answer = (asked) => server(asked, 5n);
    const client = make();
    await client.signIn({ botToken: '5:a' });
    const twice = [client.logOut(), client.logOut()];
    await twice[0];
    await client.signIn({ botToken: '9:a' });
    const { key } = client['assembly'].backbone.network.store.key(2)!;
    await twice[1];
    expect(client.self!.id).toBe(9n);
    expect(client['assembly'].backbone.network.store.key(2)!.key).toEqual(key);
    expect(world.names().filter((name) => name.endsWith('logOut'))).toHaveLength(1);
    await client.close();
  });
});

describe('connect()', () => {
  const pageOf = (at: number, count: number): messages.DialogsSlice => {
    const ids = Array.from({ length: count }, (_, i) => BigInt(at + i + 1));
    return new messages.DialogsSlice({
      count: 1000,
      dialogs: ids.map(
        (userId) =>
          new base.Dialog({
            peer: new base.PeerUser({ userId }),
            topMessage: Number(userId),
            readInboxMaxId: 0,
            readOutboxMaxId: 0,
            unreadCount: 0,
            unreadMentionsCount: 0,
            unreadReactionsCount: 0,
            unreadPollVotesCount: 0,
            notifySettings: new base.PeerNotifySettings({}),
          }),
      ),
      messages: ids.map(
        (userId) =>
          new base.Message({
            id: Number(userId),
            peerId: new base.PeerUser({ userId }),
            date: 2_000_000 - Number(userId),
            message: '',
          }),
      ),
      chats: [],
      users: ids.map((id) => new base.User({ id, accessHash: id, firstName: `${id}` })),
    });
  };
  /** Answers pages until it holds one back. */
  function dialogServer(pages: number): { readonly asked: () => number } {
    let asked = 0;
    world.answer = (one) => {
      if (!(one.request instanceof messages.GetDialogsRequest)) return server(one, 5n);
      const at = asked++ * 100;
      if (asked > pages) return 'silent';
      if (at >= 1000)
        return new messages.DialogsSlice({
          count: 1000,
          dialogs: [],
          messages: [],
          chats: [],
          users: [],
        });
      return pageOf(at, 100);
    };
    return { asked: () => asked };
  }
  const loading = { peers: { loadAllAtStart: true } };
  beforeEach(() =>
    importSession(storage, {
      dcId: 2,
      testMode: false,
      authKey: authKey(1),
      userId: 5n,
      bot: false,
    }),
  );

  it('with loadAllAtStart reads 1,000 dialogs', async () => {
    dialogServer(Infinity);
    const client = make(loading);
    await client.connect();
    expect(await client.peers.inputUser(1000n)).toMatchObject({ accessHash: 1000n });
    await client.close();
  });

  it('ends by its signal, its timeout or close(), with that error, while dialogs are read', async () => {
    const { asked } = dialogServer(3);
    const client = make(loading);
    const controller = new AbortController();
    const aborted = client.connect({ signal: controller.signal });
    await settle();
    expect(asked()).toBe(4);
    controller.abort('enough');
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' });
    const late = client.connect({ timeout: 100 });
    const told = expect(late).rejects.toMatchObject({ code: 'TIMEOUT' });
    await world.clock.advance(200);
    await told;
    const closed = expect(client.connect()).rejects.toMatchObject({ code: 'CLOSED' });
    await settle();
    await client.close();
    await closed;
  });
});

describe('a storage that cannot be written', () => {
  it('keeps no answer from its caller: that peers were not stored is told by itself', async () => {
    class Full extends MemoryStorage {
      full = false;
      override commit(changes: readonly StorageChange[]): Promise<void> {
        if (!this.full) return super.commit(changes);
        return Promise.reject(new StorageError('io', 'the disk is full'));
      }
    }
    const full = new Full();
    storage = full;
    world.answer = (asked) => server(asked, 5n);
    const client = make({ saveInterval: 0 });
    const errors: string[] = [];
    client.on('error', ({ message }) => errors.push(message));
    await client.signIn({ botToken: '5:a' });
    full.full = true;
    const request = new contacts.ResolveUsernameRequest({ username: 'somebody' });
    expect(await client.invoke(request)).toBeInstanceOf(contacts.ResolvedPeer);
    expect(errors).toEqual(['the disk is full']);
    full.full = false;
    await client.close();
  });
});

describe('settings that never change', () => {
  it('the world a client is made for is the one that is exported, whatever is configured', async () => {
    world.answer = (asked) => server(asked, 5n);
    const client = make();
    await client.signIn({ botToken: '5:a' });
    const before = await client.exportSession();
    client.configure({ connection: { testMode: true } });
    expect(await client.exportSession()).toBe(before);
    await client.close();
  });
});
