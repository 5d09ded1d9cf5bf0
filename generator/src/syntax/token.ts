import type { Span } from './ast.js';

/**
 * - `name`: an identifier with its dots (`messages.sendMessage`, `flags.3`);
 * - `number`: decimal digits;
 * - `id`: `#` glued to word characters (`#1f814f1f`), `text` without the `#`;
 * - `nat`: a lone `#`;
 * - `section`: `---functions---`, `text` is the word in lower case;
 * - `layer`: `===17===`, `text` is the number;
 * - `punctuation`: one of `: ; = ? ! % * < > ( ) [ ] { } , @`;
 * - `unknown`: a run of characters TL has no use for.
 */
export type TokenKind =
  'name' | 'number' | 'id' | 'nat' | 'section' | 'layer' | 'punctuation' | 'unknown' | 'end';

/** The smallest piece of TL text. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly span: Span;
  /** No other token stands before it on its line. */
  readonly firstOnLine: boolean;
}

/** A `// …` comment; these carry documentation and layers. Block comments are dropped. */
export interface Comment {
  /** Without the slashes. */
  readonly text: string;
  readonly span: Span;
  /** How many tokens precede it. */
  readonly position: number;
  /** Stands behind a token on the same line. */
  readonly trailing: boolean;
}

/** One span from the start of `from` to the end of `to`. */
export function joinSpans(from: Span, to: Span): Span {
  return { start: from.start, end: to.end, line: from.line, column: from.column };
}
