/**
 * @param {string} file - in `files/upload/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/files/upload/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `files/upload: ${name}`,
  file: `packages/runtime/src/files/upload/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/files/upload/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const filesUpload = [
  mutant('limits', 'small files end at 10 MB', '10 * 1024 * 1024', '10_000_000', 'sizes'),
  mutant('limits', 'parts of 256 KiB', '512 * 1024', '256 * 1024', 'sizes'),
  mutant('limits', 'one part too many', 'MAX_PARTS = 8000', 'MAX_PARTS = 8001', 'too-large'),
  mutant('send-parts', 'each part of a stream tells a total', 'last ? index + 1 : -1', 'index + 1', 'sizes'),
  mutant('send-parts', 'a known total is told last only', 'if (source.size !== undefined) total =', 'if (last) total =', 'sizes'),
  mutant('send-parts', 'the checksum of nothing', 'hash?.update(part.bytes);', '', 'sizes'),
  mutant('upload-encrypted', 'a checksum of an encrypted file', "md5Checksum: '',", 'md5Checksum: String(keyFingerprint),', 'sizes'),
  mutant('part-window', 'one part more under way', 'this.until(this.limit - 1)', 'this.until(this.limit)', 'window'),
  mutant('part-window', 'a part that fails leaves the others', 'for (const call of this.calls) call.abort(error);', '', 'part-window'),
  mutant('part-reader', 'all of a stream is held back', 'while (!this.ended && this.position <= SMALL_LIMIT)', 'while (!this.ended)', 'window'),
  mutant('part-reader', 'a stream without end is read on and on', 'checkSize(this.position);', '', 'too-large'),
  mutant('part-reader', 'files larger than the server takes', 'if (source.size !== undefined) checkSize(source.size);', '', 'too-large'),
  mutant('part-reader', 'an empty file is sent', 'this.ahead[0] ?? null', 'this.ahead[0] ?? new Uint8Array(0)', 'sizes'),
  mutant('part-cipher', 'padding with zeros', 'this.context.crypto.randomBytes(missing)', 'new Uint8Array(missing)', 'sizes'),
  mutant('save-part', 'a part that was not taken counts as saved', 'if (await context.invoke(request, { connection: \'media\', repeatable: true, signal })) return;', 'await context.invoke(request, { connection: \'media\', repeatable: true, signal });\n    return;', 'faults'),
  mutant('save-part', 'a refused part is sent a hundred times', 'attempt < ATTEMPTS', 'attempt < 100', 'faults'),
  mutant('transfer', 'a source that opens too late stays open', 'opening.then((opened) => opened.close()).catch(() => undefined);', '', 'faults'),
  mutant('transfer', 'parts that were refused are gone on with', 'return error.number === 400;', 'return false;', 'resume'),
  mutant('transfer', 'a server out of reach ends what could go on', 'return error.number === 400;', 'return true;', 'resume'),
  mutant('upload-log', 'parts are sent before id and key are on disk', 'await place.store.commit([change, { space: PARTS, key: place.key, value: null }]);', 'await place.store.later([change, { space: PARTS, key: place.key, value: null }]);', 'resume'),
  mutant('upload-log', 'the list of the upload before counts', 'commit([change, { space: PARTS, key: place.key, value: null }])', 'commit([change])', 'resume'),
  mutant('upload-log', 'another part in the place of one that arrived', 'this.parts.has(index) && !this.parts.matches(', 'false && !this.parts.matches(', 'resume'),
  mutant('upload-log', 'a stream may end elsewhere', '(total > 0 && (index + 1 === total) !== last) ||', '', 'resume'),
  mutant('upload-log', 'the sweep takes uploads that are under way', '!busy(key) && ', '', 'resume'),
  mutant('upload-record', 'the parts of another account', 'a.user === b.user &&', '', 'resume'),
  mutant('upload-record', 'the parts of another source', 'a.first === b.first', 'true', 'resume'),
  mutant('upload-record', 'the parts of a file that was written to', 'a.version === b.version &&', '', 'resume'),
  mutant('upload-record', 'parts older than the server keeps them', 'now - created < FORGOTTEN_AFTER', 'true', 'resume'),
  mutant('done-parts', 'encryption goes on with another chain', 'this.chain.set(chain);', '', 'resume'),
  mutant('done-parts', 'a damaged list counts', 'if (!known || (total', 'if (false && (total', 'resume'),
  mutant('upload-names', 'two uploads under one name', 'if (names.has(name)) {', 'if (false) {', 'resume'),
  mutant('encrypted-upload', 'the key is printed', '[PRINTED](): string {', 'printed(): string {', 'printed'),
];
