import { TextBuilder, type EntityKind, type Mark } from '../builder.js';
import { TextError } from '../errors.js';
import { isUrlLike } from '../links.js';
import type { FormattedText } from '../types.js';
import { languageOf, meaningOf, shown, type ElementMeaning, type OpenTag } from './elements.js';
import { htmlTokens } from './tokenizer.js';

/** Elements that may be open at once. */
const MAX_DEPTH = 64;

interface OpenElement {
  readonly tag: OpenTag;
  readonly meaning: ElementMeaning;
  readonly mark: Mark;
  /** Of `pre` and `code`: the language that the other names, if it has the same place. */
  inner?: { readonly tag: OpenTag; readonly mark: Mark; readonly end: number };
}

/**
 * Reads HTML as the Bot API's "HTML style" has it: `b strong`, `i em`, `u ins`, `s strike del`,
 * `tg-spoiler span[class=tg-spoiler]`, `code`, `pre`, `pre > code[class=language-x]`, `a[href]`,
 * `blockquote[expandable]`, `tg-emoji[emoji-id]`; and beside them `pre[language]`, `emoji[id]`, `spoiler`, `br` (a new
 * line) and `p` (an empty line between paragraphs). White space stays as it is; only around `p` it is dropped.
 * `&lt; &gt; &amp; &quot; &apos; &nbsp;` and numbers are replaced. Addresses that mean a mention, an emoji or a button
 * are those of all parse modes: `tg://user?id=`, `mention:`, `tg://emoji?id=`, `buttonurl:`.
 *
 * @returns text and entities (UTF-16 code units).
 * @throws TextError where a tag is unknown, does not end, or is not closed in order.
 */
export function parseHtml(html: string): FormattedText {
  const parser = new HtmlParser();
  for (const token of htmlTokens(html)) {
    if (token.kind === 'text') parser.text(token.text);
    else if (token.kind === 'open') parser.open(token);
    else parser.close(token.name, token.offset);
  }
  return parser.finish();
}

class HtmlParser {
  readonly #builder = new TextBuilder();
  readonly #open: OpenElement[] = [];
  /** A paragraph ended: what comes next is apart from it. */
  #apart = false;

  text(text: string): void {
    if (!this.#apart) return this.#builder.add(text);
    const rest = text.replace(/^\s+/, '');
    if (rest === '') return;
    this.#separate();
    this.#builder.add(rest);
  }

  open(tag: OpenTag): void {
    if (tag.name === 'br') {
      this.#separate();
      return this.#builder.add('\n');
    }
    const meaning = meaningOf(tag);
    if (meaning.kind === 'paragraph') this.#apart = this.#builder.size > 0;
    else this.#separate();
    if (tag.closed) return;
    if (this.#open.length >= MAX_DEPTH) {
      throw new TextError(
        `More than ${MAX_DEPTH} tags are open here: close those that should have ended`,
        tag.offset,
      );
    }
    this.#open.push({ tag, meaning, mark: this.#builder.mark() });
  }

  close(name: string, offset: number): void {
    // Browsers forgive it, and it has one meaning only.
    if (name === 'br') return this.#builder.add('\n');
    const one = this.#open.pop();
    if (one === undefined) {
      throw new TextError(
        `End tag </${shown(name)}> ends nothing: remove it, or write the start tag before it`,
        offset,
      );
    }
    if (name !== '' && name !== one.tag.name) {
      throw new TextError(
        `End tag </${shown(name)}> comes where <${one.tag.name}> is open: ` +
          `write </${one.tag.name}> before it`,
        offset,
      );
    }
    this.#end(one);
  }

  finish(): FormattedText {
    const one = this.#open.at(-1);
    if (one !== undefined) {
      const { name, offset } = one.tag;
      throw new TextError(`Tag <${name}> is not closed: write </${name}> behind its text`, offset);
    }
    return this.#builder.finish();
  }

  #end(one: OpenElement): void {
    const { tag, meaning, mark } = one;
    const builder = this.#builder;
    if (meaning.kind === 'paragraph') {
      this.#apart = builder.size > 0;
    } else if (meaning.kind === 'link') {
      const text = meaning.address === '' ? builder.since(mark) : '';
      builder.link(isUrlLike(text) ? text : meaning.address, mark);
    } else {
      builder.entity(blockOf(one, meaning.entity, builder.size), mark.size);
    }
    const outer = this.#open.at(-1);
    if (outer !== undefined) outer.inner = { tag, mark, end: builder.size };
  }

  #separate(): void {
    if (!this.#apart) return;
    this.#apart = false;
    const builder = this.#builder;
    if (!builder.endsWith('\n\n')) builder.add(builder.endsWith('\n') ? '\n' : '\n\n');
  }
}

/** What an element makes: `pre` and a `code` of the same place, in any order, are a block in the code's language. */
function blockOf({ tag, mark, inner }: OpenElement, entity: EntityKind, end: number): EntityKind {
  if (inner === undefined || inner.mark.size !== mark.size || inner.end !== end) return entity;
  const code = tag.name === 'code' ? tag : inner.tag;
  const pre = tag.name === 'pre' ? tag : inner.tag;
  if (pre.name !== 'pre' || code.name !== 'code') return entity;
  const language = languageOf(code) || (pre.attributes.get('language') ?? '');
  return { type: 'pre', language };
}
