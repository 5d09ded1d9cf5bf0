import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import {
  accountChange,
  keyChange,
  readAccount,
  readKey,
} from '../../../../packages/runtime/src/storage/records.js';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('MemoryStorage', () => {
  it('keeps what is committed, also for the client after', async () => {
    const storage = new MemoryStorage();
    await storage.open();
    await storage.commit([
      { space: 'a', key: 'x', value: bytes(1) },
      { space: 'a', key: 'y', value: bytes(2) },
      { space: 'b', key: 'x', value: bytes(3) },
    ]);
    await storage.commit([{ space: 'a', key: 'x', value: null }]);
    await storage.close();
    await storage.open();
    expect(await storage.get('a', 'x')).toBeNull();
    expect(await storage.list('a')).toEqual([['y', bytes(2)]]);
    expect(await storage.get('b', 'x')).toEqual(bytes(3));
    expect(await storage.list('nothing')).toEqual([]);
  });

  it('gives and takes copies', async () => {
    const storage = new MemoryStorage();
    await storage.open();
    const value = bytes(1);
    await storage.commit([{ space: 'a', key: 'x', value }]);
    value[0] = 9;
    const got = await storage.get('a', 'x');
    got![0] = 8;
    expect(await storage.get('a', 'x')).toEqual(bytes(1));
  });

  it('is for one client at a time, and for none when closed', async () => {
    const storage = new MemoryStorage();
    await expect(storage.get('a', 'x')).rejects.toMatchObject({ code: 'closed' });
    await storage.open();
    await expect(storage.open()).rejects.toMatchObject({ code: 'locked' });
    await storage.close();
    await storage.close();
    await expect(storage.commit([])).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('records', () => {
  const key = new Uint8Array(256).map((_, i) => i);

  it('come back as they were', () => {
    for (const userId of [null, 0n, 5n, -(2n ** 63n), 2n ** 63n - 1n]) {
      const record = { key, salt: -5n, createdAt: 1_700_000_000_123, userId };
      expect(readKey(keyChange('main:2', record).value!)).toEqual(record);
      const account = { homeDc: 4, userId, bot: true };
      expect(readAccount(accountChange('main', account).value!)).toEqual(account);
    }
    expect(keyChange('main:2', null).value).toBeNull();
  });

  it('that are damaged or newer say so', () => {
    const record = keyChange('k', { key, salt: 1n, createdAt: 1, userId: null }).value!;
    expect(() => readKey(record.subarray(1))).toThrow(/stored auth key/);
    expect(() => readKey(record.subarray(0, 200))).toThrow(/200 bytes/);
    expect(() => readKey(Uint8Array.from([2, ...record.subarray(1)]))).toThrow(/newer version/);
    expect(() => readKey(bytes())).toThrow(/version/);
    const text = (value: string) => readAccount(new TextEncoder().encode(value));
    for (const bad of [
      '',
      '[]',
      'null',
      '{}',
      '{"v":1}',
      '{"v":1,"homeDc":2,"userId":"x","bot":true}',
    ]) {
      expect(() => text(bad)).toThrow(expect.objectContaining({ code: 'damaged' }));
    }
  });

  it('a key of another size is refused before it is stored', () => {
    const short = { key: bytes(1), salt: 1n, createdAt: 1, userId: null };
    expect(() => keyChange('k', short)).toThrow(RangeError);
  });
});
