import type { Token } from 'markdown-it';
import { escapeHtml } from '../html.js';
import type { MarkdownContext } from './context.js';
import { HeadingTrail, html, inlineHtml, textOf, type Pass } from './tokens.js';

/** Lets wide tables scroll, tells each cell its column (for phones), and colours codes and flags. */
export const shapeTables: Pass<MarkdownContext> = (tokens, { page }) => {
  const trail = new HeadingTrail(page.front.title);
  const out: Token[] = [];
  let [columns, column]: [string[], number] = [[], 0];
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    trail.see(token, next);
    if (token.type === 'table_open') {
      columns = [];
      const label = escapeHtml(trail.nearest);
      out.push(html(`<div class="table" tabindex="0" role="region" aria-label="${label}">`), token);
      continue;
    }
    if (token.type === 'tr_open') column = 0;
    else if (token.type === 'th_open') {
      columns.push(textOf(next));
      token.attrSet('scope', 'col');
    } else if (token.type === 'td_open') {
      const title = columns[column++] ?? '';
      token.attrSet('data-label', title);
      if (textOf(next) === '–') token.attrSet('class', 'none');
      if (next) shapeCell(next, title);
    }
    out.push(token);
    if (token.type === 'table_close') out.push(html('</div>\n'));
  }
  return out;
};

function shapeCell(cell: Token, column: string): void {
  const children = cell.children ?? [];
  if (column === 'Code') cell.children = children.map(codePill);
  else if (column === 'Required') cell.children = children.flatMap(requiredPart);
}

/** `400` → a pill; several stay several. */
const codePill = (token: Token): Token =>
  token.type === 'text' && /\d/.test(token.content)
    ? inlineHtml(
        escapeHtml(token.content).replace(
          /[-−]?(\d+)/g,
          (code, digits: string) => `<span class="pill code-${digits}">${code}</span>`,
        ),
      )
    : token;

const LOOKS: Readonly<Record<string, string>> = { Yes: 'yes', No: 'no', 'Filled in': 'filled' };

function requiredPart(token: Token): Token[] {
  const text = escapeHtml(token.content);
  if (token.type === 'code_inline') return [inlineHtml(`<code class="flag">${text}</code>`)];
  const [, word, rest = ''] = /^(Yes|No|Filled in)\b(.*)$/.exec(text) ?? [];
  if (token.type !== 'text' || word === undefined) return [token];
  return [inlineHtml(`<span class="required ${LOOKS[word] ?? ''}">${word}</span>${rest}`)];
}
