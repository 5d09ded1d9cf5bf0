import { beforeEach, describe, expect, it } from 'vitest';
import { HeldChanges } from '../../../../packages/runtime/src/storage/held-changes.js';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import { Store } from '../../../../packages/runtime/src/storage/store.js';
import {
  StorageError,
  type StorageChange,
} from '../../../../packages/runtime/src/storage/types.js';

/** Fails when told to. */
class Failing extends MemoryStorage {
  failures = 0;

  override async commit(changes: readonly StorageChange[]): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.failures-- > 0) throw new StorageError('io', 'disk full');
    await super.commit(changes);
  }
}

const put = (key: string, value: number): StorageChange => ({
  space: 's',
  key,
  value: Uint8Array.of(value),
});

let driver: Failing;
let store: Store;
beforeEach(async () => {
  driver = new Failing();
  store = new Store(driver, { after: () => ({ cancel: () => undefined }), saveInterval: () => 30 });
  await store.open();
});

const seen = async (key: string): Promise<number | undefined> => (await store.get('s', key))?.[0];

describe('what a commit that failed gives back', () => {
  it('does not cover what came after it', async () => {
    await store.later([put('a', 1), put('b', 1)]);
    driver.failures = 1;
    const failed = store.commit([put('a', 2), put('b', 2)]);
    await store.later([put('a', 3)]);
    await expect(failed).rejects.toMatchObject({ code: 'io' });
    expect([await seen('a'), await seen('b')]).toEqual([3, 1]);
    await store.flush();
    expect([await seen('a'), await seen('b')]).toEqual([3, 1]);
    expect(await driver.get('s', 'a')).toEqual(Uint8Array.of(3));
  });

  it('is old where a later commit has succeeded', async () => {
    await store.later([put('a', 1)]);
    driver.failures = 1;
    const failed = store.commit([put('a', 2)]);
    const good = store.commit([put('a', 3)]);
    await expect(failed).rejects.toMatchObject({ code: 'io' });
    await good;
    await store.flush();
    expect(await seen('a')).toBe(3);
    expect(await driver.get('s', 'a')).toEqual(Uint8Array.of(3));
  });
});

describe('held changes', () => {
  it('keep the newest of each key, in whatever order they come', () => {
    const held = new HeldChanges();
    for (const order of [3, 1, 5, 4, 2]) held.put({ ...put('a', order), order });
    held.put({ ...put('b', 9), order: 9 });
    held.put({ ...put('b', 8), order: 8 });
    expect(held.all().map(({ key, order }) => `${key}${order}`)).toEqual(['a5', 'b9']);
    expect(held.size).toBe(2);
    expect(held.dropOlder('s', 'a', 5)).toBeUndefined();
    expect(held.dropOlder('s', 'a', 6)?.order).toBe(5);
    expect(held.size).toBe(1);
  });
});
