import { beforeEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import { portableCrypto } from '../../../../packages/runtime/src/crypto/provider/portable.js';
import type { CryptoProvider } from '../../../../packages/runtime/src/crypto/provider/types.js';
import { EncryptedStorage } from '../../../../packages/runtime/src/storage/encrypted.js';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import { Store } from '../../../../packages/runtime/src/storage/store.js';
import type {
  StorageChange,
  StorageDriver,
} from '../../../../packages/runtime/src/storage/types.js';

/** Shows everything that is in it. */
class OpenBook extends MemoryStorage {
  readonly raw = new Map<string, StorageChange>();
  commits = 0;

  override async commit(changes: readonly StorageChange[]): Promise<void> {
    await super.commit(changes);
    this.commits++;
    for (const change of changes) this.raw.set(`${change.space}/${change.key}`, change);
  }

  get bytes(): Buffer {
    const all = [...this.raw].flatMap(([name, { value }]) => [name, value ?? '']);
    return Buffer.concat(all.map((part) => Buffer.from(part as string)));
  }
}

const passphrases = new Map<string, Promise<Uint8Array>>();
/** The same passphrase with the same salt is worked out once. */
const cryptoOnce: CryptoProvider = Object.create(nodeCrypto, {
  pbkdf2Sha512: {
    value: (secret: Uint8Array, salt: Uint8Array, iterations: number, size: number) => {
      const name = [secret, salt, iterations, size].join('/');
      const known = passphrases.get(name);
      const made = known ?? nodeCrypto.pbkdf2Sha512(secret, salt, iterations, size);
      passphrases.set(name, made);
      return made;
    },
  },
}) as CryptoProvider;

let book: OpenBook;
beforeEach(() => {
  book = new OpenBook();
});
const over = (driver: StorageDriver, passphrase = 'correct horse', crypto = cryptoOnce) =>
  new EncryptedStorage(driver, { passphrase, crypto });
const SECRET = new TextEncoder().encode('a value nobody may read');
const put = (key: string, value = SECRET): StorageChange => ({ space: 'secret-space', key, value });
const withOpen = async <T>(
  storage: EncryptedStorage,
  step: (storage: EncryptedStorage) => Promise<T>,
): Promise<T> => {
  await storage.open();
  try {
    return await step(storage);
  } finally {
    await storage.close();
  }
};

describe('EncryptedStorage', () => {
  it('lets nothing be seen but sizes, and the same value twice looks different', async () => {
    await withOpen(over(book), (storage) =>
      storage.commit([put('secret-key'), put('other'), put('empty', new Uint8Array())]),
    );
    for (const word of ['value', 'secret', 'other', 'empty', 'correct', 'horse']) {
      expect(book.bytes.includes(word), word).toBe(false);
    }
    const sealed = [...book.raw.values()].filter(({ space }) => space !== 'encryption');
    expect(new Set(sealed.map(({ space }) => space)).size).toBe(1);
    const before = book.bytes;
    await withOpen(over(book), (storage) => storage.commit([put('secret-key')]));
    expect(book.bytes.equals(before)).toBe(false);
    expect(book.bytes).toHaveLength(before.length);
  });

  it('has the same names in two storages hidden differently', async () => {
    const second = new OpenBook();
    for (const driver of [book, second]) {
      await withOpen(over(driver), (storage) => storage.commit([put('x')]));
    }
    const names = [book, second].flatMap(({ raw }) => [...raw.keys()]);
    expect(new Set(names).size).toBe(3);
  });

  it('is read alike by every provider of cryptography', async () => {
    await withOpen(over(book), (storage) => storage.commit([put('x')]));
    const read = await withOpen(over(book, 'correct horse', portableCrypto), (storage) =>
      storage.get('secret-space', 'x'),
    );
    expect(read).toEqual(SECRET);
  });

  it('refuses a wrong passphrase, changes nothing, and lets go of the storage', async () => {
    await withOpen(over(book), (storage) => storage.commit([put('x')]));
    const { commits, bytes } = book;
    for (const wrong of ['correct horsf', 'correct horse ', 'Correct horse']) {
      await expect(over(book, wrong).open()).rejects.toMatchObject({
        name: 'StorageError',
        code: 'passphrase',
      });
    }
    expect(book.commits).toBe(commits);
    expect(book.bytes.equals(bytes)).toBe(true);
    expect(await withOpen(over(book), (s) => s.get('secret-space', 'x'))).toEqual(SECRET);
  });

  it('takes a passphrase however its characters are composed, but none that is empty', async () => {
    await withOpen(over(book, 'caf\u00e9'), (storage) => storage.commit([put('x')]));
    const read = await withOpen(over(book, 'cafe\u0301'), (s) => s.get('secret-space', 'x'));
    expect(read).toEqual(SECRET);
    for (const none of ['', undefined as unknown as string]) {
      const options = { passphrase: none, crypto: nodeCrypto };
      expect(() => new EncryptedStorage(book, options)).toThrow(
        expect.objectContaining({ code: 'passphrase' }),
      );
    }
  });

  it('and a storage that is not encrypted are told apart, either way', async () => {
    const clock = { after: () => ({ cancel: () => undefined }), saveInterval: () => 30 };
    const plain = new Store(book, clock);
    await plain.open();
    await plain.close();
    const { commits } = book;
    await expect(over(book).open()).rejects.toMatchObject({
      code: 'passphrase',
      message: expect.stringMatching(/not encrypted: open it without/),
    });
    expect(book.commits).toBe(commits);
    // A storage of version 1 has no stamp.
    const old = new MemoryStorage();
    await old.open();
    await old.commit([{ space: 'account', key: 'main', value: SECRET }]);
    await old.close();
    await expect(over(old).open()).rejects.toMatchObject({ code: 'passphrase' });

    const secret = new OpenBook();
    const encrypted = new Store(over(secret), clock);
    await encrypted.open();
    await encrypted.commit([put('x')]);
    await encrypted.close();
    const before = secret.commits;
    await expect(new Store(secret, clock).open()).rejects.toMatchObject({
      code: 'passphrase',
      message: expect.stringMatching(/is encrypted: wrap it in EncryptedStorage/),
    });
    expect(secret.commits).toBe(before);
    await encrypted.open();
    expect(await encrypted.get('secret-space', 'x')).toEqual(SECRET);
    await encrypted.close();
  });

  it('makes the key of a passphrase slowly, with a salt of its own', async () => {
    const asked: number[] = [];
    const salts = new Set<string>();
    const crypto = Object.create(nodeCrypto, {
      pbkdf2Sha512: {
        value: (_: Uint8Array, salt: Uint8Array, iterations: number, size: number) => {
          asked.push(iterations);
          salts.add(Buffer.from(salt).toString('hex'));
          expect(salt).toHaveLength(32);
          return Promise.resolve(new Uint8Array(size));
        },
      },
    }) as CryptoProvider;
    for (const driver of [book, new OpenBook(), book]) {
      await withOpen(over(driver, 'correct horse', crypto), async () => undefined);
    }
    expect(asked).toEqual([210_000, 210_000, 210_000]);
    expect(salts.size).toBe(2);
  });

  it('does not show its passphrase or its keys to whoever prints it', async () => {
    const { inspect } = await import('node:util');
    const storage = over(book);
    await storage.open();
    const text = inspect(storage, { depth: 9, showHidden: true }) + JSON.stringify(storage);
    expect(text).not.toContain('correct');
    expect(text).not.toContain('#master');
    await storage.close();
  });
});

describe('rekey', () => {
  it('changes the passphrase in one commit, also for the storage that is open', async () => {
    const storage = over(book);
    await storage.open();
    await storage.commit([put('x')]);
    const { commits } = book;
    await storage.rekey('battery staple');
    expect(book.commits).toBe(commits + 1);
    await storage.commit([put('y')]);
    await storage.close();
    await expect(over(book).open()).rejects.toMatchObject({ code: 'passphrase' });
    for (const next of [storage, over(book, 'battery staple')]) {
      expect(await withOpen(next, (s) => s.list('secret-space'))).toHaveLength(2);
    }
  });

  it('that fails leaves the old passphrase', async () => {
    const storage = over(book);
    await storage.open();
    await storage.commit([put('x')]);
    await expect(storage.rekey('')).rejects.toMatchObject({ code: 'passphrase' });
    book.commit = () => Promise.reject(new Error('disk full'));
    await expect(storage.rekey('battery staple')).rejects.toThrow('disk full');
    await storage.close();
    expect(await withOpen(storage, (s) => s.get('secret-space', 'x'))).toEqual(SECRET);
    await expect(storage.rekey('battery staple')).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('an encrypted storage that was tampered with', () => {
  const sealedOf = (name: number): StorageChange =>
    [...book.raw.values()].filter(({ space }) => space !== 'encryption')[name]!;
  const rewrite = async (change: StorageChange): Promise<void> => {
    await book.open();
    await book.commit([change]);
    await book.close();
  };

  beforeEach(async () => {
    await withOpen(over(book), (s) => s.commit([put('x'), put('y', new Uint8Array(40))]));
  });

  it('is damaged, wherever a value was changed or cut off', async () => {
    const { space, key, value } = sealedOf(0);
    const changed = Array.from({ length: value!.length }, (_, at) => {
      const copy = value!.slice();
      copy[at]! ^= 1 << (at & 7);
      return copy;
    });
    const cut = [0, 1, 15, 16, 20, 47, 51, 52, value!.length - 1].map((n) => value!.slice(0, n));
    const storage = over(book);
    await storage.open();
    for (const bad of [...changed, ...cut, new Uint8Array([...value!, 0])]) {
      await book.commit([{ space, key, value: bad }]);
      await expect(storage.get('secret-space', 'x')).rejects.toMatchObject({ code: 'damaged' });
      await expect(storage.list('secret-space')).rejects.toMatchObject({ code: 'damaged' });
    }
    await book.commit([{ space, key, value }]);
    expect(await storage.get('secret-space', 'x')).toEqual(SECRET);
    await storage.close();
  });

  it('is damaged where values changed places', async () => {
    const [first, second] = [sealedOf(0), sealedOf(1)];
    await rewrite({ ...first, value: second.value });
    await withOpen(over(book), async (storage) => {
      await expect(storage.get('secret-space', 'x')).rejects.toMatchObject({ code: 'damaged' });
      await expect(storage.list('secret-space')).rejects.toMatchObject({ code: 'damaged' });
    });
  });

  it('is refused where the header was changed', async () => {
    const header = book.raw.get('encryption/header')!;
    const changedAt = (at: number, to: number): StorageChange => {
      const value = header.value!.slice();
      value[at] = to;
      return { ...header, value };
    };
    const cases: [StorageChange, string][] = [
      [changedAt(0, 2), 'newer'],
      [changedAt(0, 0), 'damaged'],
      // So many rounds that nobody would see the end of it; so few that anybody could guess.
      [changedAt(1, 255), 'damaged'],
      [changedAt(2, 0), 'damaged'],
      [{ ...header, value: header.value!.slice(0, 100) }, 'damaged'],
      [{ ...header, value: new Uint8Array() }, 'damaged'],
      [changedAt(10, header.value![10]! ^ 1), 'passphrase'],
      [changedAt(60, header.value![60]! ^ 1), 'passphrase'],
      [changedAt(116, header.value![116]! ^ 1), 'passphrase'],
    ];
    for (const [change, code] of cases) {
      await rewrite(change);
      await expect(over(book).open()).rejects.toMatchObject({ code });
    }
    await rewrite(header);
    expect(await withOpen(over(book), (s) => s.get('secret-space', 'x'))).toEqual(SECRET);
  });
});
