import { describe, expect, it } from 'vitest';
import {
  parseText,
  printText,
  splitText,
  type FormattedText,
  type ParseMode,
} from '../../../../packages/runtime/src/text/index.js';

const MODES: readonly ParseMode[] = ['html', 'markdown', 'markdownv2'];

/** Half of a surrogate pair. */
const LONELY = /\p{Cs}/u;

/** Texts and addresses that are made of what markup is made of. */
const NASTY = [
  '\\',
  'a\\',
  '\\)',
  ')',
  '&amp;',
  '&',
  '<b>',
  '"',
  '*_`~|',
  '[a](b)',
  '👍',
  '__',
  '>',
];

describe.each(MODES)('%s, printed and read back', (mode) => {
  it.each(NASTY)('keeps the text %s', (text) => {
    const formatted: FormattedText = { text: `${text} x`, entities: [] };
    expect(parseText(printText(formatted, mode), mode)).toEqual(formatted);
  });

  it.each(NASTY)('keeps the address %s', (part) => {
    const url = `https://a.example/?${part}`;
    const formatted: FormattedText = {
      text: `👍 link, and more`,
      entities: [{ type: 'textUrl', offset: 3, length: 4, url }],
    };
    expect(parseText(printText(formatted, mode), mode)).toEqual(formatted);
  });

  it('counts places in UTF-16 code units', () => {
    const formatted: FormattedText = {
      text: '👍👍 fat 👍 end',
      entities: [{ type: 'bold', offset: 5, length: 6 }],
    };
    const read = parseText(printText(formatted, mode), mode);
    expect(read).toEqual(formatted);
    expect(read.text.slice(5, 11)).toBe('fat 👍');
  });
});

describe('an entity', () => {
  it('that ends or begins inside of a pair holds the whole character', () => {
    const text = '👍👍👍';
    const cut: FormattedText = { text, entities: [{ type: 'bold', offset: 3, length: 2 }] };
    expect(parseText(printText(cut, 'html'), 'html').entities).toEqual([
      { type: 'bold', offset: 2, length: 4 },
    ]);
  });
});

describe('a piece', () => {
  it.each([2, 3, 4, 5, 6, 7])('of %i never ends inside of a pair', (limit) => {
    const family = '👩‍👩‍👧‍👦';
    for (const text of [family.repeat(3), `a${family}`, '👍'.repeat(9), `é${'👍'.repeat(5)}`]) {
      const pieces = splitText({ text, entities: [] }, limit);
      expect(pieces.map((one) => one.text).join('')).toBe(text);
      for (const { text: one } of pieces) {
        expect(one.length).toBeLessThanOrEqual(limit);
        expect(LONELY.test(one), JSON.stringify(one)).toBe(false);
      }
    }
  });

  it('has every word, once', () => {
    const words = Array.from({ length: 400 }, (_, i) => `${'w'.repeat(i % 17)}${i}`);
    for (const separator of [' ', '\n']) {
      const pieces = splitText({ text: words.join(separator), entities: [] }, 50);
      expect(pieces.flatMap(({ text }) => text.split(separator))).toEqual(words);
    }
    const unbroken = words.join('');
    const pieces = splitText({ text: unbroken, entities: [] }, 50);
    expect(pieces.map(({ text }) => text).join('')).toBe(unbroken);
  });
});
