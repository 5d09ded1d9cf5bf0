/**
 * @param {string} file - in `updates/engine/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/updates/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `updates/engine: ${name}`,
  file: `packages/runtime/src/updates/engine/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/updates/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const updates = [
  mutant(
    'sequence',
    'a sum of waiting counts that counts duplicates twice',
    'if (count > 0 && before?.pts === pts && before.count === count) {',
    'if (false) {',
    'sequence',
  ),
  mutant(
    'sequence',
    'updates of unknown order that add up are not taken',
    'if (this.#pending.length > 0 && this.#highest - this.#sum === position) this.#takeAll(steps);',
    '',
    'boxes',
  ),
  mutant(
    'sequence',
    'a sum that is taken with one number missing',
    'this.#highest - this.#sum === position',
    'this.#highest - this.#sum <= position + 1',
    'channels',
  ),
  mutant(
    'sequence',
    'an update that overlaps what was taken passes for an old one',
    "if (this.position !== null && pts - count < this.position && count > 0) return 'conflict';",
    "if (this.position !== null && pts - count < this.position && count > 0) return 'old';",
    'boxes',
  ),
  mutant(
    'sequence',
    'a waiting update that overlaps what was taken is dropped silently',
    'else if (pts > position) conflict = true;',
    '',
    'sequence',
  ),
  mutant('sequence', 'a gap that nobody notices', 'else this.since ??= now;', '', 'channels'),
  mutant(
    'sequence',
    'each update starts the wait for a gap anew',
    'else this.since ??= now;',
    'else this.since = now;',
    'boxes',
  ),
  mutant(
    'sequence',
    'no limit to what waits for a gap',
    "if (this.#pending.length >= this.limit) return 'full';",
    '',
    'boxes',
  ),
  mutant(
    'sequence',
    'the pts of an own action hides the update itself',
    'before.value ??= entry.value;',
    '',
    'sequence',
  ),
  mutant(
    'run',
    'what finds no room is not asked for',
    "if (offered === 'conflict' || offered === 'full') inquiry.want();",
    '',
    'boxes',
  ),
  mutant(
    'run',
    'pushed updates are delivered while a difference is awaited',
    'if (inquiry.postponing) return;',
    '',
    'boxes',
  ),
  mutant(
    'run',
    'a position that is reached before its update is delivered',
    '  if (value !== null) out.deliver(value, box, ledger);\n  if (reached !== null) ledger.reached(reached);',
    '  if (reached !== null) ledger.reached(reached);\n  if (value !== null) out.deliver(value, box, ledger);',
    'start',
  ),
  mutant(
    'ledger',
    'a position that is saved though nobody acknowledged',
    'else last.mark = mark;',
    'else this.saved = mark;',
    'start',
  ),
  mutant(
    'ledger',
    'an acknowledgement that saves past one that is still open',
    'line.acknowledged = true;',
    'line.acknowledged = true; if (line.mark !== null) this.saved = line.mark;',
    'sequence',
  ),
  mutant(
    'outbox',
    'qts that is confirmed though no journal has the message',
    'if (one === undefined || (one.durable && !stored)) return;',
    'if (one === undefined) return;',
    'start',
  ),
  mutant(
    'inquiry',
    'two differences at a time for one box',
    'return this.#wanted && this.asking === null && this.retryAt === null;',
    'return this.#wanted && this.retryAt === null;',
    'boxes',
  ),
  mutant(
    'inquiry',
    'what was wanted while a difference was awaited is forgotten',
    '    this.#silent = silent && (this.#silent || !this.#wanted);\n    this.#wanted = true;',
    '    this.#silent = silent && (this.#silent || !this.#wanted);\n    this.#wanted ||= this.asking === null;',
    'boxes',
  ),
  mutant(
    'inquiry',
    'a slice that is not followed by the next request',
    'if (!final) this.#wanted = true;',
    '',
    'boxes',
  ),
  mutant(
    'inquiry',
    'errors that are answered by asking at once',
    'this.retryAt = now + (seconds',
    'this.retryAt = now + 0 * (seconds',
    'channels',
  ),
  mutant(
    'inquiry',
    'a back-off that a success does not end',
    '    this.#failures = 0;\n    if (!final)',
    '    if (!final)',
    'start',
  ),
  mutant(
    'classify',
    'qts that takes no number',
    'count: update.qts > 0 ? 1 : 0',
    'count: 0',
    'boxes',
  ),
  mutant(
    'classify',
    'updates of channels counted in the common box',
    "return channel === null ? { box: 'seq' } : { box: channel, pts, count };",
    "return { box: 'common', pts, count };",
    'channels',
  ),
  mutant(
    'container',
    'combined updates that are counted by their last seq',
    'return numbered(updates, updates.seqStart);',
    'return numbered(updates, updates.seq);',
    'boxes',
  ),
  mutant(
    'settings',
    'a gap that is not waited for',
    'gapWait: options.gapWait ?? GAP_WAIT',
    'gapWait: 0',
    'boxes',
  ),
  mutant(
    'alarms',
    'an earlier alarm that a later one hides',
    'if (this.#first === null || at < this.#first) this.#first = at;\n  }',
    'if (this.#first === null) this.#first = at;\n  }',
    'channels',
  ),
];
