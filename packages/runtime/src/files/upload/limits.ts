/** Bytes of every part but the last: the most that the server takes. */
export const PART_SIZE = 512 * 1024;
/** Files up to here are small: `upload.saveFilePart`, and a checksum where there is one. */
export const SMALL_LIMIT = 10 * 1024 * 1024;
/** Parts of the largest file that any account may send; the server tells those that may send less. */
export const MAX_PARTS = 8000;
/** Bytes of the content that an upload gives back. */
export const HEAD_SIZE = 4096;
/** Milliseconds; after that, servers may have forgotten the parts of a file that was never sent. */
export const FORGOTTEN_AFTER = 12 * 60 * 60 * 1000;
/** How often a part is sent that the server answers with `false`. */
export const ATTEMPTS = 3;
