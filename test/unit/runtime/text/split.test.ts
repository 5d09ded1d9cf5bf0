import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  normalise,
  splitText,
  type FormattedText,
  type TextEntity,
} from '../../../../packages/runtime/src/text/index.js';
import { splitsPair } from '../../../../packages/runtime/src/text/normalise.js';
import { RUNS, SEED } from '../../../support/random.js';
import { anyFormatted } from './arbitrary.js';
import { shape } from './shape.js';

const plain = (text: string): FormattedText => ({ text, entities: [] });
const pieces = (text: string, limit: number): string[] =>
  splitText(plain(text), limit).map((one) => one.text);

describe('splitting of long messages', () => {
  it('leaves what fits as it is, also nothing at all', () => {
    for (const text of ['', 'a', 'a'.repeat(4096), '  \n ']) {
      const formatted = plain(text);
      expect(splitText(formatted)).toEqual([formatted]);
    }
  });

  it.each([
    ['one two\nthree four', 12, ['one two', 'three four']],
    ['one two\nthree four', 8, ['one two', 'three', 'four']],
    ['one two three', 7, ['one two', 'three']],
    ['one\n\n\ntwo', 4, ['one', 'two']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['ab👍👍', 3, ['ab', '👍', '👍']],
    ['👍👍👍', 5, ['👍👍', '👍']],
    ['ab👨‍👩‍👧', 6, ['ab', '👨‍👩\u200d', '👧']],
    ['abe\u0301f', 3, ['ab', 'e\u0301f']],
    ['a         b', 4, ['a   ', 'b']],
    ['        ab', 4, ['ab']],
  ])('%j by %i', (text, limit, expected) => {
    expect(pieces(text, limit)).toEqual(expected);
  });

  it('counts UTF-16 units', () => {
    expect(pieces('👍'.repeat(4096), 4096).map((one) => one.length)).toEqual([4096, 4096]);
  });

  it('keeps links, mentions and code whole where it can', () => {
    const entities: TextEntity[] = [{ type: 'textUrl', url: 'a', offset: 4, length: 7 }];
    expect(splitText({ text: 'abcdefg hij klm', entities }, 9).map(shape)).toEqual([
      ['abcd'],
      ['efg hij', 'textUrl 0 7 a'],
      ['klm'],
    ]);
    const code: TextEntity[] = [{ type: 'code', offset: 0, length: 12 }];
    expect(splitText({ text: 'abcdef ghijk', entities: code }, 8).map(shape)).toEqual([
      ['abcdef', 'code 0 6'],
      ['ghijk', 'code 0 5'],
    ]);
  });

  it('cuts entities with the text, and leaves the buttons below the last piece', () => {
    const buttons = [[{ text: 'b', url: 'u' }]];
    const entities: TextEntity[] = [
      { type: 'pre', language: 'ts', offset: 0, length: 7 },
      { type: 'bold', offset: 8, length: 3 },
    ];
    const split = splitText({ text: 'one\ntwo bbb', entities, buttons }, 4);
    expect(split.map(shape)).toEqual([
      ['one', 'pre 0 3 ts'],
      ['two', 'pre 0 3 ts'],
      ['bbb', 'bold 0 3'],
    ]);
    expect(split.map((one) => one.buttons)).toEqual([undefined, undefined, buttons]);
  });

  it('refuses pieces too short for a character', () => {
    expect(() => splitText(plain('abc'), 1)).toThrow(expect.objectContaining({ code: 'BAD_TEXT' }));
    expect(() => splitText(plain('abc'), Number.NaN)).toThrow(/at least 2/);
  });

  it('of any text: pieces fit, are not blank, lose only white space, and keep their entities', () => {
    fc.assert(
      fc.property(anyFormatted, fc.integer({ min: 2, max: 12 }), (formatted, limit) => {
        const whole = normalise(formatted);
        fc.pre(/\S/.test(whole.text) && whole.text.length > limit);
        let at = 0;
        for (const piece of splitText(whole, limit)) {
          expect(piece.text.length).toBeLessThanOrEqual(limit);
          expect(piece.text).toMatch(/\S/);
          // A piece may begin with white space of its own; what is between two pieces is nothing else.
          let start = at;
          while (!whole.text.startsWith(piece.text, start)) {
            expect(whole.text[start]).toMatch(/\s/);
            start += 1;
          }
          at = start + piece.text.length;
          expect(splitsPair(whole.text, start) || splitsPair(whole.text, at)).toBe(false);
        }
        expect(whole.text.slice(at)).not.toMatch(/\S/);
      }),
      { numRuns: 3000 * RUNS, seed: SEED },
    );
  });

  it('of any text: entities of the pieces are those of the whole', () => {
    fc.assert(
      fc.property(anyFormatted, fc.integer({ min: 2, max: 12 }), ({ text, entities }, limit) => {
        // Each unit is another character, so that a piece says where it is from.
        const marked = [...text].map((_, at) => String.fromCharCode(0x4e00 + at)).join('');
        const whole = normalise({ text: marked, entities });
        for (const piece of splitText(whole, limit)) {
          const start = whole.text.indexOf(piece.text);
          for (let at = 0; at < piece.text.length; at += 1) {
            expect(typesAt(piece, at)).toEqual(typesAt(whole, start + at));
          }
        }
      }),
      { numRuns: 1000 * RUNS, seed: SEED },
    );
  });
});

function typesAt({ entities }: FormattedText, at: number): string[] {
  return entities
    .filter((one) => one.offset <= at && at < one.offset + one.length)
    .map((one) => one.type);
}
