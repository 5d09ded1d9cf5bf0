import type { base } from '@tlgen/telegram';
import type { DocumentFileType, FileType, PhotoFileType } from './file-types.js';

/** A size of a photo or of a document's thumbnails, by its letter. */
export interface ThumbnailSource {
  readonly type: 'thumbnail';
  /** `s`, `m`, `x`, `y`, `w`, `a` … ; one character. */
  readonly size: string;
  /** Where the size lay before sub-version 32; absent in newer ids. */
  readonly volumeId?: bigint | undefined;
  readonly localId?: number | undefined;
}

/** The picture of a user, group or channel. */
export interface DialogPhotoSource {
  readonly type: 'dialog-photo';
  readonly big: boolean;
  /** Marked id: users n, basic groups −n, channels −(10¹² + n). */
  readonly peer: bigint;
  /** Of the user or channel. */
  readonly accessHash: bigint;
}

/** The same before sub-version 32: its id alone does not name the picture. */
export interface DialogPhotoLegacySource extends Omit<DialogPhotoSource, 'type'> {
  readonly type: 'dialog-photo-legacy';
  readonly volumeId: bigint;
  readonly localId: number;
}

/** Thumbnail of a sticker set. */
export interface StickerSetSource {
  readonly type: 'sticker-set';
  readonly id: bigint;
  readonly accessHash: bigint;
}

/** The same before sub-version 32. */
export interface StickerSetLegacySource extends Omit<StickerSetSource, 'type'> {
  readonly type: 'sticker-set-legacy';
  readonly volumeId: bigint;
  readonly localId: number;
}

/** Thumbnail of a sticker set, with its version: what new ids have. */
export interface StickerSetVersionSource extends Omit<StickerSetSource, 'type'> {
  readonly type: 'sticker-set-version';
  readonly version: number;
}

/** A picture of the time when each size had a place of its own. */
export interface FullLegacySource {
  readonly type: 'full-legacy';
  readonly volumeId: bigint;
  readonly secret: bigint;
  readonly localId: number;
}

/** A secret without its place: nothing can be fetched by it. */
export interface LegacySource {
  readonly type: 'legacy';
  readonly secret: bigint;
}

/** Which picture of which photo. In the ids they are 0 legacy, 1 thumbnail, 2/3 dialog-photo small/big, 4 … 9. */
export type PhotoSource =
  | LegacySource
  | ThumbnailSource
  | DialogPhotoSource
  | StickerSetSource
  | FullLegacySource
  | DialogPhotoLegacySource
  | StickerSetLegacySource
  | StickerSetVersionSource;

interface RemoteFileId {
  /** Last byte of the id. 4: with a sub-version. 2: of 2015 … 2019, its layouts are those of sub-version 0. */
  readonly version: 2 | 4;
  /** Tells the layout: below 22, 22 … 31 or from 32 on. 0 in ids of version 2. */
  readonly subVersion: number;
  /** Data center; in ids of web files it means nothing. */
  readonly dc: number;
  /** Good for one account and a while; undefined: there is none, or it was known to be wrong. */
  readonly fileReference?: Uint8Array | undefined;
}

/** A picture: of a photo, or one that belongs to something else – a document, a user or chat, a sticker set. */
export interface PhotoFileId extends RemoteFileId {
  readonly kind: 'photo';
  readonly type: PhotoFileType;
  /** Of the photo, or of the document that the thumbnail belongs to; 0: not told. */
  readonly id: bigint;
  readonly accessHash: bigint;
  readonly source: PhotoSource;
}

/** A document of any type: a video, a voice message, a sticker, a file of a secret chat … */
export interface DocumentFileId extends RemoteFileId {
  readonly kind: 'document';
  readonly type: DocumentFileType;
  readonly id: bigint;
  readonly accessHash: bigint;
}

/** A file elsewhere in the web, which Telegram's servers fetch. */
export interface WebFileId extends RemoteFileId {
  readonly kind: 'web';
  readonly type: FileType;
  readonly url: string;
  readonly accessHash: bigint;
}

/** A thumbnail that TDLib makes: of a map, or of a song's album. */
export interface GeneratedFileId {
  readonly kind: 'generated';
  readonly version: 3;
  readonly type: 'thumbnail' | 'encrypted-thumbnail';
  readonly path: string;
  /** How: `#map#zoom#x#y#width#height#scale#` or `#audio_t#title#performer#small#`. */
  readonly conversion: string;
}

/** A Bot API `file_id`, taken apart. */
export type FileId = PhotoFileId | DocumentFileId | WebFileId | GeneratedFileId;

/** A Bot API `file_unique_id`, taken apart: the same for everybody, and good for comparing only. */
export type UniqueFileId =
  | { readonly kind: 'web'; readonly url: string }
  | { readonly kind: 'document' | 'secure' | 'encrypted' | 'temp'; readonly id: bigint }
  /** A size of a photo or of a document's thumbnails. Pictures of users and chats: `a` is the small one, `c` the big. */
  | { readonly kind: 'photo'; readonly id: bigint; readonly size: string }
  | { readonly kind: 'sticker-set'; readonly id: bigint; readonly version: number }
  /** A picture that is known by its place; until 2021 all pictures were. */
  | { readonly kind: 'photo-place'; readonly volumeId: bigint; readonly localId: number }
  | Pick<GeneratedFileId, 'kind' | 'type' | 'path' | 'conversion'>;

/** How an id is written; what is left out is as the {@link FileId} says. */
export interface PrintFileIdOptions {
  /** 2: as programs before 2019 read it. Those know no file references: leave the id's out for them. */
  readonly version?: 2 | 4 | undefined;
  /** 0 … 255; with version 2: 0. */
  readonly subVersion?: number | undefined;
}

/** The two ids the Bot API gives to a file. */
export interface BotApiFileIds {
  /** `file_id`: to fetch and send the file by, from the account that it was made for. */
  readonly fileId: string;
  /** `file_unique_id`. */
  readonly uniqueId: string;
}

/** Which file of an object is meant. */
export interface FileIdOfOptions {
  /**
   * Letter of a size; `smallest` or `largest`. Default: the file itself, of photos the largest size. Of pictures of
   * users and chats: `small` or `big` (the default), or their letters `a` and `c`.
   */
  readonly thumb?: string | undefined;
  /** Whose picture a `userProfilePhoto` or `chatPhoto` is. */
  readonly peer?: base.TypeInputPeer | undefined;
}

/** Where a file lies at the server. */
export interface FileIdLocation {
  /** Data center; undefined: the one for web files, as `help.getConfig` says. */
  readonly dc: number | undefined;
  /** For `upload.getFile`; of web files for `upload.getWebFile`. */
  readonly location:
    | base.InputPhotoFileLocation
    | base.InputDocumentFileLocation
    | base.InputPeerPhotoFileLocation
    | base.InputStickerSetThumb
    | base.InputPhotoLegacyFileLocation
    | base.InputFileLocation
    | base.InputEncryptedFileLocation
    | base.InputSecureFileLocation
    | base.InputWebFileLocation;
  /** Letter of the size; empty: the file itself, or a picture that no letter names. */
  readonly thumbSize: string;
  /** What has the file reference; undefined: nothing that could be asked for a fresh one. */
  readonly media?: { readonly type: 'photo' | 'document'; readonly id: bigint } | undefined;
}
