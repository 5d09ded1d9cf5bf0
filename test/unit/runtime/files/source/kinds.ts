import { writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { FileSource } from '@tlgen/codec';
import { nodeFileSystem } from '../../../../../packages/runtime/src/platform/node-file-system.js';
import type { FetchFile } from '../../../../../packages/runtime/src/platform/types.js';
import type {
  OpenedSource,
  SourceContext,
} from '../../../../../packages/runtime/src/files/source/types.js';
import type { Random } from '../../../../support/random.js';

export const context: SourceContext = { fileSystem: nodeFileSystem, proxied: false };

/** A fetch that answers once with these bytes. */
export function fetchOf(
  chunks: Iterable<Uint8Array>,
  headers: Record<string, string> = {},
  status = 200,
): FetchFile {
  return async () => ({
    ok: status >= 200 && status < 300,
    status,
    headers: { get: (name) => headers[name] ?? null },
    body: webStream(chunks),
  });
}

export function webStream(chunks: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.iterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = iterator.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}

export async function* generated(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for (const chunk of chunks) yield chunk;
}

/** Pieces of any size, empty ones among them. */
export function cut(bytes: Uint8Array, random: Random): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  const most = Math.max(random.pick([2, 40, 5000, 200_000]), bytes.length >> 7);
  for (let at = 0; at < bytes.length;) {
    const length = random.chance(10) ? 0 : random.below(most);
    chunks.push(bytes.slice(at, at + length));
    at += length;
  }
  if (random.chance(30)) chunks.push(new Uint8Array(0));
  return chunks;
}

/** The same memory for all chunks, filled again for each. */
async function* refilled(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  const memory = new Uint8Array(Math.max(0, ...chunks.map(({ length }) => length)));
  for (const chunk of chunks) {
    memory.set(chunk);
    yield memory.subarray(0, chunk.length);
    memory.fill(0xee);
  }
}

export interface Kind {
  readonly source: FileSource;
  readonly context: SourceContext;
  readonly seekable: boolean;
  readonly size: number | undefined;
}

/** The same bytes as every kind of source; each is made when it is asked for. */
export function everyKind(
  bytes: Uint8Array,
  folder: string,
  random: Random,
): ReadonlyMap<string, () => Kind> {
  const padded = new Uint8Array(bytes.length + 20).fill(7);
  padded.set(bytes, 13);
  const path = join(folder, 'every kind.bin');
  writeFileSync(path, bytes);
  const buffer = new ArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  const length = { 'content-length': String(bytes.length) };
  const pieces = (): Uint8Array<ArrayBuffer>[] => cut(bytes, random).map((one) => one.slice());
  const kinds = new Map<string, () => Kind>();
  const add = (name: string, source: () => FileSource, fetch?: () => FetchFile): void => {
    const stream = /stream|iterable|refilled|url/.test(name) && !/data|file/.test(name);
    const size = stream && !name.includes('length') ? undefined : bytes.length;
    kinds.set(name, () => ({
      source: source(),
      context: { ...context, fetchFile: fetch?.() },
      seekable: !stream,
      size,
    }));
  };
  add('bytes', () => bytes);
  add('view', () => padded.subarray(13, 13 + bytes.length));
  add('Buffer', () => Buffer.from(padded.buffer, 13, bytes.length));
  add('ArrayBuffer', () => buffer);
  add('Blob', () => new Blob(pieces()));
  add('File', () => new File(pieces(), 'a.bin', { lastModified: 5 }));
  add('web stream', () => webStream(pieces()));
  add('byte web stream', () => new Blob(pieces()).stream() as ReadableStream<Uint8Array>);
  add('Node stream', () => Readable.from(pieces().filter((one) => one.length > 0)));
  add('async iterable', () => generated(pieces()));
  add('refilled', () => refilled(pieces()));
  add('path', () => path);
  add('file URL', () => pathToFileURL(path));
  add('text of a file URL', () => pathToFileURL(path).href);
  add(
    'url',
    () => 'https://example.test/a',
    () => fetchOf(pieces()),
  );
  add(
    'url with length',
    () => new URL('http://example.test/a'),
    () => fetchOf(pieces(), length),
  );
  const base64 = (): string => Buffer.from(bytes).toString('base64');
  add('data URL', () => new URL(`data:application/octet-stream;base64,${base64()}`));
  return kinds;
}

/** All bytes, in reads of that many. */
export async function readAll(
  source: OpenedSource,
  lengthOf: () => number = () => 64 * 1024,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const length = lengthOf();
    const part = await source.read(length);
    parts.push(part);
    if (part.length > length) throw new Error('more than was asked for');
    if (part.length < length) break;
  }
  if ((await source.read(1)).length > 0) throw new Error('a short read, and then more');
  return new Uint8Array(Buffer.concat(parts));
}
