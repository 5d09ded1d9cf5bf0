/**
 * @param {string} file - in `files/file-id/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/files/file-id/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `files/file-id: ${name}`,
  file: `packages/runtime/src/files/file-id/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/files/file-id/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const filesFileId = [
  mutant(
    'text-form',
    'a run of zeros as large as it likes',
    'if (length > MAX_BODY) {',
    'if (false) {',
    'hostile',
  ),
  mutant('text-form', 'a run of no zeros', 'if (!run) ', 'if (false) ', 'hostile'),
  mutant('text-form', 'runs longer than others read', 'run < MAX_RUN && ', '', 'hostile'),
  mutant(
    'text-form',
    'texts of any length',
    'if (text.length > MAX_TEXT) {',
    'if (false) {',
    'hostile',
  ),
  mutant(
    'text-form',
    'several texts for an id',
    "toText(bytes) !== text.replace(/=+$/, '') || ",
    '',
    'hostile',
  ),
  mutant(
    'body-reader',
    'more bytes than an id has',
    'if (this.left > 0) {',
    'if (false) {',
    'hostile',
  ),
  mutant(
    'body-reader',
    'reads past the end',
    'if (length > this.left) {',
    'if (false) {',
    'hostile',
  ),
  mutant(
    'source-rules',
    'any picture for any type',
    'if (!fits(source, type)) {',
    'if (false) {',
    'hostile',
  ),
  mutant(
    'input-location',
    'any data center',
    'if (dc >= 1 && dc <= MAX_DC) return dc;',
    'return dc;',
    'locations',
  ),
];
