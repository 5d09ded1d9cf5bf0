import { StorageError, type StorageChange, type StorageDriver } from './types.js';

/**
 * Keeps everything in memory: gone with the process, kept from one client to the next within it.
 *
 * One client at a time; `open()` of a second one rejects with StorageError `locked`.
 */
export class MemoryStorage implements StorageDriver {
  // Not to be printed: keys are in it.
  readonly #spaces = new Map<string, Map<string, Uint8Array>>();
  /** What is in it, whether it is open or not. */
  protected readonly contents: Pick<StorageDriver, 'get' | 'list'> = {
    get: (space, key) => Promise.resolve(this.#spaces.get(space)?.get(key)?.slice() ?? null),
    list: (space) => Promise.resolve(this.entriesOf(space)),
  };
  private isOpen = false;

  async open(): Promise<void> {
    if (this.isOpen) {
      throw new StorageError(
        'locked',
        'Another client has this storage open: close that client first, or give each its own storage',
      );
    }
    this.isOpen = true;
  }

  async get(space: string, key: string): Promise<Uint8Array | null> {
    this.checkOpen();
    return this.contents.get(space, key);
  }

  async list(space: string): Promise<readonly (readonly [key: string, value: Uint8Array])[]> {
    this.checkOpen();
    return this.entriesOf(space);
  }

  private entriesOf(space: string): (readonly [key: string, value: Uint8Array])[] {
    return [...(this.#spaces.get(space) ?? [])].map(
      ([key, value]) => [key, value.slice()] as const,
    );
  }

  async commit(changes: readonly StorageChange[]): Promise<void> {
    this.checkOpen();
    // All copies first: what cannot be copied must not be found out half-way.
    const copies = changes.map((change) => ({
      ...change,
      value: change.value && new Uint8Array(change.value),
    }));
    for (const { space, key, value } of copies) {
      if (value === null) {
        this.#spaces.get(space)?.delete(key);
        continue;
      }
      let entries = this.#spaces.get(space);
      if (!entries) this.#spaces.set(space, (entries = new Map()));
      entries.set(key, value);
    }
  }

  async close(): Promise<void> {
    this.isOpen = false;
  }

  private checkOpen(): void {
    if (!this.isOpen) throw new StorageError('closed', 'The storage is not open');
  }
}
