import { escapeHtml } from '../html.js';
import { tokenizeTl, type TlToken } from './tokenize.js';

/** URL of the page about a name in a line; null: plain text. `id` is that of a constructor, in hex. */
export type TlLinks = (role: 'name' | 'type', text: string, id: string | null) => string | null;

/** HTML of TL lines: a `tl-line` each, names and types linked. */
export const renderTl = (text: string, links: TlLinks): string =>
  text
    .split('\n')
    // The line break stands inside, so that lines can be blocks and copied text keeps its breaks.
    .map((line, at, all) => renderLine(line, links, at < all.length - 1 ? '\n' : ''))
    .join('');

function renderLine(line: string, links: TlLinks, end: string): string {
  const tokens = tokenizeTl(line);
  const html = tokens.map((token, at) => renderToken(token, tokens[at + 1], links));
  return `<span class="tl-line">${html.join('')}${end}</span>`;
}

function renderToken({ kind, text }: TlToken, next: TlToken | undefined, links: TlLinks): string {
  const html = escapeHtml(text);
  if (kind === 'plain') return html;
  if (kind === 'name' || kind === 'type') {
    const url = links(kind, text, next?.kind === 'id' ? next.text.slice(1) : null);
    if (url !== null) return `<a class="tl-${kind}" href="${escapeHtml(url)}">${html}</a>`;
  }
  return `<span class="tl-${kind}">${html}</span>`;
}
