/**
 * @param {string} file - in `files/encrypted/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/files/encrypted/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `files/encrypted: ${name}`,
  file: `packages/runtime/src/files/encrypted/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/files/encrypted/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const filesEncrypted = [
  mutant('ige-stream', 'every piece begins anew', 'this.#iv = chainOf(', 'chainOf(', 'ige-stream'),
  mutant(
    'ige-stream',
    'pieces pass each other',
    'this.last.then(() => this.process(data))',
    'this.process(data)',
    'ige-stream',
  ),
  mutant(
    'ige-stream',
    'after a piece that failed it goes on',
    'this.last = step;',
    'this.last = step.catch(() => undefined);',
    'ige-stream',
  ),
  mutant('file-key', 'half of the fingerprint', ' ^ view.getInt32(4, true)', '', 'file-key'),
  mutant(
    'file-key',
    'fingerprints of short keys',
    'key.length !== 32 || iv.length !== 32',
    'false',
    'file-key',
  ),
  mutant(
    'file-key',
    'the iv is the key',
    'const iv = crypto.randomBytes(32);',
    'const iv = key;',
    'file-key',
  ),
];
