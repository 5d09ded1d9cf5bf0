import { inspect } from 'node:util';
import { schema } from '@tlgen/telegram/schema';
import { beforeEach, describe, expect, it } from 'vitest';
import { Client } from '../../../../packages/runtime/src/client/client.js';
import type { ClientOptions } from '../../../../packages/runtime/src/client/options.js';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import { StringSession } from '../../../../packages/runtime/src/storage/string-session.js';
import { settle } from '../network/fakes/clock.js';
import { ADDRESSES, FakeWorld } from '../network/fakes/world.js';

let world: FakeWorld;
let storage: MemoryStorage;
beforeEach(() => {
  world = new FakeWorld();
  storage = new MemoryStorage();
});

function make(options: Partial<ClientOptions> = {}): Client {
  const { platform, engine, open } = world;
  return new Client(
    {
      schema,
      apiId: 7,
      apiHash: 'f00df00df00d',
      storage,
      dataCenters: ADDRESSES,
      logger: { to: 'none' },
      ...options,
    },
    { platform, engine, open },
  );
}

describe('configure() while connect() is under way', () => {
  it('connects all the same, over the connection that takes the place of the first', async () => {
    // The addresses are known the second time: only the connection is waited for.
    const before = make();
    await before.connect();
    await before.close();
    const { open } = world;
    let dial = (): void => undefined;
    const held = new Promise<void>((resolve) => (dial = resolve));
    world.open = async (...given) => {
      await held;
      return open(...given);
    };
    const client = make();
    const connecting = client.connect();
    await settle();
    client.configure({ updates: { enabled: false } });
    await settle();
    client.configure({ updates: { enabled: true } });
    await settle();
    dial();
    await connecting;
    await client.close();
    expect(world.openTransports).toBe(0);
  });

  it('says that it was closed, when it was', async () => {
    const before = make();
    await before.connect();
    await before.close();
    world.open = () => new Promise(() => undefined);
    const client = make();
    const connecting = expect(client.connect()).rejects.toMatchObject({ code: 'CLOSED' });
    await settle();
    await client.close();
    await connecting;
  });
});

describe('saveInterval', () => {
  const peer = { space: 'peer', key: 'main:1', value: Uint8Array.of(1) };
  const onDisk = async (): Promise<boolean> =>
    (await MemoryStorage.prototype.get.call(storage, 'peer', 'main:1')) !== null;

  it.each([
    ['sooner', 3600, 5],
    ['for the first time', Infinity, 5],
    ['at once', 3600, 0],
  ])('counts %s when it is changed, for what waits already as well', async (_n, first, then) => {
    const client = make({ saveInterval: first });
    await client.connect();
    const { state } = client['assembly'].backbone.network;
    await state.later([peer]);
    await world.clock.advance(10_000);
    expect(await onDisk()).toBe(false);
    client.configure({ saveInterval: then });
    await world.clock.advance(6_000);
    expect(await onDisk()).toBe(true);
    await client.close();
  });
});

describe('close()', () => {
  it('called by who hears that a connection is closed is the same close', async () => {
    const client = make();
    await client.connect();
    const again: Promise<void>[] = [];
    client.on('connection', ({ state }) => {
      if (state.type === 'closed') again.push(client.close());
    });
    const errors: Error[] = [];
    client.on('error', (error) => errors.push(error));
    await client.close();
    await Promise.all(again);
    expect(again).not.toEqual([]);
    expect(errors).toEqual([]);
    await storage.open();
    await storage.close();
  });

  it('while the storage opens leaves it closed', async () => {
    let go = (): void => undefined;
    class Slow extends MemoryStorage {
      override async open(): Promise<void> {
        await new Promise<void>((resolve) => (go = resolve));
        await super.open();
      }
    }
    const slow = new Slow();
    storage = slow;
    const client = make();
    const connecting = expect(client.connect()).rejects.toMatchObject({ code: 'CLOSED' });
    await settle();
    const closed = client.close();
    await settle();
    go();
    await Promise.all([closed, connecting]);
    await MemoryStorage.prototype.open.call(slow);
  });

  it('after the storage failed to open, and when it opens the next time', async () => {
    let failures = 1;
    class Failing extends MemoryStorage {
      override open(): Promise<void> {
        return failures-- > 0 ? Promise.reject(new Error('not now')) : super.open();
      }
    }
    storage = new Failing();
    const client = make();
    await expect(client.connect()).rejects.toThrow('not now');
    await client.connect();
    await client.close();
    expect(world.clock.pending).toBe(0);
  });
});

describe('what is printed of a client', () => {
  it('has no secret in it, however deep', async () => {
    const proxy = {
      type: 'mtproxy',
      host: 'h',
      port: 1,
      secret: '0123456789abcdef0123456789abcdef',
    };
    const client = make({ connection: { proxy } as never, storage });
    await client.connect();
    for (const shown of [inspect(client), inspect(client, { depth: 20 })]) {
      for (const one of ['f00df00df00d', proxy.secret]) expect(shown).not.toContain(one);
      expect(shown.length).toBeLessThan(300);
    }
    const key = client['assembly'].backbone.network.store.key(2)!.key;
    await client.close();
    const bytes = [...key.subarray(0, 4)].join(', ');
    const text = await new StringSession(await sessionOf(key)).export();
    for (const one of [storage, new StringSession(text)]) {
      expect(inspect(one, { depth: 20 })).not.toContain(bytes);
      expect(JSON.stringify(one)).not.toContain(bytes.replaceAll(' ', ''));
    }
  });
});

/** A session of one user with that key. */
async function sessionOf(key: Uint8Array): Promise<string> {
  const { writeSession } =
    await import('../../../../packages/runtime/src/storage/formats/index.js');
  return writeSession({ dcId: 2, testMode: false, authKey: key, userId: 5n, bot: false }, 'tlgen');
}
