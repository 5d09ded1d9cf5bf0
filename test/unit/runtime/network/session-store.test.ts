import { beforeEach, describe, expect, it } from 'vitest';
import { SessionStore } from '../../../../packages/runtime/src/network/session-store.js';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import { Store } from '../../../../packages/runtime/src/storage/store.js';
import type { StorageDriver } from '../../../../packages/runtime/src/storage/types.js';
import { settle } from './fakes/clock.js';

const KEY = new Uint8Array(256).fill(3);

/** Opens, commits and closes when the test says so, and keeps a diary. */
class SlowStorage extends MemoryStorage {
  readonly diary: string[] = [];
  readonly gates: (() => void)[] = [];

  override open(): Promise<void> {
    return this.slowly('open', () => super.open());
  }

  override commit(changes: Parameters<MemoryStorage['commit']>[0]): Promise<void> {
    return this.slowly('commit', () => super.commit(changes));
  }

  override close(): Promise<void> {
    this.diary.push('close');
    return super.close();
  }

  /** Lets one step go on after the other until nothing waits. */
  async run(): Promise<void> {
    for (;;) {
      await settle();
      const gate = this.gates.shift();
      if (!gate) return;
      gate();
    }
  }

  private async slowly(name: string, step: () => Promise<void>): Promise<void> {
    this.diary.push(`${name} begins`);
    await new Promise<void>((resolve) => this.gates.push(resolve));
    await step();
    this.diary.push(`${name} ends`);
  }
}

const storeOver = (driver: StorageDriver): SessionStore => {
  const state = new Store(driver, {
    after: () => ({ cancel: () => undefined }),
    saveInterval: () => 30,
  });
  return new SessionStore(state, 'main', 2);
};

let storage: SlowStorage;
let store: SessionStore;
beforeEach(() => {
  storage = new SlowStorage();
  store = storeOver(storage);
});

describe('closing the store', () => {
  it('conn/close-leaves-nothing: waits for a storage that is being opened, and closes it then', async () => {
    const opened = store.open().catch(() => undefined);
    const closed = store.close();
    await storage.run();
    await Promise.all([opened, closed]);
    expect(storage.diary).toEqual([
      'open begins',
      'open ends',
      // The stamp of the format.
      'commit begins',
      'commit ends',
      'close',
    ]);
  });

  it('comes after what was written before, and nothing is written after it', async () => {
    const opened = store.open();
    await storage.run();
    await opened;
    const written = store.newKey(2, KEY, 1n, 0);
    const closed = store.close();
    const late = store.setHome(4);
    const refused = expect(late).rejects.toMatchObject({ code: 'closed' });
    await storage.run();
    await Promise.all([written, closed, refused]);
    expect(storage.diary.slice(4)).toEqual(['commit begins', 'commit ends', 'close']);
  });

  it('leaves alone a storage that another client has open, or that it never opened', async () => {
    const shared = new MemoryStorage();
    await shared.open();
    const second = storeOver(shared);
    await expect(second.open()).rejects.toMatchObject({ code: 'locked' });
    await second.close();
    await storeOver(shared).close();
    await shared.commit([]);
  });

  it('a write that failed is told to who asked for it, not to those after', async () => {
    const memory = new MemoryStorage();
    store = storeOver(memory);
    await store.open();
    memory.commit = () => Promise.reject(new Error('disk full'));
    await expect(store.setHome(4)).rejects.toThrow('disk full');
    // There is no key for that data center: nothing to write.
    await store.imported(3, 5n);
  });
});
