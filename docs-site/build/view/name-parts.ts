/** Names shorter than this fit wherever names stand. */
const LONG = 20;

/** Where a line may end within a name: behind `.` and `_`, and before a capital that follows a small letter or a digit. */
const SEAM = /(?<=[._])(?=[^._])|(?<=[a-z\d])(?=[A-Z])/;

/** The parts of a long name between which a line may end; a short one is a single part. */
export const nameParts = (name: string): string[] =>
  name.length < LONG ? [name] : name.split(SEAM);

/** Words of HTML that are text, not part of a tag: no `>` comes before the next `<`. */
const LONG_WORD = new RegExp(String.raw`[\w.]{${LONG},}(?=[^<>]*<)`, 'g');

/** HTML whose long names break at their seams instead of in the middle of a word. */
export const breakNames = (html: string): string =>
  html.replace(LONG_WORD, (name) => name.split(SEAM).join('<wbr>'));
