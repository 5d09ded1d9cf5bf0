import type { ReadableStreamLike } from '@tlgen/codec';
import { FileError } from '../errors.js';
import { opening } from './adopt.js';
import { isBytes, isNodeStream } from './kinds.js';

/** A stream of whatever kind. */
export interface Chunks {
  /** null: it has ended. */
  next(): Promise<Uint8Array | null>;
  /** Nothing more is wanted. @param pending - `next` has not answered yet, so that nobody should wait for the end. */
  cancel(reason: unknown, pending: boolean): Promise<unknown>;
}

/** @throws FileError `BAD_SOURCE` when somebody else reads it. */
export function chunksOfStream(stream: ReadableStreamLike): Chunks {
  let reader: ReturnType<ReadableStreamLike['getReader']>;
  try {
    reader = stream.getReader();
  } catch (cause) {
    const message = 'The stream is being read already; give one that nobody has a reader of';
    throw new FileError('BAD_SOURCE', message, { cause });
  }
  opening(stream);
  let ended = false;
  return {
    async next() {
      const { done, value } = await untilFailed(reader.read(), () => (ended = true));
      if (done) ended = true;
      return done ? null : checked(value);
    },
    async cancel(reason, pending) {
      const cancelled = ended ? Promise.resolve() : reader.cancel(reason);
      if (pending) quiet(cancelled);
      else await cancelled;
      reader.releaseLock();
    },
  };
}

/** Node's streams are such iterables too. */
export function chunksOfIterable(iterable: AsyncIterable<unknown>): Chunks {
  const stream = isNodeStream(iterable) ? iterable : null;
  const failure = opening(iterable);
  const iterator = iterable[Symbol.asyncIterator]();
  let ended = false;
  return {
    async next() {
      const failed = failure();
      // It may have failed before the iterator was there to see it.
      if (failed) throw failed.error;
      const { done, value } = await untilFailed(iterator.next(), () => (ended = true));
      if (done === true) ended = true;
      return done === true ? null : checked(value);
    },
    async cancel(_reason, pending) {
      if (ended) return;
      stream?.destroy();
      const returned = Promise.resolve(iterator.return?.());
      if (pending) quiet(returned);
      else await returned;
    },
  };
}

async function untilFailed<T>(work: Promise<T>, onFailure: () => void): Promise<T> {
  try {
    return await work;
  } catch (error) {
    onFailure();
    throw error;
  }
}

function quiet(promise: Promise<unknown>): void {
  promise.catch(() => {});
}

function checked(value: unknown): Uint8Array {
  if (isBytes(value)) return value;
  const given = value === null ? 'null' : typeof value;
  const advice =
    given === 'string'
      ? 'encode strings to bytes, and set no encoding on a stream of Node'
      : 'it must give Uint8Array';
  throw new FileError(
    'BAD_SOURCE',
    `The stream gave a chunk that is no bytes (${given}); ${advice}`,
  );
}
