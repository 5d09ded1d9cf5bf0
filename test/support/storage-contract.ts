import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StorageChange, StorageDriver } from '../../packages/runtime/src/storage/types.js';
import { Random } from './random.js';

/** A storage to be tested, that is empty. */
export interface ContractSubject {
  readonly driver: StorageDriver;
  /** A driver over the same storage, as another client would make it; the same object where there is no other way. */
  again(): StorageDriver;
  /** Removes what it left. */
  clean?(): Promise<void> | void;
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const put = (space: string, key: string, ...values: number[]): StorageChange => ({
  space,
  key,
  value: bytes(...values),
});

const ODD_NAMES = [
  '',
  ':',
  'a:b',
  ' ',
  '\0',
  'a\0b',
  '\n',
  "'; DROP TABLE entry; --",
  'ключ',
  'é',
  'e\u0301',
  '\ufeffmark',
  '😀',
  '__proto__',
  'constructor',
  'x'.repeat(1000),
  '%',
  'A',
  'a',
];

/** What a client relies on, of whatever storage it is given. */
export function storageContract(name: string, make: () => Promise<ContractSubject>): void {
  describe(`${name}: the contract of storages`, () => {
    let subject: ContractSubject;
    let storage: StorageDriver;
    const reopen = async (): Promise<void> => {
      await storage.close();
      storage = subject.again();
      await storage.open();
    };

    beforeEach(async () => {
      subject = await make();
      storage = subject.driver;
      await storage.open();
    });
    afterEach(async () => {
      await storage.close();
      await subject.clean?.();
    });

    it('begins empty', async () => {
      expect(await storage.get('a', 'x')).toBeNull();
      expect(await storage.list('a')).toEqual([]);
    });

    it('keeps what is committed, changes it, and removes it', async () => {
      await storage.commit([put('a', 'x', 1), put('a', 'y', 2), put('b', 'x', 3)]);
      expect(await storage.get('a', 'x')).toEqual(bytes(1));
      await storage.commit([
        put('a', 'x', 4, 5),
        { space: 'a', key: 'y', value: null },
        { space: 'a', key: 'never', value: null },
        { space: 'never', key: 'x', value: null },
      ]);
      for (const when of ['at once', 'after reopening']) {
        expect(await storage.get('a', 'x'), when).toEqual(bytes(4, 5));
        expect(await storage.get('a', 'y'), when).toBeNull();
        expect(await storage.list('a'), when).toEqual([['x', bytes(4, 5)]]);
        expect(await storage.list('b'), when).toEqual([['x', bytes(3)]]);
        await reopen();
      }
    });

    it('takes the last change of a key in a commit, and a commit of nothing', async () => {
      await storage.commit([]);
      await storage.commit([
        put('a', 'x', 1),
        put('a', 'x', 2),
        put('a', 'y', 1),
        { space: 'a', key: 'y', value: null },
        { space: 'a', key: 'z', value: null },
        put('a', 'z', 3),
      ]);
      await reopen();
      expect(await storage.get('a', 'x')).toEqual(bytes(2));
      expect(await storage.get('a', 'y')).toBeNull();
      expect(await storage.get('a', 'z')).toEqual(bytes(3));
    });

    it('writes commits in the order they were asked for', async () => {
      await Promise.all(
        Array.from({ length: 50 }, (_, i) => storage.commit([put('a', 'x', i), put('b', 'x', i)])),
      );
      expect(await storage.get('a', 'x')).toEqual(bytes(49));
      expect(await storage.get('b', 'x')).toEqual(bytes(49));
    });

    it('a commit that cannot be done leaves nothing of it', async () => {
      await storage.commit([put('a', 'x', 1)]);
      const bad = { space: 'a', key: 'z', value: Symbol('no bytes') as unknown as Uint8Array };
      await expect(storage.commit([put('a', 'x', 2), put('a', 'y', 2), bad])).rejects.toThrow();
      expect(await storage.list('a')).toEqual([['x', bytes(1)]]);
      // And is no hindrance to the next.
      await storage.commit([put('a', 'x', 3)]);
      await reopen();
      expect(await storage.list('a')).toEqual([['x', bytes(3)]]);
    });

    it('gives bytes back as they were', async () => {
      const random = new Random(7);
      const values = [
        bytes(),
        bytes(0),
        Uint8Array.from({ length: 256 }, (_, i) => i),
        random.bytes(5000).subarray(1000, 1100),
        Buffer.from('a buffer'),
        random.bytes(1_000_000),
      ];
      await storage.commit(values.map((value, i) => ({ space: 'a', key: String(i), value })));
      for (const _ of ['at once', 'after reopening']) {
        for (const [i, value] of values.entries()) {
          const got = await storage.get('a', String(i));
          expect(Buffer.from(value).equals(got!)).toBe(true);
          expect(Object.getPrototypeOf(got)).toBe(Uint8Array.prototype);
        }
        await reopen();
      }
    });

    it('keeps no hold of arrays that were given, or handed out', async () => {
      const value = bytes(1, 2);
      const written = storage.commit([{ space: 'a', key: 'x', value }]);
      await written;
      value[0] = 9;
      (await storage.get('a', 'x'))![0] = 8;
      for (const [, listed] of await storage.list('a')) listed[0] = 7;
      expect(await storage.get('a', 'x')).toEqual(bytes(1, 2));
    });

    it('tells odd names apart, as spaces and as keys', async () => {
      const changes = ODD_NAMES.flatMap((space, i) =>
        ODD_NAMES.map((key, j) => ({ space, key, value: bytes(i, j) })),
      );
      await storage.commit(changes);
      await reopen();
      for (const [i, space] of ODD_NAMES.entries()) {
        const entries = new Map(await storage.list(space));
        expect([...entries.keys()].sort()).toEqual([...ODD_NAMES].sort());
        for (const [j, key] of ODD_NAMES.entries()) {
          expect(entries.get(key)).toEqual(bytes(i, j));
          expect(await storage.get(space, key)).toEqual(bytes(i, j));
        }
      }
    });

    it('holds ten thousand keys', async () => {
      const keys = Array.from({ length: 10_000 }, (_, i) => `key:${i}`);
      await storage.commit(
        keys.map((key, i) => ({ space: 'many', key, value: bytes(i & 255, i >> 8) })),
      );
      await reopen();
      const entries = new Map(await storage.list('many'));
      expect(entries.size).toBe(10_000);
      expect(keys.every((key, i) => entries.get(key)?.[1] === i >> 8)).toBe(true);
      await storage.commit(keys.slice(1).map((key) => ({ space: 'many', key, value: null })));
      expect(await storage.list('many')).toEqual([['key:0', bytes(0, 0)]]);
    });

    it('is as a map is, whatever is done to it', async () => {
      const random = new Random(11);
      const model = new Map<string, Uint8Array>();
      for (let round = 0; round < 60; round++) {
        const changes = Array.from({ length: random.below(6) }, () => ({
          space: random.pick(['a', 'b']),
          key: random.pick(['x', 'y', 'z', '']),
          value: random.chance(30) ? null : random.bytes(random.below(20)),
        }));
        await storage.commit(changes);
        for (const { space, key, value } of changes) {
          if (value) model.set(`${space}/${key}`, value);
          else model.delete(`${space}/${key}`);
        }
        if (random.chance(10)) await reopen();
        const found = await Promise.all(
          ['a', 'b'].map(async (space) =>
            (await storage.list(space)).map(([key, value]) => [`${space}/${key}`, value] as const),
          ),
        );
        expect(new Map(found.flat())).toEqual(model);
      }
    });

    it('belongs to one client at a time, who is not disturbed by another', async () => {
      const second = subject.again();
      await expect(second.open()).rejects.toMatchObject({
        name: 'StorageError',
        code: 'locked',
        message: expect.stringMatching(/close that client first.*its? own/),
      });
      if (second !== storage) {
        await expect(second.get('a', 'x')).rejects.toMatchObject({ code: 'closed' });
        await second.close();
      }
      await storage.commit([put('a', 'x', 1)]);
      expect(await storage.get('a', 'x')).toEqual(bytes(1));
      await storage.close();
      await second.open();
      expect(await second.get('a', 'x')).toEqual(bytes(1));
      await second.close();
    });

    it('does nothing when it is not open, and closes twice', async () => {
      await storage.close();
      await storage.close();
      const closed = { name: 'StorageError', code: 'closed' };
      await expect(storage.get('a', 'x')).rejects.toMatchObject(closed);
      await expect(storage.list('a')).rejects.toMatchObject(closed);
      await expect(storage.commit([put('a', 'x', 1)])).rejects.toMatchObject(closed);
      await expect(storage.commit([])).rejects.toMatchObject(closed);
      await storage.open();
      expect(await storage.list('a')).toEqual([]);
    });
  });
}
