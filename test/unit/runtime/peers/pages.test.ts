import { describe, expect, it } from 'vitest';
import { AbortError } from '../../../../packages/runtime/src/core/errors.js';
import { ListOptionError } from '../../../../packages/runtime/src/peers/lists/list-errors.js';
import { Pages, type PageReader } from '../../../../packages/runtime/src/peers/lists/pages.js';
import { Seen } from '../../../../packages/runtime/src/peers/lists/seen.js';

/** Pages of `size` numbers up to `end`. */
function counting(end: number, asked: number[] = []): () => PageReader<number> {
  return () => {
    let next = 0;
    return async (count) => {
      asked.push(count);
      const from = next;
      next = Math.min(next + count, end);
      const items = Array.from({ length: next - from }, (_, i) => from + i);
      return { items, total: end, last: next >= end };
    };
  };
}

describe('Pages', () => {
  it('asks for a page only when its first item is wanted', async () => {
    const asked: number[] = [];
    const pages = new Pages(counting(25, asked), { chunk: 10 });
    const items = pages[Symbol.asyncIterator]();
    expect(asked).toEqual([]);
    for (let i = 0; i < 10; i++) await items.next();
    expect(asked).toEqual([10]);
    expect(await items.next()).toEqual({ done: false, value: 10 });
    expect(asked).toEqual([10, 10]);
    await items.return();
    expect(await items.next()).toEqual({ done: true, value: undefined });
    expect(asked).toEqual([10, 10]);
  });

  it('gives out no more than the limit, and asks for no more than is left', async () => {
    const asked: number[] = [];
    const pages = new Pages(counting(1000, asked), { limit: 120, chunk: 50 });
    expect(await pages.all()).toHaveLength(120);
    expect(asked).toEqual([50, 50, 20]);
  });

  it('asks for nothing with the limit 0', async () => {
    const asked: number[] = [];
    expect(await new Pages(counting(5, asked), { limit: 0 }).all()).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('begins anew with each loop', async () => {
    const pages = new Pages(counting(7), { chunk: 3 });
    expect(await pages.all()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const [a, b] = await Promise.all([pages.all(), pages.all()]);
    expect(a).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(b).toEqual(a);
  });

  it('knows the total after the first page, else asks for one', async () => {
    const asked: number[] = [];
    const pages = new Pages(counting(42, asked), { limit: 2 });
    expect(await Promise.all([pages.total(), pages.total()])).toEqual([42, 42]);
    expect(asked).toEqual([1]);
    expect(await pages.total()).toBe(42);
    const read = new Pages(counting(42, asked), { limit: 2 });
    await read.all();
    expect(await read.total()).toBe(42);
    expect(asked).toEqual([1, 2]);
  });

  it('asks for the total again when that failed', async () => {
    let fails = true;
    const pages = new Pages(() => async () => {
      if (fails) throw new Error('no');
      return { items: [], total: 3, last: true };
    });
    await expect(pages.total()).rejects.toThrow('no');
    fails = false;
    expect(await pages.total()).toBe(3);
  });

  it('ends when the signal aborts, also between the items of a page', async () => {
    const controller = new AbortController();
    const pages = new Pages(counting(100), { chunk: 10, signal: controller.signal });
    const seen: number[] = [];
    const reading = (async () => {
      for await (const item of pages) {
        seen.push(item);
        if (item === 4) controller.abort(new Error('enough'));
      }
    })();
    await expect(reading).rejects.toThrow(AbortError);
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    await expect(pages.total()).resolves.toBe(100);
    await expect(pages.all()).rejects.toMatchObject({
      code: 'ABORTED',
      cause: expect.objectContaining({ message: 'enough' }),
    });
  });

  it('passes signal and timeout on to each request', async () => {
    const { signal } = new AbortController();
    const options: unknown[] = [];
    const pages = new Pages(
      () => async (_, call) => {
        options.push(call);
        return { items: [1], total: null, last: options.length === 2 };
      },
      { signal, timeout: 5 },
    );
    await pages.all();
    expect(options).toEqual([
      { signal, timeout: 5 },
      { signal, timeout: 5 },
    ]);
  });

  it.each([
    [{ limit: -1 }, 'limit'],
    [{ limit: 1.5 }, 'limit'],
    [{ limit: NaN }, 'limit'],
    [{ chunk: 0 }, 'chunk'],
    [{ chunk: 101 }, 'chunk'],
    [{ chunk: Infinity }, 'chunk'],
  ])('refuses %o', (options, option) => {
    const make = () => new Pages(counting(1), options);
    expect(make).toThrow(ListOptionError);
    expect(make).toThrow(expect.objectContaining({ code: 'BAD_LIST_OPTION', option }));
  });
});

describe('Seen', () => {
  it('is exhausted by three pages in a row without anything new', () => {
    const seen = new Seen();
    expect(seen.fresh(['a', 'b', 'a'], String)).toEqual(['a', 'b']);
    seen.fresh(['a'], String);
    seen.fresh(['b'], String);
    expect(seen.exhausted).toBe(false);
    expect(seen.fresh(['b', 'c'], String)).toEqual(['c']);
    for (let i = 0; i < 3; i++) seen.fresh(['c'], String);
    expect(seen.exhausted).toBe(true);
  });

  it('is exhausted by more than any list has', () => {
    const seen = new Seen();
    let next = 0;
    while (!seen.exhausted)
      seen.fresh(
        Array.from({ length: 10_000 }, () => next++),
        String,
      );
    expect(next).toBe(200_000);
  });
});
