import { badFileId } from './bad-file-id.js';
import type { PhotoFileType } from './file-types.js';
import type { PhotoSource } from './types.js';

/** Types of files of which one size can be meant. */
const SIZED: readonly PhotoFileType[] = [
  'photo',
  'thumbnail',
  'encrypted-thumbnail',
  'photo-story',
  'self-destructing-photo',
];

/** Whether pictures of that type can be named in that way. */
function fits(source: PhotoSource, type: PhotoFileType): boolean {
  switch (source.type) {
    case 'legacy':
    case 'full-legacy':
      return true;
    case 'thumbnail':
      return SIZED.includes(type);
    case 'dialog-photo':
    case 'dialog-photo-legacy':
      return type === 'profile-photo';
    default:
      return type === 'thumbnail';
  }
}

/** @throws FileError `BAD_FILE_ID` when no file of that type is named in that way. */
export function checkSource(source: PhotoSource, type: PhotoFileType): void {
  if (!fits(source, type)) {
    throw badFileId(`A file id of a ${type} cannot name its picture by ${source.type}`);
  }
}

/** Letters of sizes are ASCII. */
const MAX_LETTER = 127;

/** The letter of a size, from its number. */
export function sizeOf(letter: number): string {
  if (letter < 0 || letter > MAX_LETTER) {
    throw badFileId(`The id is damaged: no size of a photo has the letter ${letter}`);
  }
  return String.fromCharCode(letter);
}

/** The number of a size, from its letter. */
export function letterOf(size: string): number {
  const letter = typeof size === 'string' && size.length === 1 ? size.charCodeAt(0) : -1;
  if (letter < 0 || letter > MAX_LETTER) {
    throw badFileId('The size of a photo is one letter: s, m, x, y, w …');
  }
  return letter;
}
