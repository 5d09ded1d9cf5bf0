import * as os from 'node:os';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import { nodeCrypto } from '../crypto/provider/node.js';
import { nodeSecure, nodeSockets } from './node-sockets.js';
import { nodeWebSockets } from './node-web-sockets.js';
import { nodeFileSystem } from './node-file-system.js';
import { nodeLogFile } from './node-log-file.js';
import { nodeWorkers } from './node-workers.js';
import { hostClock } from './timers.js';
import type { Platform } from './types.js';

/** Node.js: TCP, TLS, web sockets by `ws`, cryptography of node:crypto. */
export const nodePlatform: Platform = {
  name: 'node',
  clock: hostClock,
  crypto: nodeCrypto,
  sockets: nodeSockets,
  secure: nodeSecure,
  webSockets: nodeWebSockets,
  gzip: (data) => {
    const packed = gzipSync(data);
    return new Uint8Array(packed.buffer, packed.byteOffset, packed.byteLength);
  },
  logFile: nodeLogFile,
  fileSystem: nodeFileSystem,
  fetchFile: (url, { signal }) => fetch(url, { signal: signal ?? null }),
  workers: nodeWorkers(os.availableParallelism()),
  device: {
    model: `Node.js ${process.versions.node}`,
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    logFile: path.join(os.tmpdir(), 'tlgen.log'),
    langCode: languageOf(process.env['LC_ALL'] ?? process.env['LANG'] ?? ''),
  },
};

/** The same under the name that `#platform` imports. */
export const platform = nodePlatform;

/** `de_DE.UTF-8` is `de`; `C` and `POSIX` say nothing. */
function languageOf(locale: string): string {
  return /^[a-z]{2,3}(?=$|[_.@-])/.exec(locale)?.[0] ?? 'en';
}
