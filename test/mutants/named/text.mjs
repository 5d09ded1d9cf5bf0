/**
 * @param {string} file - in `text/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/text/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `text: ${name}`,
  file: `packages/runtime/src/text/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/text/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const text = [
  mutant(
    'builder',
    'code points counted',
    'this.size += text.length;',
    'this.size += [...text].length;',
    'html',
    'markdown',
  ),
  mutant(
    'normalise',
    'an entity ends inside a pair',
    'if (splitsPair(text, end)) end += 1;',
    '',
    'html',
    'markdown',
    'split',
  ),
  mutant('html/references', '& not escaped', '/[&<>]/g', '/[<>]/g', 'html'),
  mutant(
    'html/references',
    'half a pair by its number',
    'if (code >= 0xd800 && code <= 0xdfff) {',
    'if (code === 0xd800) {',
    'html',
  ),
  mutant('html/references', 'a quote ends an attribute', ".replaceAll('\"', '&quot;')", '', 'html'),
  mutant('markdown/escape', 'a backslash ends an address', '/[)\\\\]/g', '/[)]/g', 'printed'),
  mutant(
    'nesting/order',
    'the shorter outside',
    'b.length - a.length',
    'a.length - b.length',
    'html',
    'markdown-v2',
  ),
  mutant(
    'markdown-v2/parse',
    '__ ends an italic',
    "if (type === 'italic' && reader.next('__')) return false;",
    '',
    'markdown-v2',
  ),
  mutant(
    'markdown-v2/parse',
    'a reserved character passes',
    'this.#reserved(reader.ascii(0));',
    'this.#builder.add(reader.ascii(0)); reader.skip(1);',
    'markdown-v2',
  ),
  mutant(
    'links',
    ':new of a button ignored',
    "newRow: rows ? suffix !== ':same' : suffix === ':new'",
    "newRow: rows && suffix !== ':same'",
    'html',
    'markdown',
  ),
  mutant(
    'links',
    'rows of buttons run together',
    'last === undefined || newRow',
    'last === undefined',
    'html',
    'markdown',
  ),
  mutant(
    'keyboard/reply-markup',
    'only the first row of link buttons',
    'const made = rows.map(',
    'const made = rows.slice(0, 1).map(',
    'reply-markup',
  ),
  mutant(
    'keyboard/buttons',
    'callback data measured in characters',
    'if (data.length > 0 && data.length <= MAX_CALLBACK_DATA)',
    'if (given.length > 0 && given.length <= MAX_CALLBACK_DATA)',
    'reply-markup',
  ),
  mutant(
    'split',
    'a character lost where there is no space',
    '?.[0].length ?? 0',
    '?.[0].length ?? 1',
    'split',
  ),
  mutant(
    'split',
    'entities keep their place in the whole',
    'offset: start - from',
    'offset: start',
    'split',
  ),
  mutant('split', 'a pair cut in two', 'splitsPair(text, to) ? to - 1 : to', 'to', 'split'),
  mutant('split', 'an emoji of several cut', 'if (at > 0) return from + at;', '', 'split'),
];
