import type {
  StorageChange,
  StorageDriver,
} from '../../../../packages/runtime/src/storage/types.js';
import { StorageError } from '../../../../packages/runtime/src/storage/types.js';

/** What becomes of a write: it goes well, the host fails, or the process dies before or after it is durable. */
export type Fate = 'well' | 'fails' | 'dies-before' | 'dies-after';

/** What is on disk: it outlives every life. */
export class Disk {
  readonly spaces = new Map<string, Map<string, Uint8Array>>();
  writes = 0;

  apply(changes: readonly StorageChange[]): void {
    for (const { space, key, value } of changes) {
      let entries = this.spaces.get(space);
      if (entries === undefined) this.spaces.set(space, (entries = new Map()));
      if (value === null) entries.delete(key);
      else entries.set(key, new Uint8Array(value));
    }
  }
}

/** The storage of one life over the disk of all. A write takes time, in which the process may die. */
export class MortalDriver implements StorageDriver {
  constructor(
    private readonly disk: Disk,
    private readonly fate: (write: number) => Fate,
    private readonly later: (run: () => void) => void,
    private readonly die: (why: string) => void,
  ) {}

  async open(): Promise<void> {}

  get(space: string, key: string): Promise<Uint8Array | null> {
    return Promise.resolve(this.disk.spaces.get(space)?.get(key)?.slice() ?? null);
  }

  list(space: string): Promise<readonly (readonly [key: string, value: Uint8Array])[]> {
    const entries = this.disk.spaces.get(space) ?? new Map<string, Uint8Array>();
    return Promise.resolve([...entries].map(([key, value]) => [key, value.slice()] as const));
  }

  commit(changes: readonly StorageChange[]): Promise<void> {
    const copies = changes.map((one) => ({ ...one, value: one.value?.slice() ?? null }));
    const write = ++this.disk.writes;
    return new Promise((resolve, reject) => {
      // what a life began to write is lost with it: the scheduler does not do the work of the dead
      this.later(() => {
        const fate = this.fate(write);
        if (fate === 'fails') {
          reject(new StorageError('io', 'The disk is full'));
          return;
        }
        if (fate !== 'dies-before') this.disk.apply(copies);
        if (fate === 'well') resolve();
        else
          this.die(
            `at write ${write}, ${fate === 'dies-before' ? 'before' : 'after'} it is durable`,
          );
      });
    });
  }

  async close(): Promise<void> {}
}
