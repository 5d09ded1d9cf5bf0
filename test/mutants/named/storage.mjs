/**
 * @param {string} file - in `storage/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/storage/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `storage: ${name}`,
  file: `packages/runtime/src/storage/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/storage/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const storage = [
  mutant(
    'store',
    'what waits is lost at close',
    'await this.writeHeld(this.held.all());',
    '',
    'store',
  ),
  mutant(
    'store',
    'a step overtakes those before it',
    'const run = this.last.then(step);',
    'const run = step();',
    'store',
  ),
  mutant(
    'store',
    'what waits overtakes a commit',
    'const superseded = this.supersede(taken, order);',
    'const superseded: HeldChange[] = [];',
    'store',
  ),
  mutant(
    'store',
    'what could not be written is dropped',
    'await this.driver.commit(changes);',
    'for (const { space, key, order } of changes) this.held.dropOlder(space, key, order + 1);\n    await this.driver.commit(changes);',
    'store',
  ),
  mutant(
    'store',
    'a failed commit loses what waited',
    'for (const change of superseded) this.held.put(change);',
    '',
    'store',
  ),
  mutant(
    'store',
    'a Buffer is kept, not copied',
    'return value && new Uint8Array(value);',
    'return value && value.slice();',
    'store',
  ),
  mutant(
    'held-changes',
    'what is given back covers what is newer',
    'if (held && held.order > change.order) return;',
    '',
    'given-back',
  ),
  mutant(
    'save-timer',
    'seconds of the interval are milliseconds',
    'this.after(seconds * 1000,',
    'this.after(seconds,',
    'store',
  ),
  mutant(
    'migrations',
    'the stamp in a commit of its own',
    'await driver.commit([...changes, stamp(from + 1)]);',
    'await driver.commit(changes);\n    await driver.commit([stamp(from + 1)]);',
    'migrations',
  ),
  mutant(
    'memory',
    'a second client opens it',
    'if (this.isOpen) {',
    'if (this.isOpen === null) {',
    'memory',
  ),
  mutant(
    'memory',
    'hands out what it keeps',
    '?.get(key)?.slice() ?? null',
    '?.get(key) ?? null',
    'memory',
    'contract',
  ),
  mutant(
    'node-sqlite',
    'half a commit is kept',
    'rollBack(database);',
    "database.exec('COMMIT');",
    'sqlite',
    'contract',
  ),
  mutant(
    'node-sqlite-file',
    'no lock',
    'locking_mode = EXCLUSIVE',
    'locking_mode = NORMAL',
    'sqlite',
  ),
  mutant(
    'node-sqlite-file',
    'a database of another program is taken',
    'if (!fresh && !ours) throw',
    'if (!fresh && !ours && application < 0) throw',
    'sqlite',
  ),
  mutant(
    'value-cipher',
    'MAC not checked',
    'if (!equalBytes(mac, sealed.subarray(end))) throw damaged();',
    '',
    'encrypted',
  ),
  mutant(
    'value-cipher',
    'key not bound by the MAC',
    'const place = concat(withLength(space), withLength(key));',
    'const place = withLength(space);',
    'encrypted',
  ),
  mutant(
    'value-cipher',
    'one IV for all values',
    'const iv = this.crypto.randomBytes(IV_SIZE);',
    'const iv = new Uint8Array(IV_SIZE);',
    'encrypted',
  ),
  mutant(
    'encryption-header',
    'any passphrase opens it',
    'if (!equalBytes(mac, header.subarray(MAC_AT))) {',
    'if (mac.length === 0) {',
    'encrypted',
  ),
  mutant(
    'encrypted',
    'who found it locked closes it',
    'if (!this.#cipher) return;',
    '',
    'encrypted',
    'contract',
  ),
];

/**
 * @param {string} file - in `storage/formats/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/storage/formats/`.
 */
const format = (file, name, from, to, ...tests) => ({
  name: `formats: ${name}`,
  file: `packages/runtime/src/storage/formats/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/storage/formats/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const formats = [
  format('byte-reader', 'ports with a sign', 'getUint16(', 'getInt16(', 'refusals'),
  format(
    'byte-reader',
    'any byte is a data center',
    'dc >= 1 && dc <= 99',
    'dc >= 0 && dc <= 255',
    'refusals',
  ),
  format(
    'byte-reader',
    'bytes behind the end',
    'if (this.left !== 0) throw new NotThatFormat();',
    '',
    'refusals',
  ),
  format(
    'tlgen',
    'checksum skipped',
    'demand(bytes.subarray(end), (found) => found.every((byte, i) => byte === check[i]));',
    '',
    'refusals',
  ),
  format(
    'pyrogram',
    'lengths of Pyrogram swapped',
    'const V1_32 = 263;\nconst V1_64 = 267;',
    'const V1_32 = 267;\nconst V1_64 = 263;',
    'refusals',
  ),
  format(
    'stored-session',
    'keys of another user are exported',
    'else if (userId !== null && record.userId === userId)',
    'else',
    'refusals',
  ),
  format(
    'stored-session',
    'a session of the test servers in the main world',
    "(testMode ? 'test' : 'main')",
    "(testMode ? 'main' : 'main')",
    'refusals',
  ),
  format(
    'stored-session',
    'keys of the session before stay',
    'commit([...gone, ...changes])',
    'commit(changes)',
    'refusals',
  ),
];
