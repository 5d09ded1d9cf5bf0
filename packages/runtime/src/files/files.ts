import type { FileLike, FileSource } from '@tlgen/codec';
import { downloadParts, type DownloadContext } from './download/index.js';
import { checkName, checkWhole } from './check-options.js';
import { FileError } from './errors.js';
import { fileIdOf, type BotApiFileIds, type FileIdOfOptions } from './file-id/index.js';
import { fileInfo, type FileInfo } from './file-info.js';
import {
  locate,
  suggestedName,
  type EncryptedFileLike,
  type LocateOptions,
  type RemoteFile,
} from './location/index.js';
import type { RangeOptions, SaveFileOptions, SaveIntoOptions, WriteOptions } from './options.js';
import { progressFrom } from './progress-from.js';
import { toBytes } from './output/to-bytes.js';
import { toStream, type ByteStream } from './output/to-stream.js';
import { toWritable } from './output/to-writable.js';
import type { WritableLike } from './output/types.js';
import { saveToDirectory, saveToFile, type SavedFile, type SaveOptions } from './sink/index.js';
import { adopting } from './source/index.js';
import type { FileSystem } from '../platform/file-system.js';
import {
  uploadEncrypted,
  uploadFile,
  type EncryptedUpload,
  type UploadedFile,
  type UploadOptions,
} from './upload/index.js';

/** A file at the server: a message, its media, a photo, a document, a Bot API file id, an encrypted file and its key … */
export type RemoteFileLike = FileLike | EncryptedFileLike;

/**
 * Uploads and downloads. It is `client.files`.
 *
 * Downloads take whatever holds a file: a message, its media, a photo, a document, a user or chat (its profile photo),
 * a sticker set, a Bot API file id, an encrypted file with its key. The data center is found, hashes of CDNs are
 * checked, and references that expired are renewed where it is known what the file came with.
 *
 * Everything rejects with FileError when it is the file's or its source's fault, and with what `client.invoke` throws.
 */
export class Files {
  constructor(private readonly context: DownloadContext) {}

  /**
   * Brings a file to the server, in parts. What it resolves with is taken wherever a file is expected; to send it at
   * once, see `client.sendFile`.
   *
   * @param source - a path or URL, bytes, a Blob, a stream of the web or of Node, any async iterable.
   */
  upload(source: FileSource, options?: UploadOptions): Promise<UploadedFile> {
    return adopting([source], () => {
      checkName(options?.name);
      return uploadFile(this.context, source, options);
    });
  }

  /**
   * Brings a file for a secret chat to the server: encrypted, with a key of its own.
   *
   * @see https://core.telegram.org/api/end-to-end#sending-encrypted-files
   */
  uploadEncrypted(source: FileSource, options?: UploadOptions): Promise<EncryptedUpload> {
    return adopting([source], () => {
      checkName(options?.name);
      return uploadEncrypted(this.context, source, options);
    });
  }

  /** The bytes of a file, or of a part of it. They are all in memory: for large files see {@link chunks}. */
  async download(
    file: RemoteFileLike,
    options: RangeOptions = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    const found = this.locate(file, options);
    const { start = 0, end = Infinity } = options;
    const { size } = found;
    return toBytes(
      this.parts(found, options),
      size === undefined ? undefined : Math.max(0, Math.min(end, size) - start),
    );
  }

  /**
   * The bytes of a file, or of a part of it, in order, part by part, of up to 512 KiB. Nothing is asked for before the
   * first one is wanted, some parts are fetched ahead, and leaving the loop ends the download.
   *
   * @throws FileError at once when there is no file.
   */
  chunks(
    file: RemoteFileLike,
    options: RangeOptions = {},
  ): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    return this.parts(this.locate(file, options), options);
  }

  /**
   * The same as a web stream.
   *
   * @throws FileError at once when there is no file.
   */
  stream(file: RemoteFileLike, options: RangeOptions = {}): ByteStream {
    return toStream(this.parts(this.locate(file, options), options));
  }

  /**
   * Writes a file, or a part of it, to a stream of the web or of Node, at the pace the stream has. The stream is ended
   * after the last byte, unless `keepOpen`; when anything fails, also before the first byte, it is destroyed or aborted.
   *
   * @returns bytes written.
   */
  async downloadTo(
    file: RemoteFileLike,
    stream: WritableLike,
    options: WriteOptions = {},
  ): Promise<number> {
    const { signal, timeout } = options;
    return toWritable(
      stream,
      options.keepOpen === true,
      (work) => this.context.cancellable({ signal, timeout }, 'downloading', work),
      (both) => {
        const found = this.locate(file, options);
        return this.parts(found, { ...options, signal: both, timeout: undefined });
      },
    );
  }

  /** Saves a file at that path. The path has the whole file, or nothing. */
  async downloadToFile(
    file: RemoteFileLike,
    path: string,
    options: SaveFileOptions = {},
  ): Promise<SavedFile> {
    const found = this.locate(file, options);
    return saveToFile(this.fileSystem(), path, this.saving(found, options));
  }

  /**
   * Saves a file in that directory, under the sender's name or a suitable one. Names are made safe: no file lands
   * outside of the directory, whatever the sender called it.
   */
  async downloadToDirectory(
    file: RemoteFileLike,
    directory: string,
    options: SaveIntoOptions = {},
  ): Promise<SavedFile> {
    const found = this.locate(file, options);
    const name = checkName(options.name) ?? suggestedName(found);
    return saveToDirectory(this.fileSystem(), directory, name, this.saving(found, options));
  }

  /**
   * What is known of a file; the server is not asked.
   *
   * @throws FileError `NO_FILE`, `BAD_FILE_ID`.
   */
  info(file: RemoteFileLike, options: LocateOptions = {}): FileInfo {
    return fileInfo(file, this.locate(file, options), options);
  }

  /**
   * Bot API ids of the file of an object: `fileId` is good for this account, `uniqueId` is the same for all.
   *
   * @throws FileError `NO_FILE` when there is no file, or files of that kind have no ids.
   */
  ids(media: Exclude<FileLike, string>, options: FileIdOfOptions = {}): BotApiFileIds {
    return fileIdOf(media, options);
  }

  private locate(file: unknown, options: LocateOptions): RemoteFile {
    return locate(this.context.schema, file, options);
  }

  /** None of these bytes are in shared memory, and a page's `Blob`, `Response` and `crypto` want that in their type. */
  private parts(
    file: RemoteFile,
    options: RangeOptions,
  ): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    const parts = downloadParts(this.context, file, options);
    return parts as AsyncGenerator<Uint8Array<ArrayBuffer>, void>;
  }

  private saving(file: RemoteFile, options: SaveFileOptions): SaveOptions {
    checkWhole(options as object);
    const { resume = false, overwrite = false } = options;
    const { identity, bytes } = file;
    const size = file.size ?? bytes?.length;
    return {
      identity,
      size,
      resume,
      overwrite,
      parts: (start, tail) => {
        const onProgress = progressFrom(start, size, options.onProgress);
        return downloadParts(this.context, file, { ...options, start, tail, onProgress });
      },
    };
  }

  private fileSystem(): FileSystem {
    const { fileSystem } = this.context;
    if (fileSystem) return fileSystem;
    throw new FileError(
      'UNSUPPORTED',
      'This host has no files; use download(), chunks() or stream()',
    );
  }
}
