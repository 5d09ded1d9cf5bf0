import type { Fields } from './fields.js';
import { noFile } from './no-file.js';
import { outlineSvg, type OutlineSize } from './outline-svg.js';
import { strippedJpeg } from './stripped-jpeg.js';

/** How much of a picture a size is: whole ones are preferred. */
type Grade = 'whole' | 'stripped' | 'outline' | 'video';

/** Bytes of a vector thumbnail; real ones have some hundreds. */
const MAX_OUTLINE = 65_536;

/** A size in which a photo, a thumbnail or a short video of a profile exists. */
export interface PictureSize {
  /** The letter that names it. */
  readonly letter: string;
  readonly grade: Grade;
  /** Pixels. */
  readonly area: number;
  /** Bytes; undefined: nobody told. */
  readonly size: number | undefined;
  /** MIME type that follows from the kind of size; undefined: what the pictures of that object have. */
  readonly mimeType?: string | undefined;
  /** Makes the whole of it, where that came with the object. */
  readonly content?: (() => Uint8Array) | undefined;
}

/**
 * The sizes in lists of `PhotoSize` and `VideoSize`; empty ones, and profile videos made of emoji, are left out.
 *
 * @param outline - sides of the picture, which vector thumbnails don't say.
 * @throws FileError `NO_FILE` for a size with impossible fields.
 */
export function sizesIn(
  pictures: readonly Fields[],
  videos: readonly Fields[],
  outline?: OutlineSize,
): readonly PictureSize[] {
  return [...pictures, ...videos].flatMap((one) => sizeOf(one, outline) ?? []);
}

function sizeOf(one: Fields, outline: OutlineSize | undefined): PictureSize | undefined {
  switch (one.name) {
    case 'photoSize':
      return { ...frame(one), grade: 'whole', size: one.size('size') };
    case 'photoSizeProgressive': {
      const sizes = one.list('sizes');
      const last = sizes.at(-1);
      const size = last === undefined ? undefined : lastSize(last);
      return { ...frame(one), grade: 'whole', size };
    }
    case 'photoCachedSize': {
      const bytes = one.bytes('bytes');
      return { ...frame(one), grade: 'whole', size: bytes.length, content: () => bytes };
    }
    case 'photoStrippedSize': {
      const content = strippedJpeg(one.bytes('bytes'));
      return content && { ...inline(one, 'image/jpeg', content), grade: 'stripped' };
    }
    case 'photoPathSize': {
      const bytes = one.bytes('bytes');
      if (bytes.length > MAX_OUTLINE) return undefined;
      const content = (): Uint8Array => outlineSvg(bytes, outline);
      return { ...inline(one, 'image/svg+xml', content), grade: 'outline' };
    }
    case 'videoSize': {
      // `f` is the effect of a premium sticker; all others are profile videos and previews.
      const mimeType = one.text('type') === 'f' ? 'application/x-tgsticker' : 'video/mp4';
      return { ...frame(one), grade: 'video', mimeType, size: one.size('size') };
    }
    default:
      return undefined;
  }
}

function frame(one: Fields): Pick<PictureSize, 'letter' | 'area'> {
  const letter = one.needText('type');
  if (letter === '' || letter.length > 8) {
    throw noFile(`${one.name} has a type of ${letter.length} characters: sizes have a letter`);
  }
  const [width, height] = [one.int('w') ?? 0, one.int('h') ?? 0];
  return { letter, area: Math.max(width, 0) * Math.max(height, 0) };
}

function inline(
  one: Fields,
  mimeType: string,
  content: () => Uint8Array,
): Omit<PictureSize, 'grade'> {
  return { ...frame(one), mimeType, size: undefined, content };
}

function lastSize(size: unknown): number {
  if (typeof size === 'number' && Number.isSafeInteger(size) && size >= 0) return size;
  throw noFile('photoSizeProgressive says that the picture has an impossible number of bytes');
}

/**
 * The size that is meant.
 *
 * @param thumb - a letter, `smallest` or `largest`. Those two look among whole pictures; without any, they take the
 * blurred one, then the outline.
 * @param what - names the object in messages.
 * @throws FileError `NO_FILE` when there is no such size.
 */
export function chooseSize(
  sizes: readonly PictureSize[],
  thumb: string,
  what: string,
): PictureSize {
  const extreme = thumb === 'smallest' || thumb === 'largest';
  const found = extreme ? byArea(sizes, thumb) : sizes.find(({ letter }) => letter === thumb);
  if (found) return found;
  const letters = sizes.map(({ letter }) => letter).join(', ');
  const there = letters === '' ? 'it has none' : `it has ${letters}`;
  throw noFile(
    `${what} has no size ${extreme ? '' : `"${thumb.slice(0, 16)}" `}to download: ${there}`,
  );
}

function byArea(
  sizes: readonly PictureSize[],
  which: 'smallest' | 'largest',
): PictureSize | undefined {
  for (const grade of ['whole', 'stripped', 'outline'] as const) {
    const [first, ...rest] = sizes.filter((one) => one.grade === grade);
    if (!first) continue;
    return rest.reduce((best, one) => {
      const more = one.area - best.area || (one.size ?? 0) - (best.size ?? 0);
      return (which === 'largest' ? more > 0 : more < 0) ? one : best;
    }, first);
  }
  return undefined;
}
