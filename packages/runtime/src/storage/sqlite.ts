import { openPath } from '#storage';
import { checkSqlitePath } from './sqlite-path.js';
import { StorageError, type StorageChange, type StorageDriver } from './types.js';

/**
 * Keeps everything in one SQLite file; needs the package `libsql`, and a host with files.
 *
 * What `commit` has resolved survives the death of the process and of the machine. The file belongs to one client at
 * a time, by a lock that ends with its process; it is readable by its user alone, in a folder that is made if there
 * is none. Its values are not encrypted: see {@link EncryptedStorage} for that.
 *
 * `open()` rejects with StorageError `locked` when another client has the file open, `damaged` when it is no storage
 * of this library, `unsupported` without libsql or files, `io` when the host refuses.
 */
export class SqliteStorage implements StorageDriver {
  private driver: StorageDriver | null = null;

  /**
   * @param path - of the file, made if there is none; relative to the working directory.
   * @throws StorageError `unsupported` for what is no path: empty, `:memory:`, a URL.
   */
  constructor(readonly path: string) {
    checkSqlitePath(path);
  }

  open(): Promise<void> {
    return this.attempt(() => {
      this.driver ??= openPath(this.path);
      return this.driver.open();
    });
  }

  get(space: string, key: string): Promise<Uint8Array | null> {
    return this.attempt(() => this.opened().get(space, key));
  }

  list(space: string): Promise<readonly (readonly [key: string, value: Uint8Array])[]> {
    return this.attempt(() => this.opened().list(space));
  }

  commit(changes: readonly StorageChange[]): Promise<void> {
    return this.attempt(() => this.opened().commit(changes));
  }

  async close(): Promise<void> {
    await this.driver?.close();
  }

  /** What the host throws at once becomes a rejection like all others. */
  private async attempt<T>(step: () => Promise<T>): Promise<T> {
    return step();
  }

  private opened(): StorageDriver {
    if (!this.driver) throw new StorageError('closed', 'The storage is not open');
    return this.driver;
  }
}
