import {
  fileIdOf,
  parseFileId,
  printUniqueFileId,
  uniqueOf,
  type BotApiFileIds,
} from './file-id/index.js';
import { FileError } from './errors.js';
import {
  suggestedName,
  type FileKind,
  type LocateOptions,
  type RemoteFile,
} from './location/index.js';

/** What is known of a file without asking the server. */
export interface FileInfo {
  readonly kind: FileKind;
  /** The sender's, else one of kind and time. Not to be used as a path unchecked: `downloadToDirectory` checks it. */
  readonly name: string;
  /** undefined: nobody told. */
  readonly mimeType: string | undefined;
  /** Bytes; undefined: nobody told. */
  readonly size: number | undefined;
  /** Unix time, seconds; undefined: nobody told. */
  readonly date: number | undefined;
  /** Data center; undefined: nobody told. */
  readonly dc: number | undefined;
  /** Bot API file ids, of this account; undefined: there are none for files of this kind. */
  readonly ids: BotApiFileIds | undefined;
}

/** @param given - what `file` was found in. */
export function fileInfo(given: unknown, file: RemoteFile, options: LocateOptions): FileInfo {
  const { kind, mimeType, size, date, dc } = file;
  return { kind, name: suggestedName(file), mimeType, size, date, dc, ids: idsOf(given, options) };
}

function idsOf(given: unknown, { thumb }: LocateOptions): BotApiFileIds | undefined {
  if (typeof given === 'string') {
    return { fileId: given, uniqueId: printUniqueFileId(uniqueOf(parseFileId(given))) };
  }
  try {
    return fileIdOf(given, { thumb });
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
