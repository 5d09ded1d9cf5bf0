import type { ReadableStreamLike } from '@tlgen/codec';
import { isBlob, isBytes, isIterable, isNodeStream, isWebStream } from './kinds.js';

/** What is known of a stream from when it was handed in. */
interface Adopted {
  /** What it failed with, while perhaps nobody read it. */
  failure: { readonly error: unknown } | null;
  /** It is read: whoever opened it ends it. */
  opened: boolean;
}

const known = new WeakMap<object, Adopted>();

/**
 * Runs work that takes streams. They are ours from now on: one that fails before it is opened does not end the process,
 * and those that the work has not opened are ended with it, however it ends.
 *
 * @param values - what was handed in: sources, and media or album items with sources in them; others are left alone.
 */
export async function adopting<T>(values: readonly unknown[], work: () => Promise<T>): Promise<T> {
  const streams = new Set(values.flatMap((value) => streamsIn(value)));
  for (const stream of streams) adopt(stream);
  try {
    return await work();
  } finally {
    for (const stream of streams) if (!adopt(stream).opened) end(stream);
  }
}

/** Keeps streams that fail, before anybody has opened them, from ending the process; see {@link adopting}. */
export function noteStreams(value: unknown): void {
  for (const stream of streamsIn(value)) adopt(stream);
}

/** Notes that a stream is read now, and is its reader's to end. @returns what it has failed with meanwhile, if it has. */
export function opening(stream: object): () => { readonly error: unknown } | null {
  const adopted = adopt(stream);
  adopted.opened = true;
  return () => adopted.failure;
}

function adopt(stream: object): Adopted {
  const before = known.get(stream);
  if (before) return before;
  const adopted: Adopted = { failure: null, opened: false };
  known.set(stream, adopted);
  // It stays: a stream may also fail when it was ended, and without a listener that ends the process.
  if (isNodeStream(stream)) stream.on('error', (error) => (adopted.failure ??= { error }));
  return adopted;
}

/** Fields of media and album items that may hold sources. */
const HOLDING = ['file', 'thumb', 'cover', 'media'] as const;

function streamsIn(value: unknown, depth = 0): object[] {
  if (typeof value !== 'object' || value === null || isBytes(value) || isBlob(value)) return [];
  if (isWebStream(value) || isIterable(value)) return [value];
  // What is in objects of TL is at the server.
  if (depth > 1 || '_' in value) return [];
  const holder = value as { readonly [field in (typeof HOLDING)[number]]?: unknown };
  return HOLDING.flatMap((field) => streamsIn(holder[field], depth + 1));
}

/** Ends a stream that nobody reads; how that goes matters to nobody. */
function end(stream: object): void {
  const ended = async (): Promise<unknown> => {
    if (isWebStream(stream)) return cancel(stream);
    if (isNodeStream(stream)) return stream.destroy();
    // A generator; one that is no iterator itself has not begun anything.
    const { next, return: leave } = stream as Partial<AsyncIterator<unknown>>;
    return typeof next === 'function' ? leave?.call(stream) : undefined;
  };
  ended().catch(() => {});
}

/** Fails when somebody else reads it, who has to see to it then. */
function cancel(stream: ReadableStreamLike): Promise<void> {
  const reader = stream.getReader();
  const cancelled = reader.cancel();
  reader.releaseLock();
  return cancelled;
}
