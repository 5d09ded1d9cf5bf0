import { printEvents } from '../events.js';
import { emojiAddress, userAddress } from '../links.js';
import { alignQuotes } from '../markdown/align-quotes.js';
import { escapeAddress } from '../markdown/escape.js';
import { nest } from '../nesting/nest.js';
import { endOf } from '../nesting/order.js';
import type { FormattedText, TextEntity } from '../types.js';

const RESERVED = /[_*[\]()~`>#+\-=|{}.!\\]/g;

/**
 * Writes a text as MarkdownV2 that {@link parseMarkdownV2} reads back as it was, but for what it has no form for:
 * a quote becomes one of whole lines with their ends (what is in it, and covers the end of its last line, ends before
 * that), a language with white space or `` ` `` in it is left out, and so are entities that servers find themselves
 * (mention, hashtag, url …) and buttons.
 */
export function toMarkdownV2(formatted: FormattedText): string {
  const aligned = alignQuotes(formatted, 'markdownv2');
  return new MarkdownV2Printer(aligned.text).print(openEnded(aligned));
}

/** Nothing can end behind a quote that the text ends with: what holds it is written as two parts. */
function openEnded({ text, entities }: FormattedText): FormattedText {
  const quote = entities.findLast((one) => one.type === 'blockquote');
  if (quote === undefined || endOf(quote) < text.length || text.endsWith('\n')) {
    return { text, entities };
  }
  const start = quote.offset;
  const before = new Set<TextEntity>();
  const parts = entities.flatMap((one) => {
    if (one.offset >= start || endOf(one) < text.length) return [one];
    const first = { ...one, length: start - one.offset };
    before.add(first);
    return [first, { ...one, offset: start, length: text.length - start }];
  });
  // What held another quote, just as long as this part, still holds it: it covers that quote's last new line.
  const nested = nest(parts);
  for (const [at, one] of nested.entries()) {
    for (let i = at; before.has(one) && i > 0 && isSamePlace(nested[i - 1], one); i -= 1) {
      nested.splice(i - 1, 2, one, ...nested.slice(i - 1, i));
    }
  }
  return { text, entities: nested };
}

function isSamePlace(a: TextEntity | undefined, b: TextEntity): boolean {
  return a?.type === 'blockquote' && a.offset === b.offset && a.length === b.length;
}

class MarkdownV2Printer {
  readonly #parts: string[] = [];
  readonly #open: TextEntity[] = [];
  /** What was written last is a marker, not text. */
  #marker = false;
  /** Where the last quote ended. */
  #lastQuote = -1;

  constructor(private readonly text: string) {}

  print(formatted: FormattedText): string {
    for (const event of printEvents(formatted)) {
      if (event.kind === 'text') this.#text(event.from, event.to);
      else if (event.kind === 'open') this.#begin(event.entity);
      else this.#end(event.entity);
    }
    return this.#parts.join('');
  }

  #text(from: number, to: number): void {
    const text = this.text.slice(from, to);
    const top = this.#open.at(-1);
    if (top?.type === 'code' || top?.type === 'pre') {
      const code = text.replace(/[`\\]/g, '\\$&');
      // The block's first new line is the fence's; a return next to it would go with it.
      this.#parts.push(top.type === 'pre' ? code.replace(/^\r/, '\\\r') : code);
    } else {
      this.#parts.push(this.#lines(text.replace(RESERVED, '\\$&'), to));
    }
    this.#marker = false;
  }

  /** Begins each further line of a quote. */
  #lines(text: string, to: number): string {
    const quote = this.#quote();
    if (quote === undefined) return text;
    const ends = to === endOf(quote) && text.endsWith('\n');
    const inside = ends ? text.slice(0, -1) : text;
    const quoted = inside.replaceAll('\n', '\n>');
    if (!ends) return quoted;
    return `${quoted}${quote.type === 'blockquote' && quote.collapsed ? '||' : ''}\n`;
  }

  #begin(entity: TextEntity): void {
    if (entity.type === 'blockquote') {
      // A quote right behind another would go on with it.
      if (!this.#marker && this.#lastQuote === entity.offset) this.#write(this.#nothing());
      this.#write('>');
    } else {
      this.#write(beginning(entity));
    }
    this.#open.push(entity);
  }

  #end(entity: TextEntity): void {
    this.#open.pop();
    if (entity.type !== 'blockquote') return this.#write(ending(entity), entity);
    const end = endOf(entity);
    this.#lastQuote = end;
    if (this.text[end - 1] === '\n') return;
    if (entity.collapsed) this.#write('||');
  }

  #write(marker: string, ended?: TextEntity): void {
    const touching =
      this.#marker && this.#parts.at(-1)?.endsWith('_') === true && marker.startsWith('_');
    // Two markers of underscores would be read as other two; something empty keeps them apart.
    if (touching) this.#parts.push(this.#nothing(ended));
    this.#parts.push(marker);
    this.#marker = true;
  }

  /** An entity without a text, which does not end what is open. */
  #nothing(ended?: TextEntity): string {
    return (ended ?? this.#open.at(-1))?.type === 'bold' ? '~~' : '**';
  }

  #quote(): TextEntity | undefined {
    return this.#open.find((one) => one.type === 'blockquote');
  }
}

const STYLES = { bold: '*', italic: '_', underline: '__', strike: '~', spoiler: '||' } as const;

function beginning(entity: TextEntity): string {
  switch (entity.type) {
    case 'bold':
    case 'italic':
    case 'underline':
    case 'strike':
    case 'spoiler':
      return STYLES[entity.type];
    case 'code':
      return '`';
    case 'pre':
      return `\`\`\`${entity.language}\n`;
    case 'customEmoji':
      return '![';
    default:
      return '[';
  }
}

function ending(entity: TextEntity): string {
  switch (entity.type) {
    case 'pre':
      return '```';
    case 'customEmoji':
      return `](${emojiAddress(entity.customEmojiId)})`;
    case 'textMention':
      return `](${escapeAddress(userAddress(entity.user))})`;
    case 'textUrl':
      return `](${escapeAddress(entity.url)})`;
    default:
      // The same on both sides.
      return beginning(entity);
  }
}
