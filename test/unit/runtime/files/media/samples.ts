/** Tiny files of each format, put together by hand: headers are true, pictures and sounds are not in them. */

export function bytes(...parts: (string | readonly number[] | Uint8Array)[]): Uint8Array {
  const arrays = parts.map((part) =>
    typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : part,
  );
  const all = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}

export const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
export const u16le = (value: number): number[] => u16(value).reverse();
export const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];
export const u32le = (value: number): number[] => u32(value).reverse();
const u64 = (value: number): number[] => [...u32(Math.floor(value / 2 ** 32)), ...u32(value >>> 0)];
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

export const png = (width: number, height: number): Uint8Array =>
  bytes([0x89], 'PNG\r\n', [0x1a], '\n', u32(13), 'IHDR', u32(width), u32(height), [8, 6, 0, 0, 0]);

export const gif = (width: number, height: number): Uint8Array =>
  bytes('GIF89a', u16le(width), u16le(height), [0, 0, 0]);

/** @param before - bytes of other segments before the frame. */
export const jpeg = (width: number, height: number, before = 0): Uint8Array =>
  bytes(
    [0xff, 0xd8],
    before === 0 ? [] : [0xff, 0xe1, ...u16(before + 2), ...zeros(before)],
    // A table, which is no frame although its marker lies among theirs; and filling.
    [0xff, 0xc4, ...u16(3), 0, 0xff],
    [0xff, 0xc2, ...u16(11), 8, ...u16(height), ...u16(width), 1, 1, 0x11, 0],
    [0xff, 0xda, 0, 2, 0xff, 0xd9],
  );

const riff = (chunk: Uint8Array): Uint8Array =>
  bytes('RIFF', u32le(4 + chunk.length), 'WEBP', chunk);

export const webp = {
  lossy: (width: number, height: number): Uint8Array =>
    riff(bytes('VP8 ', u32le(10), [0, 0, 0, 0x9d, 1, 0x2a], u16le(width), u16le(height))),
  lossless: (width: number, height: number): Uint8Array =>
    riff(bytes('VP8L', u32le(5), [0x2f], u32le(((width - 1) | ((height - 1) << 14)) >>> 0))),
  extended: (width: number, height: number): Uint8Array =>
    riff(
      bytes(
        'VP8X',
        u32le(10),
        zeros(4),
        u32le(width - 1).slice(0, 3),
        u32le(height - 1).slice(0, 3),
      ),
    ),
};

export const box = (type: string, ...content: (string | readonly number[] | Uint8Array)[]) => {
  const inside = bytes(...content);
  return bytes(u32(8 + inside.length), type, inside);
};

/** A box with a 64-bit length. */
export const wideBox = (type: string, content: Uint8Array): Uint8Array =>
  bytes(u32(1), type, u64(16 + content.length), content);

export interface Film {
  readonly version?: 0 | 1;
  readonly timescale?: number;
  readonly duration?: number;
  readonly width?: number;
  readonly height?: number;
  readonly turned?: boolean;
  /** Duration of a film in fragments. */
  readonly fragments?: number;
}

const ONE = 0x10000;

const track = (version: 0 | 1, width: number, height: number, turned: boolean): Uint8Array =>
  box(
    'trak',
    box(
      'tkhd',
      [version, 0, 0, 7],
      zeros(version === 1 ? 48 : 36),
      turned
        ? [...u32(0), ...u32(ONE), ...u32(0), ...u32(-ONE), ...zeros(16), ...u32(ONE << 14)]
        : [...u32(ONE), ...zeros(12), ...u32(ONE), ...zeros(12), ...u32(ONE << 14)],
      u32(width * ONE),
      u32(height * ONE),
    ),
  );

export function moov(film: Film): Uint8Array {
  const { version = 0, timescale = 1000, duration = 2500, width = 640, height = 360 } = film;
  return box(
    'moov',
    version === 1
      ? box('mvhd', [1, 0, 0, 0], zeros(16), u32(timescale), u64(duration), zeros(80))
      : box('mvhd', [0, 0, 0, 0], zeros(8), u32(timescale), u32(duration), zeros(80)),
    // Sound first: it has no size.
    track(version, 0, 0, false),
    track(version, width, height, film.turned ?? false),
    film.fragments === undefined ? [] : box('mvex', box('mehd', [0, 0, 0, 0], u32(film.fragments))),
  );
}

/** @param data - bytes of film, and whether they come before or after what describes them. */
export function mp4(
  film: Film = {},
  data: { readonly first: number } | { readonly last: number } = { last: 16 },
): Uint8Array {
  const start = box('ftyp', 'isom', u32(512), 'mp41');
  return 'first' in data
    ? bytes(start, box('mdat', new Uint8Array(data.first)), moov(film))
    : bytes(start, moov(film), box('mdat', new Uint8Array(data.last)));
}

export const page = (serial: number, position: bigint, body: Uint8Array, flags = 0): Uint8Array => {
  const at = new Uint8Array(8);
  new DataView(at.buffer).setBigInt64(0, position, true);
  const lengths = [
    ...Array.from({ length: Math.floor(body.length / 255) }, () => 255),
    body.length % 255,
  ];
  return bytes(
    'OggS',
    [0, flags],
    at,
    u32le(serial),
    u32le(0),
    u32le(0),
    [lengths.length],
    lengths,
    body,
  );
};

/** @param seconds - of sound, as its last page says. */
export const opus = (seconds: number, skip = 312): Uint8Array =>
  bytes(
    page(9, 0n, bytes('OpusHead', [1, 1], u16le(skip), u32le(16_000), [0, 0, 0]), 2),
    page(9, 0n, bytes('OpusTags', zeros(8))),
    page(9, BigInt(Math.round(seconds * 48_000) + skip), new Uint8Array(300)),
    // A page of another stream, and one on which no packet ends.
    page(4, 99_999_999n, new Uint8Array(3)),
    page(9, -1n, new Uint8Array(10)),
  );

export const vorbis = (seconds: number, rate: number): Uint8Array =>
  bytes(
    page(1, 0n, bytes([1], 'vorbis', u32le(0), [2], u32le(rate), zeros(14)), 2),
    page(1, BigInt(seconds * rate), new Uint8Array(40), 4),
  );
