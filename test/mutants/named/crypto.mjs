/**
 * @param {string} file - in `crypto/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `crypto: ${name}`,
  file: `packages/runtime/src/crypto/${file}.ts`,
  from,
  to,
  tests,
});

const GROUP = 'security/dh-group.test.ts';
const VALUES = 'security/dh-values.test.ts';
const MESSAGES = 'security/messages.test.ts';
const RANDOM = 'security/random.test.ts';
const RSA = 'unit/runtime/crypto/rsa-pad.test.ts';

/** @type {readonly import('./types.js').NamedMutant[]} */
export const crypto = [
  mutant('dh-group', 'a prime of 2047 bits', ' || (prime[0] ?? 0) < 0x80', '', GROUP),
  mutant(
    'dh-group',
    'half of the prime untested',
    ' && crypto.isProbablyPrime(halve(prime), ROUNDS)',
    '',
    GROUP,
  ),
  mutant(
    'dh-group',
    'a bad verdict forgotten',
    'known.set(name, safe);',
    'known.set(name, true);',
    GROUP,
  ),
  mutant('dh-group', 'a residue of 7 missing', '[3n, 5n, 6n]', '[3n, 5n]', GROUP),
  mutant('dh-group', 'a residue of 6 too many', '[19n, 23n]', '[11n, 19n, 23n]', GROUP),
  mutant(
    'dh-group',
    'g = 8',
    '[4, { modulus: 1n',
    '[8, { modulus: 1n, allowed: [0n] }],\n  [4, { modulus: 1n',
    GROUP,
  ),
  mutant('dh-group', 'margin of one bit less', '2048n - 64n', '2048n - 65n', VALUES),
  mutant('dh-group', 'lower bound off by one', 'number < MARGIN', 'number <= MARGIN', VALUES),
  mutant('dh-group', 'no upper bound', ' || number > bigIntFromBytes(prime) - MARGIN', '', VALUES),
  mutant('dh', 'g_b sent unchecked', 'if (inRange(value, prime)) {', 'if (value) {', VALUES),
  mutant(
    'dh',
    'a constant exponent',
    'mix(crypto.randomBytes(DH_SIZE), extraRandom)',
    'mix(new Uint8Array(DH_SIZE).fill(5), extraRandom)',
    RANDOM,
  ),
  mutant(
    'wasm/envelope',
    'msg_key of short packets unchecked',
    'if (module.open2(size, x) === 0) return null;',
    'module.open2(size, x);',
    MESSAGES,
  ),
  mutant(
    'provider/node/envelope',
    'msg_key of long packets unchecked',
    'if (difference === 0) return plain;',
    'if (difference <= 255) return plain;',
    MESSAGES,
  ),
  mutant('envelope', 'a length of no whole words', ' || length % 4 !== 0', '', MESSAGES),
  mutant('envelope', 'a negative length', 'length < 0 || ', '', MESSAGES),
  mutant(
    'envelope',
    'a length beyond the packet',
    ' || length > plain.length - head',
    '',
    MESSAGES,
  ),
  mutant(
    'envelope',
    'padding of 8 bytes',
    'padding < MIN_PADDING ||',
    'padding < MIN_PADDING - 4 ||',
    MESSAGES,
  ),
  mutant(
    'envelope',
    'padding of 12 bytes refused',
    'padding < MIN_PADDING ||',
    'padding <= MIN_PADDING ||',
    MESSAGES,
  ),
  mutant(
    'envelope',
    'padding of 1028 bytes',
    '|| padding > MAX_PADDING',
    '|| padding > MAX_PADDING + 4',
    MESSAGES,
  ),
  mutant(
    'envelope',
    'padding of 1024 bytes refused',
    '|| padding > MAX_PADDING',
    '|| padding >= MAX_PADDING',
    MESSAGES,
  ),
  mutant(
    'envelope',
    'padding of zeros',
    'packet.set(crypto.randomBytes(padding), end);',
    '',
    RANDOM,
  ),
  mutant(
    'envelope',
    'auth_key_id unchecked',
    'authKeyIdOf(packet) !== key.id',
    'packet.length < 8',
    'unit/runtime/crypto/message.test.ts',
  ),
  mutant(
    'envelope',
    'quick ack without its bit',
    '(first | 0x80000000) >>> 0',
    'first >>> 0',
    'unit/runtime/session/mutants.test.ts',
  ),
  mutant(
    'message',
    'both directions with one key',
    "from === 'client' ? 0 : 8",
    "from === 'client' ? 8 : 8",
    MESSAGES,
  ),
  mutant(
    'kdf',
    'msg_key from another piece of the key',
    'x + 88, x + 120',
    'x + 84, x + 116',
    'unit/runtime/crypto/kdf.test.ts',
  ),
  mutant(
    'rsa',
    'RSA of a number above the modulus',
    'if (bigIntFromBytes(block) < modulus) return',
    'if (modulus > 0n) return',
    RSA,
  ),
  mutant(
    'rsa',
    'RSA_PAD with a constant key',
    'crypto.randomBytes(TEMP_KEY)',
    'new Uint8Array(TEMP_KEY).fill(attempt)',
    RANDOM,
  ),
  mutant(
    'rsa',
    'RSA_PAD with zeros',
    'crypto.randomBytes(PADDED - data.length)',
    'new Uint8Array(PADDED - data.length)',
    RANDOM,
  ),
];
