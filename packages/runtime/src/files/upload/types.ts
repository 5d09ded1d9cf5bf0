import type { FetchFile } from '../../platform/types.js';
import type { TransferOptions } from '../types.js';

/** What an upload takes beside its source. */
export interface UploadOptions extends TransferOptions {
  /** What the file is called at the receivers. Default: the source's name; else `file` with what its MIME type ends in. */
  readonly name?: string | undefined;
  /** Default: what the source says, else by the name's ending and the first bytes. */
  readonly mimeType?: string | undefined;
  /** Bytes, of a stream: then it must have exactly so many. */
  readonly size?: number | undefined;
  /**
   * A name for this upload. What has arrived at the server is then kept in the client's storage, for up to 12 hours;
   * the next upload with the same name, also in another process, sends only what is missing. When that is another
   * file, it starts anew.
   *
   * It goes on when the same account uploads, and the source has the same name, size and version (a path: the time of
   * the file's change) and the same first 512 KiB. What is read of the rest is compared with what was sent, part by
   * part: a difference is the FileError `SOURCE_CHANGED`, and the next upload starts anew. A path is not read again
   * where it was sent already: there, the time of its change is relied on.
   *
   * One upload at a time with one name.
   */
  readonly resume?: string | undefined;
  /** Fetches a URL, instead of the host's own. */
  readonly fetch?: FetchFile | undefined;
}
