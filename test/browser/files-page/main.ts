// The page is built by Vite: what it imports is resolved by the packages' exports, as in an application.
/// <reference lib="dom" />
/// <reference lib="dom.asynciterable" />
import { Client, FileError, MemoryStorage, type RemoteFileLike } from '@tlgen/runtime';
import type { SchemaApi } from '@tlgen/telegram/api';
import type { base } from '@tlgen/telegram';
import type { FileSource } from '@tlgen/codec';
import { schema } from '@tlgen/telegram/schema';
import { content } from './content.js';
import { secretChat, sendSecretly, Updates } from './secret.js';
import type { Fetched, FilesInput, FilesReport } from './types.js';

const MIB = 1024 * 1024;
/** More than one part. */
const SMALL = MIB + 77;
/** More than files may have that are sent by `upload.saveFilePart`. */
const LARGE = 10 * MIB + 4321;
const [START, END] = [777_777, 1_000_001];

async function shaOf(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  const hex = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0'));
  return `${bytes.length} ${hex.join('')}`;
}

/** Every way to get a file on a page. */
async function gotOf(
  { files }: Client<SchemaApi>,
  file: RemoteFileLike,
): Promise<Record<string, string>> {
  const written: Uint8Array<ArrayBuffer>[] = [];
  const there = new WritableStream<Uint8Array>({ write: (part) => void written.push(part.slice()) });
  const response = new Response(files.stream(file));
  const whole = await files.download(file);
  await files.downloadTo(file, there);
  return {
    download: await shaOf(whole),
    stream: await shaOf(new Uint8Array(await response.arrayBuffer())),
    downloadTo: await shaOf(new Uint8Array(await new Blob(written).arrayBuffer())),
    range: await shaOf(await files.download(file, { start: START, end: END })),
  };
}

/** Sends a file and gets it at the other side. */
async function through(
  [ann, bob]: readonly [Client<SchemaApi>, Client<SchemaApi>],
  bytes: Uint8Array,
  source: FileSource,
  options: { readonly name?: string },
): Promise<Fetched> {
  const percents: (number | undefined)[] = [];
  await ann.sendFile('@bobby', source, {
    as: 'document',
    onProgress: ({ percent }) => percents.push(percent),
    ...options,
  });
  const message = await lastOf(bob);
  const { name, mimeType, size } = bob.files.info(message);
  const hundreds = percents.filter((percent) => percent === 100).length;
  const progress = `${String(percents.at(-1))}, ${hundreds} of them`;
  return {
    sent: await shaOf(bytes),
    got: await gotOf(bob, message),
    name,
    mimeType,
    size,
    progress,
  };
}

async function lastOf(bob: Client<SchemaApi>): Promise<base.Message> {
  for await (const message of bob.peers.history('@annie', { limit: 1 })) {
    if (message._ === 'message') return message;
  }
  throw new Error('there is no message');
}

/** A stream that does not tell how long it is. */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, (at += 100_003)));
    },
  });
}

/** The code of the FileError that an attempt ends in. */
async function codeOf(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt();
    return 'nothing was thrown';
  } catch (error) {
    return error instanceof FileError ? error.code : String(error);
  }
}

async function run({ settings, code, ...phones }: FilesInput): Promise<FilesReport> {
  await using ann = new Client({ ...settings, schema, storage: new MemoryStorage() });
  await using bob = new Client({ ...settings, schema, storage: new MemoryStorage() });
  const toBob = new Updates(bob);
  await ann.signIn({ phone: phones.ann, code });
  await bob.signIn({ phone: phones.bob, code });

  const [small, large] = [content(SMALL, 1), content(LARGE, 2)];
  const dataUrl = `data:text/csv;base64,${btoa(String.fromCharCode(...small.subarray(0, 9000)))}`;
  const sources: Record<string, readonly [Uint8Array, FileSource, { name?: string }?]> = {
    'small Blob': [small, new Blob([small], { type: 'text/css' })],
    'large File': [large, new File([large], 'Urlaub ☀.bin', { lastModified: 0 })],
    'small stream': [small, streamOf(small), { name: 'small.txt' }],
    'large stream': [large, streamOf(large), { name: 'large.txt' }],
    'URL of the page': [small, new URL('/small.csv', location.href)],
    'data URL': [small.subarray(0, 9000), dataUrl, { name: 'table' }],
  };
  const files: Record<string, Fetched> = {};
  for (const [name, [bytes, source, options = {}]] of Object.entries(sources)) {
    files[name] = await through([ann, bob], bytes, source, options);
  }

  const chat = await secretChat(ann, bob, toBob);
  const secret = await ann.files.uploadEncrypted(new Blob([large]));
  const { key, iv, size } = secret;
  const file = await sendSecretly(ann, chat, secret, toBob);
  const encrypted = { sent: await shaOf(large), got: await gotOf(bob, { file, key, iv, size }) };

  const refused = {
    'a path': await codeOf(() => ann.files.upload('holiday.jpg')),
    'a path in an api call': await codeOf(() =>
      ann.api.messages.sendMedia({ peer: 'me', media: './holiday.jpg' }),
    ),
    'saving at a path': await codeOf(() => bob.files.downloadToFile(file, 'x.bin')),
    'saving in a folder': await codeOf(() => bob.files.downloadToDirectory(file, 'x')),
    'a file URL': await codeOf(() => ann.files.upload(new URL('file:///etc/hostname'))),
    'an empty Blob': await codeOf(() => ann.files.upload(new Blob([]))),
    'a URL that is not there': await codeOf(() => ann.files.upload(`${location.origin}/none.csv`)),
  };
  return { files, encrypted, refused };
}

Object.assign(globalThis, { run });
