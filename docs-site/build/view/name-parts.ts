/** Names shorter than this fit wherever names stand. */
const LONG = 20;

/** Where a line may end within a name: behind `.`, `_` and `:`, and before a capital that follows a small letter or a digit. */
const SEAM = /(?<=[._:])(?=[^._:])|(?<=[a-z\d])(?=[A-Z])/;

/** The parts of a long name between which a line may end; a short one is a single part. */
export const nameParts = (name: string): string[] =>
  name.length < LONG ? [name] : name.split(SEAM);

/** The beginning of a list's link or of a table's cell, up to the end of the first element; in guides, whole cells. */
const NARROW = /(?:<li><a |<td [^>]*><(?:code|a)|<td data-label="Type")[^\n]*?<\//g;
const CELL = /<td [^\n]*/g;

/** A long word that is text, not part of a tag: no `>` comes before the next `<`. */
const LONG_WORD = new RegExp(String.raw`[\w.:]{${LONG},}(?=[^<>]*<)`, 'g');

/** HTML whose long names, where columns are narrow, break at their seams instead of in the middle of a word. */
export const breakNames = (html: string, isGuide: boolean): string =>
  html
    .replace(isGuide ? CELL : NARROW, (piece) =>
      piece.replace(LONG_WORD, (name) => name.split(SEAM).join('<wbr>')),
    )
    .replace(/(<td data-label="Type">[^\n]*?&lt;)(?=<a)/g, '$1<wbr>');
