import { LocalDc, type TestPerson } from '@tlgen/local-dc';
import {
  EncryptedStorage,
  importSession,
  MemoryStorage,
  readSession,
  SqliteStorage,
  StringSession,
  type SessionFormat,
} from '@tlgen/runtime';
import { auth, contacts, users } from '@tlgen/telegram';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientOf, expectClean, person, received, until } from './people.js';

describe('sessions', () => {
  let dc: LocalDc;
  let ada: TestPerson;
  let folder: string;
  let file: string;
  let count = 0;

  beforeAll(async () => {
    dc = await LocalDc.start();
    folder = mkdtempSync(path.join(tmpdir(), 'tlgen-'));
    await dc.createUser({ firstName: 'Bob', username: 'bob_here' });
  });
  beforeEach(async () => {
    file = path.join(folder, `${++count}.session`);
    ada = await dc.createUser({ firstName: 'Ada' });
  });
  afterAll(async () => {
    expectClean(dc);
    await dc.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a path is a file: made when it is missing, and found again', async () => {
    const keys = received(dc, auth.SendCodeRequest);
    {
      await using one = await person(dc, ada, { storage: file });
      await one.client.sendText('bob_here', 'from the first');
    }
    expect(existsSync(file)).toBe(true);
    await using again = clientOf(dc, { storage: file });
    expect(again.self).toBeNull();
    await again.connect();
    expect(again.self).toEqual({ id: ada.id, bot: false });
    expect((await again.me()).firstName).toBe('Ada');
    expect(keys).toHaveLength(1);
  });

  it('SqliteStorage is what a path means', async () => {
    const { client } = await person(dc, ada, { storage: new SqliteStorage(file) });
    await client.close();
    await using again = clientOf(dc, { storage: file });
    await again.connect();
    expect(again.self?.id).toBe(ada.id);
  });

  it('peers are saved by force, and with the interval of the settings', async () => {
    const asked = received(dc, contacts.ResolveUsernameRequest);
    const { client } = await person(dc, ada, { storage: file, saveInterval: 3600 });
    await client.peers.info('bob_here');
    await client.peers.save();
    const copy = `${file}.copy`;
    copyStore(file, copy);
    await client.close();
    await using again = clientOf(dc, { storage: copy });
    await again.connect();
    expect((await again.peers.info('bob_here')).name).toBe('Bob');
    expect(asked).toHaveLength(1);
  });

  it('what was learnt is saved when the client is closed', async () => {
    const { client } = await person(dc, ada, { storage: file, saveInterval: 3600 });
    await client.peers.info('bob_here');
    await client.close();
    const asked = received(dc, contacts.ResolveUsernameRequest);
    await using again = clientOf(dc, { storage: file });
    await again.connect();
    await again.sendText('bob_here', 'known');
    expect(asked).toHaveLength(0);
  });

  it('a process that ends without closing loses neither key nor sign-in', async () => {
    const { client } = await person(dc, ada, { storage: file });
    const copy = `${file}.copy`;
    copyStore(file, copy);
    await client.close();
    await using again = clientOf(dc, { storage: copy });
    await again.connect();
    expect(again.self?.id).toBe(ada.id);
    expect((await again.me()).id).toBe(ada.id);
  });

  it('two clients on one file: the second is told, and may try again later', async () => {
    const { client } = await person(dc, ada, { storage: file });
    const second = clientOf(dc, { storage: file });
    await expect(second.connect()).rejects.toMatchObject({ name: 'StorageError', code: 'locked' });
    await expect(second.api.help.getNearestDc()).rejects.toMatchObject({ code: 'locked' });
    await client.api.help.getNearestDc();
    await client.close();
    await second.connect();
    expect(second.self?.id).toBe(ada.id);
    await second.close();
  });

  it('another process on the file is told, too', async () => {
    const { client } = await person(dc, ada, { storage: file });
    const code = `
      import { SqliteStorage } from '@tlgen/runtime';
      const open = new SqliteStorage(process.argv[1]).open();
      console.log(await open.then(() => 'free', (error) => error.code));
    `;
    const args = ['--input-type=module', '-e', code, file];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stdout.trim()).toBe('locked');
    await client.close();
  });

  it('a key in two places: the server ends it, the client is told', async () => {
    const text = await exported(ada);
    const one = clientOf(dc, { storage: new StringSession(text) });
    await one.connect();
    const reasons: string[] = [];
    one.on('signed-out', ({ reason }) => reasons.push(reason));
    expect(dc.duplicateKey(ada)).toBe(1);
    await expect(one.api.users.getUsers({ id: ['me'] })).rejects.toMatchObject({
      name: 'RpcError',
      code: 'AUTH_KEY_DUPLICATED',
      number: 406,
    });
    await until(() => reasons.length > 0);
    expect(reasons).toEqual(['AUTH_KEY_DUPLICATED']);
    expect(one.self).toBeNull();
    // A new key comes with the new sign-in.
    await one.signIn({ phone: ada.phone, code: dc.loginCode });
    expect((await one.me()).id).toBe(ada.id);
    await one.close();
  });

  it('a sign-in that is ended elsewhere is told once', async () => {
    await using one = await person(dc, ada);
    await using two = await person(dc, ada);
    const reasons: string[] = [];
    two.client.on('signed-out', ({ reason }) => reasons.push(reason));
    await one.client.api.auth.resetAuthorizations();
    await expect(two.client.api.users.getUsers({ id: ['me'] })).rejects.toMatchObject({
      code: 'SESSION_REVOKED',
    });
    expect(reasons).toEqual(['SESSION_REVOKED']);
    expect(two.client.self).toBeNull();
    expect((await one.client.me()).id).toBe(ada.id);
  });

  it('logging out clears keys and peers', async () => {
    const storage = new MemoryStorage();
    const { client } = await person(dc, ada, { storage });
    await client.peers.info('bob_here');
    const before = await client.exportSession();
    const asked = received(dc, contacts.ResolveUsernameRequest);
    await client.logOut();
    expect(client.self).toBeNull();
    await expect(client.api.users.getUsers({ id: ['me'] })).rejects.toMatchObject({
      code: 'AUTH_KEY_UNREGISTERED',
    });
    await client.signIn({ phone: ada.phone, code: dc.loginCode });
    await client.peers.info('bob_here');
    expect(asked).toHaveLength(1);
    expect(await client.exportSession()).not.toBe(before);
    await client.close();
    // The key of before is worth nothing any more.
    await using old = clientOf(dc, { storage: new StringSession(before) });
    await expect(old.api.users.getUsers({ id: ['me'] })).rejects.toMatchObject({
      code: 'AUTH_KEY_UNREGISTERED',
    });
  });

  it('without anybody signed in, logging out does nothing, and nothing can be exported', async () => {
    await using client = clientOf(dc);
    await client.logOut();
    await expect(client.exportSession()).rejects.toMatchObject({
      name: 'SessionFormatError',
      code: 'CANNOT_EXPORT',
    });
  });

  async function exported(user: TestPerson, format?: SessionFormat): Promise<string> {
    const { client } = await person(dc, user);
    try {
      return await client.exportSession(format, { address: { host: '127.0.0.1', port: 443 } });
    } finally {
      await client.close();
    }
  }

  it.each(['tlgen', 'gramjs', 'telethon', 'pyrogram', 'mtcute', 'mtkruto'] as const)(
    'exported as %s and imported, they work on',
    async (format) => {
      const text = await exported(ada, format);
      expect(readSession(text)).toMatchObject({ format, dcId: 2 });
      await using client = clientOf(dc, { storage: new StringSession(text) });
      await client.connect();
      expect(client.self).toEqual({ id: ada.id, bot: false });
      expect((await client.me()).firstName).toBe('Ada');
      await client.sendText('bob_here', `by ${format}`);
    },
  );

  it('key and data center alone are enough: importSession into any storage', async () => {
    const data = readSession(await exported(ada));
    expect(data.authKey).toHaveLength(256);
    const { dcId, authKey, testMode } = data;
    await importSession(new SqliteStorage(file), { dcId, authKey, testMode });
    await using client = clientOf(dc, { storage: file });
    await client.connect();
    expect(client.self?.id).toBe(ada.id);
  });

  it('a bot stays a bot', async () => {
    const bot = await dc.createUser({ bot: true });
    const { client } = await person(dc, bot);
    const text = await client.exportSession();
    await client.close();
    await using again = clientOf(dc, { storage: new StringSession(text) });
    await again.connect();
    expect(again.self).toEqual({ id: bot.id, bot: true });
    expect(
      await again.invoke(new users.GetUsersRequest({ id: [await again.peers.inputUser('me')] })),
    ).toMatchObject([{ bot: true }]);
  });

  it('encrypted at rest: opened with the passphrase only', async () => {
    const open = (passphrase: string): EncryptedStorage =>
      new EncryptedStorage(new SqliteStorage(file), { passphrase });
    const { client } = await person(dc, ada, { storage: open('correct horse') });
    const key = readSession(await client.exportSession()).authKey;
    await client.close();
    expect(readFileSync(file).includes(Buffer.from(key))).toBe(false);
    await using wrong = clientOf(dc, { storage: open('wrong') });
    await expect(wrong.connect()).rejects.toMatchObject({
      name: 'StorageError',
      code: 'passphrase',
    });
    await using plain = clientOf(dc, { storage: file });
    await expect(plain.connect()).rejects.toMatchObject({
      name: 'StorageError',
      code: 'passphrase',
    });
    await using right = clientOf(dc, { storage: open('correct horse') });
    await right.connect();
    expect(right.self?.id).toBe(ada.id);
  });
});

/** The files of a storage as a fatal exit leaves them: without what closing does. */
function copyStore(from: string, to: string): void {
  for (const end of ['', '-wal', '-shm'])
    if (existsSync(from + end)) copyFileSync(from + end, to + end);
}
