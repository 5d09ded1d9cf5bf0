/**
 * @param {string} file - in `packages/runtime/src/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `files/network: ${name}`,
  file: `packages/runtime/src/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/${test}.test.ts`),
});

const CDN = 'network/cdn';
const INCOMING = 'network/incoming';
const MEDIA = 'network/media-connections';
const WORKERS = 'crypto/workers';

/** @type {readonly import('./types.js').NamedMutant[]} */
export const filesNetwork = [
  mutant(
    'network/network',
    'a CDN with the keys of everybody',
    'this.isCdn(dc) ? this.cdnKeysOf(dc) : undefined',
    'undefined',
    CDN,
  ),
  mutant('network/network', 'temporary keys at a CDN', 'rsaKeys, pfs: false', 'rsaKeys', CDN),
  mutant(
    'core/middleware/authorize',
    'signs in at a CDN',
    'if (network.isCdn(dc)) return atCdn(',
    'if (false) return atCdn(',
    CDN,
  ),
  mutant(
    'core/middleware/authorize',
    'a CDN keeps its first key',
    'if (!known || !hasOtherKey(error)) throw error;',
    'throw error;',
    CDN,
  ),
  mutant(
    'network/pool',
    'a connection for every call',
    'least.pending >= BUSY && usable.length < this.options.most()',
    'least.pending >= BUSY',
    MEDIA,
  ),
  mutant(
    'network/data-center',
    'media connections make keys of their own',
    "if (kind === 'media') await this.keyMade();",
    '',
    MEDIA,
    'network/data-center',
  ),
  mutant(
    'network/incoming',
    'holds back without bound',
    'if (this.held > MOST_WAITING) this.flush();',
    '',
    INCOMING,
  ),
  mutant(
    'network/incoming',
    'small frames overtake large ones',
    'else if (this.waiting.length === 0) this',
    'else if (true) this',
    INCOMING,
  ),
  mutant(
    'network/incoming',
    'frames of the connection before',
    '    this.waiting = [];',
    '',
    INCOMING,
  ),
  mutant(
    'network/incoming',
    'a pool that fails drops a packet',
    '() => done(undefined)',
    '() => done(null)',
    INCOMING,
  ),
  mutant(
    'client/files-context',
    'proxies of single data centers do not count',
    '[proxy, ...Object.values(perDc).map((one) => one.proxy)]',
    '[proxy]',
    'client/files-proxy',
  ),
  mutant(
    'client/files-context',
    'no proxy counts',
    '[proxy, ...Object.values(perDc).map((one) => one.proxy)]',
    '[]',
    'client/files-proxy',
  ),
  mutant(
    'crypto/workers/pool',
    'msg_key is not compared',
    'if (equalBytes(this.host.messageKey(authKey, plain, x), expected)) return plain;',
    'return plain;',
    WORKERS,
  ),
  mutant(
    'crypto/workers/pool',
    'half of msg_key is compared',
    'equalBytes(this.host.messageKey(authKey, plain, x), expected)',
    'equalBytes(this.host.messageKey(authKey, plain, x).subarray(0, 8), expected.subarray(0, 8))',
    WORKERS,
  ),
  mutant(
    'crypto/workers/pool',
    'the bytes of a packet that was changed stay',
    '    plain.fill(0);\n',
    '',
    WORKERS,
  ),
  mutant(
    'crypto/workers/pool',
    'work of a thread that died is lost',
    'resolve(this.here(decrypt, data, key, iv));',
    "reject(new Error('lost'));",
    WORKERS,
  ),
  mutant(
    'crypto/workers/pool',
    'waits for a thread that says nothing',
    'SILENCE = 20_000',
    'SILENCE = 200_000',
    WORKERS,
  ),
  mutant(
    'crypto/workers/pool',
    'takes the memory of the caller',
    'return buffer.slice(byteOffset, byteOffset + length);',
    'return buffer;',
    WORKERS,
  ),
  mutant('crypto/workers/pool', 'lengths are not checked', 'checkIge(data, key, iv);', '', WORKERS),
  mutant(
    'crypto/workers/pool',
    'the process ends in the middle of work',
    'if (hand.busy++ === 0) hand.worker.hold(true);',
    'hand.busy++;',
    WORKERS,
  ),
  mutant(
    'crypto/workers/program',
    'each piece begins a chain',
    'plainBytes.copyWithin(0, piece.length, piece.length + 32);',
    '',
    WORKERS,
  ),
  mutant(
    'crypto/compare',
    'half of two keys is compared',
    'index < a.length',
    'index < a.length / 2',
    'crypto/bytes',
  ),
  mutant(
    'crypto/compare',
    'lengths are not compared',
    'if (a.length !== b.length) return false;',
    '',
    'crypto/bytes',
  ),
];
