import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { compiledModule } from '../../wasm/loader.js';
import { NODE_PROGRAM } from '../../workers/program.js';
import type { IgeWorker, IgeWorkerEvents } from '../../workers/types.js';
import type { KeyOffset } from '../types.js';

/**
 * Starts a thread of Node for AES-IGE.
 *
 * @throws where threads are forbidden (permission model) or there is no memory for one.
 */
export function startNodeIgeWorker(events: IgeWorkerEvents): IgeWorker {
  // Options and variables are this program's: with loaders and the like the thread has nothing to do.
  const worker = new Worker(NODE_PROGRAM, { eval: true, execArgv: [], env: {}, name: 'tlgen' });
  worker.on('message', ({ id, buffer }: { id: number; buffer: ArrayBuffer }) =>
    events.onDone(id, buffer),
  );
  worker.on('error', () => events.onLost());
  worker.on('messageerror', () => events.onLost());
  worker.on('exit', () => events.onLost());
  worker.unref();
  worker.postMessage(compiledModule(), []);
  return {
    post: (job) => worker.postMessage(job, [job.buffer]),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
    end: () => void worker.terminate().catch(() => undefined),
  };
}

/** `messageKey2` of OpenSSL, without a copy of the plaintext. */
export function nodeMessageKey(authKey: Uint8Array, plain: Uint8Array, x: KeyOffset): Uint8Array {
  const hash = createHash('sha256').update(authKey.subarray(88 + x, 120 + x));
  return hash.update(plain).digest().subarray(8, 24);
}
