import { schema } from '@tlgen/telegram/schema';
import type { CallOptions } from '@tlgen/codec';
import { AbortError } from '../../../../../../packages/runtime/src/core/errors.js';
import { nodeCrypto } from '../../../../../../packages/runtime/src/crypto/provider/node.js';
import type { CryptoWorkers } from '../../../../../../packages/runtime/src/crypto/workers.js';
import type { FilesContext } from '../../../../../../packages/runtime/src/files/types.js';
import type { FileSystem } from '../../../../../../packages/runtime/src/platform/file-system.js';
import { MemoryStorage } from '../../../../../../packages/runtime/src/storage/memory.js';
import { Store } from '../../../../../../packages/runtime/src/storage/store.js';
import { Random } from '../../../../../support/random.js';
import { FakeServer, type ServerLimits } from './fake-server.js';

export interface FakeOptions {
  readonly seed?: number;
  readonly limits?: ServerLimits;
  readonly storage?: MemoryStorage;
  readonly server?: FakeServer;
  readonly workers?: CryptoWorkers;
  readonly fileSystem?: FileSystem;
  /** Seconds; 0 writes each change at once. */
  readonly saveInterval?: number;
}

/** A client's side of uploads, with a server in memory. */
export interface Fake {
  readonly context: FilesContext;
  readonly server: FakeServer;
  readonly storage: MemoryStorage;
  readonly store: Store;
  readonly clock: { now: number };
}

export async function fakeContext(options: FakeOptions = {}): Promise<Fake> {
  const random = new Random(options.seed ?? 1);
  const server = options.server ?? new FakeServer(random, options.limits);
  const storage = options.storage ?? new MemoryStorage();
  const store = new Store(storage, {
    after: () => ({ cancel: () => {} }),
    saveInterval: () => options.saveInterval ?? 0,
  });
  await store.open();
  const clock = { now: 1_700_000_000_000 };
  const unused = (): never => {
    throw new Error('not needed here');
  };
  const context: FilesContext = {
    schema,
    log: { log: () => {} },
    crypto: nodeCrypto,
    workers: options.workers,
    fileSystem: options.fileSystem,
    proxied: false,
    state: store,
    settings: { parallel: 4, connections: 2 },
    peers: { inputPeer: unused, inputUser: unused, inputChannel: unused },
    self: () => null,
    now: () => clock.now,
    invoke: server.invoke,
    cancellable,
  };
  return { context, server, storage, store, clock };
}

/** As the client's: the caller's signal gives the work up with an AbortError. */
async function cancellable<T>(
  { signal }: CallOptions,
  what: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort(new AbortError(`${what} was given up`));
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort);
  try {
    controller.signal.throwIfAborted();
    return await work(controller.signal);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
