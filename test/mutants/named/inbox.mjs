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

/** @type {readonly import('./types.js').NamedMutant[]} */
export const inbox = [
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
];
