import type { Token } from 'markdown-it';
import { slug } from '../html.js';
import type { MarkdownContext } from './context.js';
import { html, type Pass } from './tokens.js';

/** Makes notices of block quotes that begin with a bold word, named by that word. */
export const makeNotices: Pass<MarkdownContext> = (tokens) => {
  const ends: boolean[] = [];
  return tokens.map((token, at) => {
    if (token.type === 'blockquote_open') {
      const word = boldWord(tokens, at);
      ends.push(word !== null);
      if (word !== null) return html(`<aside class="notice notice-${word}" role="note">\n`);
    }
    return token.type === 'blockquote_close' && ends.pop() === true ? html('</aside>\n') : token;
  });
};

function boldWord(tokens: readonly Token[], at: number): string | null {
  if (tokens[at + 1]?.type !== 'paragraph_open') return null;
  const inside = (tokens[at + 2]?.children ?? []).filter(
    ({ type, content }) => type !== 'text' || content !== '',
  );
  if (inside[0]?.type !== 'strong_open') return null;
  return slug(/[A-Za-z0-9]+/.exec(inside[1]?.content ?? '')?.[0] ?? 'note');
}
