import type { CallOptions } from '@tlgen/codec';
import type { RemoteFile } from '../location/types.js';
import type { FilesContext, TransferOptions } from '../types.js';

/** What downloads need of the client. */
export interface DownloadContext extends FilesContext {
  /** The same file with a reference that the server takes. @throws FileError `REFERENCE_EXPIRED`: there is none. */
  refresh(file: RemoteFile, options: CallOptions): Promise<RemoteFile>;
}

/** Which bytes of a file are wanted, and how. */
export interface PartsOptions extends TransferOptions {
  /** First byte. Default 0. */
  readonly start?: number | undefined;
  /** Byte after the last. More than the file has means its end, which is the default. */
  readonly end?: number | undefined;
  /**
   * Encrypted files: plain bytes that come right before `start`, so that decryption goes on in the middle. The last 16
   * do when `start` is a multiple of 16; otherwise `start % 16` more are needed. With fewer, or none, everything before
   * `start` is fetched and decrypted as well. Nothing can tell whether they are the right ones: wrong ones make all
   * that follows wrong.
   */
  readonly tail?: Uint8Array | undefined;
}
