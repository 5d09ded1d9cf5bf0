import * as tl from '@tlgen/telegram';
import type { User } from '../types.js';
import type { World } from '../world.js';
import { referenceTo } from './references.js';
import type {
  DocumentFile,
  EncryptedStoredFile,
  PhotoFile,
  PhotoVariant,
  StoredFile,
} from './types.js';

/** The access hash by which `viewer` names a file: nobody else's works for them. */
export const fileAccessHash = (world: World, viewer: User, { id }: StoredFile): bigint =>
  world.accessHash(viewer.id, `file:${id}`);

const sizeOf = ({ type, width: w, height: h, bytes }: PhotoVariant): tl.PhotoSize =>
  new tl.PhotoSize({ type, w, h, size: bytes.size });

/** A photo as `viewer` may name it, with a reference that is good now; without a viewer, as messages keep it. */
export function photoFor(world: World, viewer: User | null, file: PhotoFile): tl.Photo {
  const { id, date, dcId } = file;
  return new tl.Photo({
    id,
    accessHash: viewer ? fileAccessHash(world, viewer, file) : 0n,
    fileReference: viewer ? referenceTo(world, file) : new Uint8Array(),
    date,
    sizes: file.variants.map(sizeOf),
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
    thumbs: thumb ? [sizeOf({ type: 'm', ...thumb })] : undefined,
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
