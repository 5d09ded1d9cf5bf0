import { portableCrypto } from '../crypto/provider/portable.js';
import { compiledModule } from '../crypto/wasm/loader.js';
import type { CryptoWorkers } from '../crypto/workers.js';
import { wasmMessageKey } from '../crypto/workers/message-key.js';
import { WorkerPool } from '../crypto/workers/pool.js';
import { WEB_PROGRAM } from '../crypto/workers/program.js';
import type { IgeWorker, IgeWorkerEvents } from '../crypto/workers/types.js';
import { hostClock } from './timers.js';

/** More threads than this bring nothing: one stream of packets does not fill them. */
const MOST = 4;

/** What a browser's `Worker` tells, as far as it is used here. */
export interface WebWorkerEvents {
  readonly message: { readonly data: unknown };
  readonly error: { preventDefault?(): void };
  readonly messageerror: object;
}

/** The part of a browser's `Worker` that is used here. */
export interface WebWorkerLike {
  addEventListener<K extends keyof WebWorkerEvents>(
    type: K,
    listener: (event: WebWorkerEvents[K]) => void,
  ): void;
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  terminate(): void;
}

/** What of the host is needed; each part may be missing. */
export interface WebWorkerHost {
  readonly Worker?: (new (url: string) => WebWorkerLike) | undefined;
  readonly Blob?: (new (parts: readonly string[], options: { type: string }) => object) | undefined;
  readonly URL?:
    { createObjectURL?(blob: object): string; revokeObjectURL?(url: string): void } | undefined;
  readonly navigator?: { readonly hardwareConcurrency?: number } | undefined;
}

/** Threads for ciphers, as many as there are cores; undefined where there is one core, or where there are none. */
export function webWorkersOf(host: WebWorkerHost): CryptoWorkers | undefined {
  const cores = host.navigator?.hardwareConcurrency ?? 1;
  if (cores <= 1 || host.Worker === undefined || host.Blob === undefined) return undefined;
  return new WorkerPool({
    crypto: portableCrypto,
    size: Math.min(cores, MOST),
    start: (events) => start(host, events),
    messageKey: wasmMessageKey,
    after: (milliseconds, callback) => hostClock.after(milliseconds, callback),
  });
}

/** The program comes as a blob: no bundler has to know of it. @throws where a policy forbids that. */
function start({ Worker, Blob, URL }: WebWorkerHost, events: IgeWorkerEvents): IgeWorker {
  if (!Worker || !Blob || !URL?.createObjectURL) throw new Error('this host has no workers');
  const url = URL.createObjectURL(new Blob([WEB_PROGRAM], { type: 'text/javascript' }));
  let worker: WebWorkerLike;
  try {
    worker = new Worker(url);
  } catch (error) {
    URL.revokeObjectURL?.(url);
    throw error;
  }
  // Until it has answered, it may not have fetched the program.
  let fetched = false;
  const release = (): void => {
    if (!fetched) URL.revokeObjectURL?.(url);
    fetched = true;
  };
  worker.addEventListener('message', ({ data }) => {
    release();
    const { id, buffer } = data as { id: number; buffer: ArrayBuffer };
    events.onDone(id, buffer);
  });
  worker.addEventListener('messageerror', () => events.onLost());
  worker.addEventListener('error', (event) => {
    // Nothing is lost by it, so nobody has to read of it in the console.
    event.preventDefault?.();
    events.onLost();
  });
  try {
    worker.postMessage(compiledModule(), []);
  } catch (error) {
    worker.terminate();
    release();
    throw error;
  }
  return {
    post: (job) => worker.postMessage(job, [job.buffer]),
    // A page does not wait for its workers.
    hold: () => undefined,
    end() {
      worker.terminate();
      release();
    },
  };
}
