/* oxlint-disable no-new */
/// <reference types="node" />
// What may stand for a file, and what comes of it.
import { createReadStream, createWriteStream } from 'node:fs';
import {
  Client,
  EncryptedUpload,
  FileError,
  MemoryStorage,
  parseFileId,
  UploadedFile,
  type AlbumItem,
  type ByteStream,
  type FileErrorCode,
  type FileInfo,
  type OutgoingMedia,
  type Progress,
  type RangeOptions,
  type SavedFile,
  type SendFileOptions,
  type SentFile,
  type UploadOptions,
} from '@tlgen/runtime';
import type { FileLike, FileSource } from '@tlgen/codec';
import { base, upload } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';

/** Fails to compile unless both types are the same. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <T extends true>(): T | undefined => undefined;

const client = new Client({ schema, apiId: 1, apiHash: 'hash', storage: new MemoryStorage() });
const { api, files } = client;
declare const message: base.Message;
declare const bytes: Uint8Array;
declare const id: string;

async function* pieces(): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const sources: FileSource[] = [
  '/a/photo.jpg',
  new URL('https://example.test/a.mp4'),
  bytes,
  Buffer.from('a'),
  new ArrayBuffer(5),
  new Blob(['a']),
  new File(['a'], 'a.txt'),
  new ReadableStream<Uint8Array>(),
  createReadStream('a'),
  pieces(),
];

/** Where `client.api` wants a file. */
export async function calls(uploaded: UploadedFile, secret: EncryptedUpload): Promise<void> {
  const at = [uploaded, message, message.media ?? id, id, new base.InputMediaEmpty()];
  for (const media of [...sources, ...at]) await api.messages.sendMedia({ peer: 'me', media });
  await api.messages.sendMedia({
    peer: 'me',
    media: 'a.jpg',
    message: '*a*',
    parseMode: 'markdown',
  });
  await api.messages.uploadMedia({ peer: 'me', media: createReadStream('a') }, { dc: 2 });
  await api.photos.uploadProfilePhoto({ file: new Blob(['a']) });
  await api.channels.editPhoto({ channel: '@name', photo: message });
  await api.messages.saveGif({ id: message, unsave: false });
  await api.messages.sendEncryptedFile({ peer: 5, data: bytes, file: secret });
  // @ts-expect-error no number is a file
  await api.messages.sendMedia({ peer: 'me', media: 5 });
  // @ts-expect-error nor are elements of another kind
  await api.messages.sendMedia({ peer: 'me', media: new Uint16Array(5) });
  // @ts-expect-error nor is a stream of texts
  await api.messages.sendMedia({ peer: 'me', media: new ReadableStream<string>() });
  // @ts-expect-error requests are strict: files are objects there
  new upload.SaveFilePartRequest({ fileId: 1n, filePart: 0, bytes: '/a/photo.jpg' });
}

export async function uploads(): Promise<void> {
  const options: UploadOptions = { name: 'a', mimeType: 'a/b', size: 5, resume: 'a', parallel: 4 };
  for (const source of sources) {
    const uploaded = await files.upload(source, options);
    yes<Same<typeof uploaded, UploadedFile>>();
    yes<Same<typeof uploaded.inputFile, base.InputFile | base.InputFileBig>>();
  }
  const { key, keyFingerprint } = await files.uploadEncrypted(bytes);
  yes<Same<[typeof key, typeof keyFingerprint], [Uint8Array, number]>>();
  // @ts-expect-error what is at the server is not uploaded
  await files.upload(message);
  // @ts-expect-error a size is a number
  await files.upload(bytes, { size: 5n });
  // @ts-expect-error uploads have no ranges
  await files.upload(bytes, { start: 5 });
}

export async function progress(): Promise<void> {
  await files.upload(bytes, {
    onProgress(told) {
      yes<Same<typeof told, Progress>>();
      yes<Same<typeof told.done, number>>();
      yes<Same<typeof told.total, number | undefined>>();
      yes<Same<typeof told.percent, number | undefined>>();
      // @ts-expect-error it is told, not asked
      told.done = 5;
    },
  });
  const onProgress = (told: Progress): number => told.done;
  await files.download(message, { onProgress });
  await client.sendFile('me', bytes, { onProgress });
  // @ts-expect-error progress is more than a number
  await files.download(message, { onProgress: (percent: number) => percent });
}

export async function downloads(file: base.EncryptedFile): Promise<void> {
  const range: RangeOptions = { start: 5, end: 10, thumb: 'largest' };
  yes<Same<Awaited<ReturnType<typeof files.download>>, Uint8Array<ArrayBuffer>>>();
  const blob = new Blob([await files.download(message)]);
  for (const one of [message, message.media ?? id, id, { file, key: bytes, iv: bytes, size: 5 }])
    await files.download(one, range);
  for await (const part of files.chunks(message, range))
    yes<Same<typeof part, Uint8Array<ArrayBuffer>>>();
  const stream = files.stream(id, range);
  yes<Same<typeof stream, ByteStream>>();
  await new Response(stream).arrayBuffer();
  await api.messages.sendMedia({ peer: 'me', media: blob });
  for await (const part of files.stream(id)) yes<Same<(typeof part)['byteLength'], number>>();
  const written = await files.downloadTo(message, createWriteStream('a'), { keepOpen: true });
  yes<Same<typeof written, number>>();
  await files.downloadTo(message, new WritableStream<Uint8Array>());
  const saved = await files.downloadToFile(message, 'a', { resume: true, overwrite: true });
  yes<Same<typeof saved, SavedFile>>();
  await files.downloadToDirectory(message, 'a', { name: 'a' });
  const info = files.info(message);
  yes<Same<typeof info, FileInfo>>();
  const { fileId, uniqueId } = files.ids(message);
  yes<Same<[typeof fileId, typeof uniqueId], [string, string]>>();
  if (parseFileId(id).kind === 'photo') return;
  // @ts-expect-error no file is a number
  await files.download(5);
  // @ts-expect-error an encrypted file needs its key
  await files.download({ file, iv: bytes, size: 5 });
  // @ts-expect-error bytes are counted in numbers
  await files.download(message, { start: 5n });
  // @ts-expect-error what is saved is saved whole
  await files.downloadToFile(message, 'a', { start: 5 });
  // @ts-expect-error nothing can be written to what only reads
  await files.downloadTo(message, new ReadableStream<Uint8Array>());
  // @ts-expect-error a file id has no ids: it is one
  files.ids(id);
}

export async function sending(file: FileLike): Promise<void> {
  const options: SendFileOptions = { as: 'voice', duration: 5, waveform: [0, 31], caption: 'a' };
  const sent = await client.sendFile('@name', file, options);
  yes<Same<typeof sent, SentFile>>();
  yes<Same<typeof sent.media, base.TypeMessageMedia | null>>();
  const media: OutgoingMedia[] = [
    { type: 'photo', file, spoiler: true, ttlSeconds: 5 },
    { type: 'document', file, thumb: bytes, forceFile: true },
    { type: 'video', file, duration: 1.5, width: 4, height: 3, cover: message, startsAt: 1 },
    { type: 'audio', file, title: 'a', performer: 'b' },
    { type: 'voice', file, waveform: new Uint8Array(100) },
    { type: 'video-note', file, length: 240 },
    { type: 'sticker', file, emoji: '☀' },
  ];
  for (const one of media) await client.sendMedia(-100n, one, { silent: true, caption: 'a' });
  await client.sendMedia('me', new base.InputMediaDice({ emoticon: '🎲' }));
  const album: AlbumItem[] = [{ media: { type: 'photo', file }, caption: 'a' }, 'a.jpg'];
  const all = await client.sendAlbum('me', album, { replyTo: 5 });
  yes<Same<typeof all, SentFile[]>>();
  // @ts-expect-error there is no such kind
  await client.sendMedia('me', { type: 'gif', file });
  // @ts-expect-error nor may a file be sent as it
  await client.sendFile('me', file, { as: 'gif' });
  // @ts-expect-error amplitudes are numbers
  await client.sendMedia('me', { type: 'voice', file, waveform: '0123' });
  // @ts-expect-error also among options
  await client.sendFile('me', file, { waveform: ['0'] });
  // @ts-expect-error a document has no waveform
  voice = { type: 'document', file, waveform: [0] };
  // @ts-expect-error nothing is sent without a file
  await client.sendMedia('me', { type: 'photo' });
  // @ts-expect-error an option that is not known
  await client.sendFile('me', file, { captoin: 'a' });
}

export let voice: OutgoingMedia;

export function refused(error: unknown): FileErrorCode | null {
  if (!(error instanceof FileError)) return null;
  yes<Same<typeof error.code, FileErrorCode>>();
  // @ts-expect-error there is no such code
  if (error.code === 'NOT_FOUND') return null;
  return error.code;
}
