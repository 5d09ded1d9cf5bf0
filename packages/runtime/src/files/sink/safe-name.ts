/** Bytes of UTF-8; leaves room for a number and for the ending of a partial file within the 255 of most hosts. */
const LONGEST = 200;
/** Bytes; what is longer after the last dot is no extension. */
const LONGEST_EXTENSION = 24;

/** Controls, line separators, what turns the direction of text around or cannot be seen, halves of pairs. */
const HIDDEN =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
/** What some host takes for more than a character of a name. */
const SPECIAL = /[\\/:*?"<>|]/g;
/** What no name begins or ends with. */
const EDGE = /[.\s]/u;
/** Devices of Windows, whatever extension follows. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)/iu;

const encoder = new TextEncoder();
const bytesOf = (text: string): number => encoder.encode(text).length;

/**
 * A name that others chose, as one component of a path on any host: no separators, control characters, characters that
 * hide or turn text around, names of devices of Windows, dots and spaces at the beginning and dots and spaces at the
 * end; at most 200 bytes of UTF-8, the extension kept. A safe name stays as it is.
 *
 * @param fallback - for names of which nothing is left; is made safe too.
 */
export function safeName(name: string | undefined, fallback: string): string {
  return cleaned(name ?? '') || cleaned(fallback) || 'file';
}

function cleaned(name: string): string {
  const plain = trimmed(name.replace(HIDDEN, '').replace(SPECIAL, '_'));
  // Underscores alone are what is left of separators.
  if (/^_*$/.test(plain)) return '';
  return shortened(DEVICE.test(plain) ? `_${plain}` : plain);
}

/** Step by step: a pattern for the end would look at every space before it again and again. */
function trimmed(name: string): string {
  let [start, end] = [0, name.length];
  while (start < end && EDGE.test(name.charAt(start))) start += 1;
  while (start < end && EDGE.test(name.charAt(end - 1))) end -= 1;
  return name.slice(start, end);
}

/** Cut before its extension, between characters. */
function shortened(name: string): string {
  if (bytesOf(name) <= LONGEST) return name;
  const { stem, extension } = splitName(name);
  const kept = bytesOf(extension) > LONGEST_EXTENSION ? '' : extension;
  const room = LONGEST - bytesOf(kept);
  return trimmed(cutToBytes(kept === '' ? name : stem, room) + kept);
}

/** The longest beginning of so many bytes of UTF-8 that ends between characters. */
export function cutToBytes(text: string, bytes: number): string {
  let length = 0;
  let end = 0;
  for (const character of text) {
    length += bytesOf(character);
    if (length > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Before and from the last dot on. */
export function splitName(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return { stem: name, extension: '' };
  return { stem: name.slice(0, dot), extension: name.slice(dot) };
}
