import type { TransferOptions } from './types.js';
import type { LocateOptions } from './location/types.js';

/** What every download takes. `timeout` counts for the whole of it. */
export interface DownloadOptions extends TransferOptions, LocateOptions {}

/** What downloads take whose bytes go straight to the caller. */
export interface RangeOptions extends DownloadOptions {
  /** First byte. Default 0. */
  readonly start?: number | undefined;
  /** Byte after the last. More than the file has means its end, which is the default. */
  readonly end?: number | undefined;
}

/** What downloads into a stream take. */
export interface WriteOptions extends RangeOptions {
  /** Leave the stream open after the last byte. One that the download fails for is destroyed all the same. Default false. */
  readonly keepOpen?: boolean | undefined;
}

/** What downloads to the disk take. */
export interface SaveFileOptions extends DownloadOptions {
  /**
   * Go on where an earlier download of the same file to the same place stopped, also in another process; and when this
   * one stops, leave what came for the next. Default false.
   */
  readonly resume?: boolean | undefined;
  /** Take the place of a file of that name. Default false: that is an error, or in a directory another name. */
  readonly overwrite?: boolean | undefined;
}

/** What downloads to a directory take. */
export interface SaveIntoOptions extends SaveFileOptions {
  /** Instead of the name that the sender gave. Made safe as that is: it never leads out of the directory. */
  readonly name?: string | undefined;
}
