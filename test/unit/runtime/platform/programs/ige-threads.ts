import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import type { WorkerPool } from '../../../../../packages/runtime/src/crypto/workers/pool.js';
import { nodeWorkers } from '../../../../../packages/runtime/src/platform/node-workers.js';

/** Deciphers in threads, says whether that was right and whether threads did it, and has nothing more to do. */
const pool = nodeWorkers(2) as WorkerPool;
const data = nodeCrypto.randomBytes(1024 * 1024);
const [key, iv] = [nodeCrypto.randomBytes(32), nodeCrypto.randomBytes(32)];
const right = nodeCrypto.aesIgeDecrypt(data, key, iv);
const results = await Promise.all([1, 2, 3].map(() => pool.ige('decrypt', data, key, iv)));
const same = results.every((one) => Buffer.compare(one, right) === 0);
// At the end: nobody waited until idle threads were ended.
process.on('exit', () => {
  console.log(`${same ? 'right' : 'wrong'} broken=${pool.broken} threads=${pool.threads}`);
});
