import { printEvents } from '../events.js';
import { emojiAddress, userAddress } from '../links.js';
import type { FormattedText, TextEntity } from '../types.js';
import { alignQuotes } from './align-quotes.js';
import { escapeAddress } from './escape.js';

/**
 * Writes a text as Markdown that {@link parseMarkdown} reads back as it was, but for what it has no form for: underline
 * is left out, and so are a language with white space or `` ` `` in it, links whose address has a new line, entities
 * that servers find themselves (mention, hashtag, url …) and buttons. Collapsed quotes become plain ones, quotes
 * become whole lines (without the end of the last), and those on neighbouring lines become one.
 */
export function toMarkdown(formatted: FormattedText): string {
  const aligned = alignQuotes(formatted, 'markdown');
  return new MarkdownPrinter(aligned).print();
}

class MarkdownPrinter {
  readonly #parts: string[] = [];
  #code: TextEntity | null = null;
  readonly #quotes: TextEntity[];

  constructor(private readonly formatted: FormattedText) {
    this.#quotes = formatted.entities.filter((one) => one.type === 'blockquote').reverse();
  }

  print(): string {
    this.#lineStart(0);
    for (const event of printEvents(this.formatted)) {
      if (event.kind === 'text') this.#text(event.from, event.to);
      else if (event.kind === 'open') this.#begin(event.entity);
      else this.#end(event.entity);
    }
    return this.#parts.join('');
  }

  #text(from: number, to: number): void {
    const { text } = this.formatted;
    if (this.#code !== null) {
      this.#parts.push(text.slice(from, to).replace(/[`\\]/g, '\\$&'));
      return;
    }
    let at = from;
    while (at < to) {
      const found = text.indexOf('\n', at);
      const end = found === -1 || found >= to ? to : found + 1;
      const line = text.slice(at, end).replace(/[\\*_~|`[\]]/g, '\\$&');
      const first = at === 0 || text[at - 1] === '\n';
      this.#parts.push(first ? line.replace(/^>/, '\\>') : line);
      at = end;
      if (text[at - 1] === '\n') this.#lineStart(at);
    }
  }

  /** Begins a line: in a quote, before all markers that are at the same place. */
  #lineStart(at: number): void {
    let quote = this.#quotes.at(-1);
    while (quote !== undefined && quote.offset + quote.length < at) {
      this.#quotes.pop();
      quote = this.#quotes.at(-1);
    }
    if (quote !== undefined && quote.offset <= at) this.#parts.push('> ');
  }

  #begin(entity: TextEntity): void {
    if (entity.type === 'code' || entity.type === 'pre') this.#code = entity;
    const marker = beginning(entity);
    const last = this.#parts.at(-1);
    if (marker === '[' && last?.endsWith('!')) {
      this.#parts[this.#parts.length - 1] = `${last.slice(0, -1)}\\!`;
    }
    this.#parts.push(marker);
  }

  #end(entity: TextEntity): void {
    if (entity === this.#code) this.#code = null;
    this.#parts.push(ending(entity));
  }
}

const STYLES = new Map<TextEntity['type'], string>([
  ['bold', '**'],
  ['italic', '__'],
  ['strike', '~~'],
  ['spoiler', '||'],
  ['code', '`'],
]);

function beginning(entity: TextEntity): string {
  switch (entity.type) {
    case 'pre':
      return `\`\`\`${entity.language}\n`;
    case 'customEmoji':
      return '![';
    case 'textUrl':
    case 'textMention':
      return '[';
    default:
      return STYLES.get(entity.type) ?? '';
  }
}

function ending(entity: TextEntity): string {
  switch (entity.type) {
    case 'pre':
      return '\n```';
    case 'customEmoji':
      return `](${emojiAddress(entity.customEmojiId)})`;
    case 'textUrl':
      return `](${escapeAddress(entity.url)})`;
    case 'textMention':
      return `](${escapeAddress(userAddress(entity.user))})`;
    default:
      return STYLES.get(entity.type) ?? '';
  }
}
