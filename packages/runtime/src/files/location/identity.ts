import type { Fields } from './fields.js';

/** Sizes in which every profile photo exists. */
export const SMALL_PROFILE_PHOTO = 'a';
export const BIG_PROFILE_PHOTO = 'c';

/**
 * Names the file at a location: the same for whoever sees it, in whatever form, and whatever its reference.
 *
 * @returns undefined for what is no location.
 * @throws FileError `NO_FILE` when fields of it are missing.
 */
export function identityOf(location: Fields): string | undefined {
  const long = (field: string): string => String(location.long(field));
  const thumb = (): string => thumbSuffix(location.text('thumbSize'));
  switch (location.name) {
    case 'inputPhotoFileLocation':
      return photoIdentity(location.long('id'), location.text('thumbSize'));
    case 'inputPhotoLegacyFileLocation':
      return `photo:${long('id')}:${long('volumeId')}.${location.needInt('localId')}`;
    case 'inputDocumentFileLocation':
      return `document:${long('id')}${thumb()}`;
    case 'inputPeerPhotoFileLocation':
      return photoIdentity(
        location.long('photoId'),
        location.flag('big') ? BIG_PROFILE_PHOTO : SMALL_PROFILE_PHOTO,
      );
    case 'inputEncryptedFileLocation':
      return `encrypted:${long('id')}`;
    case 'inputSecureFileLocation':
      return `secure:${long('id')}`;
    case 'inputTakeoutFileLocation':
      return 'takeout';
    case 'inputFileLocation':
      return `volume:${long('volumeId')}.${location.needInt('localId')}`;
    case 'inputStickerSetThumb':
      return `sticker-set:${setName(location)}:${location.needInt('thumbVersion')}`;
    case 'inputGroupCallStream':
      return streamIdentity(location);
    case 'inputWebFileLocation':
      return `web:${location.needText('url')}`;
    case 'inputWebFileGeoPointLocation':
      return mapIdentity(location);
    case 'inputWebFileAudioAlbumThumbLocation':
      return albumIdentity(location);
    default:
      return undefined;
  }
}

/** A size of a photo, wherever it stands. */
export const photoIdentity = (id: bigint, letter: string | undefined): string =>
  `photo:${id}${thumbSuffix(letter)}`;

/** A document, or a thumbnail of it. */
export const documentIdentity = (id: bigint, letter: string): string =>
  `document:${id}${thumbSuffix(letter)}`;

const thumbSuffix = (letter: string | undefined): string => (letter ? `:${letter}` : '');

function setName(location: Fields): string {
  const set = location.object('stickerset');
  if (!set || set.raw('id') === undefined) {
    return set?.text('shortName') ?? set?.text('emoticon') ?? set?.name ?? 'none';
  }
  return String(set.long('id'));
}

function streamIdentity(location: Fields): string {
  const call = location.object('call');
  const id = call?.raw('id') === undefined ? 'none' : String(call.long('id'));
  const video = `${location.int('videoChannel') ?? ''}.${location.int('videoQuality') ?? ''}`;
  return `stream:${id}:${location.long('timeMs')}:${location.needInt('scale')}:${video}`;
}

function mapIdentity(location: Fields): string {
  const point = location.object('geoPoint');
  const numbers = [point?.raw('lat'), point?.raw('long')].map((one) => Number(one ?? 0));
  const sizes = ['w', 'h', 'zoom', 'scale'].map((field) => location.needInt(field));
  return `map:${[...numbers, ...sizes].join(',')}`;
}

function albumIdentity(location: Fields): string {
  const size = location.flag('small') ? 'small' : 'big';
  const document = location.object('document');
  if (document?.raw('id') !== undefined) return `album:${document.long('id')}:${size}`;
  return `album:${location.text('performer') ?? ''}:${location.text('title') ?? ''}:${size}`;
}
