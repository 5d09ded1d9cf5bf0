/**
 * @param {string} file - in `transport/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `transport: ${name}`,
  file: `packages/runtime/src/transport/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/transport/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const transport = [
  mutant(
    'framing/abridged',
    'the short form one word too long',
    'words < LONG ? 1 : 4',
    'words <= LONG ? 1 : 4',
    'limits',
  ),
  mutant(
    'framing/full',
    'the checksum unchecked',
    'crc32(frame.subarray(0, length - 4)) !== int32At(frame, length - 4) >>> 0',
    'frame.length < 4',
    'limits',
  ),
  mutant(
    'framing/full',
    'the sequence number unchecked',
    'seq !== this.received',
    'seq > 0x7fff_0000',
    'limits',
  ),
  mutant(
    'framing/stream-codec',
    'frames of any length',
    ' || length > this.maxIn + slack',
    '',
    'limits',
  ),
  mutant('obfuscated/init', 'a beginning like TLS', 'first === TLS_WORD ||', '', 'obfuscated'),
  mutant(
    'obfuscated/init',
    'a beginning like the full framing',
    ' ||\n    int32At(init, 4) === 0',
    '',
    'obfuscated',
  ),
  mutant(
    'obfuscated/init',
    'one key for both directions',
    'copyOf(forward).reverse()',
    'copyOf(forward)',
    'obfuscated',
  ),
  mutant(
    'fake-tls/client',
    'the proof of the proxy unchecked',
    '!equalBytes(proof, crypto.hmacSha256(secret, concat(this.random, answer)))',
    'proof.length === 0',
    'fake-tls',
  ),
];
