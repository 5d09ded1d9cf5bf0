import { schema } from '@tlgen/telegram/schema';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import { Store } from '../../../../packages/runtime/src/storage/store.js';
import type { StorageChange } from '../../../../packages/runtime/src/storage/types.js';
import { PeerStore } from '../../../../packages/runtime/src/peers/memory/store.js';

/** A peer store over a real store in memory, and what it writes. */
export class PeerStorage {
  /** Batches that were given to `later`. */
  readonly written: (readonly StorageChange[])[] = [];
  readonly logged: string[] = [];
  now = 1_700_000_000_000;
  /** Fails the next `later`. */
  failing: Error | null = null;
  store: Store;

  constructor(
    private readonly driver = new MemoryStorage(),
    private readonly saveInterval = 30,
  ) {
    this.store = this.makeStore();
  }

  private makeStore(): Store {
    const store = new Store(this.driver, {
      after: () => ({ cancel: () => undefined }),
      saveInterval: () => this.saveInterval,
    });
    const later = store.later.bind(store);
    store.later = (changes) => {
      if (this.failing) {
        const { failing } = this;
        this.failing = null;
        return Promise.reject(failing);
      }
      this.written.push(changes);
      return later(changes);
    };
    return store;
  }

  peers(more: { world?: 'main' | 'test'; cached?: number } = {}): PeerStore {
    return new PeerStore(this.store, {
      registry: schema.registry,
      world: 'main',
      log: { log: (level, message) => void this.logged.push(`${level}: ${message}`) },
      now: () => this.now,
      ...more,
    });
  }

  /** Closes the storage, which writes what waits, and opens it again. */
  async reopen(): Promise<void> {
    await this.store.close();
    this.store = this.makeStore();
    await this.store.open();
  }
}

/** One that is open. */
export async function openStorage(saveInterval = 30): Promise<PeerStorage> {
  const storage = new PeerStorage(new MemoryStorage(), saveInterval);
  await storage.store.open();
  return storage;
}
