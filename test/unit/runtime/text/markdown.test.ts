import { md as mtcute } from '@mtcute/markdown-parser';
import { describe, expect, it } from 'vitest';
import { MarkdownParser } from 'telegram/extensions/markdown.js';
import { parseMarkdown, toMarkdown } from '../../../../packages/runtime/src/text/index.js';
import { shape } from './shape.js';

describe('Markdown', () => {
  it.each([
    ['**bold** *bold*', 'bold bold', 'bold 0 4', 'bold 5 4'],
    ['__italic__ _italic_', 'italic italic', 'italic 0 6', 'italic 7 6'],
    ['~~s~~ ||p||', 's p', 'strike 0 1', 'spoiler 2 1'],
    ['`code` ``', 'code ``', 'code 0 4'],
    ['```ts\nlet x\n```', 'let x', 'pre 0 5 ts'],
    ['```let x```', 'let x', 'pre 0 5 '],
    ['`a\\`b\\n`', 'a`b\\n', 'code 0 5'],
    ['[t](https://a.b)', 't', 'textUrl 0 1 https://a.b'],
    ['[u](tg://user?id=5) [v](mention:@w)', 'u v', 'textMention 0 1 5', 'textMention 2 1 @w'],
    ['![👍](tg://emoji?id=5) !', '👍 !', 'customEmoji 0 2 5'],
    ['![x](https://a.b)', '!x', 'textUrl 1 1 https://a.b'],
    ['> a\n>b\nc > d', 'a\nb\nc > d', 'blockquote 0 3 false'],
    ['snake_case_name 2*3*4 a * b * c', 'snake_case_name 2*3*4 a * b * c'],
    ['**a __b** c__', 'a b c', 'bold 0 3', 'italic 2 1', 'italic 3 2'],
    [
      '**open *open __open ~~open ||open `open [open](',
      '**open *open __open ~~open ||open `open [open](',
    ],
    ['**** ~~~~ [a] (b)', '**** ~~~~ [a] (b)'],
    ['\\*a\\* \\_ \\` \\[ \\\\ \\a', '*a* _ ` [ \\ \\a'],
    ['*a *b*', '*a b', 'bold 3 1'],
    ['**`a*b`**', 'a*b', 'bold 0 3', 'code 0 3'],
    ['***x***', 'x', 'bold 0 1'],
    ['[**a**](b)', 'a', 'bold 0 1', 'textUrl 0 1 b'],
  ])('%j', (markdown, text, ...entities) => {
    const read = shape(parseMarkdown(markdown));
    expect(read[0]).toBe(text);
    expect(read.slice(1).sort()).toEqual(entities.sort());
  });

  it('makes buttons, and keeps what is around them in place', () => {
    expect(parseMarkdown('**Hi [o**ne](buttonurl:a.b) there [two](buttonurl:c.d:new)')).toEqual({
      text: 'Hi  there ',
      entities: [{ type: 'bold', offset: 0, length: 3 }],
      buttons: [[{ text: 'one', url: 'a.b' }], [{ text: 'two', url: 'c.d' }]],
    });
  });

  it('has no form for underline, collapsed quotes, and quotes on neighbouring lines', () => {
    const entities = [
      { type: 'underline', offset: 0, length: 1 },
      { type: 'blockquote', collapsed: true, offset: 0, length: 2 },
      { type: 'blockquote', collapsed: false, offset: 2, length: 1 },
    ] as const;
    expect(toMarkdown({ text: 'a\nb\nc', entities })).toBe('> a\n> b\nc');
  });

  it.each([
    'Hello **world**',
    '**a** __b__ ~~c~~ ||d|| `e`',
    '👍 **a __b__ c** d',
    '[link](https://x.y) and [user](tg://user?id=12)',
    'esc \\*\\*a\\*\\*',
  ])('reads as mtcute does: %j', (markdown) => {
    const theirs = mtcute(markdown) as { text: string; entities?: Place[] };
    const ours = parseMarkdown(markdown);
    expect(ours.text).toBe(theirs.text);
    expect(places(ours.entities)).toEqual(places(theirs.entities ?? []));
  });

  it.each(['Hello **world**', '__a__ **b** ~~c~~ `d`', '👍 **a** snake_case', '```a```'])(
    'reads as GramJS does: %j',
    (markdown) => {
      const [text, entities] = MarkdownParser.parse(markdown);
      const ours = parseMarkdown(markdown);
      expect(ours.text).toBe(text);
      // Theirs has an empty entity for each pair of delimiters with nothing in between.
      const theirs = (entities as unknown as Place[]).filter((one) => one.length > 0);
      expect(places(ours.entities)).toEqual(places(theirs));
    },
  );
});

interface Place {
  readonly offset: number;
  readonly length: number;
}

function places(entities: readonly Place[]): string[] {
  return entities.map((one) => `${one.offset}+${one.length}`).sort();
}
