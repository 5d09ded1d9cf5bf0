import { createReadStream, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSource } from '@tlgen/codec';
import type { Client, RangeOptions, RemoteFileLike } from '@tlgen/runtime';
import { nodeCrypto } from '../../packages/runtime/src/crypto/provider/node.js';
import type { LocalDc } from '@tlgen/local-dc';
import type { DownloadPlan, UploadPlan } from './files-plan.js';

/** What transfers of one run share. */
export interface Hosts {
  readonly dc: LocalDc;
  readonly client: Client;
  /** Id of who is signed in. */
  readonly user: bigint;
  /** Of this run alone. */
  readonly folder: string;
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 200_003) {
    await Promise.resolve();
    yield bytes.subarray(at, at + 200_003);
  }
}

function sourceOf(kind: UploadPlan['source'], bytes: Uint8Array, path: string): FileSource {
  if (kind === 'path' || kind === 'node stream') writeFileSync(path, bytes);
  switch (kind) {
    case 'bytes':
      return bytes;
    case 'blob':
      return new Blob([bytes as Uint8Array<ArrayBuffer>]);
    case 'path':
      return path;
    case 'node stream':
      return createReadStream(path);
    default:
      return pieces(bytes);
  }
}

/** Uploads, and reads at the server what has arrived. */
export async function upload(
  { dc, client, user, folder }: Hosts,
  plan: UploadPlan,
  bytes: Uint8Array,
  name: string,
  options: RangeOptions,
): Promise<Uint8Array> {
  const source = sourceOf(plan.source, bytes, join(folder, `${name}.source`));
  const size = plan.source === 'stream of known length' ? bytes.length : undefined;
  const all = { ...options, size, resume: plan.resume ? name : undefined };
  const stored = (fileId: bigint, big: boolean, parts: number): Uint8Array => {
    const found = dc.world.files.uploads.file({ userId: user, fileId, big, most: 8000 }, parts);
    return found.read(0, found.size);
  };
  if (plan.what === 'upload') {
    const { inputFile } = await client.files.upload(source, all);
    return stored(inputFile.id, inputFile._ === 'inputFileBig', inputFile.parts);
  }
  const done = await client.files.uploadEncrypted(source, all);
  const { inputFile, key, iv } = done;
  const big = inputFile._ === 'inputEncryptedFileBigUploaded';
  const cipher = stored(inputFile.id, big, inputFile.parts);
  return nodeCrypto.aesIgeDecrypt(cipher, key, iv).subarray(0, done.size);
}

/** How much of a download is read: `some chunks` stops on the way. */
export async function download(
  { client: { files }, folder }: Hosts,
  { sink }: DownloadPlan,
  file: RemoteFileLike,
  name: string,
  options: RangeOptions,
): Promise<Uint8Array> {
  const path = join(folder, `${name}.bin`);
  switch (sink) {
    case 'bytes':
      return files.download(file, options);
    case 'file': {
      await files.downloadToFile(file, path, options);
      return taken(path);
    }
    case 'directory':
      return taken((await files.downloadToDirectory(file, folder, { ...options, name })).path);
    case 'stream': {
      const parts: Uint8Array[] = [];
      const stream = new WritableStream<Uint8Array>({ write: (part) => void parts.push(part) });
      await files.downloadTo(file, stream, options);
      return Buffer.concat(parts);
    }
    default: {
      const parts: Uint8Array[] = [];
      for await (const part of files.chunks(file, options)) {
        parts.push(part);
        if (sink === 'some chunks' && parts.length === 2) break;
      }
      return Buffer.concat(parts);
    }
  }
}

function taken(path: string): Uint8Array {
  const bytes = readFileSync(path);
  rmSync(path);
  return bytes;
}

/** Files that are there though nobody should have left them. */
export const leftIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => !name.endsWith('.source'));
