import { readLink, type Link } from '../links.js';
import { MarkdownReader, readAddress } from './reader.js';

/** What stands around a styled text. */
export type Marker = '**' | '__' | '~~' | '||' | '*' | '_';

/** A piece of Markdown, as far as it is known what it is; `role` and `link` are set when its other end is found. */
export type MarkdownToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'marker'; readonly marker: Marker; role: 'literal' | 'begin' | 'end' }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'pre'; readonly text: string; readonly language: string }
  /** `[` or `![`. */
  | { readonly kind: 'link'; readonly literal: '[' | '!['; link: Link | null }
  | { readonly kind: 'linkEnd'; readonly begin: MarkdownToken & { kind: 'link' } }
  | { readonly kind: 'quote' | 'quoteEnd' };

type LinkToken = MarkdownToken & { kind: 'link' };
type MarkerToken = MarkdownToken & { kind: 'marker' };

const SPECIAL = /[\\*_~|`[\]!\n]/g;
const END_OF_CODE = /[`\\]/g;
const MARKERS: readonly Marker[] = ['**', '__', '~~', '||', '*', '_'];
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const WORD = /[\p{L}\p{N}]/u;
const FENCE_LINE = /([^\s`]*)\r?\n/y;

/** Cuts Markdown into tokens and finds what belongs together. Goes through it once, whatever it is. */
export function markdownTokens(markdown: string): MarkdownToken[] {
  return new Tokenizer(markdown).run();
}

class Tokenizer {
  readonly #reader: MarkdownReader;
  readonly #tokens: MarkdownToken[] = [];
  readonly #links: LinkToken[] = [];
  readonly #begun = new Map<Marker, MarkerToken>();
  #quoted = false;
  /** No code ends any more; no block of code does. */
  #noCode = false;
  #noPre = false;

  constructor(markdown: string) {
    this.#reader = new MarkdownReader(markdown);
  }

  run(): MarkdownToken[] {
    const reader = this.#reader;
    this.#lineStart();
    while (!reader.done) {
      this.#text(reader.until(SPECIAL));
      if (!reader.done) this.#special();
    }
    if (this.#quoted) this.#tokens.push({ kind: 'quoteEnd' });
    return this.#tokens;
  }

  #text(text: string): void {
    if (text !== '') this.#tokens.push({ kind: 'text', text });
  }

  #take(length: number): void {
    const { at, input } = this.#reader;
    this.#text(input.slice(at, at + length));
    this.#reader.skip(length);
  }

  #special(): void {
    const reader = this.#reader;
    if (reader.next('\n')) return this.#newLine();
    if (reader.next('\\')) {
      const escaped = PUNCTUATION.test(reader.ascii(1));
      if (escaped) reader.skip(1);
      return this.#take(1);
    }
    if (reader.next('`')) return this.#code();
    if (reader.next('[')) return this.#link('[');
    if (reader.next('![')) return this.#link('![');
    if (reader.next(']')) return this.#linkEnd();
    const marker = MARKERS.find((one) => reader.next(one));
    if (marker === undefined) this.#take(1);
    else this.#marker(marker);
  }

  #newLine(): void {
    const reader = this.#reader;
    if (this.#quoted && !reader.next('\n>')) {
      this.#quoted = false;
      this.#tokens.push({ kind: 'quoteEnd' });
    }
    this.#take(1);
    this.#lineStart();
  }

  #lineStart(): void {
    const reader = this.#reader;
    if (!reader.next('>')) return;
    reader.skip(reader.next('> ') ? 2 : 1);
    if (!this.#quoted) this.#tokens.push({ kind: 'quote' });
    this.#quoted = true;
  }

  #code(): void {
    const reader = this.#reader;
    if (reader.next('```')) return this.#pre();
    // Nothing between two of them is no code.
    if (reader.next('``')) return this.#take(2);
    const text = this.#noCode ? null : this.#until('`', 1);
    if (text === null) {
      this.#noCode = true;
      this.#take(1);
    } else {
      this.#tokens.push({ kind: 'code', text });
    }
  }

  #pre(): void {
    const reader = this.#reader;
    FENCE_LINE.lastIndex = reader.at + 3;
    const line = FENCE_LINE.exec(reader.input);
    const text = this.#noPre ? null : this.#until('```', 3 + (line?.[0].length ?? 0));
    if (text === null) {
      this.#noPre = true;
      return this.#take(3);
    }
    const language = line?.[1] ?? '';
    this.#tokens.push({ kind: 'pre', text: text.replace(/\n$/, ''), language });
  }

  /** Reads code up to its end, and behind it; null, and nothing is read: it does not end. */
  #until(end: string, skip: number): string | null {
    const reader = this.#reader;
    const from = reader.at;
    reader.skip(skip);
    let text = '';
    for (;;) {
      text += reader.until(END_OF_CODE);
      if (reader.done) break;
      if (reader.next(end)) {
        reader.skip(end.length);
        return text;
      }
      const escaped = reader.next('\\`') || reader.next('\\\\');
      text += reader.input[reader.at + (escaped ? 1 : 0)] ?? '';
      reader.skip(escaped ? 2 : 1);
    }
    reader.at = from;
    return null;
  }

  #link(literal: '[' | '!['): void {
    const token: LinkToken = { kind: 'link', literal, link: null };
    this.#tokens.push(token);
    this.#links.push(token);
    this.#reader.skip(literal.length);
  }

  #linkEnd(): void {
    const reader = this.#reader;
    const begin = this.#links.pop();
    const from = reader.at;
    reader.skip(1);
    const address = begin !== undefined && reader.next('(') ? readAddress(reader, false) : null;
    const link = address === null ? null : readLink(address);
    if (begin === undefined || link === null) {
      reader.at = from;
      return this.#take(1);
    }
    begin.link = link;
    this.#tokens.push({ kind: 'linkEnd', begin });
  }

  #marker(marker: Marker): void {
    const reader = this.#reader;
    const token: MarkerToken = { kind: 'marker', marker, role: 'literal' };
    const begun = this.#begun.get(marker);
    const touching = begun !== undefined && this.#tokens.at(-1) === begun;
    if (begun !== undefined && !touching && this.#mayEnd(marker)) {
      begun.role = 'begin';
      token.role = 'end';
      this.#begun.delete(marker);
    } else if (touching) {
      // Nothing between the two: neither means anything.
      this.#begun.delete(marker);
    } else if (this.#mayBegin(marker)) {
      this.#begun.set(marker, token);
    }
    this.#tokens.push(token);
    reader.skip(marker.length);
  }

  #mayBegin(marker: Marker): boolean {
    if (marker.length > 1) return true;
    const { input, at } = this.#reader;
    const next = input[at + 1];
    return next !== undefined && /\S/.test(next) && !WORD.test(input[at - 1] ?? '');
  }

  #mayEnd(marker: Marker): boolean {
    if (marker.length > 1) return true;
    const { input, at } = this.#reader;
    return /\S/.test(input[at - 1] ?? '') && !WORD.test(input[at + 1] ?? '');
  }
}
