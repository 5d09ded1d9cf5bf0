import { TextBuilder, type EntityKind, type Mark } from '../builder.js';
import type { FormattedText } from '../types.js';
import { markdownTokens, type Marker, type MarkdownToken } from './tokens.js';

/**
 * Reads Markdown as people write it in chats: the Bot API's older "Markdown style" and the forms of other libraries.
 *
 * - `**bold**` and `*bold*`, `__italic__` and `_italic_`, `~~strike~~`, `||spoiler||`; the single ones only at the
 *   borders of words, so that `snake_case` and `2*3*4` stay as they are;
 * - `` `code` `` and ```` ``` ```` blocks, whose first line may name a language; in both, a backslash escapes itself
 *   and `` ` ``, nothing else;
 * - `[text](address)`, `![emoji](tg://emoji?id=…)`; `>` and a space before each line of a quote;
 * - a backslash before any other ASCII punctuation makes it a plain character.
 *
 * What does not end is plain text: there are no errors. Unlike in CommonMark, `*x*` and `__x__` are bold and italic
 * (not emphasis and strong), line ends are kept, there are no headings, lists or HTML, `>` makes one quote of
 * the lines that have it and never a quote in a quote, an address ends at the first `)` without a backslash.
 * There is no underline and no collapsed quote.
 *
 * @returns text and entities (UTF-16 code units).
 */
export function parseMarkdown(markdown: string): FormattedText {
  const writer = new MarkdownWriter();
  for (const token of markdownTokens(markdown)) writer.put(token);
  return writer.finish();
}

const STYLES: Readonly<Record<Marker, EntityKind>> = {
  '**': { type: 'bold' },
  '*': { type: 'bold' },
  __: { type: 'italic' },
  _: { type: 'italic' },
  '~~': { type: 'strike' },
  '||': { type: 'spoiler' },
};

/** Makes text and entities of tokens. */
class MarkdownWriter {
  readonly #builder = new TextBuilder();
  /** Where the styles that are open began. */
  readonly #starts = new Map<Marker, number>();
  readonly #links = new Map<MarkdownToken, Mark>();
  #quote = 0;

  put(token: MarkdownToken): void {
    const builder = this.#builder;
    const start = builder.size;
    switch (token.kind) {
      case 'text':
        return builder.add(token.text);
      case 'code':
        builder.add(token.text);
        return builder.entity({ type: 'code' }, start);
      case 'pre':
        builder.add(token.text);
        return builder.entity({ type: 'pre', language: token.language }, start);
      case 'marker':
        return this.#marker(token);
      case 'link':
        if (token.link === null) return builder.add(token.literal);
        // An exclamation mark before a link to something else is one.
        if (token.literal === '![' && token.link.type !== 'customEmoji') builder.add('!');
        this.#links.set(token, builder.mark());
        return;
      case 'linkEnd':
        return this.#linkEnd(token.begin);
      case 'quote':
        this.#quote = start;
        return;
      case 'quoteEnd':
        return builder.entity({ type: 'blockquote', collapsed: false }, this.#quote);
    }
  }

  finish(): FormattedText {
    return this.#builder.finish();
  }

  #marker({ marker, role }: MarkdownToken & { kind: 'marker' }): void {
    const builder = this.#builder;
    if (role === 'literal') builder.add(marker);
    else if (role === 'begin') this.#starts.set(marker, builder.size);
    else builder.entity(STYLES[marker], this.#starts.get(marker) ?? builder.size);
  }

  #linkEnd(begin: MarkdownToken & { kind: 'link' }): void {
    const builder = this.#builder;
    const mark = this.#links.get(begin);
    if (mark === undefined) return;
    builder.put(begin.link, mark);
    // A button took its text away, and the beginnings that were in it.
    this.#quote = Math.min(this.#quote, builder.size);
    for (const [marker, start] of this.#starts) {
      if (start > builder.size) this.#starts.set(marker, builder.size);
    }
  }
}
