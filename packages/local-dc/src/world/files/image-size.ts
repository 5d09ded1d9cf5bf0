import type { ImageSize } from './types.js';

/** Reads numbers of a picture's header; null beyond its end. */
class Header {
  readonly #view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  begins(at: number, text: string): boolean {
    return [...text].every((letter, index) => this.bytes[at + index] === letter.charCodeAt(0));
  }

  u16(at: number, little = false): number {
    return at + 2 <= this.bytes.length ? this.#view.getUint16(at, little) : 0;
  }

  u32(at: number, little = false): number {
    return at + 4 <= this.bytes.length ? this.#view.getUint32(at, little) : 0;
  }
}

/** Width and height of a JPEG, PNG, GIF, WebP or BMP, from its header; null for anything else. */
export function imageSizeOf(bytes: Uint8Array): ImageSize | null {
  const header = new Header(bytes);
  const size = (width: number, height: number): ImageSize | null =>
    width > 0 && height > 0 ? { width, height } : null;
  if (header.u16(0) === 0xffd8) return ofJpeg(header, size);
  if (header.begins(0, '\x89PNG\r\n\x1a\n') && header.begins(12, 'IHDR'))
    return size(header.u32(16), header.u32(20));
  if (header.begins(0, 'GIF8')) return size(header.u16(6, true), header.u16(8, true));
  if (header.begins(0, 'BM')) return size(header.u32(18, true), Math.abs(header.u32(22, true) | 0));
  if (header.begins(0, 'RIFF') && header.begins(8, 'WEBP')) return ofWebp(header, size);
  return null;
}

type Size = (width: number, height: number) => ImageSize | null;

/** The frame header is behind other segments, whose lengths lead to it. */
function ofJpeg(header: Header, size: Size): ImageSize | null {
  for (let at = 2; at + 9 < header.bytes.length;) {
    if (header.bytes[at] !== 0xff) return null;
    const marker = header.bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return size(header.u16(at + 7), header.u16(at + 5));
    const alone = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    const length = alone ? 0 : header.u16(at + 2);
    if (!alone && length < 2) return null;
    at += marker === 0xff ? 1 : 2 + length;
  }
  return null;
}

function ofWebp(header: Header, size: Size): ImageSize | null {
  const { bytes } = header;
  const u24 = (at: number): number => header.u16(at, true) | ((bytes[at + 2] ?? 0) << 16);
  if (header.begins(12, 'VP8X')) return size(u24(24) + 1, u24(27) + 1);
  if (header.begins(12, 'VP8L')) {
    const packed = header.u32(21, true);
    return size((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1);
  }
  if (!header.begins(12, 'VP8 ')) return null;
  return size(header.u16(26, true) & 0x3fff, header.u16(28, true) & 0x3fff);
}
