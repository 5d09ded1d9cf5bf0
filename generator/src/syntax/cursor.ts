import type { Span } from './ast.js';
import type { Diagnostic, DiagnosticCode } from './diagnostics.js';
import type { Token } from './token.js';

/** Deepest nesting of types the parser follows; published schemas need 3. */
export const MAX_DEPTH = 64;

/** A position in a list of tokens, with the diagnostics found so far. */
export class Cursor {
  readonly diagnostics: Diagnostic[] = [];
  index = 0;
  depth = 0;

  constructor(
    readonly tokens: readonly Token[],
    readonly file: string,
  ) {}

  /** The token `ahead` places from here; past the end it is the `end` token. */
  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.index + ahead, this.tokens.length - 1)];
    if (token === undefined) throw new RangeError('a token list ends with an end token');
    return token;
  }

  /** The token before this one (the first token when there is none). */
  previous(): Token {
    return this.peek(this.index === 0 ? 0 : -1);
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.index++;
    return token;
  }

  /** True when the token `ahead` places from here is that punctuation. */
  at(punctuation: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'punctuation' && token.text === punctuation;
  }

  /** Steps over that punctuation if it is here. */
  accept(punctuation: string): boolean {
    if (!this.at(punctuation)) return false;
    this.index++;
    return true;
  }

  /** Steps over that punctuation, or reports that it is missing and returns false. */
  expect(punctuation: string, message: string, hint: string | null = null): boolean {
    if (this.accept(punctuation)) return true;
    this.error(message, hint);
    return false;
  }

  /** Reports a problem, by default a syntax error at the current token, and returns null for the caller to pass on. */
  error(
    message: string,
    hint: string | null = null,
    span: Span = this.peek().span,
    code: DiagnosticCode = 'syntax',
  ): null {
    this.diagnostics.push({ severity: 'error', code, message, hint, file: this.file, span });
    return null;
  }

  warn(message: string, hint: string | null, span: Span): void {
    const { file } = this;
    this.diagnostics.push({ severity: 'warning', code: 'syntax', message, hint, file, span });
  }
}

/** How a token is called in a message. */
export function describe(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'the end of the file';
    case 'id':
      return `\`#${shorten(token.text)}\``;
    case 'nat':
      return '`#`';
    case 'section':
      return `\`---${shorten(token.text)}---\``;
    case 'layer':
      return `\`===${token.text}===\``;
    default:
      return `\`${shorten(token.text)}\``;
  }
}

/** Keeps a message readable when a hostile text has a megabyte-long word. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
