import { createReadStream, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { FileSource } from '@tlgen/codec';

const CHUNK = 100_003;

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) {
    await Promise.resolve();
    yield bytes.subarray(at, at + CHUNK);
  }
}

/** Serves what was put there, under `/name`; `Content-Length` only for names that begin with `sized`. */
export class WebFiles implements AsyncDisposable {
  private readonly files = new Map<string, Uint8Array>();
  private readonly server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? '';
    const bytes = this.files.get(name);
    if (!bytes) {
      response.writeHead(404).end();
      return;
    }
    if (name.startsWith('sized')) response.setHeader('content-length', bytes.length);
    response.setHeader('content-type', 'text/csv; charset=utf-8');
    response.end(bytes);
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  put(name: string, bytes: Uint8Array): string {
    this.files.set(name, bytes);
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${name}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Every kind of source, made of the same bytes. */
export function sourcesOf(
  bytes: Uint8Array,
  folder: string,
  web: WebFiles,
): Readonly<Record<string, () => FileSource>> {
  const path = join(folder, `source-${bytes.length}.bin`);
  writeFileSync(path, bytes);
  // A view into something larger.
  const padded = new Uint8Array(bytes.length + 9);
  padded.set(bytes, 5);
  return {
    path: () => path,
    'file URL': () => pathToFileURL(path),
    'URL with a length': () => web.put('sized.csv', bytes),
    'URL without a length': () => new URL(web.put('streamed.csv', bytes)),
    bytes: () => padded.subarray(5, 5 + bytes.length),
    Buffer: () => Buffer.from(bytes),
    ArrayBuffer: () => bytes.slice().buffer,
    Blob: () => new Blob([bytes as Uint8Array<ArrayBuffer>]),
    File: () => new File([bytes as Uint8Array<ArrayBuffer>], 'named.bin'),
    'web stream': () => Readable.toWeb(Readable.from(pieces(bytes))) as FileSource,
    'Node stream': () => createReadStream(path),
    'Node Readable of chunks': () => Readable.from(pieces(bytes), { objectMode: false }),
    'async iterable': () => pieces(bytes),
  };
}
