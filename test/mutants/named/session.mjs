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
const INBOX = 'unit/runtime/session/inbox.test.ts';
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
    'if (sessionId !== this.id) {',
    'if (sessionId === 0n && this.id === 0n) {',
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
  mutant('inbox/parity', 'even ids', '(msgId & 1n) === 0n', 'msgId === 0n', IDS),
  mutant('inbox/inbox', 'even ids inside a container', 'checkServerId(inner.msgId);', '', IDS),
  mutant(
    'inbox/parity',
    'answers under ids of news',
    '(msgId & 3n) !== 1n',
    '(msgId & 1n) !== 1n',
    IDS,
  ),
  mutant(
    'inbox/parity',
    'news under ids of answers',
    '(msgId & 3n) !== 3n',
    '(msgId & 1n) !== 1n',
    IDS,
  ),
  mutant(
    'inbox/replay-window',
    'only the last id remembered',
    "if (ids[at] === id) return 'seen';\n    const full",
    "if (ids.at(-1) === id) return 'seen';\n    const full",
    IDS,
  ),
  mutant(
    'inbox/replay-window',
    'a window of one id more',
    'const full = ids.length >= this.size;',
    'const full = ids.length > this.size;',
    IDS,
  ),
  mutant(
    'inbox/replay-window',
    'a window of one id less',
    'const full = ids.length >= this.size;',
    'const full = ids.length >= this.size - 1;',
    IDS,
  ),
  mutant(
    'inbox/replay-window',
    'ids below the window',
    "if (full && at === 0) return 'too-old';",
    '',
    IDS,
  ),
  mutant(
    'inbox/inbox',
    'ids inside a container are not remembered',
    'if (!this.#isNew(inner, now)) return;',
    '',
    IDS,
  ),
  mutant(
    'inbox/inbox',
    'the id of a container is not remembered',
    'if (!this.#isNew(message, now)) return;',
    'if (constructorOf(message.body) !== MsgContainer.id && !this.#isNew(message, now)) return;',
    IDS,
  ),
  mutant(
    'inbox/time-window',
    'the sign of the time window',
    'ids.serverTime(now) - messageIdTime(msgId)',
    'messageIdTime(msgId) - ids.serverTime(now)',
    IDS,
  ),
  mutant(
    'inbox/time-window',
    'messages of 302 seconds ago',
    'OLDEST = 300_000',
    'OLDEST = 302_000',
    IDS,
  ),
  mutant(
    'inbox/time-window',
    'messages of 32 seconds ahead',
    'NEWEST = 30_000',
    'NEWEST = 32_000',
    IDS,
  ),
  mutant(
    'inbox/time-window',
    'the wall clock for server time',
    'ids.serverTime(now) -',
    'now.wall -',
    IDS,
  ),
  mutant('inbox/time-window', 'a guess for server time', 'if (!ids.known) return;', '', INBOX),
  mutant(
    'inbox/inbox',
    'no notices outside of the time window',
    'return this.#notices(message, inflater, late, now);',
    'throw late;',
    IDS,
  ),
  mutant(
    'inbox/inbox',
    'anything counts outside of the time window',
    'all.filter((one) => isNotice(one.body))',
    'all.filter((one) => one.body.length > 0)',
    IDS,
  ),
  mutant(
    'service/bad-message',
    'a notice about nothing sets the clock',
    'messages.length === 0 && acknowledged === undefined ? null : messages',
    'messages.length === -1 ? null : messages',
    IDS,
  ),
  mutant(
    'inbox/inbox',
    'time learned from any message',
    'ids.known || (msgId & 3n) === 1n',
    'ids.known || msgId > 0n',
    INBOX,
  ),
  mutant(
    'inbox/inbox',
    'one bad message ends its container',
    'this.#guard(inner, now, () => this.#inner(inner, message, inflater, now));',
    'this.#inner(inner, message, inflater, now);',
    MISMATCH,
  ),
  mutant(
    'inbox/inbox',
    'refused messages acknowledged',
    'if (!(error instanceof SecurityError)) this.#acknowledge',
    'this.#acknowledge',
    MISMATCH,
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
    'inbox/inbox',
    'ids above that of the container',
    'inner.msgId >= container.msgId',
    'inner.msgId < 0n',
    MISMATCH,
    INBOX,
  ),
  mutant(
    'inbox/inbox',
    'seqno above that of the container',
    ' || inner.seqNo > container.seqNo',
    '',
    INBOX,
  ),
  mutant(
    'inbox/inbox',
    'containers in containers',
    "if (constructorOf(body) === MsgContainer.id) {\n      throw new SecurityError('container', 'a container",
    "if (constructorOf(body) === 0) {\n      throw new SecurityError('container', 'a container",
    MISMATCH,
  ),
  mutant('inbox/inflate', 'no common limit of inflating', 'this.#left -= inner.length;', '', INBOX),
  mutant(
    'inbox/inbox',
    'an ack forgotten',
    'this.#acknowledge(message, now);\n  }\n\n  #acknowledge',
    '}\n\n  #acknowledge',
    CALLS,
  ),
  mutant(
    'inbox/inbox',
    'messages that come twice are not acknowledged again',
    "if (freshness === 'seen') this.#acknowledge(message, now);",
    '',
    INBOX,
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
    CALLS,
  ),
  mutant(
    'service/handlers',
    'acknowledged calls sent twice',
    'if (again || item.call.acknowledged) {',
    'if (again) {',
    CALLS,
  ),
  mutant(
    'service/handlers',
    'calls of a lost session sent twice',
    'if (again || item.call.acknowledged) {',
    'if (item.call.acknowledged) {',
    CALLS,
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
