import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import Libsql from 'libsql';
import { loadLibsql } from '../../../../packages/runtime/src/storage/node-libsql.js';
import { sqliteError } from '../../../../packages/runtime/src/storage/node-sqlite-error.js';
import { SqliteStorage } from '../../../../packages/runtime/src/storage/sqlite.js';
import { openPath as openPathOnNode } from '../../../../packages/runtime/src/storage/node.js';
import { openPath as openPathOnWeb } from '../../../../packages/runtime/src/storage/web.js';
import type { StorageChange } from '../../../../packages/runtime/src/storage/types.js';

const put = (key: string, value: Uint8Array): StorageChange => ({ space: 'a', key, value });
const one = Uint8Array.of(1);

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tlgen-sqlite-'));
  path = join(folder, 'session.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const refused = (file: string, code: string, message: RegExp) =>
  expect(new SqliteStorage(file).open()).rejects.toMatchObject({
    name: 'StorageError',
    code,
    message: expect.stringMatching(message),
  });

describe('SqliteStorage: its file', () => {
  it('is made for its user alone, with the folders that lead to it', async () => {
    const deep = join(folder, 'one', 'two', 'session.db');
    const storage = new SqliteStorage(deep);
    await storage.open();
    await storage.commit([put('x', one)]);
    for (const name of readdirSync(join(folder, 'one', 'two'))) {
      expect(statSync(join(folder, 'one', 'two', name)).mode & 0o777, name).toBe(0o600);
    }
    expect(statSync(join(folder, 'one')).mode & 0o777).toBe(0o700);
    await storage.close();
    // All is in the one file: no log is left beside it.
    expect(readdirSync(join(folder, 'one', 'two'))).toEqual(['session.db']);
  });

  it('does not hold what was removed', async () => {
    const secret = Buffer.from('a key that is gone'.repeat(10));
    const storage = new SqliteStorage(path);
    await storage.open();
    await storage.commit([put('x', secret), put('y', one)]);
    await storage.close();
    expect(readFileSync(path).includes(secret)).toBe(true);
    await storage.open();
    await storage.commit([{ space: 'a', key: 'x', value: null }]);
    await storage.close();
    expect(readFileSync(path).includes('a key that is gone')).toBe(false);
  });

  it('that is no database is damaged, and stays as it is', async () => {
    const text = 'no database at all, whatever it is called. '.repeat(200);
    writeFileSync(path, text);
    await refused(path, 'damaged', /session\.db is damaged, or no storage.*another path/);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('that is the database of another program is refused, and stays as it is', async () => {
    const other = new Libsql(path);
    other.exec('CREATE TABLE notes (text); INSERT INTO notes VALUES (1)');
    other.close();
    const before = readFileSync(path);
    await refused(path, 'damaged', /no storage of this library/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('that was cut off is damaged, when it is opened or read', async () => {
    const storage = new SqliteStorage(path);
    await storage.open();
    const value = new Uint8Array(5000).fill(7);
    await storage.commit(Array.from({ length: 100 }, (_, i) => put(`k${i}`, value)));
    await storage.close();
    truncateSync(path, 3 * 4096);
    const damaged = expect.objectContaining({ code: 'damaged' });
    const again = new SqliteStorage(path);
    await expect(again.open().then(() => again.list('a'))).rejects.toEqual(damaged);
    await again.close().catch(() => undefined);
  });

  it('that cannot be made is an error of the host, with its cause', async () => {
    writeFileSync(join(folder, 'file'), '');
    await refused(join(folder, 'file', 'session.db'), 'io', /Opening the storage .* failed: E/);
    mkdirSync(join(folder, 'directory'));
    await expect(new SqliteStorage(join(folder, 'directory')).open()).rejects.toMatchObject({
      code: 'io',
      cause: expect.any(Error),
    });
  });

  it('may have a name that would be an address or a setting elsewhere', async () => {
    for (const name of ['a?mode=memory', 'a#b', 'a%20b', "it's", 'ключ', 'c:d']) {
      const file = join(folder, name);
      const storage = new SqliteStorage(file);
      await storage.open();
      await storage.commit([put('x', one)]);
      await storage.close();
      expect(existsSync(file), name).toBe(true);
      await storage.open();
      expect(await storage.get('a', 'x')).toEqual(one);
      await storage.close();
    }
  });
});

describe('SqliteStorage: its path', () => {
  it.each([
    ['', /got none/],
    [':memory:', /use MemoryStorage/],
    ['a\0b', /NUL/],
    ['file:session.db', /not a URL/],
    ['libsql://host/name', /not a URL/],
    ['https://host/name', /not a URL/],
    [undefined as unknown as string, /got none/],
  ])('%j is none', (given, message) => {
    const error = expect.objectContaining({
      code: 'unsupported',
      message: expect.stringMatching(message),
    });
    expect(() => new SqliteStorage(given)).toThrow(error);
    expect(() => openPathOnNode(given)).toThrow(error);
    expect(() => openPathOnWeb(given)).toThrow(error);
  });

  it('is refused where there are no files', () => {
    expect(() => openPathOnWeb('session.db')).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        message: expect.stringMatching(/no files on this host.*MemoryStorage/),
      }),
    );
  });

  it('is of no use without libsql, which is said, and nothing is made', async () => {
    const missing = Object.assign(new Error('Cannot find package'), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    await expect(loadLibsql(() => Promise.reject(missing))).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(/npm install libsql/),
      cause: missing,
    });
  });
});

describe('SqliteStorage: its lock', () => {
  it('names the path, also for one that leads there by a link', async () => {
    const storage = new SqliteStorage(path);
    await storage.open();
    await refused(path, 'locked', /session\.db is open already, here or in another process/);
    symlinkSync(path, join(folder, 'link.db'));
    await refused(join(folder, 'link.db'), 'locked', /link\.db is open already/);
    await expect(storage.open()).rejects.toMatchObject({ code: 'locked' });
    await storage.commit([put('x', one)]);
    expect(await storage.get('a', 'x')).toEqual(one);
    await storage.close();
  });

  it('holds from the moment it is opened, before anything is written', async () => {
    const first = new SqliteStorage(path);
    await first.open();
    await first.close();
    await first.open();
    await refused(path, 'locked', /open already/);
    await first.close();
  });

  it('is given to one of many who ask at once', async () => {
    const storages = Array.from({ length: 5 }, () => new SqliteStorage(path));
    const results = await Promise.allSettled(storages.map((storage) => storage.open()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.all(storages.map((storage) => storage.close()));
    await storages[4]!.open();
    await storages[4]!.close();
  });

  it('is given back each time', async () => {
    for (let i = 0; i < 20; i++) {
      const storage = new SqliteStorage(path);
      await storage.open();
      await storage.commit([put(String(i), one)]);
      expect(await storage.list('a')).toHaveLength(i + 1);
      await storage.close();
    }
  });
});

describe('SqliteStorage: a disk that fails', () => {
  it('a folder in which nothing can be written is an error of the host', async () => {
    if (process.getuid?.() === 0) {
      // Nothing is forbidden to that user: a file system that cannot be written stands in.
      await refused('/proc/session.db', 'io', /Opening the storage \/proc\/session\.db failed: E/);
      return;
    }
    chmodSync(folder, 0o500);
    await refused(path, 'io', /EACCES/);
    chmodSync(folder, 0o700);
  });

  it.each([
    ['SQLITE_FULL', 'io'],
    ['SQLITE_IOERR_FSYNC', 'io'],
    ['SQLITE_READONLY', 'io'],
    ['SQLITE_BUSY_RECOVERY', 'locked'],
    ['SQLITE_CORRUPT_VTAB', 'damaged'],
    ['SQLITE_NOTADB', 'damaged'],
  ])('%s is %s, and the cause is kept', (code, ours) => {
    const cause = Object.assign(new Error('no luck'), { code });
    const error = sqliteError(cause, '/a/session.db', 'Writing');
    expect(error).toMatchObject({ name: 'StorageError', code: ours, cause });
    expect(error.message).toContain('/a/session.db');
    if (ours === 'io')
      expect(error.message).toMatch(/^Writing the .* failed: SQLITE_\w+, no luck$/);
  });
});
