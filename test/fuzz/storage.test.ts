import { TlgenError } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { storedTokens } from '../../packages/runtime/src/client/sign-in/login-tokens.js';
import { nodeCrypto } from '../../packages/runtime/src/crypto/provider/node.js';
import type { CryptoProvider } from '../../packages/runtime/src/crypto/provider/types.js';
import { SessionStore } from '../../packages/runtime/src/network/session-store.js';
import { EncryptedStorage } from '../../packages/runtime/src/storage/encrypted.js';
import { storedSession } from '../../packages/runtime/src/storage/formats/index.js';
import { MemoryStorage } from '../../packages/runtime/src/storage/memory.js';
import { accountChange, keyChange } from '../../packages/runtime/src/storage/records.js';
import { Store } from '../../packages/runtime/src/storage/store.js';
import type { StorageChange, StorageDriver } from '../../packages/runtime/src/storage/types.js';
import { Random, RUNS, seedFor } from '../support/random.js';

const random = new Random(11);
const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** Everything that a client keeps of keys and accounts. */
const WHOLE: readonly StorageChange[] = [
  keyChange('main:2', { key: random.bytes(256), salt: -5n, createdAt: 1.5, userId: 7n }),
  keyChange('main:4', { key: random.bytes(256), salt: 9n, createdAt: 2, userId: null }),
  accountChange('main', { homeDc: 2, userId: 7n, bot: false }),
  {
    space: 'config',
    key: 'main',
    value: json({
      v: 1,
      expires: 5,
      addresses: [{ id: 2, host: '1.2.3.4', port: 443, secret: 'ab'.repeat(16) }],
    }),
  },
  { space: 'meta', key: 'format', value: new TextEncoder().encode('2') },
];

const storeOver = (driver: StorageDriver): Store =>
  new Store(driver, { after: () => ({ cancel: () => undefined }), saveInterval: () => 0 });

/** Opens a session over changes; the error's code, or null. */
async function opened(changes: readonly StorageChange[]): Promise<string | null> {
  const driver = new MemoryStorage();
  await driver.open();
  await driver.commit(changes);
  await driver.close();
  const session = new SessionStore(storeOver(driver), 'main', 2);
  try {
    await session.open();
  } catch (error) {
    if (!(error instanceof TlgenError)) throw new Error('untyped', { cause: error });
    // Whoever puts it right can open it then.
    await driver.open();
    await driver.close();
    return error.code;
  }
  const { account } = session;
  expect(Number.isInteger(account.homeDc)).toBe(true);
  // Nobody is signed in with the key of somebody else.
  if (account.userId !== null) expect(session.key(account.homeDc)?.userId).toBe(account.userId);
  for (const { host, port } of session.addresses) {
    expect(typeof host).toBe('string');
    expect(port > 0 && port < 65_536).toBe(true);
  }
  await session.close();
  return null;
}

describe('a session that is stored', () => {
  it('is opened, or is an error of the storage, whatever byte of it was changed', async () => {
    expect(await opened(WHOLE)).toBeNull();
    const codes = new Set<string | null>();
    for (const [which, change] of WHOLE.entries()) {
      const good = change.value!;
      for (let at = 0; at < good.length; at++) {
        // Inside of a key one byte is like the other.
        if (change.space === 'auth-key' && at > 3 && at < 254) continue;
        for (const mask of [0x01, 0x10, 0x80, 0xff]) {
          const value = good.slice();
          value[at]! ^= mask;
          codes.add(await opened(WHOLE.map((one, i) => (i === which ? { ...one, value } : one))));
        }
      }
    }
    expect([...codes].sort()).toEqual(['damaged', 'newer', null].sort());
  });

  it('is opened, or is an error of the storage, cut, grown and invented', async () => {
    const codes = new Set<string | null>();
    for (let run = 0; run < 1_500 * RUNS; run++) {
      const own = new Random(seedFor('session', run));
      const changes = WHOLE.map((change) => {
        const good = change.value!;
        if (own.chance(60)) return change;
        const how = own.below(4);
        const value =
          how === 0
            ? good.slice(0, own.below(good.length))
            : how === 1
              ? Uint8Array.of(...good, ...own.bytes(own.below(9)))
              : how === 2
                ? own.bytes(own.below(300))
                : json(own.pick([null, 0, '', [], {}, { v: 1 }, { v: 2 }, { v: 1, homeDc: 'x' }]));
        return { ...change, value };
      });
      if (own.chance(20))
        changes.push({
          ...WHOLE[0]!,
          key: own.pick(['main:', 'main:x', 'main:-1', ':', 'main:1e9']),
        });
      const missing = own.chance(20) ? own.below(changes.length) : -1;
      codes.add(await opened(changes.filter((_, i) => i !== missing)));
    }
    expect(codes).toContain(null);
    expect(codes).toContain('damaged');
  });

  it('is exported, or is an error of ours, whatever is in the storage', async () => {
    for (let run = 0; run < 300 * RUNS; run++) {
      const own = new Random(seedFor('stored', run));
      const driver = new MemoryStorage();
      await driver.open();
      await driver.commit(
        WHOLE.map((one) => (own.chance(50) ? one : { ...one, value: own.bytes(own.below(290)) })),
      );
      const found = await storedSession(driver).catch((error: unknown) => {
        expect(error).toBeInstanceOf(TlgenError);
        return null;
      });
      if (found) expect(found.authKey).toHaveLength(256);
    }
  });

  it('has login tokens of any bytes, or none', async () => {
    const driver = new MemoryStorage();
    await driver.open();
    for (let run = 0; run < 2_000 * RUNS; run++) {
      const value = new Random(seedFor('tokens', run)).bytes(run % 90);
      if (run % 3 > 0) value[0] = 1;
      if (run % 3 > 1) value[1] = 0;
      await driver.commit([{ space: 'login-token', key: 'main', value }]);
      const tokens = await storedTokens(driver, 'main').load();
      expect(tokens.length).toBeLessThanOrEqual(20);
      for (const token of tokens) expect(token.length).toBeGreaterThan(0);
    }
  });
});

/** Work on a passphrase is done once: here it is not what is tried. */
const quick: CryptoProvider = Object.create(nodeCrypto, {
  pbkdf2Sha512: {
    value: (secret: Uint8Array, salt: Uint8Array, iterations: number, size: number) => {
      const all = new Uint8Array(size);
      const seed = Uint8Array.of(...secret, ...salt, iterations & 0xff, iterations >> 8);
      for (let at = 0; at < size; at += 32)
        all.set(nodeCrypto.sha256(Uint8Array.of(at, ...seed)).subarray(0, size - at), at);
      return Promise.resolve(all);
    },
  },
}) as CryptoProvider;

describe('an encrypted storage', () => {
  const SPACES = ['auth-key', 'account', 'config', 'peer'];

  /** What is in it after somebody had their hands on it; values that are wrong must not come out. */
  async function readAll(driver: StorageDriver): Promise<ReadonlyMap<string, Uint8Array> | string> {
    const storage = new EncryptedStorage(driver, { passphrase: 'p', crypto: quick });
    const found = new Map<string, Uint8Array>();
    try {
      await storage.open();
      for (const space of SPACES)
        for (const [key, value] of await storage.list(space)) found.set(`${space}/${key}`, value);
      await storage.close();
      return found;
    } catch (error) {
      if (!(error instanceof TlgenError)) throw new Error('untyped', { cause: error });
      await storage.close();
      return error.code;
    }
  }

  it('gives out what was put in, or an error, whatever was done to what is stored', async () => {
    const changes = WHOLE.filter(({ space }) => SPACES.includes(space));
    const written = new Map<string, Uint8Array>();
    class Open extends MemoryStorage {
      override async commit(all: readonly StorageChange[]): Promise<void> {
        for (const { space, key, value } of all) if (value) written.set(`${space}/${key}`, value);
        await super.commit(all);
      }
    }
    const first = new EncryptedStorage(new Open(), { passphrase: 'p', crypto: quick });
    await first.open();
    await first.commit(changes);
    await first.close();
    const good = new Map(changes.map(({ space, key, value }) => [`${space}/${key}`, value]));
    const names = [...written.keys()];
    const codes = new Map<string, number>();
    for (let run = 0; run < 1_200 * RUNS; run++) {
      const own = new Random(seedFor('encrypted', run));
      const driver = new MemoryStorage();
      const all = new Map(written);
      const name = own.pick(names);
      const value = all.get(name)!.slice();
      switch (own.below(5)) {
        case 0:
          value[own.below(value.length)]! ^= 1 << own.below(8);
          all.set(name, value);
          break;
        case 1:
          all.set(name, value.slice(0, own.below(value.length)));
          break;
        case 2:
          all.set(name, Uint8Array.of(...value, own.below(256)));
          break;
        case 3:
          all.set(name, all.get(own.pick(names))!);
          break;
        default:
          all.set(name, own.bytes(own.below(200)));
      }
      await driver.open();
      await driver.commit(
        [...all].map(([one, bytes]) => {
          const at = one.indexOf('/');
          return { space: one.slice(0, at), key: one.slice(at + 1), value: bytes };
        }),
      );
      await driver.close();
      const found = await readAll(driver);
      if (typeof found === 'string') codes.set(found, (codes.get(found) ?? 0) + 1);
      else for (const [one, bytes] of found) expect(bytes, `run ${run}`).toEqual(good.get(one));
    }
    expect([...codes.keys()].sort()).toEqual(['damaged', 'newer', 'passphrase']);
  });
});
