/** Names shorter than this fit wherever names stand, but for cells of tables. */
const LONG = 26;
const LONG_IN_CELL = 20;

/** Where a line may end within a name: behind `.`, `_` and `:`, and before a capital that follows a small letter or a digit. */
const SEAM = /(?<=[._:])(?=[^._:])|(?<=[a-z\d])(?=[A-Z])/;

/** The parts of a long name between which a line may end; a short one is a single part. */
export const nameParts = (name: string): string[] =>
  name.length < LONG ? [name] : name.split(SEAM);

/** The parts as links and headings carry them: nothing for a name that never breaks. */
export function partsOf(name: string): { readonly parts?: readonly string[] } {
  const parts = nameParts(name);
  return parts.length > 1 ? { parts } : {};
}

/** A table's cell that begins with a link, code or a type, up to the end of that element; in guides, whole cells. */
const NAME_CELL = /<td (?:[^>]*><(?:code|a)|data-label="Type")[^\n]*?<\//g;
const CELL = /<td [^\n]*/g;
const ITEM = new RegExp(String.raw`<li><a [^>]*>[^<]{${LONG},}`, 'g');

/** Text between two tags. */
const text = (length: number): RegExp => new RegExp(`>[^<]{${length},}`, 'g');
const word = (length: number): RegExp => new RegExp(String.raw`[\w.:]{${length},}`, 'g');
const [TEXT_IN_CELL, WORD_IN_CELL] = [text(LONG_IN_CELL), word(LONG_IN_CELL)];
const [TEXT_IN_ITEM, WORD_IN_ITEM] = [text(LONG), word(LONG)];

const withBreaks = (name: string): string => name.split(SEAM).join('<wbr>');

/** HTML whose long names, where columns are narrow, break at their seams instead of in the middle of a word. */
export const breakNames = (html: string, isGuide: boolean): string =>
  html
    .replace(isGuide ? CELL : NAME_CELL, (cell) =>
      cell.replace(TEXT_IN_CELL, (piece) => piece.replace(WORD_IN_CELL, withBreaks)),
    )
    .replace(ITEM, (item) =>
      item.replace(TEXT_IN_ITEM, (piece) => piece.replace(WORD_IN_ITEM, withBreaks)),
    )
    .replace(/(<td data-label="Type">[^\n]*?&lt;)(?=<a)/g, '$1<wbr>');
