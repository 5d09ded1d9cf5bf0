import type { MediaKind } from './types.js';

/** What Telegram takes as a photo, bytes. */
const PHOTO_LIMIT = 10 * 1024 * 1024;

const VIDEO = new Set(['video/mp4', 'video/quicktime', 'video/x-m4v']);

const AUDIO = new Set([
  'audio/mpeg',
  'audio/mp3',
  'audio/mp4',
  'audio/m4a',
  'audio/x-m4a',
  'audio/aac',
  'audio/flac',
  'audio/x-flac',
]);

const VOICE = new Set(['audio/ogg', 'audio/opus']);

/**
 * What a file is sent as when nobody says it:
 *
 * | MIME type | sent as |
 * | --- | --- |
 * | `image/jpeg`, `image/png` up to 10 MiB | `photo` |
 * | `image/gif` | `animation` |
 * | `video/mp4`, `video/quicktime`, `video/x-m4v` | `video` |
 * | `audio/mpeg`, `audio/mp4`, `audio/aac`, `audio/flac` and their older names | `audio` |
 * | `audio/ogg`, `audio/opus` | `voice` |
 * | all else, `image/webp` (which would become a sticker) among it | `document` |
 *
 * @param mimeType - parameters after `;` do not count.
 * @param name - counts where the MIME type says nothing of use: `.oga`, `.ogg` and `.opus` are voice messages.
 * @param size - bytes; undefined: unknown, which counts as small.
 */
export function kindOf(mimeType: string, name?: string, size?: number): MediaKind {
  const type = (mimeType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (type === 'image/jpeg' || type === 'image/png') {
    return size !== undefined && size > PHOTO_LIMIT ? 'document' : 'photo';
  }
  if (type === 'image/gif') return 'animation';
  if (VIDEO.has(type)) return 'video';
  if (AUDIO.has(type)) return 'audio';
  if (VOICE.has(type)) return 'voice';
  const says = type !== '' && type !== 'application/octet-stream' && type !== 'application/ogg';
  return !says && name !== undefined && /\.(?:oga|ogg|opus)$/i.test(name) ? 'voice' : 'document';
}
