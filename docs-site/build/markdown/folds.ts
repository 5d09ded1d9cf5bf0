import type { Token } from 'markdown-it';
import { slug } from '../html.js';
import type { MarkdownContext } from './context.js';
import { HeadingTrail, html, type Pass } from './tokens.js';

/** Items of a list of back-links that are shown at once. */
const SHOWN = 30;
const SECTIONS: readonly string[] = ['used-by', 'thrown-by'];

/** Folds what is beyond 30 items of the lists below `Used by` and `Thrown by`. */
export const foldLists: Pass<MarkdownContext> = (tokens, { page }) => {
  const trail = new HeadingTrail(page.front.title);
  const out: Token[] = [];
  let [seen, total] = [0, 0];
  for (const [at, token] of tokens.entries()) {
    trail.see(token, tokens[at + 1]);
    if (token.type === 'bullet_list_open' && token.level === 0) {
      seen = 0;
      total = SECTIONS.includes(slug(trail.section)) ? countItems(tokens, at) : 0;
    }
    const isItem = token.type === 'list_item_open' && token.level === 1;
    if (isItem && total > SHOWN && seen++ === SHOWN)
      out.push(html(`</ul>\n<details class="more"><summary>Show all ${total}</summary>\n<ul>\n`));
    out.push(token);
    if (token.type === 'bullet_list_close' && token.level === 0 && total > SHOWN) {
      out.push(html('</details>\n'));
      total = 0;
    }
  }
  return out;
};

function countItems(tokens: readonly Token[], start: number): number {
  let items = 0;
  for (let at = start + 1; at < tokens.length; at++) {
    const { type, level } = tokens[at] ?? {};
    if (type === 'bullet_list_close' && level === 0) break;
    if (type === 'list_item_open' && level === 1) items++;
  }
  return items;
}
