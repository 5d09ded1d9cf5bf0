const MARKUP = /[\\`*_[<&~]/;

/** Text as Markdown that shows exactly this text, within a line. */
export function escapeText(text: string): string {
  if (!MARKUP.test(text)) return text;
  return text
    .replace(/\\(?=[!-/:-@[-`{-~]|$)|[`*[~]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}_])_+/gu, (run) => '\\_'.repeat(run.length))
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/<(?=[A-Za-z/!?])/g, '&lt;');
}

/** Text as that of a link, which a lone `]` would end. */
export function escapeLabel(text: string): string {
  return escapeText(text).replaceAll(']', '\\]');
}

/** Text of a heading: a name such as `#` alone would be taken for its end. */
export function escapeHeading(text: string): string {
  return escapeText(text).replaceAll('#', '\\#');
}

/** Markdown of a line as a paragraph: what stands first must not make it a heading, a list or a quote. */
export function escapeStart(markdown: string): string {
  return markdown
    .trim()
    .replace(/^(?=[#>+=|:~-])/, '\\')
    .replace(/^(\d{1,9})(?=[.)])/, '$1\\');
}

/** Markdown of a line as a cell of a table: `–` where there is nothing. */
export function escapeCell(markdown: string): string {
  const line = markdown.replace(/\s*\n\s*/g, ' ').trim();
  // Behind an odd number of backslashes it is escaped already.
  const escaped = line.replace(/(?<!\\)((?:\\\\)*)\|/g, '$1\\|');
  return escaped === '' ? '–' : escaped;
}

/** TL or code in backticks, as many as it takes. */
export function codeSpan(code: string): string {
  if (!code.includes('`')) return `\`${code}\``;
  const longest = Math.max(...(code.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${code} ${fence}`;
}

/** The fence that code can stand between. */
export function fenceFor(code: string): string {
  return '`'.repeat(Math.max(3, ...(code.match(/`{3,}/g) ?? []).map(({ length }) => length + 1)));
}
