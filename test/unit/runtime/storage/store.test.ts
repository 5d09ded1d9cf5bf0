import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import { Store } from '../../../../packages/runtime/src/storage/store.js';
import type { StorageChange } from '../../../../packages/runtime/src/storage/types.js';
import { Random, RUNS, SEED } from '../../../support/random.js';
import { FakeClock, settle } from '../network/fakes/clock.js';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const put = (key: string, ...values: number[]): StorageChange => ({
  space: 's',
  key,
  value: bytes(...values),
});
const remove = (key: string): StorageChange => ({ space: 's', key, value: null });

/** Keeps a diary of commits, and fails when told to. */
class DiaryStorage extends MemoryStorage {
  readonly commits: (readonly StorageChange[])[] = [];
  failures = 0;
  closed = 0;

  override async commit(changes: readonly StorageChange[]): Promise<void> {
    await settle();
    if (this.failures > 0) {
      this.failures--;
      throw new Error('disk full');
    }
    this.commits.push(changes);
    await super.commit(changes);
  }

  override async close(): Promise<void> {
    this.closed++;
    await super.close();
  }
}

let driver: DiaryStorage;
let clock: FakeClock;
let interval: number;
let errors: unknown[];
let store: Store;

beforeEach(async () => {
  driver = new DiaryStorage();
  clock = new FakeClock();
  interval = 30;
  errors = [];
  store = new Store(driver, {
    after: (milliseconds, callback) => clock.after(milliseconds, callback),
    saveInterval: () => interval,
    onError: (error) => errors.push(error),
  });
  await store.open();
  driver.commits.length = 0;
});

const keysOf = (changes: readonly StorageChange[] | undefined): string[] =>
  (changes ?? []).map(({ key, value }) => `${key}=${value ? [...value].join() : 'gone'}`).sort();

describe('what may wait', () => {
  it('is seen at once, and written as one after the interval', async () => {
    await store.commit([put('z', 9)]);
    await store.later([put('a', 1), put('b', 1)]);
    await store.later([put('a', 2), remove('z')]);
    expect(await store.get('s', 'a')).toEqual(bytes(2));
    expect(await store.get('s', 'z')).toBeNull();
    expect(new Map(await store.list('s'))).toEqual(
      new Map([
        ['a', bytes(2)],
        ['b', bytes(1)],
      ]),
    );
    await clock.advance(29_999);
    expect(driver.commits).toHaveLength(1);
    await clock.advance(1);
    expect(driver.commits).toHaveLength(2);
    expect(keysOf(driver.commits[1])).toEqual(['a=2', 'b=1', 'z=gone']);
    expect(await driver.get('s', 'a')).toEqual(bytes(2));
    await clock.advance(100_000);
    expect(driver.commits).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it('is written at flush and at close', async () => {
    await store.later([put('a', 1)]);
    await store.flush();
    expect(keysOf(driver.commits[0])).toEqual(['a=1']);
    await store.flush();
    expect(driver.commits).toHaveLength(1);
    await store.later([put('a', 2)]);
    await store.close();
    expect(keysOf(driver.commits[1])).toEqual(['a=2']);
    expect(driver.closed).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('does not wait with an interval of 0, nor does what waited already', async () => {
    await store.later([put('a', 1)]);
    interval = 0;
    await store.later([put('b', 2)]);
    expect(driver.commits.map(keysOf)).toEqual([['a=1'], ['b=2']]);
    expect(clock.pending).toBe(0);
    driver.failures = 1;
    await expect(store.later([put('b', 3)])).rejects.toThrow('disk full');
  });

  it('follows an interval that becomes shorter, and one without an end', async () => {
    await store.later([put('a', 1)]);
    interval = 5;
    await store.later([put('b', 1)]);
    await clock.advance(5_000);
    expect(keysOf(driver.commits[0])).toEqual(['a=1', 'b=1']);
    interval = Infinity;
    await store.later([put('c', 1)]);
    expect(clock.pending).toBe(0);
    await store.flush();
    expect(keysOf(driver.commits[1])).toEqual(['c=1']);
  });

  it('is superseded by a commit of the same key, not by one that fails', async () => {
    await store.later([put('a', 1), put('b', 1)]);
    await store.commit([put('a', 2)]);
    expect(await store.get('s', 'a')).toEqual(bytes(2));
    driver.failures = 1;
    const failed = store.commit([put('b', 2)]);
    const expected = expect(failed).rejects.toThrow('disk full');
    // Asked for while the commit waits for its turn: it is as if it had never been.
    expect(await store.get('s', 'b')).toEqual(bytes(1));
    await expected;
    await clock.advance(30_000);
    expect(driver.commits.map(keysOf)).toEqual([['a=2'], ['b=1']]);
  });

  it('comes after a commit that was asked for before it, and before one after it', async () => {
    const first = store.commit([put('a', 1)]);
    void store.later([put('a', 2)]);
    const flushed = store.flush();
    const second = store.commit([put('a', 3)]);
    void store.later([put('b', 4)]);
    await Promise.all([first, flushed, second]);
    expect(driver.commits.map(keysOf)).toEqual([['a=1'], ['a=2'], ['a=3']]);
    expect(await store.get('s', 'a')).toEqual(bytes(3));
    expect(await store.get('s', 'b')).toEqual(bytes(4));
  });

  it('that could not be written is told, kept, and tried again', async () => {
    driver.failures = 2;
    await store.later([put('a', 1), put('b', 1)]);
    await clock.advance(30_000);
    expect(errors).toEqual([expect.objectContaining({ message: 'disk full' })]);
    await store.later([put('a', 2)]);
    expect(await store.get('s', 'b')).toEqual(bytes(1));
    await clock.advance(30_000);
    expect(errors).toHaveLength(2);
    await clock.advance(30_000);
    expect(driver.commits.map(keysOf)).toEqual([['a=2', 'b=1']]);
    expect(errors).toHaveLength(2);
  });

  it('is not kept without limit while nothing can be written', async () => {
    driver.failures = Infinity;
    const many = Array.from({ length: 100_010 }, (_, i) => put(String(i), 1));
    await store.later(many);
    await settle();
    await settle();
    expect(errors.at(-1)).toMatchObject({
      code: 'io',
      message: 'The storage cannot be written: 10 changes that waited longest are lost',
    });
    expect(await store.get('s', '9')).toBeNull();
    expect(await store.get('s', '10')).toEqual(bytes(1));
    // And not written again and again.
    const told = errors.length;
    for (let i = 0; i < 20; i++) await store.later([put('x', i)]);
    await settle();
    expect(errors).toHaveLength(told);
  });

  it('is written early when it is much', async () => {
    for (let i = 0; i < 10_000; i++) void store.later([put(String(i), 1)]);
    await settle();
    await settle();
    expect(driver.commits.map((changes) => changes.length)).toEqual([10_000]);
  });
});

describe('closing', () => {
  it('lets go of the storage also when what waits cannot be written, and says so', async () => {
    await store.later([put('a', 1)]);
    driver.failures = 1;
    await expect(store.close()).rejects.toThrow('disk full');
    expect(driver.closed).toBe(1);
    await driver.open();
  });

  it('has no timer that rings after it', async () => {
    await store.later([put('a', 1)]);
    void store.commit([put('b', 1)]);
    const closing = store.close();
    await clock.advance(60_000);
    await closing;
    expect(driver.commits.map(keysOf)).toEqual([['b=1'], ['a=1']]);
    expect(errors).toEqual([]);
  });

  it('refuses all that comes after it, without an accident where nobody listens', async () => {
    const written = store.commit([put('a', 1)]);
    const closing = store.close();
    void store.commit([put('a', 2)]);
    void store.later([put('a', 3)]);
    void store.flush();
    const code = { code: 'closed' };
    await expect(store.later([put('a', 3)])).rejects.toMatchObject(code);
    await Promise.all([written, closing]);
    await expect(store.get('s', 'a')).rejects.toMatchObject(code);
    await expect(store.list('s')).rejects.toMatchObject(code);
    expect(driver.commits.map(keysOf)).toEqual([['a=1']]);
    await store.close();
    expect(driver.closed).toBe(1);
    // It can be opened again.
    await store.open();
    expect(await store.get('s', 'a')).toEqual(bytes(1));
  });

  it('leaves alone what it never opened', async () => {
    const other = new Store(driver, {
      after: () => clock.after(0, () => undefined),
      saveInterval: () => 1,
    });
    await expect(other.open()).rejects.toMatchObject({ code: 'locked' });
    await other.close();
    expect(driver.closed).toBe(0);
  });
});

describe('copies', () => {
  it('are made of what is given, and of what is handed out', async () => {
    const value = Buffer.from([1]);
    await store.later([{ space: 's', key: 'a', value }]);
    const written = store.commit([{ space: 's', key: 'b', value }]);
    value[0] = 9;
    await written;
    (await store.get('s', 'a'))![0] = 8;
    for (const [, listed] of await store.list('s')) listed[0] = 7;
    await store.flush();
    expect(await driver.get('s', 'a')).toEqual(bytes(1));
    expect(await driver.get('s', 'b')).toEqual(bytes(1));
  });
});

describe('whatever is done', () => {
  it('reads see the newest, and the storage ends with the last word of each key', async () => {
    for (let run = 0; run < 20 * RUNS; run++) {
      const random = new Random(SEED + run);
      const model = new Map<string, string>();
      const waits: Promise<unknown>[] = [];
      for (let step = 0; step < 40; step++) {
        const changes = Array.from({ length: 1 + random.below(3) }, () => {
          const key = random.pick(['a', 'b', 'c', 'd']);
          return random.chance(20) ? remove(key) : put(key, random.below(256));
        });
        const what = random.below(10);
        if (what < 7) {
          for (const { key, value } of changes) {
            if (value) model.set(key, value.join());
            else model.delete(key);
          }
          waits.push(what < 4 ? store.later(changes) : store.commit(changes));
        } else if (what === 7) waits.push(store.flush());
        else if (what === 8) waits.push(clock.advance(random.below(40_000)));
        else {
          const expected = [...model].sort();
          const listed = store.list('s');
          const got = random.pick(['a', 'b', 'c', 'd']);
          const wanted = model.get(got) ?? null;
          waits.push(
            listed.then((found) =>
              expect(found.map(([k, v]) => [k, v.join()] as const).sort()).toEqual(expected),
            ),
            store.get('s', got).then((found) => expect(found?.join() ?? null).toBe(wanted)),
          );
          // What is asked for after a read may be seen by it: wait here, so that it has one answer.
          await Promise.all(waits.splice(0));
        }
      }
      await Promise.all(waits);
      await store.flush();
      const found = (await driver.list('s')).map(([key, value]) => [key, value.join()] as const);
      expect(new Map(found)).toEqual(model);
      await store.commit(['a', 'b', 'c', 'd'].map(remove));
    }
  });
});
