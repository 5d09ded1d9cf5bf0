import type { BlobLike, FileSource, ReadableStreamLike, UrlLike } from '@tlgen/codec';

/** The part of Node's streams that iterating leaves out. */
export interface NodeStreamLike {
  on(event: 'error', listener: (error: unknown) => void): unknown;
  destroy(): unknown;
}

/**
 * Whether a file can be read from the value, as far as its looks tell: any string that is not empty, bytes, a URL, a
 * Blob, a stream, an async iterable.
 */
export function isFileSource(value: unknown): value is FileSource {
  if (typeof value === 'string') return value !== '';
  return (
    isBytes(value) ||
    isArrayBuffer(value) ||
    isBlob(value) ||
    isWebStream(value) ||
    isIterable(value) ||
    isUrl(value)
  );
}

/** Also those of another realm, which are no `instanceof` of this one's classes. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && tagOf(value) === 'Uint8Array';
}

export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return isObject(value) && tagOf(value) === 'ArrayBuffer';
}

export function isBlob(value: unknown): value is BlobLike {
  if (!isObject(value)) return false;
  const { size, slice, arrayBuffer } = value as Partial<BlobLike>;
  return (
    typeof size === 'number' && typeof slice === 'function' && typeof arrayBuffer === 'function'
  );
}

export function isWebStream(value: unknown): value is ReadableStreamLike {
  return isObject(value) && typeof (value as Partial<ReadableStreamLike>).getReader === 'function';
}

export function isIterable(value: unknown): value is AsyncIterable<unknown> {
  if (!isObject(value)) return false;
  return typeof (value as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === 'function';
}

export function isUrl(value: unknown): value is UrlLike {
  return isObject(value) && typeof (value as Partial<UrlLike>).href === 'string';
}

export function isNodeStream(value: object): value is NodeStreamLike {
  const { on, destroy } = value as Partial<NodeStreamLike>;
  return typeof on === 'function' && typeof destroy === 'function';
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const tagOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);
