import * as tl from '@tlgen/telegram';
import { RpcFault } from './world/fault.js';
import { FileBytes } from './world/files/file-bytes.js';
import { messageMediaOf, type FileMediaFlags } from './world/files/message-media.js';
import type { StoredFile } from './world/files/types.js';
import { photoSizeOf, thumbOf } from './world/files/uploaded.js';
import type { World } from './world/world.js';

/** A file that a test made. */
export interface TestFile {
  readonly id: bigint;
  readonly kind: 'photo' | 'document';
  readonly size: number;
}

/** A file: an id, or what has one. */
export type FileName = bigint | { readonly id: bigint };

/** What file to make. */
export interface NewTestFile {
  /** A photo has to be a picture. Default: a document. */
  readonly kind?: 'document' | 'photo' | undefined;
  /** Where it is kept. Default: the first data center. */
  readonly dcId?: number | undefined;
  /** Whether a CDN data center has copies: the first, or the one that is named. Default: none. */
  readonly cdn?: boolean | number | undefined;
  /** Becomes an attribute of the document. Default: none. */
  readonly name?: string | undefined;
  /** Default `application/octet-stream`. */
  readonly mimeType?: string | undefined;
  /** Further attributes of the document. */
  readonly attributes?: readonly tl.TypeDocumentAttribute[] | undefined;
  /** A picture of the document, up to 200 KiB: its size `m`. */
  readonly thumb?: Uint8Array | undefined;
}

/** Pieces that a file's bytes are kept in. */
const PIECE = 1024 * 1024;

function bytesOf(bytes: Uint8Array): FileBytes {
  if (bytes.length === 0) throw new TypeError('a file has at least one byte');
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) pieces.push(bytes.slice(at, at + PIECE));
  return new FileBytes(pieces);
}

/** Makes a file that nobody has been sent yet. @throws TypeError for what cannot be, or is no picture. */
export function addFile(world: World, content: Uint8Array, fields: NewTestFile = {}): TestFile {
  const { kind = 'document', name, attributes = [], thumb: picture } = fields;
  const dcId = fields.dcId ?? world.options.dataCenters[0] ?? 2;
  mustBeDataCenter(world, dcId);
  const cdnDcId = cdnOf(world, fields.cdn ?? false);
  const file = { bytes: bytesOf(content), dcId, date: world.now() };
  const thumb = picture && thumbOf(bytesOf(picture));
  if (thumb === null) throw new TypeError('the thumb is no picture of at most 200 KiB');
  const fileName = name === undefined ? [] : [new tl.DocumentAttributeFilename({ fileName: name })];
  const made =
    kind === 'photo'
      ? world.files.addPhoto(file, sizeOf(file.bytes))
      : world.files.addDocument(file, {
          mimeType: fields.mimeType ?? 'application/octet-stream',
          attributes: [...attributes, ...fileName],
          thumb,
        });
  made.cdnDcId = cdnDcId;
  return { id: made.id, kind, size: content.length };
}

function sizeOf(bytes: FileBytes) {
  try {
    return photoSizeOf(bytes);
  } catch (thrown) {
    if (!(thrown instanceof RpcFault)) throw thrown;
    throw new TypeError(`these bytes make no photo: ${thrown.text}`, { cause: thrown });
  }
}

/** @throws TypeError when there is no such file. */
export function fileOf(world: World, like: FileName): StoredFile {
  const id = typeof like === 'bigint' ? like : like.id;
  const file = world.files.get(id);
  if (!file) throw new TypeError(`there is no file ${id}: make one with addFile()`);
  return file;
}

/** Takes a file to another data center. @throws TypeError when there is no such file or data center. */
export function moveFile(world: World, like: FileName, dcId: number): void {
  mustBeDataCenter(world, dcId);
  fileOf(world, like).dcId = dcId;
}

function mustBeDataCenter(world: World, dcId: number): void {
  if (!world.options.dataCenters.includes(dcId))
    throw new TypeError(
      `there is no data center ${dcId}: LocalDc.start({ dataCenters: [${world.options.dataCenters.join(', ')}, ${dcId}] })`,
    );
}

/** @throws TypeError when there is no such data center of the CDN. */
export function cdnOf(world: World, cdn: boolean | number): number | null {
  if (cdn === false) return null;
  const all = world.options.cdnDataCenters ?? [];
  const dcId = cdn === true ? all[0] : cdn;
  if (dcId === undefined || !all.includes(dcId))
    throw new TypeError(
      `there is no data center ${dcId ?? ''} of the CDN: LocalDc.start({ cdnDataCenters: [203] })`,
    );
  return dcId;
}

/** A file as messages hold it. @throws TypeError for files of secret chats. */
export function mediaOfFile(world: World, like: FileName, flags: FileMediaFlags = {}) {
  const file = fileOf(world, like);
  if (file.kind === 'encrypted') throw new TypeError(`the file ${file.id} is of a secret chat`);
  return messageMediaOf(world, file, flags);
}
