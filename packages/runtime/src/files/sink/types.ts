/** What is saved, and how. */
export interface SaveOptions {
  /** Says what the bytes are of, the same in each run: only a partial file of the same identity is gone on with. */
  readonly identity: string;
  /** Bytes in all; undefined: nobody knows before the end. */
  readonly size: number | undefined;
  /** Go on with what an earlier save left, and leave what this one got when it fails. */
  readonly resume: boolean;
  /** Take the place of a file of that name. */
  readonly overwrite: boolean;
  /**
   * The bytes from `start` on, in order.
   *
   * @param tail - the last up to 32 bytes on the disk before `start`.
   */
  parts(start: number, tail: Uint8Array): AsyncIterable<Uint8Array>;
}

/** A file that is whole. */
export interface SavedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}
