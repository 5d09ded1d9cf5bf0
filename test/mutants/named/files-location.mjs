/**
 * @param {string} file - in `files/location/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/files/location/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `files/location: ${name}`,
  file: `packages/runtime/src/files/location/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/files/location/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const filesLocation = [
  mutant(
    'references/file-references',
    'one request for each who asks',
    'if (under && !under.isGivenUp) return under;',
    '',
    'references',
  ),
  mutant(
    'references/file-references',
    'waits for a request that was given up',
    'under && !under.isGivenUp',
    'under',
    'references',
  ),
  mutant(
    'references/file-references',
    'an error of the network is taken for a no',
    'return REFUSALS.has(error.number);',
    'return true;',
    'references',
  ),
  mutant(
    'references/memory',
    'remembers every file',
    'new Lru<string, readonly FileOrigin[]>(MAX_FILES)',
    'new Lru<string, readonly FileOrigin[]>(2 * MAX_FILES)',
    'references',
  ),
  mutant(
    'references/find-media',
    'any file for the one',
    " || fields.raw('id') !== id",
    '',
    'references',
  ),
  mutant(
    'as-instance',
    'objects in objects without end',
    'if (depth > MAX_DEPTH) ',
    'if (false) ',
    'hostile',
  ),
  mutant(
    'find-file',
    'the first of several files',
    'else if (only) {',
    'else if (false) {',
    'locate',
    'hostile',
  ),
  mutant('fields', 'sizes below 0', ' && size >= 0', '', 'hostile'),
  mutant(
    'sizes',
    'an outline without end',
    'if (bytes.length > MAX_OUTLINE) return undefined;',
    '',
    'hostile',
  ),
  mutant('encrypted-file', 'more bytes than the server keeps', 'size > stored', 'false', 'hostile'),
  mutant(
    'encrypted-file',
    'forgets the fingerprint',
    "file.int('keyFingerprint')",
    'undefined',
    'locate',
  ),
];
