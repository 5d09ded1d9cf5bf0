import * as tl from '@tlgen/telegram';
import type { User } from '../types.js';
import type { World } from '../world.js';
import { referenceTo } from './references.js';
import type { DocumentFile, EncryptedStoredFile, PhotoFile, StoredFile } from './types.js';

/** The access hash by which `viewer` names a file: nobody else's works for them. */
export const fileAccessHash = (world: World, viewer: User, { id }: StoredFile): bigint =>
  world.accessHash(viewer.id, `file:${id}`);

/** Sizes that photos are offered in: the letter, and the most that the longer side has. */
const BOXES = [
  ['s', 100],
  ['m', 320],
  ['x', 800],
  ['y', 1280],
  ['w', Number.POSITIVE_INFINITY],
] as const;

/** The letters of a photo's sizes, the largest last: that one has the dimensions of the original. */
export function sizesOf({ width, height, bytes }: PhotoFile): tl.PhotoSize[] {
  const longest = Math.max(width, height);
  const { size } = bytes;
  const own = BOXES.findIndex(([, most]) => longest <= most);
  return BOXES.slice(0, own + 1).map(([type, most]) => {
    const scale = Math.min(1, most / longest);
    const [w, h] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
    return new tl.PhotoSize({ type, w: w ?? 1, h: h ?? 1, size });
  });
}

/** A photo as `viewer` may name it, with a reference that is good now; without a viewer, as messages keep it. */
export function photoFor(world: World, viewer: User | null, file: PhotoFile): tl.Photo {
  const { id, date, dcId } = file;
  return new tl.Photo({
    id,
    accessHash: viewer ? fileAccessHash(world, viewer, file) : 0n,
    fileReference: viewer ? referenceTo(world, file) : new Uint8Array(),
    date,
    sizes: sizesOf(file),
    dcId,
  });
}

/** The same of a document. */
export function documentFor(world: World, viewer: User | null, file: DocumentFile): tl.Document {
  const { id, date, dcId, mimeType, attributes, thumb } = file;
  return new tl.Document({
    id,
    accessHash: viewer ? fileAccessHash(world, viewer, file) : 0n,
    fileReference: viewer ? referenceTo(world, file) : new Uint8Array(),
    date,
    mimeType,
    size: BigInt(file.bytes.size),
    thumbs: thumb
      ? [
          new tl.PhotoSize({
            type: 'm',
            w: thumb.width,
            h: thumb.height,
            size: thumb.bytes.size,
          }),
        ]
      : undefined,
    dcId,
    attributes: [...attributes],
  });
}

/** The same of a file of secret chats, which needs no references. */
export function encryptedFor(
  world: World,
  viewer: User | null,
  file: EncryptedStoredFile,
): tl.EncryptedFile {
  const { id, dcId, keyFingerprint } = file;
  return new tl.EncryptedFile({
    id,
    accessHash: viewer ? fileAccessHash(world, viewer, file) : 0n,
    size: BigInt(file.bytes.size),
    dcId,
    keyFingerprint,
  });
}
