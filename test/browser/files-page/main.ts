// The page is built by Vite: what it imports is resolved by the packages' exports, as in an application.
/// <reference lib="dom" />
/// <reference lib="dom.asynciterable" />
import { Client, FileError, MemoryStorage, type RemoteFileLike } from '@tlgen/runtime';
import type { SchemaApi } from '@tlgen/telegram/api';
import type { base } from '@tlgen/telegram';
import type { FileSource } from '@tlgen/codec';
import { schema } from '@tlgen/telegram/schema';
import { content, rangeOf } from './content.js';
import { secretChat, toOtherSide, Updates } from './secret.js';
import type { Fetched, FilesInput, FilesPage } from './types.js';

const MIB = 1024 * 1024;
/** More than one part. */
const SMALL = MIB + 77;
/** More than files may have that are sent by `upload.saveFilePart`. */
const LARGE = 10 * MIB + 4321;

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
  const there = new WritableStream<Uint8Array>({
    write: (part) => void written.push(part.slice()),
  });
  const response = new Response(files.stream(file));
  const whole = await files.download(file);
  const [start, end] = rangeOf(whole.length);
  await files.downloadTo(file, there);
  return {
    download: await shaOf(whole),
    stream: await shaOf(new Uint8Array(await response.arrayBuffer())),
    downloadTo: await shaOf(new Uint8Array(await new Blob(written).arrayBuffer())),
    range: await shaOf(await files.download(file, { start, end })),
  };
}

/** Sends a file and gets it at the other side. */
async function through(
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
  const message = await lastMessage();
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

/** The one that came last, as its receiver sees it. */
async function lastMessage(): Promise<base.Message> {
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

let ann: Client<SchemaApi>;
let bob: Client<SchemaApi>;
let toBob: Updates;

async function open({ settings, code, ...phones }: FilesInput): Promise<void> {
  ann = new Client({ ...settings, schema, storage: new MemoryStorage() });
  bob = new Client({ ...settings, schema, storage: new MemoryStorage() });
  toBob = new Updates(bob);
  await ann.signIn({ phone: phones.ann, code });
  await bob.signIn({ phone: phones.bob, code });
}

async function send(): Promise<Record<string, Fetched>> {
  const [small, large] = [content(SMALL, 1), content(LARGE, 2)];
  const little = small.subarray(0, 9000);
  const dataUrl = `data:text/csv;base64,${btoa(String.fromCharCode(...little))}`;
  const sources: Record<string, readonly [Uint8Array, FileSource, { name?: string }?]> = {
    'small Blob': [small, new Blob([small], { type: 'text/css' })],
    'large File': [large, new File([large], 'Urlaub ☀.bin')],
    'small stream': [small, streamOf(small), { name: 'small.txt' }],
    'large stream': [large, streamOf(large), { name: 'large.txt' }],
    'URL of the page': [small, new URL('/small.csv', location.href)],
    'data URL': [little, dataUrl, { name: 'table' }],
  };
  const files: Record<string, Fetched> = {};
  for (const [name, [bytes, source, options = {}]] of Object.entries(sources)) {
    files[name] = await through(bytes, source, options);
  }
  return files;
}

async function sendSecretly(): Promise<Pick<Fetched, 'sent' | 'got'>> {
  const bytes = content(LARGE, 3);
  const uploaded = await ann.files.uploadEncrypted(new Blob([bytes]));
  const { key, iv, size } = uploaded;
  const chat = await secretChat(ann, bob, toBob);
  const file = await toOtherSide(ann, chat, uploaded, toBob);
  return { sent: await shaOf(bytes), got: await gotOf(bob, { file, key, iv, size }) };
}

async function fail(): Promise<Record<string, string>> {
  const nine = new Blob([content(9, 4)]);
  const { media } = await ann.sendFile('me', nine, { name: 'a.bin' });
  if (media === null) throw new Error('nothing was told of the file');
  const attempts: Record<string, () => Promise<unknown>> = {
    'a path': () => ann.files.upload('holiday.jpg'),
    'a path in a call of api': () =>
      ann.api.messages.sendMedia({ peer: 'me', media: './holiday.jpg' }),
    'a file URL': () => ann.files.upload(new URL('file:///etc/hostname')),
    'saving at a path': () => ann.files.downloadToFile(media, 'x.bin'),
    'saving in a folder': () => ann.files.downloadToDirectory(media, 'x'),
    'an empty Blob': () => ann.files.upload(new Blob([])),
    'a URL that is not there': () => ann.files.upload(`${location.origin}/none.csv`),
    'no data URL': () => ann.files.upload('data:text/plain'),
  };
  const codes: Record<string, string> = {};
  for (const [name, attempt] of Object.entries(attempts)) codes[name] = await codeOf(attempt);
  return codes;
}

const page: FilesPage = {
  open,
  send,
  sendSecretly,
  fail,
  async close() {
    await ann.close();
    await bob.close();
  },
};
Object.assign(globalThis, { page });
