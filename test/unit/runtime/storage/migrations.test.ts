import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import {
  FORMAT,
  migrate,
  stamp,
  STAMP,
  type Migration,
} from '../../../../packages/runtime/src/storage/migrations.js';
import { readAccount, readKey, SPACE } from '../../../../packages/runtime/src/storage/records.js';
import { SessionStore } from '../../../../packages/runtime/src/network/session-store.js';
import { Store } from '../../../../packages/runtime/src/storage/store.js';
import type { StorageChange } from '../../../../packages/runtime/src/storage/types.js';

const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A storage as version 1 wrote it: the bytes themselves, so that no later code can change what they are. */
const VERSION_1: readonly StorageChange[] = [
  {
    space: 'auth-key',
    key: 'main:2',
    value: fromHex(
      '01' +
        '0123456789abcdef'.repeat(32) +
        'fffffffffffffffb' +
        '4278bcfe56800000' +
        '01' +
        '000000000000002a',
    ),
  },
  {
    space: 'auth-key',
    key: 'main:4',
    value: fromHex(
      '01' +
        'fedcba9876543210'.repeat(32) +
        '0000000000000007' +
        '4278bcfe5687b000' +
        '00' +
        '0000000000000000',
    ),
  },
  {
    space: 'account',
    key: 'main',
    // {"v":1,"homeDc":2,"userId":"42","bot":false}
    value: fromHex(
      '7b2276223a312c22686f6d654463223a322c22757365724964223a223432222c22626f74223a66616c73657d',
    ),
  },
];

/** Holds so many commits, then fails, before or after the write, as a process that dies does. */
class DyingStorage extends MemoryStorage {
  lives = Infinity;
  writesLast = false;

  override async commit(changes: readonly StorageChange[]): Promise<void> {
    if (this.lives-- > 0) return super.commit(changes);
    if (this.writesLast) await super.commit(changes);
    throw new Error('the process is dead');
  }
}

async function filled<T extends MemoryStorage>(
  storage: T,
  changes: readonly StorageChange[],
): Promise<T> {
  await storage.open();
  await storage.commit(changes);
  return storage;
}

const storeOver = (driver: MemoryStorage): Store =>
  new Store(driver, { after: () => ({ cancel: () => undefined }), saveInterval: () => 30 });

describe('the format of storages', () => {
  it('version 1 opens, is stamped, and holds what it held', async () => {
    const storage = await filled(new MemoryStorage(), VERSION_1);
    await storage.close();
    const session = new SessionStore(storeOver(storage), 'main', 1);
    await session.open();
    expect(session.account).toEqual({ homeDc: 2, userId: 42n, bot: false });
    expect(session.key(2)).toEqual({
      key: fromHex('0123456789abcdef'.repeat(32)),
      salt: -5n,
      createdAt: 1_700_000_000_000,
      userId: 42n,
    });
    expect(session.key(4)).toMatchObject({ salt: 7n, createdAt: 1_700_000_000_123, userId: null });
    await session.close();
    await storage.open();
    expect(await storage.get(STAMP.space, STAMP.key)).toEqual(utf8('2'));
    for (const { space, key, value } of VERSION_1) {
      expect(await storage.get(space, key)).toEqual(value);
    }
  });

  it('the records of version 1 are what they were', () => {
    expect(readKey(VERSION_1[0]!.value!)).toMatchObject({ salt: -5n, userId: 42n });
    expect(readAccount(VERSION_1[2]!.value!)).toEqual({ homeDc: 2, userId: 42n, bot: false });
    expect(SPACE).toMatchObject({ key: 'auth-key', account: 'account', config: 'config' });
    expect(FORMAT).toBe(2);
  });

  it('a new storage is stamped with its first opening, and not again', async () => {
    let commits = 0;
    class Counting extends MemoryStorage {
      override commit(changes: readonly StorageChange[]): Promise<void> {
        commits++;
        return super.commit(changes);
      }
    }
    const storage = new Counting();
    for (let i = 0; i < 3; i++) {
      const store = storeOver(storage);
      await store.open();
      await store.close();
    }
    expect(commits).toBe(1);
  });

  it('a newer version is refused, says to update, and stays as it is', async () => {
    const storage = await filled(new MemoryStorage(), [stamp(FORMAT + 1)]);
    await storage.close();
    await expect(storeOver(storage).open()).rejects.toMatchObject({
      name: 'StorageError',
      code: 'newer',
      message: expect.stringMatching(/format 3.* up to 2: update the library/),
    });
    // And is let go of.
    await storage.open();
    expect(await storage.get(STAMP.space, STAMP.key)).toEqual(utf8('3'));
  });

  it.each(['', '0', '-1', '1.5', ' 2', '2 ', '١', '99999999999999999999', '{"v":2}'])(
    'a stamp that says %j is damaged',
    async (text) => {
      const storage = await filled(new MemoryStorage(), [{ ...STAMP, value: utf8(text) }]);
      await expect(migrate(storage)).rejects.toMatchObject({ code: 'damaged' });
    },
  );
});

describe('migrations', () => {
  const change = (key: string, value: string | null): StorageChange => ({
    space: 'data',
    key,
    value: value === null ? null : utf8(value),
  });
  const textOf = (bytes: Uint8Array | null): string => new TextDecoder().decode(bytes ?? utf8('-'));
  /** Each renames, reads what the one before wrote, and would do harm if it ran twice. */
  const steps: readonly Migration[] = [
    async (driver) => [change('b', `${textOf(await driver.get('data', 'a'))}2`), change('a', null)],
    async (driver) => [
      change('b', `${textOf(await driver.get('data', 'b'))}3`),
      change('c', 'new'),
    ],
    async (driver) =>
      (await driver.list('data')).map(([key, value]) => change(key, `${textOf(value)}4`)),
  ];
  const contents = async (storage: MemoryStorage): Promise<Record<string, string>> =>
    Object.fromEntries((await storage.list('data')).map(([key, value]) => [key, textOf(value)]));
  const done = { b: '1234', c: 'new4' };
  const states = [{ a: '1' }, { b: '12' }, { b: '123', c: 'new' }, done];

  it('run one after the other, each as one commit with its stamp', async () => {
    const storage = await filled(new DyingStorage(), [change('a', '1')]);
    await migrate(storage, steps);
    expect(await contents(storage)).toEqual(done);
    expect(textOf(await storage.get(STAMP.space, STAMP.key))).toBe('4');
    await migrate(storage, steps);
    expect(await contents(storage)).toEqual(done);
  });

  it('go on where a process died, at whatever commit, written or not', async () => {
    for (let lives = 0; lives < steps.length; lives++) {
      for (const writesLast of [false, true]) {
        const storage = await filled(new DyingStorage(), [change('a', '1')]);
        Object.assign(storage, { lives, writesLast });
        await expect(migrate(storage, steps)).rejects.toThrow('dead');
        const state = writesLast ? lives + 1 : lives;
        expect(await contents(storage)).toEqual(states[state]);
        const stamped = textOf(await storage.get(STAMP.space, STAMP.key));
        expect(stamped).toBe(state === 0 ? '-' : String(state + 1));
        storage.lives = Infinity;
        await migrate(storage, steps);
        expect(await contents(storage)).toEqual(done);
      }
    }
  });

  it('that die at every commit again and again still come to the end', async () => {
    const storage = await filled(new DyingStorage(), [change('a', '1')]);
    for (let i = 0; i < steps.length; i++) {
      Object.assign(storage, { lives: 0, writesLast: true });
      await expect(migrate(storage, steps)).rejects.toThrow('dead');
    }
    storage.lives = 0;
    await migrate(storage, steps);
    expect(await contents(storage)).toEqual(done);
  });
});
