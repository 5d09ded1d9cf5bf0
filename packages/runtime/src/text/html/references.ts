import { TextError } from '../errors.js';

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

const REFERENCE =
  /&(?:#(\d{1,10})|#[xX]([\da-fA-F]{1,8})|(lt|gt|amp|quot|apos|nbsp)(?![\da-zA-Z]));?/g;

/**
 * Replaces `&lt; &gt; &amp; &quot; &apos; &nbsp;` and numbers of characters (`&#60;`, `&#x3c;`); the semicolon may be
 * missing, as the Bot API allows. Other names stay as they are.
 *
 * @param offset - where the text begins in the input, for errors.
 * @throws TextError for the number of one half of a surrogate pair.
 */
export function decodeReferences(text: string, offset: number): string {
  if (!text.includes('&')) return text;
  return text.replace(
    REFERENCE,
    (whole, decimal?: string, hex?: string, name?: string, at?: number) => {
      if (name !== undefined) return NAMED[name] ?? whole;
      const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
      if (code >= 0xd800 && code <= 0xdfff) {
        throw new TextError(
          `${whole} is half of a surrogate pair: write the number of the whole character`,
          offset + (at ?? 0),
        );
      }
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** Text as HTML writes it. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, (one) => (one === '&' ? '&amp;' : one === '<' ? '&lt;' : '&gt;'));
}

/** The value of an attribute, between double quotes. */
export function escapeAttribute(text: string): string {
  return escapeHtml(text).replaceAll('"', '&quot;');
}
