/** What is known of a file before it is read. */
export interface FileStat {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly isDirectory: boolean;
  /** Names it has: hard links. */
  readonly links: number;
}

/** An open file. */
export interface OpenFile {
  stat(): Promise<FileStat>;
  /** Up to `length` bytes at `position`; fewer only at the end of the file. The array is the caller's. */
  read(position: number, length: number): Promise<Uint8Array>;
  /** Writes all of it. */
  write(position: number, bytes: Uint8Array): Promise<void>;
  truncate(size: number): Promise<void>;
  /** Resolves when all that was written is on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Files of the host. What fails rejects with the host's error, which has a `code`: `ENOENT`, `EEXIST`, `EACCES` … */
export interface FileSystem {
  /** `read`: must be there; `create`: must not be there; `update`: is made where it is not there, and kept as it is. */
  open(path: string, mode: 'read' | 'create' | 'update'): Promise<OpenFile>;
  /** null: there is none. */
  stat(path: string): Promise<FileStat | null>;
  /** Takes the place of what is at `to`. */
  rename(from: string, to: string): Promise<void>;
  /** Gives the file a second name; fails with `EEXIST` when `to` is there. */
  link(from: string, to: string): Promise<void>;
  /** No error when it is not there. */
  remove(path: string): Promise<void>;
  /** Last part of a path. */
  baseName(path: string): string;
  directoryOf(path: string): string;
  join(directory: string, name: string): string;
  /** Path of a `file:` URL. */
  pathOf(url: string): string;
}
