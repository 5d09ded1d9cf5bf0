import type { Facts } from './facts.js';
import { kindOf } from './kind.js';
import type { MediaKind } from './types.js';

/** What Telegram takes as a photo, pixels. */
const MOST_PIXELS = 10_000;
const MOST_RATIO = 20;

/** As {@link kindOf}, of a file that was looked into: photos the server would refuse and music in Ogg are told apart. */
export function kindOfFacts({ mimeType, name, size, width, height, codec }: Facts): MediaKind {
  const kind = kindOf(mimeType, name, size);
  if (kind === 'voice' && codec === 'vorbis') return 'audio';
  if (kind !== 'photo' || width === undefined || height === undefined) return kind;
  const fits =
    width + height <= MOST_PIXELS &&
    Math.max(width, height) <= MOST_RATIO * Math.min(width, height);
  return fits ? 'photo' : 'document';
}
