import type { FileKind } from '../location/types.js';

/**
 * Types of files, as TDLib numbers them: the index is the number. `secure-decrypted`, `secure-encrypted`, `encrypted`
 * and `encrypted-thumbnail` belong to Telegram Passport and secret chats; `background` is a wallpaper that is a
 * document, `wallpaper` one that was a photo.
 */
export const FILE_TYPES = [
  'thumbnail',
  'profile-photo',
  'photo',
  'voice',
  'video',
  'document',
  'encrypted',
  'temp',
  'sticker',
  'audio',
  'animation',
  'encrypted-thumbnail',
  'wallpaper',
  'video-note',
  'secure-decrypted',
  'secure-encrypted',
  'background',
  'document-as-file',
  'ringtone',
  'call-log',
  'photo-story',
  'video-story',
  'self-destructing-photo',
  'self-destructing-video',
  'self-destructing-video-note',
  'self-destructing-voice',
  'live-photo',
  'self-destructing-live-photo',
] as const;

/** Type of a file, by name. */
export type FileType = (typeof FILE_TYPES)[number];

/** Types whose ids tell which size of which picture is meant. */
export const PHOTO_TYPES = [
  'thumbnail',
  'profile-photo',
  'photo',
  'encrypted-thumbnail',
  'wallpaper',
  'photo-story',
  'self-destructing-photo',
] as const satisfies readonly FileType[];

export type PhotoFileType = (typeof PHOTO_TYPES)[number];

/** All others: their ids are a number and an access hash. */
export type DocumentFileType = Exclude<FileType, PhotoFileType>;

const PHOTOS: ReadonlySet<string> = new Set(PHOTO_TYPES);

export const isPhotoType = (type: FileType): type is PhotoFileType => PHOTOS.has(type);

/** What unique ids tell apart; the index is the number. */
export const UNIQUE_CLASSES = ['web', 'photo', 'document', 'secure', 'encrypted', 'temp'] as const;

/** The class that files of a type have in unique ids. */
export function uniqueClassOf(
  type: DocumentFileType,
): 'document' | 'secure' | 'encrypted' | 'temp' {
  switch (type) {
    case 'secure-decrypted':
    case 'secure-encrypted':
      return 'secure';
    case 'encrypted':
    case 'temp':
      return type;
    default:
      return 'document';
  }
}

const KINDS: { readonly [T in FileType]?: FileKind } = {
  'encrypted-thumbnail': 'thumbnail',
  'secure-decrypted': 'other',
  'secure-encrypted': 'other',
  wallpaper: 'photo',
  background: 'document',
  'document-as-file': 'document',
  ringtone: 'audio',
  'call-log': 'document',
  'photo-story': 'photo',
  'video-story': 'video',
  'self-destructing-photo': 'photo',
  'self-destructing-video': 'video',
  'self-destructing-video-note': 'video-note',
  'self-destructing-voice': 'voice',
  'live-photo': 'video',
  'self-destructing-live-photo': 'video',
};

/** What a file of that type is, in the words of {@link FileKind}. */
export function fileKindOf(type: FileType): FileKind {
  return KINDS[type] ?? (type as FileKind);
}
