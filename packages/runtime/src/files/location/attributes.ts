import type { Fields } from './fields.js';
import type { OutlineSize } from './outline-svg.js';
import type { FileKind, FileOrigin } from './types.js';

/** What the attributes of a document say. */
export interface Attributes {
  readonly kind: FileKind;
  readonly name: string | undefined;
  /** Pixels. */
  readonly size: OutlineSize | undefined;
  /** The sticker set it belongs to, if that is named by its id. */
  readonly set: FileOrigin | undefined;
}

/** Reads `documentAttribute…`; those it does not know are passed over. @throws FileError `NO_FILE`. */
export function readAttributes(document: Fields): Attributes {
  const all = document.objects('attributes');
  const named = (name: string): Fields | undefined => all.find((one) => one.name === name);
  const sticker = named('documentAttributeSticker') ?? named('documentAttributeCustomEmoji');
  const video = named('documentAttributeVideo');
  const audio = named('documentAttributeAudio');
  const animated = named('documentAttributeAnimated');
  const name = named('documentAttributeFilename')?.text('fileName');
  return {
    kind: kindBy(sticker, animated, video, audio),
    name: name === '' ? undefined : name,
    size: sides(named('documentAttributeImageSize') ?? video),
    set: setOf(sticker),
  };
}

function kindBy(
  sticker: Fields | undefined,
  animated: Fields | undefined,
  video: Fields | undefined,
  audio: Fields | undefined,
): FileKind {
  if (sticker) return 'sticker';
  if (animated) return 'animation';
  if (video) return video.flag('roundMessage') ? 'video-note' : 'video';
  if (audio) return audio.flag('voice') ? 'voice' : 'audio';
  return 'document';
}

function sides(one: Fields | undefined): OutlineSize | undefined {
  const [width, height] = [one?.int('w') ?? 0, one?.int('h') ?? 0];
  return width > 0 && height > 0 ? { width, height } : undefined;
}

function setOf(sticker: Fields | undefined): FileOrigin | undefined {
  const set = sticker?.object('stickerset');
  if (set?.name !== 'inputStickerSetID') return undefined;
  return { type: 'sticker-set', id: set.long('id'), accessHash: set.long('accessHash') };
}
