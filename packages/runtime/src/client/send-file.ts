import type { FileLike, PeerLike, TlObject } from '@tlgen/codec';
import type { MediaFields, MediaKind, OutgoingMedia, ThumbLike } from '../files/media/index.js';
import { sendMedia } from './send-media.js';
import type { SendMediaContext, SendMediaOptions, SentFile } from './send-options.js';

/** What a file may be sent with; fields that its kind does not have are not used. */
export interface SendFileOptions extends SendMediaOptions {
  /** What it is sent as. Default: `auto`, by MIME type and size as `kindOf` has it. */
  readonly as?: MediaKind | 'auto' | undefined;
  /** The file is an http or https URL, and the server is to fetch it. */
  readonly external?: boolean | undefined;
  /** Hidden until it is tapped on. */
  readonly spoiler?: boolean | undefined;
  /** Seconds it can be seen after it was opened. */
  readonly ttlSeconds?: number | undefined;
  /** Instead of the name the source has. */
  readonly name?: string | undefined;
  /** Instead of what name and content tell. */
  readonly mimeType?: string | undefined;
  /** Bytes, of a stream: then it must have exactly so many. */
  readonly size?: number | undefined;
  /** A small JPEG, at most 200 KiB. */
  readonly thumb?: ThumbLike | undefined;
  /** Seconds. */
  readonly duration?: number | undefined;
  /** Pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Of a round video message: pixels of a side. */
  readonly length?: number | undefined;
  readonly supportsStreaming?: boolean | undefined;
  readonly muted?: boolean | undefined;
  /** Of a video: a picture shown before it is played. */
  readonly cover?: FileLike | undefined;
  /** Of a video: seconds into it at which it starts. */
  readonly startsAt?: number | undefined;
  /** Of music. */
  readonly title?: string | undefined;
  readonly performer?: string | undefined;
  /** Of a voice message: up to 100 amplitudes, 0 … 31. */
  readonly waveform?: readonly number[] | Uint8Array | undefined;
  /** Of a sticker. */
  readonly emoji?: string | undefined;
  readonly stickerSet?: TlObject | undefined;
  readonly mask?: boolean | undefined;
  /** Of a document: nothing else is made of it. Default: true. */
  readonly forceFile?: boolean | undefined;
}

/**
 * Sends a file: a path or URL, bytes, a Blob, a stream; one that was uploaded; or one that is at the server already: a
 * message, its media, a photo, a document, a Bot API file id. As `sendMedia`, with everything about the file among the
 * options.
 *
 * @throws as `sendMedia` does.
 */
export function sendFile(
  context: SendMediaContext,
  peer: PeerLike,
  file: FileLike,
  options: SendFileOptions = {},
): Promise<SentFile> {
  const fields: MediaFields = { ...options, type: options.as ?? 'auto', file };
  return sendMedia(context, peer, fields as OutgoingMedia, options);
}
