import type * as tl from '@tlgen/telegram';
import type { FileBytes } from './file-bytes.js';

/** What every file has. */
interface CommonFile {
  readonly id: bigint;
  readonly bytes: FileBytes;
  /** Server time in seconds. */
  readonly date: number;
  /** The data center where it is kept. */
  dcId: number;
  /** How often its references were made worthless by themselves. */
  expired: number;
  /** The CDN data center that has copies; null: none. */
  cdnDcId: number | null;
}

/** A picture in one size. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** A photo in one of its sizes. */
export interface PhotoVariant extends ImageSize {
  /** The letter that clients ask for. */
  readonly type: string;
  readonly bytes: FileBytes;
}

/** A photo. */
export interface PhotoFile extends CommonFile {
  readonly kind: 'photo';
  /** The largest last: it has the bytes that were uploaded. */
  readonly variants: readonly PhotoVariant[];
}

/** Any other file. */
export interface DocumentFile extends CommonFile {
  readonly kind: 'document';
  readonly mimeType: string;
  readonly attributes: readonly tl.TypeDocumentAttribute[];
  /** What is shown before the file is there. */
  readonly thumb: (ImageSize & { readonly bytes: FileBytes }) | null;
}

/** A file of secret chats: the data center has no key to it. */
export interface EncryptedStoredFile extends CommonFile {
  readonly kind: 'encrypted';
  readonly keyFingerprint: number;
}

/** A file in the store. */
export type StoredFile = PhotoFile | DocumentFile | EncryptedStoredFile;
