import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough, Writable } from 'node:stream';
import { setTimeout as later } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toWritable } from '../../../../../packages/runtime/src/files/output/to-writable.js';
import type { WritableLike } from '../../../../../packages/runtime/src/files/output/types.js';

/** Everything a process ends for when nobody listens. */
const stray: unknown[] = [];
const note = (error: unknown): void => void stray.push(error);
beforeEach(() => {
  stray.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await later(1);
  process.off('unhandledRejection', note);
  expect(stray).toEqual([]);
});

async function* parts(): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < 3; i++) yield new Uint8Array(100_000);
}

const never = new AbortController().signal;

function write(
  stream: WritableLike,
  signal = never,
  from: () => AsyncIterable<Uint8Array> = parts,
): Promise<number> {
  return toWritable(stream, false, (work) => work(signal), from);
}

describe('a stream that takes nothing', () => {
  it('is told of when it was destroyed before, and does not hold up', async () => {
    const stream = new PassThrough();
    stream.destroy();
    await later(5);
    await expect(write(stream)).rejects.toMatchObject({ name: 'FileError', code: 'FILE_ACCESS' });
  });

  it('is told of when it is the answer to somebody who has left', async () => {
    const written = new Promise<unknown>((resolve) => {
      const server = createServer((_, response) => {
        response.on('close', () => {
          resolve(write(response).catch((error: unknown) => error));
          server.close();
        });
      });
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        const request = get(`http://127.0.0.1:${port}/`).on('error', () => undefined);
        server.once('request', () => request.destroy());
      });
    });
    expect(await written).toMatchObject({ name: 'FileError', code: 'FILE_ACCESS' });
  });

  it('is told of when somebody else writes to it', async () => {
    const stream = new WritableStream<Uint8Array>();
    stream.getWriter();
    await expect(write(stream)).rejects.toMatchObject({ name: 'FileError', code: 'BAD_SOURCE' });
  });
});

describe('a stream that stalls', () => {
  const reason = new Error('enough');

  /** Each tells when it has got bytes, or its end, and goes no further. */
  const stalling: Record<
    string,
    (reached: () => void) => { stream: WritableLike; gone(): boolean }
  > = {
    'of Node, never drained'(reached) {
      const stream = new Writable({ highWaterMark: 1, write: () => reached() });
      return { stream, gone: () => stream.destroyed && stream.errored === reason };
    },
    'of Node, never finished'(reached) {
      const stream = new Writable({
        write: (_bytes, _encoding, done) => done(),
        final: () => reached(),
      });
      return { stream, gone: () => stream.destroyed };
    },
    'of the web, whose write never settles'(reached) {
      let aborted: unknown;
      const stream = new WritableStream<Uint8Array>({
        start: ({ signal }) => signal.addEventListener('abort', () => (aborted = signal.reason)),
        write: () => (reached(), new Promise<void>(() => {})),
      });
      return { stream, gone: () => aborted === reason && !stream.locked };
    },
    'of the web, that never closes'(reached) {
      const stream = new WritableStream<Uint8Array>({
        close: () => (reached(), new Promise<void>(() => {})),
      });
      return { stream, gone: () => !stream.locked };
    },
    'of the web, whose abort never settles either'(reached) {
      let aborted: unknown;
      const stream = {
        getWriter: () => ({
          ready: Promise.resolve(),
          write: () => (reached(), new Promise<void>(() => {})),
          close: () => Promise.resolve(),
          abort: (given: unknown) => ((aborted = given), new Promise<void>(() => {})),
          releaseLock: () => undefined,
        }),
      };
      return { stream, gone: () => aborted === reason };
    },
  };

  it.each(Object.keys(stalling))(
    'files/abort: %s, is left when the signal says so',
    async (name) => {
      const controller = new AbortController();
      let reached = (): void => undefined;
      const there = new Promise<void>((resolve) => (reached = resolve));
      const { stream, gone } = stalling[name]!(reached);
      let ended = false;
      const from = async function* (): AsyncGenerator<Uint8Array> {
        try {
          yield new Uint8Array(10);
        } finally {
          ended = true;
        }
      };
      const writing = write(stream, controller.signal, from);
      const outcome = expect(writing).rejects.toBe(reason);
      await there;
      controller.abort(reason);
      await outcome;
      expect(gone()).toBe(true);
      expect(ended).toBe(true);
    },
  );

  it('what ended it is told, not what the download makes of that', async () => {
    const controller = new AbortController();
    const from = async function* (): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      controller.abort(reason);
      throw new Error('the download was given up');
    };
    await expect(write(new PassThrough(), controller.signal, from)).rejects.toBe(reason);
  });
});

describe('a stream is destroyed', () => {
  it('when nothing has begun', async () => {
    const stream = new PassThrough();
    const refused = new Error('closed');
    const written = toWritable(stream, true, () => Promise.reject(refused), parts);
    await expect(written).rejects.toBe(refused);
    expect(stream.destroyed).toBe(true);
    const other = new PassThrough();
    const noFile = (): never => {
      throw refused;
    };
    await expect(write(other, never, noFile)).rejects.toBe(refused);
    expect(other.destroyed).toBe(true);
  });

  it('though it failed by itself, and does not see to that', async () => {
    const stream = new Writable({
      autoDestroy: false,
      write: (_bytes, _encoding, done) => done(new Error('disk')),
    });
    await expect(write(stream)).rejects.toThrow('disk');
    expect(stream.destroyed).toBe(true);
  });

  it('and what its destroy throws is not told instead', async () => {
    const failure = new Error('broke off');
    const stream = new PassThrough();
    stream.destroy = () => {
      throw new Error('not even that');
    };
    const from = async function* (): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      throw failure;
    };
    await expect(write(stream, never, from)).rejects.toBe(failure);
  });
});
