/**
 * @param {string} file - in `files/media/` or `client/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/files/media/` or `unit/runtime/client/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `files/media: ${name}`,
  file: `packages/runtime/src/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/${test}.test.ts`),
});

const INPUT = 'files/media/input-media';
const PROBE = 'files/media/probe';
const SEND = 'client/send-media';
const ALBUM = 'client/send-album';

/** @type {readonly import('./types.js').NamedMutant[]} */
export const filesMedia = [
  mutant(
    'files/media/thumb',
    'a thumbnail of any size',
    'if (bytes.length > LIMIT) {',
    'if (false) {',
    INPUT,
  ),
  mutant(
    'files/media/upload-plan',
    'attributes are checked when all is uploaded',
    "if (kind !== 'photo') {",
    'if (false) {',
    INPUT,
  ),
  mutant(
    'files/media/upload-plan',
    'a stream that was read is uploaded again',
    "file.type === 'source' && isReadAgain(file.source)",
    "file.type === 'source'",
    SEND,
  ),
  mutant(
    'files/media/upload-plan',
    'parts that are lost each time are uploaded each time',
    ' || this.uploadedAgain) ',
    ') ',
    SEND,
  ),
  mutant(
    'files/media/at-server',
    'a refused reference is refreshed each time',
    'if (this.refreshed) return false;',
    '',
    SEND,
  ),
  mutant(
    'files/media/external',
    'a path for the server to fetch',
    ' && /^https?:\\/\\//i.test(url)',
    '',
    INPUT,
  ),
  mutant(
    'files/media/kind',
    'a photo of more than 10 MiB',
    'size > PHOTO_LIMIT',
    'false',
    'files/media/kind',
  ),
  mutant(
    'files/media/probe/input',
    'a file is read to its end to be known',
    'if (wanted > this.left) return new Uint8Array(0);',
    '',
    PROBE,
  ),
  mutant(
    'client/send-media',
    'uploads before it looks up the peer',
    'const ends = { signal };',
    'const ends = { signal };\n  await (await planMedia(context, media, { ...options, signal })).input();',
    SEND,
  ),
  mutant(
    'client/send-media',
    'another random_id when it is sent again',
    '      randomId,\n',
    '      randomId: randomIdOf((length) => context.random(length)),\n',
    SEND,
  ),
  mutant(
    'client/album',
    'other random_ids of an album that is sent again',
    'randomId: ids[at] ?? 0n,',
    'randomId: randomIdOf((length) => context.random(length)),',
    ALBUM,
  ),
  mutant(
    'client/album',
    'uploads before it knows what goes together',
    'this.plans = plans;\n    this.checkKinds();',
    'this.plans = plans;',
    ALBUM,
  ),
  mutant(
    'client/album',
    'streams that do not go together',
    '// Streams have told by now what they are.\n    this.checkKinds();',
    '',
    ALBUM,
  ),
  mutant('client/album-kinds', 'albums of eleven', 'length <= 10', 'length <= 11', ALBUM),
  mutant(
    'client/album-kinds',
    'photos and documents in one album',
    'if (first.group !== group) {',
    'if (false) {',
    ALBUM,
  ),
  mutant(
    'client/in-parallel',
    'a file that fails leaves the others',
    '        end();',
    '',
    'client/in-parallel',
  ),
];
