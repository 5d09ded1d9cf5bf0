import type { FileLike, TlObject, UploadedLike, FileSource } from '@tlgen/codec';
import type { FetchFile } from '../../platform/types.js';
import type { FileReferences } from '../location/index.js';
import type { FilesContext, TransferOptions } from '../types.js';

/** What media of every kind have. */
interface AnyMedia {
  /**
   * The file. Bytes and whatever they can be read from are uploaded; what is at the server already (a message, its
   * media, a photo, a document, a Bot API file id) is sent again as it is, without an upload.
   */
  readonly file: FileLike;
  /** The server fetches the file, and not the client: then `file` is an http or https URL. */
  readonly external?: boolean | undefined;
  /** Instead of what the source tells: last part of a path or URL, or a `File`'s name. */
  readonly name?: string | undefined;
  /** Instead of what name and content tell. */
  readonly mimeType?: string | undefined;
  /** Bytes, of a stream: then it must have exactly so many. */
  readonly size?: number | undefined;
}

/** What media that are seen have. */
interface SeenMedia extends AnyMedia {
  /** Hidden until it is tapped on. */
  readonly spoiler?: boolean | undefined;
  /** Seconds it can be seen after it was opened: private chats only. */
  readonly ttlSeconds?: number | undefined;
}

/** A small picture of it: JPEG, at most 200 KiB; the server wants no side longer than 320 pixels. */
export type ThumbLike = FileSource | UploadedLike;

/** A picture that the server scales: JPEG or PNG of at most 10 MiB. */
export interface OutgoingPhoto extends SeenMedia {
  readonly type: 'photo';
}

/** Any file, kept as it is. */
export interface OutgoingDocument extends AnyMedia {
  readonly type: 'document';
  readonly thumb?: ThumbLike | undefined;
  /** Nothing else is made of it, whatever its MIME type. Default: true. */
  readonly forceFile?: boolean | undefined;
}

/** A video. What is not given is read from the file where it is MP4 or QuickTime. */
export interface OutgoingVideo extends SeenMedia {
  readonly type: 'video';
  readonly thumb?: ThumbLike | undefined;
  /** Seconds. */
  readonly duration?: number | undefined;
  /** Pixels, as it is shown. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Can be watched while it is loaded. Default: true. */
  readonly supportsStreaming?: boolean | undefined;
  /** Has no sound, and is to stay a video: the server makes animations of those that do not say so. */
  readonly muted?: boolean | undefined;
  /** A picture shown before it is played: a file to upload, or a photo at the server. */
  readonly cover?: FileLike | undefined;
  /** Seconds into the video at which it starts. */
  readonly startsAt?: number | undefined;
}

/** A GIF, or an MP4 without sound that is played over and over. */
export interface OutgoingAnimation extends SeenMedia {
  readonly type: 'animation';
  readonly thumb?: ThumbLike | undefined;
  /** Seconds. */
  readonly duration?: number | undefined;
  /** Pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** Music. */
export interface OutgoingAudio extends AnyMedia {
  readonly type: 'audio';
  readonly thumb?: ThumbLike | undefined;
  /** Seconds. */
  readonly duration?: number | undefined;
  readonly title?: string | undefined;
  readonly performer?: string | undefined;
}

/** A voice message: Opus in Ogg. Its duration is read from the file. */
export interface OutgoingVoice extends AnyMedia {
  readonly type: 'voice';
  /** Seconds. */
  readonly duration?: number | undefined;
  /** Up to 100 amplitudes, 0 … 31; or those packed already, as `packWaveform` does it. */
  readonly waveform?: readonly number[] | Uint8Array | undefined;
  readonly ttlSeconds?: number | undefined;
}

/** A round video message: a square MP4. */
export interface OutgoingVideoNote extends AnyMedia {
  readonly type: 'video-note';
  readonly thumb?: ThumbLike | undefined;
  /** Seconds. */
  readonly duration?: number | undefined;
  /** Pixels of a side. */
  readonly length?: number | undefined;
  readonly ttlSeconds?: number | undefined;
}

/** A sticker: WebP, TGS or WebM. */
export interface OutgoingSticker extends AnyMedia {
  readonly type: 'sticker';
  /** What it stands for. Default: none. */
  readonly emoji?: string | undefined;
  /** An object of type `InputStickerSet`. Default: none. */
  readonly stickerSet?: TlObject | undefined;
  /** For photos: lies over a face. */
  readonly mask?: boolean | undefined;
  /** Pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** A file to send, and what it is sent as. */
export type OutgoingMedia =
  | OutgoingPhoto
  | OutgoingDocument
  | OutgoingVideo
  | OutgoingAnimation
  | OutgoingAudio
  | OutgoingVoice
  | OutgoingVideoNote
  | OutgoingSticker;

/** What a file can be sent as. */
export type MediaKind = OutgoingMedia['type'];

type AnyFields = Omit<OutgoingPhoto, 'type'> &
  Omit<OutgoingDocument, 'type'> &
  Omit<OutgoingVideo, 'type'> &
  Omit<OutgoingAudio, 'type'> &
  Omit<OutgoingVoice, 'type'> &
  Omit<OutgoingVideoNote, 'type'> &
  Omit<OutgoingSticker, 'type'>;

/** Media of any kind, its kind perhaps still to be found out: what all the work is done with. */
export interface MediaFields extends AnyFields {
  readonly type: MediaKind | 'auto';
}

/** What may be sent: media, a file of which the kind is found out, or an object of type `InputMedia` as it is. */
export type SendableMedia = OutgoingMedia | FileLike;

/** What making media needs of the client. */
export interface MediaContext extends FilesContext {
  readonly references: FileReferences;
}

/** What the upload of media takes. */
export interface MediaOptions extends TransferOptions {
  /** Names the upload, so that it can go on after the program was ended: see `UploadOptions`. */
  readonly resume?: string | undefined;
  /** Fetches the URL, instead of the host's. */
  readonly fetch?: FetchFile | undefined;
}
