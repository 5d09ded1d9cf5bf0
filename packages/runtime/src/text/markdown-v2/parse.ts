import { TextBuilder, type Mark } from '../builder.js';
import { TextError } from '../errors.js';
import { isUrlLike, readLink } from '../links.js';
import type { FormattedText } from '../types.js';
import { MarkdownReader, readAddress, readLanguage } from '../markdown/reader.js';

/** Entities that may be open at once. */
const MAX_DEPTH = 64;

type OpenType =
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strike'
  | 'spoiler'
  | 'code'
  | 'pre'
  | 'link'
  | 'emoji'
  | 'quote';

interface OpenEntity {
  readonly type: OpenType;
  /** What begins it. */
  readonly marker: string;
  readonly offset: number;
  readonly language: string;
  readonly mark: Mark;
}

const SPECIAL = /[_*[\]()~`>#+\-=|{}.!\n\\]/g;
const SPECIAL_IN_CODE = /[`\\]/g;
const ENDS: Readonly<Record<OpenType, string>> = {
  bold: '*',
  italic: '_',
  underline: '__',
  strike: '~',
  spoiler: '||',
  code: '`',
  pre: '```',
  link: ']',
  emoji: ']',
  quote: '',
};

/**
 * Reads MarkdownV2 as the Bot API's "MarkdownV2 style" has it: `*bold*`, `_italic_`, `__underline__`, `~strike~`,
 * `||spoiler||`, `` `code` ``, ```` ```language ````, `[text](address)`, `![emoji](tg://emoji?id=…)`, and `>` before
 * each line of a quote, which is collapsed if its last line ends in `||`; an empty bold (`**`) keeps two quotes apart.
 * The new line after a quote belongs to it. `__` is underline wherever it can be: write `_**__` to end italic, then
 * underline. Any ASCII character may be escaped by a backslash; `_ * [ ] ( ) ~ ` > # + - = | { } . !` have to be
 * outside of code, `` ` `` and the backslash inside it, `)` and the backslash in addresses. Texts are not trimmed.
 *
 * @returns text and entities (UTF-16 code units).
 * @throws TextError for a reserved character that is not escaped, and for an entity that does not end.
 */
export function parseMarkdownV2(markdown: string): FormattedText {
  return new MarkdownV2Parser(markdown).parse();
}

class MarkdownV2Parser {
  readonly #builder = new TextBuilder();
  readonly #reader: MarkdownReader;
  readonly #open: OpenEntity[] = [];
  #quoted = false;
  /** Only entities began or ended since the line began. */
  #lineStart = true;

  constructor(markdown: string) {
    this.#reader = new MarkdownReader(markdown);
  }

  parse(): FormattedText {
    const reader = this.#reader;
    while (!reader.done) {
      const type = this.#open.at(-1)?.type;
      const inCode = type === 'code' || type === 'pre';
      this.#plain(reader.until(inCode ? SPECIAL_IN_CODE : SPECIAL));
      if (reader.done) break;
      if (reader.next('\\')) this.#escape();
      else if (!this.#end()) this.#begin();
    }
    if (this.#quoted) this.#endQuote(reader.at);
    const one = this.#open.at(-1);
    if (one !== undefined) this.#unfinished(one);
    return this.#builder.finish();
  }

  #plain(text: string): void {
    if (text === '') return;
    this.#builder.add(text);
    if (/[^\r]/.test(text)) this.#lineStart = false;
  }

  #escape(): void {
    const reader = this.#reader;
    const escaped = reader.ascii(1);
    reader.skip(escaped === '' ? 1 : 2);
    this.#builder.add(escaped === '' ? '\\' : escaped);
    if (escaped !== '\r') this.#lineStart = escaped === '\n';
  }

  /** Ends what is open, if the next characters do. */
  #end(): boolean {
    const reader = this.#reader;
    const top = this.#open.at(-1);
    if (top === undefined) return false;
    const inCode = top.type === 'code' || top.type === 'pre';
    if (this.#quoted && !inCode && reader.next('\n')) {
      if (reader.next('\n>')) return false;
      const { at } = reader;
      reader.skip(1);
      this.#endQuote(at, '\n');
      this.#lineStart = true;
      return true;
    }
    const { type, language, mark } = top;
    if (type === 'quote' || !reader.next(ENDS[type])) return false;
    if (type === 'italic' && reader.next('__')) return false;
    reader.skip(ENDS[type].length);
    this.#open.pop();
    if (type === 'link' || type === 'emoji') this.#link(top);
    else this.#builder.entity(type === 'pre' ? { type, language } : { type }, mark.size);
    return true;
  }

  /** Ends the quote at a new line, or where the text ends. An empty spoiler that just began says it is collapsed. */
  #endQuote(at: number, ending = ''): void {
    const builder = this.#builder;
    let top = this.#open.pop();
    const blank = builder.endsWith('\r') ? 1 : 0;
    const collapsed =
      top?.type === 'spoiler' &&
      builder.size - blank <= top.mark.size &&
      this.#open.at(-1)?.type === 'quote';
    if (collapsed) top = this.#open.pop();
    if (top === undefined || top.type !== 'quote') return this.#unfinished(top, at);
    builder.add(ending);
    builder.entity({ type: 'blockquote', collapsed }, top.mark.size);
    this.#quoted = false;
  }

  #begin(): void {
    const reader = this.#reader;
    const { at } = reader;
    if (reader.next('\n')) {
      reader.skip(1);
      this.#builder.add('\n');
      this.#lineStart = true;
      return;
    }
    if (reader.next('>')) {
      if (!this.#lineStart) return this.#reserved('>');
      reader.skip(1);
      // Behind the first line of a quote it only says that the quote goes on.
      if (!this.#quoted) this.#push('quote', '>', at);
      this.#quoted = true;
      return;
    }
    for (const [marker, type] of MARKERS) {
      if (!reader.next(marker)) continue;
      reader.skip(marker.length);
      this.#push(type, marker, at, type === 'pre' ? readLanguage(reader) : '');
      return;
    }
    this.#reserved(reader.ascii(0));
  }

  #push(type: OpenType, marker: string, offset: number, language = ''): void {
    if (this.#open.length >= MAX_DEPTH) {
      throw new TextError(
        `More than ${MAX_DEPTH} entities are open here: end them, or write \\${marker} for the character`,
        offset,
      );
    }
    this.#open.push({ type, marker, offset, language, mark: this.#builder.mark() });
  }

  /** What follows the `]` of a link or an emoji. */
  #link(one: OpenEntity): void {
    const reader = this.#reader;
    const from = reader.at;
    const address = reader.next('(') ? readAddress(reader, true) : '';
    if (address === null) {
      throw new TextError(
        'The address of the link does not end: write ) behind it, and \\) for one that belongs to it',
        from,
      );
    }
    const builder = this.#builder;
    const text = address === '' ? builder.since(one.mark) : '';
    const link = readLink(isUrlLike(text) ? text : address);
    if (one.type === 'emoji' && link?.type !== 'customEmoji') {
      throw new TextError(
        'This is no custom emoji: write ![👍](tg://emoji?id=5368…), or \\! for an exclamation mark',
        one.offset,
      );
    }
    builder.put(link, one.mark);
  }

  #reserved(character: string): never {
    throw new TextError(
      `Character ${character} is reserved: write \\${character}`,
      this.#reader.at,
    );
  }

  #unfinished(one: OpenEntity | undefined, at = one?.offset ?? 0): never {
    const marker = one?.marker ?? '';
    const end = one === undefined ? '' : ENDS[one.type];
    throw new TextError(
      `What begins with ${marker} does not end${this.#quoted ? ' in its quote' : ''}: ` +
        `write ${end} behind its text, or \\${marker} for the character`,
      one?.offset ?? at,
    );
  }
}

/** What begins which entity; the longer first. */
const MARKERS: readonly (readonly [marker: string, type: OpenType])[] = [
  ['```', 'pre'],
  ['`', 'code'],
  ['__', 'underline'],
  ['_', 'italic'],
  ['*', 'bold'],
  ['~', 'strike'],
  ['||', 'spoiler'],
  ['[', 'link'],
  ['![', 'emoji'],
];
