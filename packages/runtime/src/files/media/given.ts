import type { FileLike, TlObject } from '@tlgen/codec';
import { FileError } from '../errors.js';
import type { MediaFields, MediaKind, SendableMedia } from './types.js';

const KINDS: ReadonlySet<unknown> = new Set<MediaKind | 'auto'>([
  'photo',
  'document',
  'video',
  'animation',
  'audio',
  'voice',
  'video-note',
  'sticker',
  'auto',
]);

/** From JavaScript, anything may come. */
interface Given {
  readonly _?: unknown;
  readonly type?: unknown;
  readonly file?: unknown;
}

/** TL name of an object; undefined: it is none. */
export function tlName(value: unknown): string | undefined {
  const name = typeof value === 'object' ? (value as Given | null)?._ : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** Whether it is an object of type `InputMedia`. */
export function isInputMedia(value: unknown): value is TlObject {
  return /^inputMedia(?!Area)/.test(tlName(value) ?? '');
}

/** Media, with what is to be found out left open. @throws FileError `BAD_SOURCE` when its kind is unknown. */
export function fieldsOf(media: SendableMedia): MediaFields {
  if (!isOutgoing(media)) return { type: 'auto', file: media as FileLike };
  if (!KINDS.has(media.type)) {
    const kinds = [...KINDS].join(', ');
    throw new FileError(
      'BAD_SOURCE',
      `Media of type ${JSON.stringify(media.type)}: nothing is sent as that. Types are ${kinds}`,
    );
  }
  return media;
}

/** A Blob has a `type` too, but no file in it; a TL object may have both, and has a name. */
function isOutgoing(value: unknown): value is MediaFields {
  if (typeof value !== 'object' || value === null || tlName(value) !== undefined) return false;
  const { type, file } = value as Given;
  return typeof type === 'string' && file !== undefined;
}
