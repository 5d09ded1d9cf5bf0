import type { FileSource } from '@tlgen/codec';
import type { FileSystem } from '../../platform/file-system.js';
import type { FetchFile } from '../../platform/types.js';

export type { FileSource };

/** What sources are opened with. */
export interface SourceContext {
  readonly fileSystem?: FileSystem | undefined;
  readonly fetchFile?: FetchFile | undefined;
  readonly proxied: boolean;
}

/** What is known better than the source knows it. */
export interface SourceOptions {
  /** Bytes, of a stream: then it must have exactly so many. */
  readonly size?: number | undefined;
  /** Ends waiting for bytes, and fetching. */
  readonly signal?: AbortSignal | undefined;
  /** Instead of the host's. With a proxy in the settings, URLs need one that goes through it. */
  readonly fetch?: FetchFile | undefined;
}

/** Bytes to upload, whatever they come from. */
export interface OpenedSource {
  /** Bytes; undefined: nobody knows before the end. */
  readonly size: number | undefined;
  /** Last part of a path or URL, or a `File`'s name. */
  readonly name: string | undefined;
  /** As the source tells it. */
  readonly mimeType: string | undefined;
  /** What differs when the content may: time of a file's change. undefined: content alone can tell. */
  readonly version: string | undefined;
  /** Whether {@link seek} works, so that bytes can be read once more. */
  readonly seekable: boolean;
  /**
   * The next `length` bytes; fewer only at the end, none after it. The array is the caller's.
   *
   * @throws FileError `SOURCE_CHANGED` when the size turns out wrong; `FILE_ACCESS`; `FETCH`; what a stream fails with.
   */
  read(length: number): Promise<Uint8Array>;
  /** Goes on from there. @throws FileError `BAD_SOURCE` when the source is not seekable. */
  seek(position: number): void;
  /** Ends it; streams that were not read to their end are cancelled. May be called again. */
  close(): Promise<void>;
}
