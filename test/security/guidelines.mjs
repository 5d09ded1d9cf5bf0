/**
 * Telegram's security guidelines for client developers, paragraph by paragraph in our own words; which tests inject
 * the fault that each one is about; and which named mutants switch the check off.
 *
 * @typedef {object} Guideline
 * @property {string} id - tests are titled `guideline/ID: …`.
 * @property {string} section - heading of the guidelines.
 * @property {string} rule - what the client must do.
 * @property {readonly string[]} mutants - names of mutants that switch the check off.
 */

const KEY = 'Diffie–Hellman key exchange';
const MESSAGES = 'MTProto encrypted messages';

/** @type {readonly Guideline[]} */
export const guidelines = [
  {
    id: 'dh-prime-size',
    section: KEY,
    rule: 'The prime has exactly 2048 bits.',
    mutants: ['crypto: a prime of 2047 bits'],
  },
  {
    id: 'dh-prime-safe',
    section: KEY,
    rule: 'The prime is safe: both p and (p − 1) / 2 pass a real primality test, unless this very prime has passed before.',
    mutants: ['crypto: half of the prime untested', 'crypto: a bad verdict forgotten'],
  },
  {
    id: 'dh-generator',
    section: KEY,
    rule: 'g is 2 … 7 and generates the subgroup of prime order: p leaves the remainder that this g demands.',
    mutants: [
      'crypto: a residue of 7 missing',
      'crypto: a residue of 6 too many',
      'crypto: g = 8',
      'handshake: the group unchecked',
    ],
  },
  {
    id: 'dh-public-received',
    section: KEY,
    rule: 'g_a of the server lies within 1 … p − 1 and also at least 2^1984 from either end.',
    mutants: [
      'crypto: margin of one bit less',
      'crypto: lower bound off by one',
      'crypto: no upper bound',
      'handshake: g_a unchecked',
    ],
  },
  {
    id: 'dh-public-sent',
    section: KEY,
    rule: 'g_b is held to the same bounds before it is sent.',
    mutants: ['crypto: g_b sent unchecked', 'crypto: margin of one bit less'],
  },
  {
    id: 'answer-hash',
    section: KEY,
    rule: 'The SHA-1 in front of the decrypted answer is that of the answer, and the padding is no longer than it has to be.',
    mutants: ['handshake: hash of the answer unchecked', 'handshake: padding of two blocks'],
  },
  {
    id: 'nonces',
    section: KEY,
    rule: 'nonce and server_nonce are the ones of this exchange in every message, encrypted ones included.',
    mutants: [
      'handshake: nonce of resPQ unchecked',
      'handshake: nonce of the answer unchecked',
      'handshake: encrypted nonce unchecked',
      'handshake: encrypted server_nonce unchecked',
      'handshake: server_nonce of the verdict unchecked',
    ],
  },
  {
    id: 'new-nonce-hash',
    section: KEY,
    rule: 'new_nonce_hash1, 2 or 3 proves that the last answer comes from who knows the key.',
    mutants: [
      'handshake: new_nonce_hash of a refusal unchecked',
      'handshake: new_nonce_hash1 unchecked',
      'handshake: new_nonce_hash2 unchecked',
      'handshake: new_nonce_hash3 unchecked',
      'handshake: one hash for two verdicts',
    ],
  },
  {
    id: 'random',
    section: KEY,
    rule: 'Exponents, nonces, padding and ids come from the cryptographic source of the platform.',
    mutants: [
      'crypto: a constant exponent',
      'crypto: padding of zeros',
      'crypto: RSA_PAD with a constant key',
      'crypto: RSA_PAD with zeros',
      'handshake: a constant nonce',
      'handshake: a constant new_nonce',
      'session: a constant session id',
      'session: a constant nonce of the binding',
      'session: low bits of ids are zero',
    ],
  },
  {
    id: 'msg-key',
    section: MESSAGES,
    rule: 'msg_key is computed anew over the decrypted bytes, padding included, and compared; before that nothing of them is used.',
    mutants: [
      'crypto: msg_key of short packets unchecked',
      'crypto: msg_key of long packets unchecked',
      'crypto: both directions with one key',
    ],
  },
  {
    id: 'msg-key-first',
    section: MESSAGES,
    rule: 'A wrong msg_key is refused as such, whatever else is wrong: no other error tells what is inside.',
    mutants: ['crypto: msg_key of short packets unchecked'],
  },
  {
    id: 'message-length',
    section: MESSAGES,
    rule: 'The length inside the message is not negative, a multiple of 4, and fits what was decrypted.',
    mutants: [
      'crypto: a length of no whole words',
      'crypto: a negative length',
      'crypto: a length beyond the packet',
    ],
  },
  {
    id: 'padding',
    section: MESSAGES,
    rule: 'Between 12 and 1024 bytes of padding follow the message.',
    mutants: [
      'crypto: padding of 8 bytes',
      'crypto: padding of 12 bytes refused',
      'crypto: padding of 1028 bytes',
      'crypto: padding of 1024 bytes refused',
    ],
  },
  {
    id: 'session-id',
    section: MESSAGES,
    rule: 'The session id is that of this session.',
    mutants: ['session: session id unchecked'],
  },
  {
    id: 'msg-id-parity',
    section: MESSAGES,
    rule: 'Message ids of the server are odd.',
    mutants: [
      'session: even ids',
      'session: even ids inside a container',
      'session: answers under ids of news',
      'session: news under ids of answers',
    ],
  },
  {
    id: 'msg-id-own',
    section: MESSAGES,
    rule: 'Message ids of the client are multiples of 4 and rise for as long as the session lasts, also when the clock is corrected.',
    mutants: ['session: ids that are no multiple of 4', 'session: ids that fall back'],
  },
  {
    id: 'msg-id-replay',
    section: MESSAGES,
    rule: 'A message id that was seen before, in a container or outside, is not handled again.',
    mutants: [
      'session: only the last id remembered',
      'session: ids inside a container are not remembered',
      'session: the id of a container is not remembered',
    ],
  },
  {
    id: 'msg-id-too-old',
    section: MESSAGES,
    rule: 'A message id below all that are remembered is refused.',
    mutants: [
      'session: a window of one id more',
      'session: a window of one id less',
      'session: ids below the window',
    ],
  },
  {
    id: 'msg-id-time',
    section: MESSAGES,
    rule: 'A message id is at most 300 seconds behind and 30 seconds ahead of server time, once that is known.',
    mutants: [
      'session: the sign of the time window',
      'session: messages of 302 seconds ago',
      'session: messages of 32 seconds ahead',
      'session: the wall clock for server time',
    ],
  },
  {
    id: 'msg-id-time-notices',
    section: MESSAGES,
    rule: 'Outside of that time only notices that correct salt and clock are handled, and only those about a message that was sent.',
    mutants: [
      'session: no notices outside of the time window',
      'session: anything counts outside of the time window',
      'session: a notice about nothing sets the clock',
    ],
  },
  {
    id: 'mismatch',
    section: MESSAGES,
    rule: 'A message that fails a check is dropped, is answered with nothing, and the client goes on: its neighbours are handled, the connection is made anew where the bytes cannot be trusted.',
    mutants: [
      'session: one bad message ends its container',
      'session: refused messages acknowledged',
      'session: a damaged connection kept',
      'session: a connection kept after a failed key exchange',
      'session: ids above that of the container',
      'session: containers in containers',
    ],
  },
];
