import type { Store } from '../../../../../packages/runtime/src/storage/store.js';
import type { StorageChange } from '../../../../../packages/runtime/src/storage/types.js';

/** So many of the last commits have an entry in the diary. */
const KEPT = 20;

/** Three counters, an entry of up to 20 KB in a diary, and the removal of an old one: as one commit. */
export function commitOf(n: number): StorageChange[] {
  const value = Buffer.from(String(n));
  return [
    { space: 'count', key: 'first', value },
    { space: 'diary', key: String(n), value: Buffer.alloc((n * 7919) % 20_000, n) },
    { space: 'diary', key: String(n - KEPT), value: null },
    { space: 'other', key: 'second', value },
    { space: 'count', key: 'third', value },
  ];
}

/** What stands in the storage, and what is wrong with it. */
export interface Found {
  readonly count: number;
  readonly later: number;
  readonly wrong: readonly string[];
}

/** Reads everything that {@link commitOf} wrote. */
export async function found(store: Store): Promise<Found> {
  const number = async (space: string, key: string): Promise<number> => {
    const value = await store.get(space, key);
    return value ? Number(Buffer.from(value).toString()) : 0;
  };
  const count = await number('count', 'first');
  const later = await number('later', 'a');
  const wrong: string[] = [];
  const check = (whole: boolean, what: string): void => void (whole || wrong.push(what));
  check((await number('other', 'second')) === count, 'second');
  check((await number('count', 'third')) === count, 'third');
  check((await number('later', 'b')) === later, 'later');
  const diary = new Map(await store.list('diary'));
  check(diary.size === Math.min(count, KEPT), `a diary of ${diary.size}`);
  for (let n = Math.max(1, count - KEPT + 1); n <= count; n++) {
    const expected = Buffer.alloc((n * 7919) % 20_000, n);
    check(expected.equals(diary.get(String(n)) ?? Buffer.from('none')), `entry ${n}`);
  }
  return { count, later, wrong };
}
