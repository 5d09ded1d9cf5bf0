import type { Token } from 'markdown-it';
import { pageUrl } from '../paths.js';
import type { SymbolKind, SymbolTable } from '../symbols.js';
import type { MarkdownContext } from './context.js';
import type { Pass } from './tokens.js';

/** Makes `.md` links `.html`, resolves `tl:` links and marks those that leave the site. */
export const adaptLinks: Pass<MarkdownContext> = (tokens, context) => {
  for (const { children } of tokens)
    for (const token of children ?? []) if (token.type === 'link_open') adapt(token, context);
  return [...tokens];
};

function adapt(token: Token, context: MarkdownContext): void {
  const url = String(token.attrGet('href') ?? '');
  if (url.startsWith('tl:')) token.attrSet('href', tlUrl(decode(url.slice(3)), context));
  else if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url)) {
    token.attrSet('rel', 'noopener');
    token.attrJoin('class', 'outside');
  } else token.attrSet('href', url.replace(/\.md(?=#|$)/, '.html'));
}

/** Markdown writes `%d` of an error's name as `%25d`. */
const decode = (url: string): string => {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
};

function tlUrl(reference: string, { page, symbols, faults }: MarkdownContext): string {
  const path = tlPath(reference, symbols);
  if (path === null) faults.push(`${page.path}: tl:${reference} leads nowhere`);
  return path === null ? '#' : pageUrl(page.path, path);
}

const KINDS: readonly SymbolKind[] = [
  'method',
  'constructor',
  'type',
  'builtin',
  'error',
  'namespace',
  'layer',
];

/** Path of what `messages.sendEncrypted`, `secret/decryptedMessage` or `type/User` names; null: nothing. */
function tlPath(reference: string, symbols: SymbolTable): string | null {
  const parts = reference.split('/');
  const name = parts.pop() ?? '';
  let schema = symbols.main.key;
  let kinds = KINDS;
  for (const part of parts) {
    const kind = KINDS.find((one) => one === part);
    if (kind) kinds = kind === 'type' ? ['type', 'builtin'] : [kind];
    else if (symbols.file.schemas.some(({ key }) => key === part)) schema = part;
    else return null;
  }
  return symbols.find(schema, kinds, name)?.path ?? null;
}
