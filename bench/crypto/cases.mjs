import { measure } from '../run-process.mjs';

const KB = 1024;

/** Operation, size of what it works on, least ratio. */
const TABLE = /** @type {[string, string, number, number?][]} */ ([
  ['AES-IGE encrypt 16 KB', 'igeEncrypt', 16 * KB],
  ['AES-IGE encrypt 512 KB', 'igeEncrypt', 512 * KB],
  ['AES-IGE decrypt 16 KB', 'igeDecrypt', 16 * KB],
  ['AES-IGE decrypt 512 KB', 'igeDecrypt', 512 * KB],
  ['obfuscation AES-CTR 1 KB', 'ctr', KB],
  ['obfuscation AES-CTR 512 KB', 'ctr', 512 * KB],
  ['seal 100 B', 'seal', 100, 3.5],
  ['seal 1 KB', 'seal', KB],
  ['seal 46 KB', 'seal', 46 * KB],
  ['seal 512 KB', 'seal', 512 * KB, 2.5],
  ['open 100 B', 'open', 100, 2.5],
  ['open 1 KB', 'open', KB],
  ['open 46 KB', 'open', 46 * KB],
  ['open 512 KB', 'open', 512 * KB, 1.15],
  ['pq factorization', 'factorize', 0, 8],
  ['modPow 2048 bits', 'modPow', 0, 6],
]);

/**
 * @param {number} cpu
 * @param {number} runs
 * @param {() => Promise<string>} server
 * @returns {import('../cases.mjs').Case[]}
 */
export function cryptoCases(cpu, runs, server) {
  const subjects = (
    /** @type {(library: string) => import('../cases.mjs').Subject['run']} */ of,
  ) => [
    { name: 'tlgen', run: of('tlgen') },
    { name: 'mtcute', run: of('mtcute') },
    // Ten times slower in nearly everything: its exact place does not matter.
    { name: 'gramjs', run: of('gramjs'), runs: Math.ceil(runs / 3) },
  ];
  const worker = (/** @type {string[]} */ ...args) =>
    measure(['crypto/worker.mjs', ...args, String(cpu)]);
  return [
    ...TABLE.map(([name, what, size, budget]) => ({
      name,
      unit: 'µs',
      judged: /** @type {const} */ ('ratio'),
      budget,
      subjects: subjects((library) => () => worker(library, what, String(size))),
    })),
    {
      name: 'key exchange',
      unit: 'µs',
      judged: 'ratio',
      subjects: subjects((library) => async () => worker(library, 'handshake', await server())),
    },
  ];
}
