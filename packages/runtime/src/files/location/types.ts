import type { TlObject } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';

/** What a file is, as the Bot API tells them apart. */
export type FileKind =
  | 'thumbnail'
  | 'profile-photo'
  | 'photo'
  | 'voice'
  | 'video'
  | 'document'
  | 'encrypted'
  | 'temp'
  | 'sticker'
  | 'audio'
  | 'animation'
  | 'video-note'
  | 'web'
  | 'other';

/** Where a photo or document was seen: what the server is asked for a fresh reference. */
export type FileOrigin =
  | { readonly type: 'message'; readonly peer: bigint; readonly id: number }
  | { readonly type: 'user-photo'; readonly user: bigint }
  | { readonly type: 'chat-photo'; readonly peer: bigint }
  | { readonly type: 'sticker-set'; readonly id: bigint; readonly accessHash: bigint }
  | { readonly type: 'story'; readonly peer: bigint; readonly id: number }
  | { readonly type: 'web-page'; readonly url: string }
  | { readonly type: 'saved-gifs' }
  /** Asked for an object that holds the file again: a message, a document … */
  | { readonly type: 'custom'; refresh(): Promise<TlObject> };

/** Key of an encrypted file. */
export interface FileKey {
  /** 32 bytes each. */
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  /** What the server keeps beside the file; undefined: not to be compared. */
  readonly fingerprint: number | undefined;
}

/** A file at the server: all that a download needs. */
export interface RemoteFile {
  readonly kind: FileKind;
  /** Data center; undefined: home, and where that says. */
  readonly dc: number | undefined;
  /** Null: {@link bytes} has it all. */
  readonly location: base.TypeInputFileLocation | base.TypeInputWebFileLocation | null;
  /** Of the content, after decryption; undefined: nobody told. */
  readonly size: number | undefined;
  /** As the sender named it: nothing that may be used as a path unchecked. */
  readonly name: string | undefined;
  readonly mimeType: string | undefined;
  /** Unix time, seconds. */
  readonly date: number | undefined;
  /** Content that came with the object: small thumbnails. */
  readonly bytes?: Uint8Array | undefined;
  readonly encryption?: FileKey | undefined;
  /** What has the reference: names the file when a fresh one is looked for. undefined: it has none. */
  readonly media?: { readonly type: 'photo' | 'document'; readonly id: bigint } | undefined;
  /** Size of the photo or thumbnail, by its letter; empty: the file itself. */
  readonly thumbSize: string;
  readonly origin?: FileOrigin | undefined;
  /** The same for the same file, whoever sees it and whatever its reference: names partial downloads. */
  readonly identity: string;
}

/** Which of several sizes is meant. */
export interface LocateOptions {
  /** Letter of a size (`s`, `m`, `x`, `y`, `w` …), the smallest or the largest. Default: the file; of photos the largest. */
  readonly thumb?: string | undefined;
  /** Where it was seen, if the object does not say it. */
  readonly origin?: FileOrigin | undefined;
}
