import { createHash } from 'node:crypto';
import * as tl from '@tlgen/telegram';
import { messages, upload } from '@tlgen/telegram';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import type { Device } from '../methods/harness.js';

export const PART = 512 * 1024;

/** Bytes that do not repeat within a file. */
export function content(size: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = seed >>> 0 || 1;
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** Compares at once: the test runner's own comparison goes byte by byte. */
export const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

export const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

/** The smallest that passes for a PNG: its header says the size. */
export function png(width: number, height: number, size = 100): Uint8Array {
  const bytes = content(Math.max(size, 33));
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  bytes.set(new TextEncoder().encode('IHDR'), 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

/** A JPEG as far as its frame header, behind a segment that has to be stepped over. */
export function jpeg(width: number, height: number): Uint8Array {
  const bytes = Uint8Array.of(
    0xff,
    0xd8,
    0xff,
    0xe0,
    0,
    16,
    ...new Uint8Array(14),
    0xff,
    0xc0,
    0,
    17,
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    3,
    ...new Uint8Array(20),
  );
  return bytes;
}

let lastId = 1000n;

/** Uploads bytes in parts as small files are. */
export async function uploaded(
  device: Device,
  bytes: Uint8Array,
  name = 'file.bin',
  partSize = PART,
): Promise<tl.InputFile> {
  const id = ++lastId;
  const parts = Math.ceil(bytes.length / partSize);
  for (let part = 0; part < parts; part++) {
    const piece = bytes.subarray(part * partSize, (part + 1) * partSize);
    await device.call(new upload.SaveFilePartRequest({ fileId: id, filePart: part, bytes: piece }));
  }
  return new tl.InputFile({ id, parts, name, md5Checksum: md5Of(bytes) });
}

export const savePart = (device: Device, fileId: bigint, filePart: number, bytes: Uint8Array) =>
  device.call(new upload.SaveFilePartRequest({ fileId, filePart, bytes }));

export const saveBigPart = (
  device: Device,
  fileId: bigint,
  filePart: number,
  fileTotalParts: number,
  bytes: Uint8Array,
) => device.call(new upload.SaveBigFilePartRequest({ fileId, filePart, fileTotalParts, bytes }));

export function documentMedia(
  file: tl.TypeInputFile,
  fields: Partial<tl.InputMediaUploadedDocument> = {},
): tl.InputMediaUploadedDocument {
  return new tl.InputMediaUploadedDocument({
    mimeType: 'application/pdf',
    attributes: [new tl.DocumentAttributeFilename({ fileName: 'a.pdf' })],
    ...fields,
    file,
  });
}

let lastRandom = 77n;

export const sendMedia = (
  device: Device,
  peer: tl.TypeInputPeer,
  media: tl.TypeInputMedia,
  fields: Partial<messages.SendMediaRequest> = {},
): Promise<tl.TypeUpdates> =>
  device.call(
    new messages.SendMediaRequest({ peer, message: '', randomId: ++lastRandom, ...fields, media }),
  );

/** The message in an answer or update. */
export function messageIn(updates: tl.TypeUpdates | undefined): tl.Message {
  for (const update of (updates as tl.Updates).updates)
    if ('message' in update && update.message instanceof tl.Message) return update.message;
  throw new Error('no message');
}

export function documentIn(media: tl.TypeMessageMedia | undefined): tl.Document {
  return (media as tl.MessageMediaDocument).document as tl.Document;
}

export function photoIn(media: tl.TypeMessageMedia | undefined): tl.Photo {
  return (media as tl.MessageMediaPhoto).photo as tl.Photo;
}

export const locationOf = (file: tl.Document | tl.Photo, thumbSize = '') =>
  file instanceof tl.Photo
    ? new tl.InputPhotoFileLocation({ ...file, thumbSize: thumbSize || lastSize(file) })
    : new tl.InputDocumentFileLocation({ ...file, thumbSize });

const lastSize = ({ sizes }: tl.Photo): string => (sizes.at(-1) as tl.PhotoSize).type;

export const getFile = (
  device: Device,
  location: tl.TypeInputFileLocation,
  fields: Partial<upload.GetFileRequest> = {},
): Promise<upload.TypeFile> =>
  device.call(new upload.GetFileRequest({ offset: 0n, limit: PART, ...fields, location }));

/** Everything that a location has, piece by piece. */
export async function download(
  device: Device,
  location: tl.TypeInputFileLocation,
  limit = PART,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let offset = 0n; ; offset += BigInt(limit)) {
    const { bytes } = (await getFile(device, location, { offset, limit })) as upload.File;
    pieces.push(bytes);
    if (bytes.length < limit) return new Uint8Array(Buffer.concat(pieces));
  }
}

/** The newest message of a conversation, as its reader asks for it. */
export async function newest(device: Device, peer: User): Promise<tl.Message> {
  const answer = (await device.call(
    new messages.GetHistoryRequest({
      peer: device.peer(peer),
      offsetId: 0,
      offsetDate: 0,
      addOffset: 0,
      limit: 1,
      maxId: 0,
      minId: 0,
      hash: 0n,
    }),
  )) as messages.Messages;
  return answer.messages[0] as tl.Message;
}
