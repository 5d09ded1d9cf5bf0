/**
 * @param {string} file - in `session/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `session: ${name}`,
  file: `packages/runtime/src/session/${file}.ts`,
  from,
  to,
  tests,
});

const IDS = 'security/message-ids.test.ts';
const MISMATCH = 'security/mismatch.test.ts';
const CALLS = 'unit/runtime/session/calls.test.ts';
const OUTBOX = 'unit/runtime/session/outbox.test.ts';
const BAD = 'unit/runtime/session/bad-message.test.ts';
const PFS = 'unit/runtime/session/pfs.test.ts';
const TIMING = 'unit/runtime/session/timing.test.ts';
const MUTANTS = 'unit/runtime/session/mutants.test.ts';
const RANDOM = 'security/random.test.ts';

/** @type {readonly import('./types.js').NamedMutant[]} */
export const session = [
  mutant(
    'session',
    'session id unchecked',
    'if (message.sessionId !== this.id) {',
    'if (message.sessionId === 0n && this.id === 0n) {',
    'security/messages.test.ts',
  ),
  mutant(
    'random-long',
    'a constant session id',
    'crypto.randomBytes(8)',
    'new Uint8Array(8).fill(9)',
    RANDOM,
  ),
  mutant(
    'bind/bind-message',
    'a constant nonce of the binding',
    'crypto.randomBytes(8)',
    'new Uint8Array(8).fill(9)',
    RANDOM,
  ),
  mutant(
    'message-ids',
    'low bits of ids are zero',
    'this.#pool = this.#crypto.randomBytes(POOL);',
    'this.#pool = new Uint8Array(POOL);',
    RANDOM,
  ),
  mutant(
    'message-ids',
    'ids that are no multiple of 4',
    'random & RANDOM_MASK & ~3',
    'random & RANDOM_MASK',
    IDS,
  ),
  mutant(
    'message-ids',
    'ids that fall back',
    'fresh > this.#last ? fresh : this.#last + step',
    'fresh > 0n ? fresh : this.#last + step',
    IDS,
  ),
  mutant(
    'message-ids',
    'an offset that grows smaller',
    'if (this.#known && offset <= this.#timeOffset) return false;',
    '',
    'unit/runtime/session/message-ids.test.ts',
  ),
  mutant(
    'service/bad-message',
    'a notice about nothing sets the clock',
    'messages.length === 0 && acknowledged === undefined ? null : messages',
    'messages.length === -1 ? null : messages',
    IDS,
  ),
  mutant(
    'engine',
    'a damaged connection kept',
    'DAMAGED.has(error.code)',
    'DAMAGED.size === 0',
    MISMATCH,
  ),
  mutant(
    'engine/keeper',
    'a connection kept after a failed key exchange',
    "else this.reconnect('the key exchange failed');",
    '',
    MISMATCH,
  ),
  mutant(
    'service/bad-message',
    'acks of a refused packet lost',
    'acks.add(id, now.steady);',
    '',
    BAD,
  ),
  mutant(
    'service/bad-message',
    'the salt not replaced',
    'parts.useSalt(notice.newServerSalt);',
    '',
    BAD,
  ),
  mutant(
    'service/bad-message',
    'bad_msg 16 without the time',
    "[16, ['time'",
    "[16, ['again'",
    BAD,
  ),
  mutant(
    'session-parts',
    'a refused message remembered',
    'parts.outbox.sent.delete(message.msgId);',
    '',
    BAD,
  ),
  mutant(
    'service/handlers',
    'resent by the id of the message, not of the packet',
    'message.packetId >= firstMsgId',
    'message.msgId >= firstMsgId',
    MUTANTS,
  ),
  mutant(
    'service/handlers',
    'acknowledged calls sent twice',
    'if (again || item.call.acknowledged) {',
    'if (again) {',
    MUTANTS,
  ),
  mutant(
    'service/handlers',
    'calls of a lost session sent twice',
    'if (again || item.call.acknowledged) {',
    'if (item.call.acknowledged) {',
    MUTANTS,
  ),
  mutant(
    'service/result',
    'an answered call still asked about',
    'parts.outbox.sent.delete(reqMsgId)',
    'parts.outbox.sent.get(reqMsgId)',
    MUTANTS,
  ),
  mutant('seqno', 'content that is not odd', 'return even + 1;', 'return even;', OUTBOX),
  mutant('session', 'quick acks forgotten', 'this.#tokens.set(token, quickAck);', '', CALLS),
  mutant(
    'timing/salts',
    'a salt used after its time',
    'next.since <= steady; next',
    'next.since <= steady - 60_000; next',
    TIMING,
  ),
  mutant(
    'timing/ping',
    'a silent server never dead',
    "if (dead !== null && steady >= dead) return 'dead';",
    '',
    TIMING,
  ),
  mutant(
    'engine/lifetime',
    'temporary keys renewed too late',
    'RENEW_AFTER = 0.75',
    'RENEW_AFTER = 0.85',
    PFS,
  ),
  mutant(
    'engine/keeper',
    'the permanent key given up at the first refusal',
    'if (!this.#permanent.suspected) {',
    'if (this.#permanent.key === null) {',
    PFS,
  ),
];
