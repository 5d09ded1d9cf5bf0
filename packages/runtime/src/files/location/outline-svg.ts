/** What bytes from 192 mean: `path[byte - 192]`. */
const WORDS = 'AACAAAAHAAALMAAAQASTAVAAAZaacaaaahaaalmaaaqastava.az0123456789-,';

/** Sides of the picture an outline belongs to, pixels. */
export interface OutlineSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The picture that a `photoPathSize` means, as SVG ("Vector thumbnails" in https://core.telegram.org/api/files).
 *
 * @param size - of the sticker; 512 × 512 when nobody told.
 */
export function outlineSvg(path: Uint8Array, size?: OutlineSize): Uint8Array {
  const { width = 512, height = 512 } = size ?? {};
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">` +
    `<path d="${unpacked(path)}"/></svg>`;
  return new TextEncoder().encode(svg);
}

/** Two high bits: a letter or digit of its own, else what goes before the number in the six others. */
function unpacked(path: Uint8Array): string {
  const words = ['M'];
  for (const byte of path) {
    if (byte >= 192) words.push(WORDS.charAt(byte - 192));
    else words.push(byte >= 128 ? ',' : byte >= 64 ? '-' : '', String(byte & 63));
  }
  words.push('z');
  return words.join('');
}
