/**
 * @param {string} file - in `peers/lists/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/peers/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `lists: ${name}`,
  file: `packages/runtime/src/peers/lists/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/peers/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const lists = [
  mutant(
    'message-pages',
    'the message at the border of two pages comes twice',
    'if (message.id >= below || message.id <= minId) continue;',
    'if (message.id > below || message.id <= minId) continue;',
    'history',
  ),
  mutant(
    'message-pages',
    'pages of oldest first begin one place late',
    'Math.min(from + 1, INT_MAX)',
    'Math.min(from + 2, INT_MAX)',
    'history',
  ),
  mutant(
    'participants',
    'a page of members ends one place late',
    'place.read(page.length);',
    'place.read(page.length + 1);',
    'participants',
  ),
  mutant(
    'list-place',
    'members who moved up are missed',
    'this.offset = Math.max(this.offset - gone, 0);',
    '',
    'participants',
  ),
  mutant(
    'dialog-pages',
    'a dialog that moved up comes twice',
    'const found = seen.fresh(entries, keyOf);',
    'const found = (seen.fresh(entries, keyOf), [...entries]);',
    'dialogs',
  ),
  mutant(
    'dialog-pages',
    'pinned dialogs come with each page',
    'excludePinned: excludePinned || !first',
    'excludePinned',
    'dialogs',
  ),
  mutant(
    'dialog-pages',
    'pinned dialogs come twice',
    'found.push(...seen.fresh(await pinnedOf(parts, options), keyOf));',
    'found.push(...(await pinnedOf(parts, options)));',
    'dialogs',
  ),
  mutant(
    'dialog-pages',
    'a part of the list counted as the whole',
    'const total = whole ? entries.length : answer.count;',
    'const total = entries.length;',
    'totals',
  ),
  mutant(
    'pages',
    'the last page says how many there are',
    'if (first) this.known',
    'this.known',
    'totals',
  ),
  mutant(
    'pages',
    'one item above the limit',
    'if (--left === 0) return;',
    'if (left-- === 0) return;',
    'totals',
  ),
];
