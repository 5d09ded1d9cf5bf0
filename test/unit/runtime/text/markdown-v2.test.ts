import { describe, expect, it } from 'vitest';
import {
  parseMarkdownV2,
  TextError,
  toMarkdownV2,
} from '../../../../packages/runtime/src/text/index.js';
import { shape } from './shape.js';

describe('MarkdownV2', () => {
  it.each([
    ['*bold \\*text*', 'bold *text', 'bold 0 10'],
    ['_italic \\*text_', 'italic *text', 'italic 0 12'],
    ['__underline__', 'underline', 'underline 0 9'],
    ['~strike~ ||spoiler||', 'strike spoiler', 'strike 0 6', 'spoiler 7 7'],
    [
      '*bold _italic bold ~s ||p||~ __u i b___ bold*',
      'bold italic bold s p u i b bold',
      'bold 0 31',
      'italic 5 21',
      'strike 17 3',
      'spoiler 19 1',
      'underline 21 5',
    ],
    ['___a_**__', 'a', 'italic 0 1', 'underline 0 1'],
    ['[inline URL](http://www.example.com/)', 'inline URL', 'textUrl 0 10 http://www.example.com/'],
    ['[u](tg://user?id=123456789)', 'u', 'textMention 0 1 123456789'],
    ['[u](tg:user?id=123456)', 'u', 'textMention 0 1 123456'],
    ['[u](mention:@durov)', 'u', 'textMention 0 1 @durov'],
    ['![👍](tg://emoji?id=5368324170671202286)', '👍', 'customEmoji 0 2 5368324170671202286'],
    ['![👍](TG://EMoJI/?test=1231&id=25#id=32)a', '👍a', 'customEmoji 0 2 25'],
    ['`code`', 'code', 'code 0 4'],
    ['```\npre\n```', 'pre\n', 'pre 0 4 '],
    ['```python\npre```', 'pre', 'pre 0 3 python'],
    ['```🏟 🏟```', ' 🏟', 'pre 0 3 🏟'],
    ['```🏟\n\r🏟```', '🏟', 'pre 0 2 🏟'],
    ['```🏟\n\n🏟```', '\n🏟', 'pre 0 3 🏟'],
    ['```🏟 \\\\\\`🏟```', ' \\`🏟', 'pre 0 5 🏟'],
    ['🏟 🏟__🏟 _🏟_\\___', '🏟 🏟🏟 🏟_', 'underline 5 6', 'italic 8 2'],
    ['🏟 🏟`🏟 🏟```', '🏟 🏟🏟 🏟', 'code 5 5'],
    ['🏟**``____``````||||', '🏟'],
    ['\\\\\\a\\b\\➡️\\', '\\ab\\➡️\\'],
    ['[telegram\\.org]a', 'telegram.orga', 'textUrl 0 12 telegram.org'],
    ['[a](https://telegram.dog?\\\\\\()', 'a', 'textUrl 0 1 https://telegram.dog?\\('],
    ['[a]()', 'a'],
    ['> \n> \n>', ' \n \n', 'blockquote 0 4 false'],
    ['> \\>\n \\> \n>', ' >\n > \n', 'blockquote 0 3 false'],
    ['abc\n> \n> \n>\ndef', 'abc\n \n \n\ndef', 'blockquote 4 5 false'],
    ['>', ''],
    [
      '>*b\n>ld \n>bo\n>ld*\nasd\ndef',
      'b\nld \nbo\nld\nasd\ndef',
      'blockquote 0 12 false',
      'bold 0 11',
    ],
    [
      '*a\n>b\n>ld \n>bo\n>ld\nasd*\ndef',
      'a\nb\nld \nbo\nld\nasd\ndef',
      'bold 0 17',
      'blockquote 2 12 false',
    ],
    [
      '>`b\n>ld \n>bo\nld`\n>asd\ndef',
      'b\n>ld \n>bo\nld\nasd\ndef',
      'blockquote 0 18 false',
      'code 0 13',
    ],
    [
      '`>b\n>ld \n>bo\nld`\n>asd\ndef',
      '>b\n>ld \n>bo\nld\nasd\ndef',
      'code 0 14',
      'blockquote 15 4 false',
    ],
    ['>a\n>b\n**>c\n>d||', 'a\nb\nc\nd', 'blockquote 0 4 false', 'blockquote 4 3 true'],
    ['>||a||||\nb', 'a\nb', 'blockquote 0 2 true', 'spoiler 0 1'],
  ])('%j', (markdown, text, ...entities) => {
    expect(shape(parseMarkdownV2(markdown))).toEqual([text, ...entities]);
  });

  it('wants each reserved character escaped, and no other', () => {
    for (let code = 1; code < 127; code += 1) {
      const one = String.fromCharCode(code);
      expect(parseMarkdownV2(`a\\${one}`).text).toBe(`a${one}`);
      if ('_*[~`'.includes(one) || one === '\\') continue;
      const parse = (): unknown => parseMarkdownV2(`a${one}`);
      if ('](>)#+-=|{}.!'.includes(one)) {
        expect(parse).toThrow(expect.objectContaining({ offset: 1, code: 'BAD_TEXT' }));
        expect(parse).toThrow(`write \\${one}`);
      } else {
        expect(parse()).toEqual({ text: `a${one}`, entities: [] });
      }
    }
  });

  it.each([
    ['🏟 🏟_abacaba', 5],
    ['🏟 🏟_abac * asd ', 11],
    ['🏟 🏟_abac * asd _', 17],
    ['🏟 🏟`', 5],
    ['🏟 🏟```a ', 5],
    ['🏟 🏟__🏟 🏟_', 12],
    ['🏟 🏟_🏟 🏟__', 11],
    ['[telegram\\.org](asd\\)', 15],
    ['🏟 🏟||test\\|', 5],
    ['🏟 🏟!', 5],
    ['🏟 🏟![👍]', 5],
    ['🏟 🏟![👍](t://emoji?id=1234)', 5],
    ['>*b\n>ld \n>bo\nld*\nasd\ndef', 1],
  ])('refuses %j at offset %i', (markdown, offset) => {
    expect(() => parseMarkdownV2(markdown)).toThrow(TextError);
    expect(() => parseMarkdownV2(markdown)).toThrow(expect.objectContaining({ offset }));
  });

  it('makes buttons', () => {
    const { text, buttons } = parseMarkdownV2(
      'Hi [*One*](buttonurl:https://a.b)[2](buttonurl:c.d:new)',
    );
    expect(text).toBe('Hi ');
    expect(buttons).toEqual([[{ text: 'One', url: 'https://a.b' }], [{ text: '2', url: 'c.d' }]]);
  });

  it('prints quotes as whole lines, and what it has no form for as text', () => {
    expect(
      toMarkdownV2({
        text: 'one two\nthree.',
        entities: [
          { type: 'blockquote', collapsed: true, offset: 4, length: 3 },
          { type: 'mention', offset: 0, length: 3 },
        ],
      }),
    ).toBe('>one two||\nthree\\.');
    expect(
      toMarkdownV2({
        text: 'a',
        entities: [{ type: 'pre', language: 'a b', offset: 0, length: 1 }],
      }),
    ).toBe('```\na```');
  });
});
