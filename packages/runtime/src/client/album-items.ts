import { isInputMedia, type OutgoingMedia, type SendableMedia } from '../files/media/index.js';
import type { FormattedText } from '../text/types.js';
import { AlbumError } from './album-error.js';
import { checkInputMedia } from './album-kinds.js';
import type { Caption } from './send-options.js';
import { formatted } from './send-shared.js';

/** A file of an album with a text of its own. */
export interface CaptionedMedia extends Caption {
  readonly media: SendableMedia;
}

/** A file of an album: media with or without a caption among their fields, a file, or either as `media`. */
export type AlbumItem = SendableMedia | (OutgoingMedia & Caption) | CaptionedMedia;

/** An item, taken apart. */
export interface ReadItem {
  readonly media: SendableMedia;
  readonly caption: FormattedText;
}

/**
 * @param general - the caption of the album: the first item has it, if it has none of its own.
 * @throws AlbumError, TextError.
 */
export function readItem(item: AlbumItem, at: number, general: Caption): ReadItem {
  const media = isCaptioned(item) ? item.media : item;
  if (isInputMedia(media)) checkInputMedia(media._, at);
  const own: Caption = mayHaveCaption(item) ? item : {};
  const text = own.caption ?? (at === 0 ? general.caption : undefined) ?? '';
  const caption = formatted(text, own.parseMode ?? general.parseMode);
  if (caption.buttons) {
    throw new AlbumError(
      'ALBUM_BUTTONS',
      `The caption of item ${at} asks for link buttons: an album has no keyboard, use links in the text`,
    );
  }
  return { media, caption };
}

function isCaptioned(item: AlbumItem): item is CaptionedMedia {
  return mayHaveCaption(item) && 'media' in item;
}

/** TL objects have fields of that name too, and files none. */
function mayHaveCaption(item: unknown): item is Caption {
  if (typeof item !== 'object' || item === null || '_' in item) return false;
  return 'media' in item || ('file' in item && 'type' in item);
}
