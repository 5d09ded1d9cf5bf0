import { decode, encode } from '@tlgen/codec';
import { auth, base, help, updates } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { beforeEach, describe, expect, it } from 'vitest';
import { connectionSettings } from '../../../../packages/runtime/src/client/from-settings.js';
import { Client } from '../../../../packages/runtime/src/client/client.js';
import type { ClientOptions } from '../../../../packages/runtime/src/client/options.js';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import type { StorageChange } from '../../../../packages/runtime/src/storage/types.js';
import { settle } from '../network/fakes/clock.js';
import {
  ADDRESSES,
  authorization,
  FakeWorld,
  type Answer,
  type Asked,
} from '../network/fakes/world.js';

/** A disk that takes its time. */
class SlowStorage extends MemoryStorage {
  slow = false;

  private async wait(): Promise<void> {
    if (this.slow) await settle();
  }

  override async get(space: string, key: string): Promise<Uint8Array | null> {
    await this.wait();
    return super.get(space, key);
  }

  override async commit(changes: readonly StorageChange[]): Promise<void> {
    await this.wait();
    await super.commit(changes);
  }

  /** Names of what is stored, whether it is open or not. */
  async names(space: string): Promise<string[]> {
    return (await this.contents.list(space)).map(([name]) => name);
  }
}

let world: FakeWorld;
let storage: SlowStorage;
beforeEach(() => {
  world = new FakeWorld();
  storage = new SlowStorage();
  world.answer = (asked) => serve(asked) ?? world.usual(asked);
});

/** Bot token `N:…` signs in bot N. */
function serve({ request }: Asked): Answer | null {
  if (request instanceof auth.ImportBotAuthorizationRequest) {
    return authorization(BigInt(request.botAuthToken.split(':')[0] ?? ''), true);
  }
  return null;
}

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

/** What an update teaches: user 5, with a hash. */
const news = (id = 5n): base.Updates =>
  new base.Updates({
    updates: [],
    users: [new base.User({ id, accessHash: 50n, firstName: 'Ada' })],
    chats: [],
    date: 1,
    seq: 0,
  });

/** Names of what a connection began with, from the outermost on. */
function beginnings(): string[][] {
  return world.engines.flatMap(({ prefixes }) =>
    prefixes.map((prefix) => {
      // Any query makes the prefix readable.
      const query = Buffer.from('6b18f9c4', 'hex');
      const names: string[] = [];
      let at: unknown = decode(new Uint8Array(Buffer.concat([prefix, query])), schema.registry);
      while (typeof at === 'object' && at !== null) {
        names.push((at as { _: string })._);
        at = (at as { query?: unknown }).query;
      }
      return names;
    }),
  );
}

describe('updates.enabled', () => {
  const without = ['invokeWithLayer', 'initConnection', 'invokeWithoutUpdates', 'help.getConfig'];
  const withThem = ['invokeWithLayer', 'initConnection', 'help.getConfig'];

  it.each([
    [true, withThem],
    [false, without],
  ])('%s is what the server is told with the connection', async (enabled, names) => {
    await using client = make({ updates: { enabled } });
    await client.connect();
    expect(beginnings()[0]).toEqual(names);
  });

  it('that changes makes a new connection, and what comes meanwhile is not handed on', async () => {
    const client = make({ updates: { enabled: false } });
    const seen: unknown[] = [];
    client.on('raw-update', (update) => seen.push(update));
    await client.connect();
    const push = async (): Promise<void> => {
      const body = Buffer.from(encode(news())).toString('hex');
      const open = world.transports.filter(
        ({ closed, endpoint }) => !closed && endpoint.dcId === 2,
      );
      for (const one of open) one.answer({ type: 'update', body });
      await settle();
    };
    await push();
    expect(seen).toEqual([]);
    client.configure({ updates: { enabled: true } });
    await world.clock.advance(5_000);
    await client.invoke(new updates.GetStateRequest()).catch(() => undefined);
    expect(beginnings().at(-1)).toEqual(withThem);
    await push();
    expect(seen).toEqual([expect.objectContaining({ _: 'updates' })]);
    await client.close();
  });
});

describe('limits', () => {
  const settings = {
    messageLimit: { incoming: 500, outgoing: 6 },
    requests: { gzipAbove: 99 },
  };
  const told = { incoming: 500, outgoing: 6, gzipAbove: 99 };

  it('that are set when the client is made reach its sessions', async () => {
    await using client = make(settings);
    await client.connect();
    expect(world.engines[0]!.options).toMatchObject(told);
  });

  it('that are set later reach the sessions that begin then', async () => {
    await using client = make();
    await client.connect();
    expect(world.engines[0]!.options).not.toMatchObject(told);
    const before = world.engines.length;
    client.configure(settings);
    await client.invoke(new help.GetNearestDcRequest(), { dc: 3 }).catch(() => undefined);
    expect(world.engines.length).toBeGreaterThan(before);
    expect(world.engines.at(-1)!.options).toMatchObject(told);
  });
});

describe('settings that are refused', () => {
  it('leave all others as they were, whatever was wrong with them', async () => {
    const client = make();
    const before = client.settings;
    for (const wrong of [
      { floodWait: { below: 3 }, maxTries: { query: -1 } },
      { floodWait: { below: 3 }, logger: { to: 'file', file: '' } },
      { floodWait: { below: 3 }, nothing: 1 },
    ] as never[]) {
      expect(() => client.configure(wrong)).toThrow(
        expect.objectContaining({ code: 'BAD_SETTING' }),
      );
      expect(client.settings).toEqual(before);
    }
    await client.close();
  });

  it('of one data center go before those of all', async () => {
    const client = make({
      connection: { timeout: 9_000, perDc: { 3: { timeout: 123_000 } } },
    });
    expect(connectionSettings(client.settings, 3).timeout).toBe(123_000);
    expect(connectionSettings(client.settings, 2).timeout).toBe(9_000);
    await client.close();
  });
});

describe('what an answer teaches', () => {
  const request = (): updates.GetDifferenceRequest =>
    new updates.GetDifferenceRequest({ pts: 1, date: 1, qts: 0 });
  const difference = (): updates.Difference =>
    new updates.Difference({
      newMessages: [],
      newEncryptedMessages: [],
      otherUpdates: [],
      chats: [],
      users: [new base.User({ id: 5n, accessHash: 50n, firstName: 'Ada' })],
      state: new updates.State({ pts: 1, qts: 0, date: 1, seq: 0, unreadCount: 0 }),
    });
  beforeEach(() => {
    const { answer } = world;
    world.answer = (asked) => (asked.request._ === request()._ ? difference() : answer(asked));
  });

  it('is stored before the call resolves, with a saveInterval of 0', async () => {
    await using client = make({ saveInterval: 0 });
    await client.connect();
    storage.slow = true;
    await client.invoke(request());
    expect(await storage.names('peer')).toEqual(['main:5']);
  });

  it('waits for the interval without one, and is stored by close() all the same', async () => {
    const client = make({ saveInterval: 60 });
    await client.connect();
    storage.slow = true;
    await client.invoke(request());
    expect(await storage.names('peer')).toEqual([]);
    await client.close();
    expect(await storage.names('peer')).toEqual(['main:5']);
  });
});

describe('another user who signs in', () => {
  it('finds nothing of what the one before saw, and that one finds it again', async () => {
    const signIn = async (botToken: string): Promise<string[]> => {
      const client = make({ saveInterval: 0 });
      await client.signIn({ botToken });
      const found = await storage.names('peer');
      const body = Buffer.from(encode(news(BigInt(botToken.slice(0, 1)) + 100n))).toString('hex');
      world.transports
        .filter(({ closed }) => !closed)
        .at(-1)!
        .answer({ type: 'update', body });
      await settle();
      // It ends, and nothing is forgotten by that alone.
      await client['assembly'].backbone.network.signedOut(false);
      await client.close();
      return found;
    };
    expect(await signIn('1:a')).toEqual(['main:1']);
    expect((await storage.names('peer')).sort()).toEqual(['main:1', 'main:101']);
    expect((await signIn('1:a')).sort()).toEqual(['main:1', 'main:101']);
    const second = await signIn('2:b');
    expect(second).not.toContain('main:1');
    expect(second).not.toContain('main:101');
  });
});

describe('a call with noResponse', () => {
  it('resolves when the server has it, though no answer ever comes', async () => {
    const client = make();
    await client.connect();
    world.answer = ({ request }) => (request._ === 'help.getNearestDc' ? 'acked' : true);
    const request = new help.GetNearestDcRequest();
    expect(await client.invoke(request, { noResponse: true })).toBeUndefined();
    let answered = false;
    const usual = client.invoke(request).finally(() => (answered = true));
    const lost = expect(usual).rejects.toMatchObject({
      name: expect.stringMatching(/Lost|Closed/),
    });
    await settle();
    expect(answered).toBe(false);
    await client.close();
    await lost;
  });
});
