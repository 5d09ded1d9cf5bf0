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
    mutants: [],
  },
  {
    id: 'dh-prime-safe',
    section: KEY,
    rule: 'The prime is safe: both p and (p − 1) / 2 pass a real primality test, unless this very prime has passed before.',
    mutants: [],
  },
  {
    id: 'dh-generator',
    section: KEY,
    rule: 'g is 2 … 7 and generates the subgroup of prime order: p leaves the remainder that this g demands.',
    mutants: [],
  },
  {
    id: 'dh-public-received',
    section: KEY,
    rule: 'g_a of the server lies within 1 … p − 1 and also at least 2^1984 from either end.',
    mutants: [],
  },
  {
    id: 'dh-public-sent',
    section: KEY,
    rule: 'g_b is held to the same bounds before it is sent.',
    mutants: [],
  },
  {
    id: 'answer-hash',
    section: KEY,
    rule: 'The SHA-1 in front of the decrypted answer is that of the answer, and the padding is no longer than it has to be.',
    mutants: [],
  },
  {
    id: 'nonces',
    section: KEY,
    rule: 'nonce and server_nonce are the ones of this exchange in every message, encrypted ones included.',
    mutants: [],
  },
  {
    id: 'new-nonce-hash',
    section: KEY,
    rule: 'new_nonce_hash1, 2 or 3 proves that the last answer comes from who knows the key.',
    mutants: [],
  },
  {
    id: 'random',
    section: KEY,
    rule: 'Exponents, nonces, padding and ids come from the cryptographic source of the platform.',
    mutants: [],
  },
  {
    id: 'msg-key',
    section: MESSAGES,
    rule: 'msg_key is computed anew over the decrypted bytes, padding included, and compared; before that nothing of them is used.',
    mutants: [],
  },
  {
    id: 'message-length',
    section: MESSAGES,
    rule: 'The length inside the message is not negative, a multiple of 4, and fits what was decrypted.',
    mutants: [],
  },
  {
    id: 'padding',
    section: MESSAGES,
    rule: 'Between 12 and 1024 bytes of padding follow the message.',
    mutants: [],
  },
  {
    id: 'session-id',
    section: MESSAGES,
    rule: 'The session id is that of this session.',
    mutants: [],
  },
  {
    id: 'msg-id-parity',
    section: MESSAGES,
    rule: 'Message ids of the server are odd.',
    mutants: [],
  },
  {
    id: 'msg-id-replay',
    section: MESSAGES,
    rule: 'A message id that was seen before, in a container or outside, is not handled again.',
    mutants: [],
  },
  {
    id: 'msg-id-too-old',
    section: MESSAGES,
    rule: 'A message id below all that are remembered is refused.',
    mutants: [],
  },
  {
    id: 'msg-id-time',
    section: MESSAGES,
    rule: 'A message id is at most 300 seconds behind and 30 seconds ahead of server time, once that is known.',
    mutants: [],
  },
  {
    id: 'mismatch',
    section: MESSAGES,
    rule: 'A message that fails a check is dropped, is answered with nothing, and the client goes on: its neighbours are handled, the connection is made anew where the bytes cannot be trusted.',
    mutants: [],
  },
];
