/// <reference lib="dom" />
import { StorageError, type StorageChange, type StorageDriver } from '@tlgen/runtime';

const STORE = 'values';

const ioError = (cause: DOMException | null): StorageError =>
  new StorageError('io', 'The database of the browser failed', { cause });

/** Resolves with the result of a request. */
const result = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(ioError(request.error)));
  });

/** A storage in the browser's database: it outlives the page. */
export class IndexedDbStorage implements StorageDriver {
  private db: IDBDatabase | null = null;

  constructor(private readonly name: string) {}

  async open(): Promise<void> {
    const request = indexedDB.open(this.name, 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
    this.db = await result(request);
  }

  async get(space: string, key: string): Promise<Uint8Array | null> {
    const found: unknown = await result(this.store('readonly').get([space, key]));
    return found instanceof Uint8Array ? found : null;
  }

  async list(space: string): Promise<readonly (readonly [key: string, value: Uint8Array])[]> {
    const range = IDBKeyRange.bound([space], [space, []]);
    const store = this.store('readonly');
    const [keys, values] = await Promise.all([
      result(store.getAllKeys(range)),
      result(store.getAll(range)),
    ]);
    return keys.map((key, at) => [(key as string[])[1] ?? '', values[at] as Uint8Array] as const);
  }

  async commit(changes: readonly StorageChange[]): Promise<void> {
    const store = this.store('readwrite');
    for (const { space, key, value } of changes) {
      if (value === null) store.delete([space, key]);
      else store.put(value.slice(), [space, key]);
    }
    const { transaction } = store;
    await new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(ioError(transaction.error)));
    });
  }

  async close(): Promise<void> {
    this.db?.close();
    this.db = null;
  }

  private store(mode: IDBTransactionMode): IDBObjectStore {
    if (!this.db) throw new StorageError('closed', 'The storage is not open');
    return this.db.transaction(STORE, mode, { durability: 'strict' }).objectStore(STORE);
  }
}
