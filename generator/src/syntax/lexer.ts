import type { Span } from './ast.js';
import type { Diagnostic } from './diagnostics.js';
import type { Comment, Token, TokenKind } from './token.js';

/** Everything the parser needs to know about a text. */
export interface LexResult {
  /** Always ends with an `end` token. */
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

// One alternation, sticky: every alternative consumes at least one character, so lexing is linear.
const PIECE = new RegExp(
  [
    /(?<space>[ \t\f\v\u00a0\ufeff]+)/,
    /(?<newline>\r\n|\n|\r)/,
    /(?<comment>\/\/[^\r\n]*)/,
    /(?<block>\/\*)/,
    /(?<section>-{2,}[ \t]*[A-Za-z]+[ \t]*-{2,})/,
    /(?<layer>={2,}[ \t]*[0-9]{1,9}[ \t]*={2,})/,
    /#(?<id>[0-9A-Za-z_]+)/,
    /(?<nat>#)/,
    /(?<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)/,
    /(?<number>[0-9]+(?![A-Za-z0-9_]))/,
    /(?<punctuation>[:;?!%*<>()[\]{},@]|=(?!=))/,
    /(?<unknown>-+|=+|[0-9A-Za-z_]+|[^\s#A-Za-z0-9_:;=?!%*<>()[\]{},@/-]+|[^])/,
  ]
    .map((part) => part.source)
    .join('|'),
  'y',
);

const TOKEN_KINDS: readonly TokenKind[] = [
  'name',
  'punctuation',
  'number',
  'id',
  'nat',
  'section',
  'layer',
  'unknown',
];

/** Cuts a schema text into tokens and line comments. Never throws; time is linear in the text. */
export function lex(text: string, file: string): LexResult {
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const diagnostics: Diagnostic[] = [];
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  let lastTokenLine = 0;

  const spanOf = (start: number, end: number): Span => ({
    start,
    end,
    line,
    column: start - lineStart + 1,
  });

  const skipBlockComment = (start: number): number => {
    const close = text.indexOf('*/', start + 2);
    if (close < 0) {
      diagnostics.push({
        severity: 'error',
        code: 'syntax',
        message: 'this comment is never closed',
        hint: 'end it with `*/`',
        file,
        span: spanOf(start, start + 2),
      });
    }
    const end = close < 0 ? text.length : close + 2;
    for (let at = start; at < end; at++) {
      if (text[at] === '\n') {
        line++;
        lineStart = at + 1;
      }
    }
    return end;
  };

  while (offset < text.length) {
    PIECE.lastIndex = offset;
    const groups = PIECE.exec(text)?.groups ?? {};
    const end = PIECE.lastIndex;
    if (groups['newline'] !== undefined) {
      line++;
      lineStart = end;
    } else if (groups['comment'] !== undefined) {
      comments.push({
        text: groups['comment'].slice(2),
        span: spanOf(offset, end),
        position: tokens.length,
        trailing: lastTokenLine === line,
      });
    } else if (groups['block'] !== undefined) {
      offset = skipBlockComment(offset);
      continue;
    } else if (groups['space'] === undefined) {
      const kind = TOKEN_KINDS.find((name) => groups[name] !== undefined) ?? 'unknown';
      tokens.push({
        kind,
        text: tokenText(kind, groups[kind] ?? ''),
        span: spanOf(offset, end),
        firstOnLine: lastTokenLine !== line,
      });
      lastTokenLine = line;
    }
    offset = end;
  }
  const span = spanOf(text.length, text.length);
  tokens.push({ kind: 'end', text: '', span, firstOnLine: lastTokenLine !== line });
  return { tokens, comments, diagnostics };
}

function tokenText(kind: TokenKind, raw: string): string {
  if (kind === 'section') return raw.replaceAll(/[-\s]/g, '').toLowerCase();
  if (kind === 'layer') return raw.replaceAll(/[=\s]/g, '');
  return raw;
}
