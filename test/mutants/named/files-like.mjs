/**
 * @param {string} file - in `files/like/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/files/like/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `files/like: ${name}`,
  file: `packages/runtime/src/files/like/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/files/like/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const filesLike = [
  mutant(
    'resend',
    'media in media without end',
    'if (depth > MAX_DEPTH) ',
    'if (false) ',
    'converter',
  ),
  mutant(
    'reference',
    'a document where a photo is needed',
    'if (made && type === wanted) ',
    'if (made) ',
    'converter',
  ),
  {
    name: 'files/like: nobody says that the upload is encrypted',
    file: 'packages/runtime/src/files/media/file-of.ts',
    from: "if (tlName(inputFile)?.startsWith('inputEncryptedFile')) {",
    to: 'if (false) {',
    tests: ['unit/runtime/files/like/converter.test.ts'],
  },
];
