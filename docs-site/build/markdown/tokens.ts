import Token from 'markdown-it/lib/token.mjs';

/** A step between parsing and printing: takes the tokens of a page and gives those to go on with. */
export type Pass<Context> = (tokens: readonly Token[], context: Context) => Token[];

/** A piece of finished HTML. */
export function html(content: string): Token {
  const token = new Token('html_block', '', 0);
  token.content = content;
  return token;
}

/** A piece of finished HTML within a line. */
export function inlineHtml(content: string): Token {
  const token = new Token('html_inline', '', 0);
  token.content = content;
  return token;
}

/** The words of an inline token. */
export const textOf = (inline: Token | undefined): string =>
  (inline?.children ?? [])
    .map(({ type, content }) => (type === 'softbreak' ? ' ' : content))
    .join('');

/** Level of the heading that a token opens: 1 … 6; 0: it opens none. */
export const headingLevel = (token: Token): number =>
  token.type === 'heading_open' ? Number(token.tag.slice(1)) : 0;

/** Gives each token's nearest heading above. */
export class HeadingTrail {
  /** Text of the nearest heading; that of the page before the first. */
  nearest: string;
  /** Text of the nearest heading of level 2. */
  section = '';

  constructor(title: string) {
    this.nearest = title;
  }

  /** Notes a heading; its text is in the token behind. */
  see(token: Token, next: Token | undefined): void {
    const level = headingLevel(token);
    if (level === 0) return;
    this.nearest = textOf(next);
    if (level === 2) this.section = this.nearest;
  }
}
