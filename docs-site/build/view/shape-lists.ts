const [START, END] = ['<ul>\n', '</ul>'];
const ITEM = /^<li>(<a [^>]*>[^<]*<\/a>(?: <strong class="breaking">[^<]*<\/strong>)?)(.*)<\/li>$/;

/**
 * Tells lists of links apart: `names` (links alone), `kinds` (each with its kind, as in A–Z) and `entries` (each with a
 * description, in a column of its own). Other lists stay as they are.
 */
export function shapeLists(html: string): string {
  let [out, at] = ['', 0];
  for (;;) {
    const start = html.indexOf(START, at);
    const end = start < 0 ? -1 : html.indexOf(END, start);
    if (end < 0) return out + html.slice(at);
    const shaped = shapeItems(html.slice(start + START.length, end));
    const next = shaped === null ? start + START.length : end;
    out += html.slice(at, shaped === null ? next : start) + (shaped ?? '');
    at = next;
  }
}

/** The opening tag and the items of a list of links; null: something else is in it. Every item is a line. */
function shapeItems(items: string): string | null {
  let look = 'names';
  let out = '';
  for (const line of items.slice(0, -1).split('\n')) {
    const [, link, text = ''] = ITEM.exec(line) ?? [];
    if (link === undefined) return null;
    const mark = /^(?:: | · )/.exec(text)?.[0] ?? '';
    if (text !== '' && mark === '') return null;
    if (mark === ': ') look = 'entries';
    else if (mark !== '' && look === 'names') look = 'kinds';
    out += mark === '' ? `${line}\n` : `<li>${link} <span>${text.slice(mark.length)}</span></li>\n`;
  }
  return `<ul class="${look}">\n${out}`;
}
