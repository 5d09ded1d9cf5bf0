import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileSource } from '@tlgen/codec';
import { openSource } from '../../../../../packages/runtime/src/files/source/index.js';
import type { OpenedSource } from '../../../../../packages/runtime/src/files/source/types.js';
import { generated, readAll, webStream } from './kinds.js';

const context = { proxied: false };
const chunk = (length: number): Uint8Array => new Uint8Array(length).fill(length);
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Everything a process ends for when nobody listens. */
const stray: unknown[] = [];
const note = (error: unknown): void => void stray.push(error);
beforeEach(() => {
  stray.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await turn();
  await turn();
  process.off('unhandledRejection', note);
  expect(stray).toEqual([]);
});

/** Counts what is asked of it. */
function counted(chunks: readonly Uint8Array[]): {
  readonly iterable: AsyncIterable<Uint8Array>;
  readonly told: { pulled: number; returned: number };
} {
  const told = { pulled: 0, returned: 0 };
  const iterator = {
    async next(): Promise<IteratorResult<Uint8Array>> {
      const value = chunks[told.pulled++];
      return value === undefined ? { done: true, value: undefined } : { done: false, value };
    },
    async return(): Promise<IteratorResult<Uint8Array>> {
      told.returned++;
      return { done: true, value: undefined };
    },
  };
  return { iterable: { [Symbol.asyncIterator]: () => iterator }, told };
}

/** What never gives a byte, and counts how it is ended. */
function silent(): Record<string, { source: FileSource; ended: () => boolean }> {
  let cancelled = false;
  let returned = false;
  const node = new Readable({ read() {} });
  const web = new ReadableStream<Uint8Array>({
    cancel() {
      cancelled = true;
    },
  });
  const iterable: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise(() => {}),
      // As of a generator that hangs: it does not end before `next` does.
      return: () => {
        returned = true;
        return new Promise(() => {});
      },
    }),
  };
  return {
    'Node stream': { source: node, ended: () => node.destroyed },
    'web stream': { source: web, ended: () => cancelled },
    iterable: { source: iterable, ended: () => returned },
  };
}

describe('streams', () => {
  it('files/back-pressure: are asked only when bytes are wanted, one chunk at a time', async () => {
    const { iterable, told } = counted([chunk(10), chunk(10), chunk(0), chunk(10)]);
    const source = await openSource(iterable, context);
    await turn();
    expect(told.pulled).toBe(0);
    expect((await source.read(4)).length).toBe(4);
    await turn();
    expect(told.pulled).toBe(1);
    expect((await source.read(6)).length).toBe(6);
    expect(told.pulled).toBe(1);
    expect((await source.read(5)).length).toBe(5);
    expect(told.pulled).toBe(2);
    expect((await source.read(6)).length).toBe(6);
    expect(told.pulled).toBe(4);
    await source.close();
    expect(told).toEqual({ pulled: 4, returned: 1 });
  });

  it('files/back-pressure: a stream of Node is not read ahead of its own mark', async () => {
    let pushed = 0;
    const stream = new Readable({
      highWaterMark: 1024,
      read() {
        pushed += 1024;
        this.push(chunk(1024));
      },
    });
    const source = await openSource(stream, context);
    await source.read(10_000);
    await turn();
    expect(pushed).toBeLessThanOrEqual(10_240 + 4 * 1024);
    await source.close();
    expect(stream.destroyed).toBe(true);
  });

  it('are not ended once more when they have ended', async () => {
    const { iterable, told } = counted([chunk(3)]);
    const source = await openSource(iterable, context);
    expect(await readAll(source)).toEqual(chunk(3));
    await source.close();
    expect(told.returned).toBe(0);
  });

  it.each(['Node stream', 'web stream', 'iterable'])(
    'files/abort: a signal ends waiting for a %s at once, with its reason',
    async (name) => {
      const { source, ended } = silent()[name]!;
      const reason = new Error('enough');
      const controller = new AbortController();
      const opened = await openSource(source, context, { signal: controller.signal });
      const reading = opened.read(10);
      await turn();
      controller.abort(reason);
      await expect(reading).rejects.toBe(reason);
      expect(ended()).toBe(true);
      await expect(opened.read(10)).rejects.toBe(reason);
      await opened.close();
    },
  );

  it.each(['Node stream', 'web stream', 'iterable'])(
    'close ends a read of a %s that waits, and may come again',
    async (name) => {
      const { source, ended } = silent()[name]!;
      const opened = await openSource(source, context);
      const reading = opened.read(10);
      const outcome = expect(reading).rejects.toMatchObject({ code: 'BAD_SOURCE' });
      await turn();
      await opened.close();
      await outcome;
      expect(ended()).toBe(true);
      await opened.close();
      await expect(opened.read(10)).rejects.toMatchObject({ code: 'BAD_SOURCE' });
    },
  );

  it.each(['Node stream', 'web stream'])('close ends a %s that nobody read', async (name) => {
    const { source, ended } = silent()[name]!;
    await (await openSource(source, context)).close();
    expect(ended()).toBe(true);
  });

  it('a signal that was aborted before ends the stream', async () => {
    const { source, ended } = silent()['Node stream']!;
    const reason = new Error('too late');
    const signal = AbortSignal.abort(reason);
    await expect(openSource(source, context, { signal })).rejects.toBe(reason);
    expect(ended()).toBe(true);
    await expect(openSource(new Uint8Array(1), context, { signal })).rejects.toBe(reason);
    await expect(openSource('/nowhere', context, { signal })).rejects.toBe(reason);
    await expect(openSource('https://a.test', context, { signal })).rejects.toBe(reason);
  });

  it('leaves no listener on the signal', async () => {
    const listeners = new Set<unknown>();
    const signal = {
      aborted: false,
      reason: undefined,
      throwIfAborted: () => {},
      addEventListener: (_type: string, listener: unknown) => void listeners.add(listener),
      removeEventListener: (_type: string, listener: unknown) => void listeners.delete(listener),
    } as unknown as AbortSignal;
    const source = await openSource(generated([chunk(1)]), context, { signal });
    expect(listeners.size).toBe(1);
    await readAll(source);
    await source.close();
    expect(listeners.size).toBe(0);
  });

  it('pass on what they fail with, each time', async () => {
    const failure = new Error('cable cut');
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield chunk(5);
      throw failure;
    }
    const web = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(chunk(5)),
      pull: (controller) => controller.error(failure),
    });
    for (const stream of [failing(), web, Readable.from(failing())]) {
      const source = await openSource(stream, context);
      expect((await source.read(5)).length).toBe(5);
      await expect(source.read(5)).rejects.toBe(failure);
      await expect(source.read(5)).rejects.toBe(failure);
      await source.close();
    }
  });

  it('of Node may fail before they are read and after they were closed', async () => {
    const failure = new Error('late');
    const before = new Readable({ read() {} });
    const source = await openSource(before, context);
    before.destroy(failure);
    await turn();
    await expect(source.read(5)).rejects.toBe(failure);
    await source.close();

    const after = new Readable({ read() {} });
    const other = await openSource(after, context);
    await other.close();
    after.emit('error', failure);
  });

  it('a failing end of an iterable is nobody’s any more', async () => {
    const iterable: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false, value: chunk(4) }),
        return: () => Promise.reject(new Error('not even that')),
      }),
    };
    const source = await openSource(iterable, context);
    await source.read(1);
    await source.close();
  });

  it('a stream that has a reader already is refused', async () => {
    const stream = webStream([chunk(1)]);
    stream.getReader();
    await expect(openSource(stream, context)).rejects.toMatchObject({ code: 'BAD_SOURCE' });
  });

  it('gives the stream free when it was read', async () => {
    const stream = webStream([chunk(1)]);
    const source = await openSource(stream, context);
    await readAll(source);
    await source.close();
    expect(stream.locked).toBe(false);
  });

  it.each([
    ['text', Readable.from(['text'])],
    ['text by encoding', Readable.from([Buffer.from('x')]).setEncoding('utf8')],
    ['null', generated([null as unknown as Uint8Array])],
    ['an ArrayBuffer', webStream([new ArrayBuffer(3) as unknown as Uint8Array])],
    ['a view of words', generated([new Uint16Array(3) as unknown as Uint8Array])],
  ])('refuses %s in a stream', async (_name, stream) => {
    const source = await openSource(stream as FileSource, context);
    await expect(source.read(5)).rejects.toMatchObject({ name: 'FileError', code: 'BAD_SOURCE' });
    await source.close();
  });

  it('two reads at once are refused, not mixed', async () => {
    const source = await openSource(generated([chunk(5), chunk(5)]), context);
    const first = source.read(7);
    await expect(source.read(1)).rejects.toMatchObject({ code: 'BAD_SOURCE' });
    expect((await first).length).toBe(7);
    expect((await source.read(7)).length).toBe(3);
  });
});

describe('size of a stream', () => {
  const open = (lengths: readonly number[], size: number): Promise<OpenedSource> =>
    openSource(generated(lengths.map(chunk)), context, { size });

  it.each([
    [[3, 4], 7],
    [[7, 0, 0], 7],
    [[0], 0],
    [[], 0],
  ])('%j is %d', async (lengths, size) => {
    const source = await open(lengths, size);
    expect(source.size).toBe(size);
    expect((await readAll(source, () => 3)).length).toBe(size);
    await source.close();
  });

  it.each([
    [[3, 3], 7],
    [[], 1],
    [[3, 5], 7],
    [[7, 0, 1], 7],
    [[1], 0],
    [[8], 7],
  ])('%j is not %d', async (lengths, size) => {
    for (const length of [1, 3, 7, 100]) {
      const source = await open(lengths, size);
      await expect(readAll(source, () => length)).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
      await source.close();
    }
  });
});
