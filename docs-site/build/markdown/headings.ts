import { slug } from '../html.js';
import type { MarkdownContext } from './context.js';
import { headingLevel, inlineHtml, textOf, type Pass } from './tokens.js';

/** Tokens of a heading or paragraph: open, text, close. */
const BLOCK = 3;

/** Takes away the title, which the template prints, and the links up, which the breadcrumb shows. */
export const dropTitle: Pass<MarkdownContext> = (tokens) => {
  const at = tokens.findIndex((token) => headingLevel(token) === 1);
  if (at < 0) return [...tokens];
  const next = at + BLOCK;
  const isUp =
    tokens[next]?.type === 'paragraph_open' && textOf(tokens[next + 1]).startsWith('Up: ');
  return [...tokens.slice(0, at), ...tokens.slice(isUp ? next + BLOCK : next)];
};

/** Gives headings of level 2 and 3 an id and an anchor, and notes those of level 2. */
export const anchorHeadings: Pass<MarkdownContext> = (tokens, context) => {
  for (const [at, token] of tokens.entries()) {
    const level = headingLevel(token);
    const inline = tokens[at + 1];
    if (level < 2 || level > 3 || !inline) continue;
    const text = textOf(inline);
    const id = context.uniqueId(slug(text));
    token.attrSet('id', id);
    inline.children?.push(
      inlineHtml(`<a class="anchor" href="#${id}" aria-label="Link to this section">#</a>`),
    );
    if (level === 2) context.contents.push({ text, url: `#${id}`, current: false });
  }
  return [...tokens];
};
