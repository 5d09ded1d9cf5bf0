import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files, RemoteFileLike } from '@tlgen/runtime';

let number = 0;

/** Every way to get a file, and what it got. */
export function sinksOf(
  files: Files,
  folder: string,
): Readonly<Record<string, (file: RemoteFileLike) => Promise<Uint8Array>>> {
  const next = (): string => join(folder, `sink-${++number}.bin`);
  return {
    bytes: (file) => files.download(file),
    chunks: async (file) => {
      const parts: Uint8Array[] = [];
      for await (const part of files.chunks(file)) parts.push(part);
      return Buffer.concat(parts);
    },
    'web stream': async (file) =>
      new Uint8Array(await new Response(files.stream(file) as BodyInit).arrayBuffer()),
    'a file': async (file) => readFile((await files.downloadToFile(file, next())).path),
    'a directory': async (file) => readFile((await files.downloadToDirectory(file, folder)).path),
    'a Node stream': async (file) => {
      const path = next();
      await files.downloadTo(file, createWriteStream(path));
      return readFile(path);
    },
    'a stream to write to': async (file) => {
      const parts: Uint8Array[] = [];
      const stream = new WritableStream<Uint8Array>({ write: (part) => void parts.push(part) });
      await files.downloadTo(file, stream);
      return Buffer.concat(parts);
    },
  };
}
