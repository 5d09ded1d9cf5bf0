import { account } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import type { StorageChange } from '../../../../packages/runtime/src/storage/types.js';
import { settle } from './fakes/clock.js';
import { FakeClient, FakeWorld, Refusal } from './fakes/world.js';

const call = () => new account.UpdateStatusRequest({ offline: true });

/** Takes so many commits, then the process is dead: nothing is written and nothing answers. */
class MortalStorage extends MemoryStorage {
  commits = 0;
  readonly sizes: number[] = [];

  constructor(private lives: number) {
    super();
  }

  /** The next process has it. */
  async revive(): Promise<void> {
    this.lives = Infinity;
    await super.close();
  }

  override async commit(changes: readonly StorageChange[]): Promise<void> {
    if (this.commits >= this.lives) return new Promise(() => undefined);
    this.commits++;
    this.sizes.push(changes.length);
    return super.commit(changes);
  }
}

/** Sign-in with a change of home, an import, a sign-out, and a sign-in again. */
async function life(client: FakeClient, world: FakeWorld): Promise<void> {
  let moved = false;
  world.answer = (asked) => {
    if (asked.dc === 2 && !moved) {
      moved = true;
      return new Refusal(303, 'PHONE_MIGRATE_4');
    }
    return world.usual(asked);
  };
  await client.network.open();
  await client.caller.invoke(call());
  await client.network.store.signedIn(5n, false);
  await client.caller.invoke(call(), { dc: 3 });
  await client.network.signedOut(true);
  await client.caller.invoke(call());
  await client.network.store.signedIn(6n, true);
}

describe('session/persist-crash', () => {
  it('session/persist-crash: after any of its writes a client begins with a whole session or none', async () => {
    const whole = new MortalStorage(Infinity);
    const world = new FakeWorld();
    const client = new FakeClient(world, { storage: whole });
    await life(client, world);
    await client.close();
    expect(whole.commits).toBeGreaterThan(6);

    const signedIn: (bigint | null)[] = [];
    for (let lives = 0; lives <= whole.commits; lives++) {
      const storage = new MortalStorage(lives);
      const dying = new FakeWorld();
      const victim = new FakeClient(dying, { storage });
      void life(victim, dying).catch(() => undefined);
      await settle();
      // What a new process finds.
      await storage.revive();
      const next = new FakeClient(new FakeWorld(), { storage });
      await next.network.open();
      const { account: found } = next.network.store;
      signedIn.push(found.userId);
      if (found.userId !== null) {
        const key = next.network.store.key(found.homeDc);
        expect(key!.key).toHaveLength(256);
        expect(key!.userId).toBe(found.userId);
      }
      // An authorization elsewhere is never believed to be of another user.
      const elsewhere = next.network.store.key(3)?.userId ?? null;
      expect([null, 5n]).toContain(elsewhere);
      if (found.userId !== 5n) expect(elsewhere).toBeNull();
      await MemoryStorage.prototype.close.call(storage);
    }
    expect(new Set(signedIn)).toEqual(new Set([null, 5n, 6n]));
    expect(signedIn.at(-1)).toBe(6n);
  });

  it('session/persist-crash: a key is not used before it is stored', async () => {
    // It lives to be stamped with its format.
    const storage = new MortalStorage(1);
    const world = new FakeWorld();
    const client = new FakeClient(world, { storage });
    await client.network.open();
    void client.caller.invoke(call()).catch(() => undefined);
    await settle();
    expect(world.engines).toHaveLength(1);
    expect(world.asked).toEqual([]);
  });

  it('session/persist-crash: a storage that cannot be written closes the connection, and calls say why', async () => {
    const storage = new MemoryStorage();
    const world = new FakeWorld();
    const client = new FakeClient(world, { storage });
    await client.network.open();
    storage.commit = () => Promise.reject(new Error('disk full'));
    await expect(client.caller.invoke(call())).rejects.toThrow(/disk full/);
    expect(world.asked).toEqual([]);
    expect(world.openTransports).toBe(0);
  });

  it('a damaged storage is told, and let go of', async () => {
    const storage = new MemoryStorage();
    await storage.open();
    await storage.commit([{ space: 'auth-key', key: 'main:2', value: Uint8Array.of(1, 2) }]);
    await storage.close();
    const client = new FakeClient(new FakeWorld(), { storage });
    await expect(client.network.open()).rejects.toMatchObject({ code: 'damaged' });
    await storage.open();
  });

  it('a sign-in without its key is none', async () => {
    const storage = new MemoryStorage();
    const client = await FakeClient.signedIn(new FakeWorld(), { storage });
    await client.close();
    await storage.open();
    await storage.commit([{ space: 'auth-key', key: 'main:2', value: null }]);
    await storage.close();
    const next = new FakeClient(new FakeWorld(), { storage });
    await next.network.open();
    expect(next.network.store.account.userId).toBeNull();
  });
});
