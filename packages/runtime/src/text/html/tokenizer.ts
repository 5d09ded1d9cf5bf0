import { TextError } from '../errors.js';
import { decodeReferences } from './references.js';

/** A piece of HTML; `offset` is where it begins in the input. */
export type HtmlToken =
  | { readonly kind: 'text'; readonly offset: number; readonly text: string }
  | {
      readonly kind: 'open';
      readonly offset: number;
      /** Lower case. */
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      /** Ends in `/>`. */
      readonly closed: boolean;
    }
  /** `</>`, with an empty name, ends what was opened last. */
  | { readonly kind: 'close'; readonly offset: number; readonly name: string };

const LESS = 'or write &lt; for a less-than sign';
const NAME = /[a-zA-Z][^\s/>]*/y;
const ATTRIBUTE = /[^\s=/>"'<]+/y;
const UNQUOTED = /[^\s>"'<]*/y;
const SPACE = /\s*/y;

/**
 * Cuts HTML into text and tags. Every `<` begins a tag.
 *
 * @throws TextError for a tag that does not end, or is none.
 */
export function* htmlTokens(input: string): Generator<HtmlToken> {
  let at = 0;
  while (at < input.length) {
    const less = input.indexOf('<', at);
    const end = less === -1 ? input.length : less;
    if (end > at) {
      yield { kind: 'text', offset: at, text: decodeReferences(input.slice(at, end), at) };
    }
    if (less === -1) return;
    const scanner = new TagScanner(input, less);
    yield scanner.tag();
    at = scanner.at;
  }
}

class TagScanner {
  at: number;

  constructor(
    private readonly input: string,
    private readonly start: number,
  ) {
    this.at = start + 1;
  }

  tag(): HtmlToken {
    if (this.input[this.at] === '/') return this.#close();
    const name = this.#match(NAME).toLowerCase();
    if (name === '') this.#fail(`There is no tag here: write the name of one after <, ${LESS}`);
    const attributes = new Map<string, string>();
    for (;;) {
      this.#match(SPACE);
      const next = this.input[this.at];
      if (next === undefined) this.#fail(`Tag <${name}> does not end: write >, ${LESS}`);
      if (next === '>') {
        this.at += 1;
        return { kind: 'open', offset: this.start, name, attributes, closed: false };
      }
      if (next === '/' && this.input[this.at + 1] === '>') {
        this.at += 2;
        return { kind: 'open', offset: this.start, name, attributes, closed: true };
      }
      this.#attribute(name, attributes);
    }
  }

  #close(): HtmlToken {
    this.at += 1;
    const name = this.#match(NAME).toLowerCase();
    this.#match(SPACE);
    if (this.input[this.at] !== '>') {
      this.#fail(`End tag </${name} does not end: write </${name}>, ${LESS}`);
    }
    this.at += 1;
    return { kind: 'close', offset: this.start, name };
  }

  #attribute(tag: string, attributes: Map<string, string>): void {
    const name = this.#match(ATTRIBUTE).toLowerCase();
    if (name === '') {
      this.#fail(
        `Tag <${tag}> has an attribute without a name: write name="value", ${LESS}`,
        this.at,
      );
    }
    this.#match(SPACE);
    let value = '';
    if (this.input[this.at] === '=') {
      this.at += 1;
      this.#match(SPACE);
      value = this.#value(tag, name);
    }
    // The first of two counts, as in HTML.
    if (!attributes.has(name)) attributes.set(name, value);
  }

  #value(tag: string, name: string): string {
    const quote = this.input[this.at];
    if (quote !== '"' && quote !== "'") {
      const from = this.at;
      return decodeReferences(this.#match(UNQUOTED), from);
    }
    const from = this.at + 1;
    const end = this.input.indexOf(quote, from);
    if (end === -1) {
      this.#fail(
        `Attribute ${name} of tag <${tag}> does not end: write ${quote} behind it`,
        from - 1,
      );
    }
    this.at = end + 1;
    return decodeReferences(this.input.slice(from, end), from);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const text = pattern.exec(this.input)?.[0] ?? '';
    this.at += text.length;
    return text;
  }

  #fail(reason: string, at = this.start): never {
    throw new TextError(reason, at);
  }
}
