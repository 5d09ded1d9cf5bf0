import { FileError } from '../errors.js';
import { parseFileId } from './file-id.js';
import type { FileId } from './types.js';

/** The Bot API file id that a text is; undefined: it is a path or URL. */
export function knownFileId(text: string): FileId | undefined {
  // Paths with a folder or an ending need not be tried.
  if (!/^[\w-]{10,}$/.test(text)) return undefined;
  try {
    return parseFileId(text);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
