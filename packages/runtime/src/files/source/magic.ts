/** Types that begin with bytes of their own. */
const BEGINNINGS: readonly (readonly [type: string, hex: string])[] = [
  ['image/jpeg', 'ffd8ff'],
  ['image/png', '89504e470d0a1a0a'],
  ['image/gif', '474946383761'],
  ['image/gif', '474946383961'],
  ['image/tiff', '49492a00'],
  ['image/tiff', '4d4d002a'],
  ['audio/flac', '664c6143'],
  ['audio/amr', '2321414d52'],
  ['audio/mpeg', '494433'],
  ['application/pdf', '255044462d'],
  ['application/zip', '504b0304'],
  ['application/zip', '504b0506'],
  ['application/gzip', '1f8b08'],
  ['application/x-7z-compressed', '377abcaf271c'],
  ['application/vnd.rar', '526172211a07'],
  ['application/x-bzip2', '425a68'],
  ['application/x-xz', 'fd377a585a00'],
  ['application/zstd', '28b52ffd'],
  ['application/vnd.sqlite3', '53514c69746520666f726d6174203300'],
];

/** By the fourth word of a RIFF file. */
const RIFF: Readonly<Record<string, string>> = {
  WEBP: 'image/webp',
  WAVE: 'audio/wav',
  'AVI ': 'video/x-msvideo',
};

/** By the brand of a file of the ISO family; all others are MP4. */
const BRANDS: Readonly<Record<string, string>> = {
  'qt  ': 'video/quicktime',
  'M4A ': 'audio/mp4',
  'M4B ': 'audio/mp4',
  heic: 'image/heic',
  heix: 'image/heic',
  mif1: 'image/heif',
  msf1: 'image/heif',
  avif: 'image/avif',
  avis: 'image/avif',
};

/** MIME type by the first bytes of a file; undefined when they tell none of the known ones. */
export function magicType(head: Uint8Array): string | undefined {
  const start = hexOf(head.subarray(0, 16));
  const found = BEGINNINGS.find(([, hex]) => start.startsWith(hex));
  return found?.[0] ?? container(head) ?? mpegAudio(head);
}

function container(head: Uint8Array): string | undefined {
  if (textAt(head, 0, 4) === 'RIFF') return entry(RIFF, textAt(head, 8, 4));
  if (textAt(head, 4, 4) === 'ftyp') {
    const brand = textAt(head, 8, 4);
    return entry(BRANDS, brand) ?? (brand.startsWith('3g') ? 'video/3gpp' : 'video/mp4');
  }
  if (textAt(head, 0, 4) === 'OggS') {
    return textAt(head, 0, 512).includes('\u0080theora') ? 'video/ogg' : 'audio/ogg';
  }
  // EBML; the kind of document is named a few elements later.
  if (hexOf(head.subarray(0, 4)) !== '1a45dfa3') return undefined;
  return textAt(head, 0, 128).includes('webm') ? 'video/webm' : 'video/x-matroska';
}

/** A frame of MPEG audio begins with eleven set bits; fields that no frame has tell it from other data. */
function mpegAudio(head: Uint8Array): string | undefined {
  const [first = 0, second = 0, third = 0] = head;
  if (head.length < 4 || first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  const version = (second >> 3) & 3;
  const layer = (second >> 1) & 3;
  if (layer === 0) return (second & 0xf6) === 0xf0 ? 'audio/aac' : undefined;
  // Layer I is in no use, and looks as text of UTF-16 does.
  if (layer === 3) return undefined;
  const bitrate = third >> 4;
  const sampling = (third >> 2) & 3;
  return version === 1 || bitrate === 15 || sampling === 3 ? undefined : 'audio/mpeg';
}

const entry = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));
