import { createHash, type Hash } from 'node:crypto';
import { createReadStream, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import {
  Client,
  MemoryStorage,
  type ClientOptions,
  type EncryptedFileLike,
} from '../../../../packages/runtime/src/index.js';
import { largeContent } from '../large-content.js';
import type { LargeOutcome, LargePlan } from './large-plan.js';
import { PeakMemory } from './peak-memory.js';

/** Signs in, moves one large file, and says how much memory that took. */
const plan = JSON.parse(process.argv.at(-1) ?? '') as LargePlan;
const { size, parallel } = plan;
const PART = 512 * 1024;
/** Of so many parts that a slow reader takes, it takes its time after one. */
const PAUSE_EVERY = 25;

let peak: PeakMemory | undefined;
let parts = 0;
let read = 0;
let ahead = 0;
const client = new Client({
  schema,
  ...(plan.dc as Omit<ClientOptions, 'schema' | 'storage'>),
  storage: new MemoryStorage(),
  connection: { timeout: 20_000 },
  logger: { to: 'none' },
  middleware: [
    (call, next) => {
      if (call.request._.startsWith('upload.')) {
        parts += 1;
        ahead = Math.max(ahead, parts - read / PART);
        peak?.look();
      }
      return next(call);
    },
  ],
});
const { files } = client;

async function* pieces(): AsyncGenerator<Uint8Array> {
  yield* largeContent(size);
}

async function message(): Promise<base.Message> {
  for await (const one of client.peers.history(plan.peer, { limit: 1 })) {
    if (one._ === 'message') return one;
  }
  throw new Error('there is no message');
}

function encryptedFile(): EncryptedFileLike {
  if (!plan.encrypted) throw new Error('no file was told of');
  const { id, accessHash, size: stored, dcId, keyFingerprint, key, iv } = plan.encrypted;
  const file = new base.EncryptedFile({
    id: BigInt(id),
    accessHash: BigInt(accessHash),
    size: BigInt(stored),
    dcId,
    keyFingerprint,
  });
  return { file, key: Buffer.from(key, 'hex'), iv: Buffer.from(iv, 'hex'), size };
}

async function hashAll(hash: Hash, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const bytes of chunks) {
    read += bytes.length;
    hash.update(bytes);
  }
}

/** Reads a web stream, and stops now and then: what is fetched meanwhile must be little. */
async function readSlowly(hash: Hash, stream: ReadableStream<Uint8Array>): Promise<void> {
  const reader = stream.getReader();
  for (let count = 1; ; count++) {
    const { done, value } = await reader.read();
    if (done) return;
    read += value.length;
    hash.update(value);
    await sleep(count % PAUSE_EVERY === 0 ? 150 : 1);
  }
}

async function upload(): Promise<void> {
  const known = plan.what === 'upload' ? { size } : {};
  const uploaded = await files.upload(pieces(), { name: 'large.bin', parallel, ...known });
  if (uploaded.size !== size) throw new Error(`${uploaded.size} bytes were uploaded`);
  await client.sendFile(plan.peer, uploaded, { as: 'document' });
}

async function uploadEncrypted(): Promise<LargeOutcome['uploaded']> {
  const { inputFile, key, iv } = await files.uploadEncrypted(pieces(), { size, parallel });
  const { id, parts: count, keyFingerprint } = inputFile;
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  return { id: String(id), parts: count, keyFingerprint, key: hex(key), iv: hex(iv) };
}

async function download(hash: Hash): Promise<void> {
  const how = { parallel };
  if (plan.what === 'download-encrypted') await hashAll(hash, files.chunks(encryptedFile(), how));
  else if (plan.what === 'download-stream')
    await readSlowly(hash, files.stream(await message(), how));
  else if (plan.what === 'download-chunks') await hashAll(hash, files.chunks(await message(), how));
  else await files.downloadToFile(await message(), plan.path, how);
}

async function run(): Promise<void> {
  await client.connect();
  await client.signIn({ phone: plan.phone, code: '22222' });
  const hash = createHash('sha256');
  peak = new PeakMemory();
  let uploaded: LargeOutcome['uploaded'] | undefined;
  if (plan.what === 'upload-encrypted') uploaded = await uploadEncrypted();
  else if (plan.what.startsWith('upload')) await upload();
  else await download(hash);
  const most = peak.end();
  // What is on the disk is read when memory is measured already.
  if (plan.what === 'download-file') await hashAll(hash, createReadStream(plan.path));
  const outcome = { hash: hash.digest('hex'), uploaded, peak: most, ahead, parts };
  writeSync(1, `${JSON.stringify(outcome)}\n`);
  await client.close();
}
void run();
