import { nodeMessageKey, startNodeIgeWorker } from '../crypto/provider/node/ige-worker.js';
import { nodeCrypto } from '../crypto/provider/node.js';
import type { CryptoWorkers } from '../crypto/workers.js';
import { WorkerPool } from '../crypto/workers/pool.js';

/** More threads than this bring nothing: one stream of packets does not fill them. */
const MOST = 4;

/** Threads for ciphers, as many as there are cores; undefined where there is one core only. */
export function nodeWorkers(cores: number): CryptoWorkers | undefined {
  if (cores <= 1) return undefined;
  return new WorkerPool({
    crypto: nodeCrypto,
    size: Math.min(cores, MOST),
    start: startNodeIgeWorker,
    messageKey: nodeMessageKey,
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds).unref();
      return { cancel: () => clearTimeout(timer) };
    },
  });
}
