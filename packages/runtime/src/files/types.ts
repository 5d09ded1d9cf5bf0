import type { ApiSchema, CallOptions, TlMethod } from '@tlgen/codec';
import type { Log } from '../core/logger.js';
import type { InvokeOptions } from '../core/types.js';
import type { CryptoProvider } from '../crypto/provider/types.js';
import type { CryptoWorkers } from '../crypto/workers.js';
import type { PeerInputs } from '../peers/types.js';
import type { FileSystem } from '../platform/file-system.js';
import type { FetchFile } from '../platform/types.js';
import type { Store } from '../storage/store.js';

/** How far a transfer is. */
export interface Progress {
  /** Bytes that have arrived: at the server, or here. */
  readonly done: number;
  /** Bytes in all; undefined while nobody knows. */
  readonly total: number | undefined;
  /** 0 … 100, and 100 once only, at the end; undefined while `total` is. */
  readonly percent: number | undefined;
}

/** What every transfer takes. `timeout` counts for the whole of it. */
export interface TransferOptions extends CallOptions {
  /** Called after each part; what it throws ends the transfer. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Parts under way at one time, 1 … 32. Default: the setting `files.parallel`. */
  readonly parallel?: number | undefined;
}

/** Settings of transfers. */
export interface FilesSettings {
  /** Parts of one transfer that are under way at one time. */
  readonly parallel: number;
  /** Connections to one data center that files may take; others are opened when those are busy. */
  readonly connections: number;
}

/** What transfers need of the client. */
export interface FilesContext {
  readonly schema: ApiSchema;
  readonly log: Log;
  readonly crypto: CryptoProvider;
  /** Ciphers beside the main thread; absent: all is done on it. Results are the same. */
  readonly workers?: CryptoWorkers | undefined;
  /** Absent where there are no files, in browsers. */
  readonly fileSystem?: FileSystem | undefined;
  /** Fetches a URL; absent where the host cannot. */
  readonly fetchFile?: FetchFile | undefined;
  /** Whether connections go through a proxy: then nothing may be fetched past it. */
  readonly proxied: boolean;
  /** What outlives the process: uploads to resume. */
  readonly state: Store;
  readonly settings: FilesSettings;
  readonly peers: PeerInputs;
  /** Seconds: shorter waits that the server demands are slept through. Absent: none is. */
  readonly floodWaitBelow?: number | undefined;
  /** Who is signed in; null: nobody. */
  self(): { readonly id: bigint; readonly bot: boolean } | null;
  /** Wall clock, milliseconds. */
  now(): number;
  invoke<Result>(request: TlMethod<Result>, options?: InvokeOptions): Promise<Result>;
  /** Runs work that the caller's signal and timeout, and `close()`, end. @param what - names it in messages. */
  cancellable<T>(
    options: CallOptions,
    what: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
}
