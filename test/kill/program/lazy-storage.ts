import type { StorageChange, StorageDriver } from '../../../packages/runtime/src/storage/types.js';

/** Milliseconds. */
const LATE = 500;

/** A storage with a mistake: it says that something is durable, and writes it a while later. */
export class LazyStorage implements StorageDriver {
  private readonly held = new Map<string, StorageChange>();
  private waiting: StorageChange[][] = [];

  constructor(
    private readonly driver: StorageDriver,
    private readonly what: 'everything' | 'peers',
  ) {}

  open(): Promise<void> {
    return this.driver.open();
  }

  async get(space: string, key: string): Promise<Uint8Array | null> {
    const held = this.held.get(`${space}\n${key}`);
    return held ? held.value : this.driver.get(space, key);
  }

  async list(space: string): Promise<readonly (readonly [key: string, value: Uint8Array])[]> {
    const entries = new Map(await this.driver.list(space));
    for (const change of this.held.values()) {
      if (change.space !== space) continue;
      if (change.value) entries.set(change.key, change.value);
      else entries.delete(change.key);
    }
    return [...entries];
  }

  async commit(changes: readonly StorageChange[]): Promise<void> {
    const ofPeers = changes.every(({ space }) => space.startsWith('peer'));
    if (this.what === 'peers' && !ofPeers) return this.driver.commit(changes);
    for (const change of changes) this.held.set(`${change.space}\n${change.key}`, change);
    this.waiting.push([...changes]);
    setTimeout(() => void this.writeNext(), LATE).unref();
  }

  async close(): Promise<void> {
    while (this.waiting.length > 0) await this.writeNext();
    await this.driver.close();
  }

  private async writeNext(): Promise<void> {
    const changes = this.waiting.shift();
    if (changes) await this.driver.commit(changes);
  }
}
