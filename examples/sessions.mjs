// @ts-check
// Sessions: in a file, encrypted, as text, from other libraries. Against a data center in this process.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
// docs: client
import { LocalDc } from '@tlgen/local-dc';
import {
  Client,
  EncryptedStorage,
  importSession,
  readSession,
  readTdata,
  SessionFormatError,
  SqliteStorage,
  StorageError,
  StringSession,
  writeSession,
  writeTdata,
} from '@tlgen/runtime';
import { nodeCrypto } from '@tlgen/runtime/crypto/provider';
import { schema } from '@tlgen/telegram/schema';

const dc = await LocalDc.start();
const ann = await dc.createUser({ firstName: 'Ann' });
const basics = { schema, ...dc.clientOptions, logger: /** @type {const} */ ({ to: 'none' }) };
const folder = await mkdtemp(join(tmpdir(), 'tlgen-'));
// docs: end

// docs: file
const file = join(folder, 'ann.session');
const first = new Client({ ...basics, storage: file });
await first.signIn({ phone: ann.phone, code: dc.loginCode });
await first.close();

const next = new Client({ ...basics, storage: new SqliteStorage(file) }); // the same as the path
await next.connect();
console.log(`still signed in: ${next.self?.id === ann.id}`);
// docs: end

// docs: locked
const second = new Client({ ...basics, storage: file });
try {
  await second.connect();
} catch (error) {
  if (!(error instanceof StorageError)) throw error;
  console.log(`StorageError ${error.code}`);
}
// docs: end
await second.close();

// docs: text
const text = await next.exportSession(); // whoever has it has the account
console.log(text.slice(0, 7));
await next.close();

const storage = new StringSession(text);
const moved = new Client({ ...basics, storage });
await moved.connect();
console.log(`signed in: ${moved.self?.id === ann.id}`);
await moved.close();
console.log((await storage.export()) === text);
// docs: end

// docs: formats
// Some formats hold the address as well. With Telegram it can be left out.
const address = { host: '127.0.0.1', port: 443 };
for (const format of /** @type {const} */ ([
  'gramjs',
  'telethon',
  'pyrogram',
  'mtcute',
  'mtkruto',
])) {
  const other = await storage.export(format, { apiId: basics.apiId, address });
  const { format: found, dcId, userId } = readSession(other);
  console.log(`${found}: data center ${dcId}, user known: ${userId === ann.id}`);
}
// docs: end

// docs: import
const gramjs = await storage.export('gramjs', { address });
const imported = join(folder, 'imported.session');
await importSession(new SqliteStorage(imported), readSession(gramjs));

const client = new Client({ ...basics, storage: imported });
await client.connect(); // asks the server whose session it is
console.log(`imported: ${client.self?.id === ann.id}`);
await client.close();
// docs: end

// docs: tdata
const tdata = join(folder, 'tdata');
const files = await writeTdata([readSession(text)], { crypto: nodeCrypto });
for (const [path, bytes] of files) {
  await mkdir(dirname(join(tdata, path)), { recursive: true });
  await writeFile(join(tdata, path), bytes);
}

// And back. A real folder of Telegram Desktop may need the `passcode` as well.
const [account] = await readTdata((path) => readFile(join(tdata, path)).catch(() => null), {
  crypto: nodeCrypto,
});
console.log(`from tdata: ${account?.userId === ann.id}`);
// docs: end

// docs: detect
for (const damaged of [text.slice(0, -3), gramjs.slice(0, -3), 'hello']) {
  try {
    readSession(damaged);
  } catch (error) {
    if (!(error instanceof SessionFormatError)) throw error;
    console.log(error.code);
  }
}
try {
  writeSession({ dcId: 2, testMode: false, authKey: new Uint8Array(256) }, 'pyrogram');
} catch (error) {
  if (!(error instanceof SessionFormatError)) throw error;
  console.log(`${error.code}: ${error.message}`);
}
// docs: end

// docs: encrypted
const sealed = () =>
  new EncryptedStorage(new SqliteStorage(join(folder, 'sealed.session')), {
    passphrase: 'correct horse battery staple',
    crypto: nodeCrypto,
  });
const careful = new Client({ ...basics, storage: sealed() });
await careful.signIn({ phone: ann.phone, code: dc.loginCode });
await careful.close();

const open = new Client({ ...basics, storage: new SqliteStorage(join(folder, 'sealed.session')) });
try {
  await open.connect();
} catch (error) {
  if (!(error instanceof StorageError)) throw error;
  console.log(`StorageError ${error.code}`);
}
await open.close();
// docs: end

// docs: duplicated
const twice = new Client({ ...basics, storage: sealed() });
twice.on('signed-out', ({ reason }) => console.log(`signed out: ${reason}`));
await twice.connect();
dc.duplicateKey(ann); // as if the key had been used from two places at once
await assert.rejects(twice.me(), { code: 'AUTH_KEY_DUPLICATED' });
await twice.close();
// docs: end

// docs: driver
/** Keeps everything where a `Map` does: a storage of one's own has these five functions. */
class MapStorage {
  /** @type {Map<string, Map<string, Uint8Array>>} */
  #spaces = new Map();
  async open() {} // reject with StorageError 'locked' when another client has it open
  /** @param {string} space @param {string} key */
  async get(space, key) {
    return this.#spaces.get(space)?.get(key)?.slice() ?? null;
  }
  /** @param {string} space @returns {Promise<[string, Uint8Array][]>} */
  async list(space) {
    return [...(this.#spaces.get(space) ?? [])].map(([key, value]) => [key, value.slice()]);
  }
  /** All of them or none. @param {readonly import('@tlgen/runtime').StorageChange[]} changes */
  async commit(changes) {
    for (const { space, key, value } of changes) {
      const entries = this.#spaces.get(space) ?? new Map();
      this.#spaces.set(space, entries);
      if (value === null) entries.delete(key);
      else entries.set(key, new Uint8Array(value));
    }
  }
  async close() {}
}
const own = new Client({ ...basics, storage: new MapStorage() });
await own.signIn({ phone: ann.phone, code: dc.loginCode });
await own.close();
// docs: end

assert.equal(dc.refusals.count, 0);
await dc.close();
await rm(folder, { recursive: true });
