import { extensionOf } from '../source/index.js';
import type { FileKind, RemoteFile } from './types.js';

/** What files are called and end in when nothing tells. */
const BY_KIND: Readonly<Record<FileKind, readonly [name: string, extension: string]>> = {
  thumbnail: ['thumbnail', '.jpg'],
  'profile-photo': ['profile_photo', '.jpg'],
  photo: ['photo', '.jpg'],
  voice: ['voice', '.ogg'],
  video: ['video', '.mp4'],
  document: ['document', ''],
  encrypted: ['encrypted', ''],
  temp: ['temp', ''],
  sticker: ['sticker', '.webp'],
  audio: ['audio', '.mp3'],
  animation: ['animation', '.mp4'],
  'video-note': ['video_note', '.mp4'],
  web: ['web', ''],
  other: ['file', ''],
};

/**
 * A name for a downloaded file: the sender's, else one of kind and time (UTC): `photo_2024-01-31_12-00-00.jpg`. The
 * sender's may be anything: clean it before it becomes a path.
 */
export function suggestedName(
  file: Pick<RemoteFile, 'kind' | 'name' | 'mimeType' | 'date' | 'media'>,
): string {
  if (file.name !== undefined && file.name !== '') return file.name;
  const [name, extension] = BY_KIND[file.kind];
  const when = file.date ? timeOf(file.date) : file.media && String(file.media.id);
  const end = (file.mimeType && extensionOf(file.mimeType)) || extension;
  return `${name}${when === undefined ? '' : `_${when}`}${end}`;
}

function timeOf(date: number): string {
  const text = new Date(date * 1000).toISOString().slice(0, 19);
  return text.replace('T', '_').replaceAll(':', '-');
}
