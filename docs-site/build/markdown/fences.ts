import type { Token } from 'markdown-it';
import { escapeHtml } from '../html.js';
import { highlight, highlightSimple } from '../highlight.js';
import { pageUrl } from '../paths.js';
import { renderTl, type TlLinks } from '../tl/render.js';
import type { MarkdownContext } from './context.js';
import { html, textOf, type Pass } from './tokens.js';

const COPY = '<button type="button" class="copy" data-copy>Copy</button>';

/** Prints code: TL with links, other languages in colour. */
export const printFences: Pass<MarkdownContext> = (tokens, context) => {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    const isCode = token.type === 'fence' || token.type === 'code_block';
    out.push(isCode ? html(fence(token, context)) : token);
    // The links of the signature are in the signature itself.
    if (token.info.trim() === 'tl signature' && isTypesLine(tokens, at + 1)) at += 3;
  }
  return out;
};

const isTypesLine = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.type === 'paragraph_open' && textOf(tokens[at + 1]).startsWith('Types:');

function fence(token: Token, context: MarkdownContext): string {
  const [language = '', ...options] = token.info.trim().split(/\s+/);
  const code = fillIn(token, options, context).replace(/\n$/, '');
  if (language === 'tl') return tlBlock(code, options[0] ?? 'plain', context);
  const paint = context.page.front.kind === 'guide' ? highlight : highlightSimple;
  const name = escapeHtml(language || 'text');
  return `<div class="code">${COPY}<pre><code class="hljs language-${name}">${paint(code, language)}</code></pre></div>\n`;
}

/** The code of a fence, or what its `file=` names. */
function fillIn(token: Token, options: readonly string[], context: MarkdownContext): string {
  const reference = options.find((option) => option.startsWith('file='))?.slice(5);
  if (reference === undefined) return token.content;
  try {
    return context.snippet(reference);
  } catch (error) {
    const line = context.page.firstLine + (token.map?.[0] ?? 0);
    const why = error instanceof Error ? error.message : String(error);
    context.faults.push(`${context.page.path}:${line}: ${why}`);
    return '';
  }
}

function tlBlock(code: string, look: string, context: MarkdownContext): string {
  const name = look === 'signature' || look === 'result' ? look : 'plain';
  const lines = renderTl(code, tlLinks(context));
  return `<div class="tl tl-${name}">${COPY}<pre><code>${lines}</code></pre></div>\n`;
}

/** Links within the page's schema; a page does not link to itself. */
function tlLinks({ page, symbols }: MarkdownContext): TlLinks {
  const schema = page.front.schema ?? symbols.main.key;
  return (role, text, id) => {
    const symbol =
      role === 'type'
        ? symbols.find(schema, ['type', 'builtin', 'constructor'], text)
        : ((id === null ? null : symbols.findId(schema, id)) ??
          symbols.find(schema, ['constructor', 'method'], text));
    return symbol === null || symbol.path === page.path ? null : pageUrl(page.path, symbol.path);
  };
}
