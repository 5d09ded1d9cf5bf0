import { TlgenError } from '@tlgen/codec';

/** Why a file could not be moved. */
export type FileErrorCode =
  /** Nothing that a file can be read from, or not of this kind. */
  | 'BAD_SOURCE'
  /** There is no such path, or it cannot be read or written. */
  | 'FILE_ACCESS'
  /** Telegram takes no files without content. */
  | 'EMPTY'
  /** More than Telegram takes. */
  | 'TOO_LARGE'
  /** A source ended early, went on too long, or is not what it was when the upload began. */
  | 'SOURCE_CHANGED'
  /** A URL did not answer with a file, or must not be fetched past the proxy. */
  | 'FETCH'
  /** Nothing that holds a file, or no such thumbnail. */
  | 'NO_FILE'
  /** A file id that cannot be read. */
  | 'BAD_FILE_ID'
  /** Start and end that no file has. */
  | 'BAD_RANGE'
  /** The reference to the file has expired, and where the file came from is not known or has it no more. */
  | 'REFERENCE_EXPIRED'
  /** The server sent fewer or more bytes than the file has. */
  | 'WRONG_SIZE'
  /** Bytes whose hash is not the announced one. */
  | 'WRONG_HASH'
  /** The key does not belong to the encrypted file. */
  | 'WRONG_KEY'
  /** The server did not take a part, and gave no reason. */
  | 'REFUSED'
  /** A file of that name is there already. */
  | 'EXISTS'
  /** This host has no files, or the layer lacks what is needed. */
  | 'UNSUPPORTED';

/** A transfer cannot be done, or what came is not the file. */
export class FileError extends TlgenError {
  override readonly name = 'FileError';

  constructor(
    readonly code: FileErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
