import type { ApiSchema, FileLike, FileSource, UploadedLike } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { FileError } from '../errors.js';
import { knownFileId } from '../file-id/index.js';
import { asInstance } from '../location/as-instance.js';
import { locate, type RemoteFile } from '../location/index.js';
import { isFileSource } from '../source/index.js';
import { tlName } from './given.js';

/** Bytes that have to be uploaded. */
export interface SourceFile {
  readonly type: 'source';
  readonly source: FileSource;
}

/** What was uploaded before, and is in no message yet. */
export interface UploadedBefore {
  readonly type: 'uploaded';
  readonly inputFile: base.TypeInputFile;
  readonly name: string | undefined;
  readonly mimeType: string | undefined;
  readonly size: number | undefined;
  /** Its first bytes; empty: unknown. */
  readonly head: Uint8Array;
}

/** What is at the server. */
export interface FileAtServer {
  readonly type: 'remote';
  readonly remote: RemoteFile;
}

/**
 * Which kind of file was given.
 *
 * @throws FileError `BAD_SOURCE`, `NO_FILE`, `BAD_FILE_ID`.
 */
export function fileOf(
  schema: ApiSchema,
  file: FileLike,
): SourceFile | UploadedBefore | FileAtServer {
  const uploaded = uploadedOf(schema, file);
  if (uploaded) return uploaded;
  if (typeof file === 'string' && knownFileId(file)) {
    return { type: 'remote', remote: locate(schema, file) };
  }
  if (tlName(file) === undefined && isFileSource(file)) return { type: 'source', source: file };
  // Any size will do: the photo is meant.
  const thumb = tlName(file) === 'inputPhoto' ? 'x' : undefined;
  return { type: 'remote', remote: locate(schema, file, { thumb }) };
}

/** undefined: it is something else. */
export function uploadedOf(schema: ApiSchema, file: unknown): UploadedBefore | undefined {
  if (isInputFile(file)) return { ...asUploaded(schema, file), name: nameIn(file) };
  if (typeof file !== 'object' || file === null || tlName(file) !== undefined) return undefined;
  const { inputFile } = file as Partial<UploadedLike>;
  if (tlName(inputFile)?.startsWith('inputEncryptedFile')) {
    throw new FileError(
      'BAD_SOURCE',
      'The file was uploaded for a secret chat, encrypted: upload it once more by client.files.upload',
    );
  }
  if (!isInputFile(inputFile)) return undefined;
  const told = file as { readonly [field in 'name' | 'mimeType' | 'size' | 'head']?: unknown };
  return {
    ...asUploaded(schema, inputFile),
    name: typeof told.name === 'string' ? told.name : nameIn(inputFile),
    mimeType: typeof told.mimeType === 'string' ? told.mimeType : undefined,
    size: typeof told.size === 'number' ? told.size : undefined,
    head: told.head instanceof Uint8Array ? told.head : new Uint8Array(0),
  };
}

function asUploaded(schema: ApiSchema, inputFile: base.TypeInputFile): UploadedBefore {
  return {
    type: 'uploaded',
    inputFile: asInstance(schema, inputFile) as base.TypeInputFile,
    name: undefined,
    mimeType: undefined,
    size: undefined,
    head: new Uint8Array(0),
  };
}

function nameIn(file: base.TypeInputFile): string | undefined {
  const { name } = file as { readonly name?: unknown };
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function isInputFile(value: unknown): value is base.TypeInputFile {
  const name = tlName(value);
  return name === 'inputFile' || name === 'inputFileBig' || name === 'inputFileStoryDocument';
}
