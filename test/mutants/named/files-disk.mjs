/**
 * @param {string} file - in `files/`, or in `platform/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/files/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `files/${file.split('/')[0]}: ${name}`,
  file: `packages/runtime/src/${file.startsWith('platform/') ? '' : 'files/'}${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/files/${test}.test.ts`),
});

const FETCH = 'source/fetch';
const STREAMS = 'source/streams';
const SAVE = 'sink/save';
const NAME = 'sink/safe-name';

/** @type {readonly import('./types.js').NamedMutant[]} */
export const filesDisk = [
  mutant(
    'source/fetch-source',
    'URLs past the proxy',
    'if (context.proxied) {',
    'if (false) {',
    FETCH,
  ),
  mutant(
    'source/fetch-source',
    'a password in a URL is passed on',
    "if (url.username !== '' || url.password !== '') {",
    'if (false) {',
    FETCH,
  ),
  mutant(
    'source/fetch-source',
    'secrets of a URL in the cause',
    'const safe = !secrets.some((part) => told.includes(part));',
    'const safe = told !== secrets[0];',
    FETCH,
  ),
  mutant(
    'source/fetch-source',
    'a page about an error is the file',
    'if (!response.ok) {',
    'if (false) {',
    FETCH,
  ),
  mutant(
    'source/open',
    'a size that is not that of the source',
    'if (size === undefined || opened.size === size) return opened;',
    'return opened;',
    'source/every-kind',
  ),
  mutant(
    'source/chunk-source',
    'a stream that ends early',
    'if (bytes.length < wanted) throw',
    'if (false) throw',
    STREAMS,
  ),
  mutant(
    'source/chunk-source',
    'a stream that goes on',
    'if (this.position === this.size && ',
    'if (false && ',
    STREAMS,
  ),
  mutant(
    'source/file-content',
    'a file that is written to meanwhile',
    'if (!same(first, last)) throw',
    'if (false) throw',
    'source/files',
  ),
  mutant('sink/safe-name', 'characters nobody sees', "name.replace(HIDDEN, '')", 'name', NAME),
  mutant('sink/safe-name', 'separators', ".replace(SPECIAL, '_')", '', NAME),
  mutant('sink/safe-name', 'names of devices', 'DEVICE.test(plain) ? ', 'false ? ', NAME),
  mutant(
    'sink/safe-name',
    'names of any length',
    'const LONGEST = 200;',
    'const LONGEST = 201;',
    NAME,
  ),
  mutant(
    'sink/save',
    'names as the server says them',
    "const safe = safeName(name, 'file');",
    'const safe = name;',
    SAVE,
  ),
  mutant(
    'sink/save',
    'a download for nothing when the file is there',
    'if (await checkTarget(fs, target, options)) throw taken();',
    'await checkTarget(fs, target, options);',
    SAVE,
  ),
  mutant(
    'sink/save',
    'overwrites unasked',
    'else if (!(await putNew(fs, partial, target))) throw taken();',
    'else await replace(fs, partial, target);',
    SAVE,
  ),
  mutant(
    'sink/save',
    'goes on with what was wrong',
    'if (empty || wrong || !options.resume)',
    'if (empty || !options.resume)',
    SAVE,
  ),
  mutant(
    'sink/partial',
    'goes on with another file',
    '${fnv1a64(`${name}\\0${identity}`)}',
    '${fnv1a64(name)}',
    SAVE,
  ),
  mutant(
    'sink/partial',
    'two at once in one partial file',
    'if (taken.has(path)) continue;',
    '',
    SAVE,
  ),
  mutant(
    'sink/write-parts',
    'goes on after the end',
    'if (resume && (size === undefined || there <= size))',
    'if (resume)',
    SAVE,
  ),
  mutant(
    'sink/write-parts',
    'a file that is too short',
    'if (size !== undefined && position !== size) throw',
    'if (false) throw',
    SAVE,
  ),
  mutant(
    'sink/write-parts',
    'a name before the bytes are on disk',
    'await access(file.sync());',
    '',
    SAVE,
  ),
  mutant('platform/node-file-system', 'writes through a link', ' | O_NOFOLLOW', '', SAVE),
  mutant('platform/node-file-system', 'takes a place that is taken', ' | O_EXCL', '', SAVE),
];
