import { describe, expect, it } from 'vitest';
import {
  IMPORTED,
  importSession,
  readSession,
  storedSession,
  writeSession,
  type SessionData,
  type SessionFormat,
} from '../../../../../packages/runtime/src/storage/formats/index.js';
import { MemoryStorage } from '../../../../../packages/runtime/src/storage/memory.js';
import {
  accountChange,
  keyChange,
  readAccount,
  readKey,
} from '../../../../../packages/runtime/src/storage/records.js';
import { StringSession } from '../../../../../packages/runtime/src/storage/string-session.js';
import { Random } from '../../../../support/random.js';
import { storageContract } from '../../../../support/storage-contract.js';

storageContract('StringSession', async () => {
  const driver = new StringSession();
  return { driver, again: () => driver };
});

const random = new Random(99);
const authKey = random.bytes(256);
const otherKeys = new Map([[4, random.bytes(256)]]);
const session: SessionData = {
  dcId: 2,
  testMode: false,
  authKey,
  userId: 5_000_000_001n,
  bot: true,
  apiId: 17,
  address: { host: '149.154.167.50', port: 443 },
  otherKeys,
};
const cannot = (words: RegExp): unknown =>
  expect.objectContaining({
    code: 'CANNOT_EXPORT',
    message: expect.stringMatching(words) as string,
  });
const FORMATS: readonly SessionFormat[] = [
  'tlgen',
  'gramjs',
  'telethon',
  'pyrogram',
  'mtcute',
  'mtkruto',
];

describe('StringSession', () => {
  it('of nothing has nothing to export until somebody signs in', async () => {
    for (const storage of [new StringSession(), new StringSession(' \n'), new StringSession('')]) {
      await expect(storage.export()).rejects.toThrow(cannot(/sign in first/));
      await storage.open();
      await expect(storage.export('gramjs')).rejects.toThrow(cannot(/sign in first/));
      // A key that nobody signed in with is no session.
      const record = { key: authKey, salt: 1n, createdAt: 2, userId: null };
      await storage.commit([
        keyChange('main:2', record),
        accountChange('main', { homeDc: 2, userId: null, bot: false }),
      ]);
      await expect(storage.export()).rejects.toThrow(cannot(/sign in first/));
      await storage.commit([
        keyChange('main:2', { ...record, userId: 7n }),
        accountChange('main', { homeDc: 2, userId: 7n, bot: false }),
      ]);
      const expected = {
        format: 'tlgen',
        dcId: 2,
        testMode: false,
        authKey,
        userId: 7n,
        bot: false,
      };
      expect(readSession(await storage.export())).toEqual(expected);
      await storage.close();
      expect(readSession(await storage.export())).toEqual(expected);
    }
  });

  it.each(FORMATS)('begins with what is in a text of %s, and keeps it', async (format) => {
    const text = writeSession(session, format);
    const storage = new StringSession(`  ${text}\n`);
    const knowsUser = !['gramjs', 'telethon'].includes(format);
    for (const when of ['before', 'open', 'closed', 'open again']) {
      if (when.startsWith('open')) await storage.open();
      if (when === 'closed') await storage.close();
      expect(await storage.export(format), when).toBe(text);
      if (!when.startsWith('open')) continue;
      const record = readKey((await storage.get('auth-key', 'main:2')) as Uint8Array);
      expect(record.key).toEqual(authKey);
      const account = readAccount((await storage.get('account', 'main')) as Uint8Array);
      expect(account).toEqual({
        homeDc: 2,
        userId: knowsUser ? 5_000_000_001n : null,
        bot: knowsUser,
      });
      expect((await storage.get(IMPORTED, 'main')) !== null).toBe(!knowsUser);
    }
  });

  it.each(FORMATS)('exports as %s all that the text held', async (format) => {
    const storage = new StringSession(writeSession(session));
    await storage.open();
    expect(await storage.export(format)).toBe(writeSession(session, format));
  });

  it('says what is missing for an export', async () => {
    const storage = new StringSession(writeSession(session, 'gramjs'));
    await storage.open();
    await expect(storage.export('pyrogram')).rejects.toThrow(cannot(/apiId.*userId/));
    await expect(storage.export('pyrogram', { apiId: 3 })).rejects.toThrow(cannot(/userId/));
    await storage.commit([
      keyChange('main:2', { key: authKey, salt: 0n, createdAt: 0, userId: 8n }),
      accountChange('main', { homeDc: 2, userId: 8n, bot: false }),
    ]);
    const text = await storage.export('pyrogram', { apiId: 3 });
    expect(readSession(text)).toMatchObject({ apiId: 3, userId: 8n, bot: false });
    const address = { host: 'example.org', port: 443 };
    await expect(storage.export('telethon', { address })).rejects.toThrow(cannot(/IP address/));
    expect(readSession(await storage.export('gramjs', { address })).address).toEqual(address);
  });

  it('keeps an address for its data center only', async () => {
    const address = { host: 'dc2.example.org', port: 443 };
    const storage = new StringSession(writeSession({ ...session, address }, 'gramjs'));
    await storage.open();
    await storage.commit([
      keyChange('main:4', { key: authKey, salt: 0n, createdAt: 0, userId: 8n }),
      accountChange('main', { homeDc: 4, userId: 8n, bot: false }),
    ]);
    expect(readSession(await storage.export('gramjs')).address?.host).toBe('149.154.167.91');
  });

  it('keeps the test servers apart', async () => {
    const test = { ...session, testMode: true };
    const storage = new StringSession(writeSession(test));
    await storage.open();
    expect(await storage.get('account', 'main')).toBeNull();
    expect(readSession(await storage.export()).testMode).toBe(true);
    await expect(storage.export('tlgen', { testMode: false })).rejects.toThrow(cannot(/sign in/));
  });

  it('can be told that a GramJS or Telethon string is of the test servers', async () => {
    const address = { host: '127.0.0.1', port: 443 };
    for (const format of ['gramjs', 'telethon', 'mtcute'] as const) {
      const text = writeSession({ ...session, address }, format);
      const storage = new StringSession(text, { testMode: true });
      await storage.open();
      // mtcute's say themselves what they are of.
      const world = format === 'mtcute' ? 'main' : 'test';
      expect(await storage.get('account', world), format).not.toBeNull();
    }
  });

  it('throws for a text that is no session, and reads only the format it is told', () => {
    const text = writeSession(session, 'gramjs');
    expect(() => new StringSession('nonsense')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_FORMAT' }),
    );
    expect(() => new StringSession(text, { format: 'telethon' })).toThrow(
      expect.objectContaining({ code: 'DAMAGED' }),
    );
  });

  it('is one client at a time, and a failed opening keeps its content', async () => {
    const text = writeSession(session);
    const storage = new StringSession(text);
    await storage.open();
    await expect(storage.open()).rejects.toThrow(expect.objectContaining({ code: 'locked' }));
    expect(await storage.export()).toBe(text);
  });

  it('does not bring back what a client removed', async () => {
    const storage = new StringSession(writeSession(session));
    await storage.open();
    await storage.commit([
      keyChange('main:2', null),
      accountChange('main', { homeDc: 2, userId: null, bot: false }),
    ]);
    await storage.close();
    await storage.open();
    await expect(storage.export()).rejects.toThrow(cannot(/sign in first/));
  });
});

describe('importSession', () => {
  it('replaces the keys of an earlier sign-in, and leaves the other world alone', async () => {
    const storage = new MemoryStorage();
    const old = { ...session, dcId: 5, otherKeys: new Map([[1, random.bytes(256)]]) };
    const test = { ...session, testMode: true, dcId: 3, otherKeys: new Map() };
    await importSession(storage, old);
    await importSession(storage, test);
    const { apiId: _, address: __, ...kept } = session;
    await importSession(storage, session);
    await storage.open();
    expect(await storedSession(storage)).toEqual(kept);
    const names = (await storage.list('auth-key')).map(([name]) => name).sort();
    expect(names).toEqual(['main:2', 'main:4', 'test:3']);
    expect((await storedSession(storage, true))?.dcId).toBe(3);
  });

  it('marks a session whose user is not known, and unmarks it with the next', async () => {
    const storage = new MemoryStorage();
    await importSession(storage, { dcId: 2, testMode: false, authKey });
    await storage.open();
    expect(await storage.get(IMPORTED, 'main')).not.toBeNull();
    expect(await storedSession(storage)).toEqual({ dcId: 2, testMode: false, authKey });
    await storage.close();
    await importSession(storage, session);
    await storage.open();
    expect(await storage.get(IMPORTED, 'main')).toBeNull();
  });

  it('refuses keys of a wrong length before it opens anything, and lets go of a storage that fails', async () => {
    const storage = new MemoryStorage();
    const wrong = { dcId: 2, testMode: false, authKey: new Uint8Array(3) };
    await expect(importSession(storage, wrong)).rejects.toThrow(
      expect.objectContaining({ code: 'DAMAGED' }),
    );
    storage.commit = () => Promise.reject(new Error('full'));
    await expect(importSession(storage, session)).rejects.toThrow('full');
    await storage.open();
  });
});
