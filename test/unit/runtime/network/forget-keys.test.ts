import { auth } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import type { StorageChange } from '../../../../packages/runtime/src/storage/types.js';
import { answerWith, watch, write } from '../core/setup.js';
import { settle } from './fakes/clock.js';
import {
  authorization,
  FakeClient,
  FakeWorld,
  Refusal,
  toEvent,
  type Asked,
} from './fakes/world.js';

class CountingStorage extends MemoryStorage {
  readonly sizes: number[] = [];

  override commit(changes: readonly StorageChange[]): Promise<void> {
    this.sizes.push(changes.length);
    return super.commit(changes);
  }
}

let world: FakeWorld;
let storage: CountingStorage;
let client: FakeClient;
beforeEach(async () => {
  world = new FakeWorld();
  storage = new CountingStorage();
  client = await FakeClient.signedIn(world, {
    storage,
    // Tests change how connections are opened.
    network: { open: (...given) => world.open(...given) },
  });
  await client.caller.invoke(write(), { dc: 3 });
  await client.caller.invoke(write(), { dc: 4, connection: 'media' });
});

const keys = async (): Promise<string[]> =>
  (await client.network.state.list('auth-key')).map(([name]) => name);

describe('forgetting the keys', () => {
  it('gives up those of all data centers in one commit, and closes their connections', async () => {
    expect(await keys()).toEqual(['main:2', 'main:3', 'main:4']);
    const before = storage.sizes.length;
    await client.network.forgetKeys();
    expect(storage.sizes.slice(before)).toEqual([4]);
    expect(await keys()).toEqual([]);
    expect(world.openTransports).toBe(0);
    expect(client.network.store.account).toEqual({ homeDc: 2, userId: null, bot: false });
  });

  it('makes new keys for the next user, who is taken to the other data centers anew', async () => {
    const old = [2, 3].map((dc) => client.network.store.key(dc)!.key);
    await client.network.forgetKeys();
    await client.caller.invoke(write());
    await client.network.store.signedIn(6n, false);
    world.asked.length = 0;
    await client.caller.invoke(write(), { dc: 3 });
    expect(world.names()).toEqual([
      '2 auth.exportAuthorization',
      '3 auth.importAuthorization',
      '3 account.updateStatus',
    ]);
    for (const [at, dc] of [2, 3].entries()) {
      expect(client.network.store.key(dc)!.userId).toBe(6n);
      expect(client.network.store.key(dc)!.key).not.toEqual(old[at]);
    }
  });

  it('tells calls under way, and none of them comes back as another user', async () => {
    answerWith(world, 'silent', 'silent');
    const home = watch(client.caller.invoke(write(), { repeatable: true }));
    const other = watch(client.caller.invoke(write(), { dc: 3, repeatable: true }));
    await settle();
    await client.network.forgetKeys();
    await client.network.store.signedIn(6n, false);
    world.asked.length = 0;
    await world.clock.advance(60_000);
    for (const { error } of [home, other]) expect(error).toMatchObject({ code: 'CALL_LOST' });
    expect(world.asked).toEqual([]);
  });

  it.each(['FLOOD_WAIT_15', 'INTERNAL'])(
    'keeps a call that waits (%s) from running as the next user',
    async (name) => {
      answerWith(world, new Refusal(name === 'INTERNAL' ? 500 : 420, name));
      const seen = watch(client.caller.invoke(write()));
      await settle();
      await client.network.forgetKeys();
      await client.network.store.signedIn(6n, false);
      world.asked.length = 0;
      await world.clock.advance(60_000);
      expect(seen.error).toMatchObject({ raw: name });
      expect(world.asked).toEqual([]);
    },
  );

  it('ends an import that is under way, without a loop', async () => {
    await client.network.store.imported(3, null);
    const held: Asked[] = [];
    world.answer = (asked) => {
      if (asked.request instanceof auth.ImportAuthorizationRequest && held.length === 0) {
        held.push(asked);
        return 'silent';
      }
      return world.usual(asked);
    };
    const first = watch(client.caller.invoke(write(), { dc: 3 }));
    await settle();
    await client.network.forgetKeys();
    // Too late to mean anything.
    held[0]!.transport.answer(toEvent(held[0]!.id, authorization(5n))!);
    world.answer = (asked) =>
      asked.request instanceof auth.ExportAuthorizationRequest
        ? new Refusal(401, 'AUTH_KEY_UNREGISTERED')
        : world.usual(asked);
    await world.clock.advance(60_000);
    expect(first.done).toBe(true);
    expect(client.network.store.key(3)?.userId ?? null).toBeNull();
    expect(world.asked.length).toBeLessThan(20);
  });

  it('is over before the process dies, or has not begun', async () => {
    storage.commit = () => new Promise(() => undefined);
    void client.network.forgetKeys();
    await settle();
    expect((await MemoryStorage.prototype.list.call(storage, 'auth-key')).length).toBe(3);
  });
});

describe('a media call that waits for the key', () => {
  it('waits for the connection that takes the place of the first', async () => {
    const { open } = world;
    let dial = (): void => undefined;
    const held = new Promise<void>((resolve) => (dial = resolve));
    world.open = async (...given) => {
      await held;
      return open(...given);
    };
    await client.network.signedOut(false);
    const seen = watch(client.caller.invoke(write(), { dc: 1, connection: 'media' }));
    await settle();
    await client.network.forgetKeys();
    await settle();
    dial();
    await world.clock.advance(10_000);
    expect(seen).toEqual({ done: true, value: true });
  });

  it('is told when the client closes', async () => {
    world.open = () => new Promise(() => undefined);
    await client.network.signedOut(false);
    const seen = watch(client.caller.invoke(write(), { dc: 1, connection: 'media' }));
    await settle();
    await client.close();
    await settle();
    expect(seen.error).toMatchObject({ code: 'CLOSED' });
  });
});
