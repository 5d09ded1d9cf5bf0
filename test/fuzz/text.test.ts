import { describe, expect, it } from 'vitest';
import {
  parseHtml,
  parseMarkdown,
  parseMarkdownV2,
  parseText,
  printText,
  splitText,
  TextError,
  type ParseMode,
} from '../../packages/runtime/src/text/index.js';
import { Random, RUNS, SEED } from '../support/random.js';

const PIECES: Readonly<Record<ParseMode, readonly string[]>> = {
  html: [
    '<',
    '>',
    '</',
    '/>',
    '<b>',
    '</b>',
    '<i>',
    '</i>',
    '</>',
    '<a href="',
    '">',
    "'",
    '"',
    '=',

    '<pre>',
    '<code class="language-',
    '</code>',
    '</pre>',
    '<p>',
    '</p>',
    '<br>',
    '<!--',
    '-->',

    '&lt;',
    '&#',
    '&#x',
    ';',
    '55357',
    'd83d',
    '<tg-emoji emoji-id="1">',
    '</tg-emoji>',
    '<blockquote ',

    'expandable>',
    'buttonurl:',
    'mention:',
    'tg://user?id=',
    '1',
    ':new',
    ' ',
    '\n',
    '\u0000',
    'x',
    '👍',
    '\ud83d',
    '\udc4d',
    '<span class="tg-spoiler">',
    '</span>',
    '</blockquote>',
    '</a>',
  ],
  markdown: [
    '*',
    '**',
    '_',
    '__',
    '~~',
    '||',
    '`',
    '``',
    '```',
    '```ts\n',
    '[',
    '](',
    ')',
    '![',
    ']',
    '\\',

    '>',
    '> ',
    '\n>',
    '\n',
    ' ',
    'x',
    'tg://emoji?id=1',
    'tg://user?id=2',
    'mention:@a',
    '\r',
    '\u0000',
    'buttonurl:a',
    'buttonurl://b:same',
    '👍',
    '\ud83d',
    '\udc4d',
    '.',
    '-',
  ],
  markdownv2: [
    '*',
    '_',
    '__',
    '~',
    '||',
    '|',
    '`',
    '```',
    '```ts\n',
    '[',
    '](',
    ')',
    '![',
    ']',
    '\\',
    '\\\\',

    '>',
    '\n>',
    '**>',
    '||\n',
    '\n',
    ' ',
    'x',
    'tg://emoji?id=1)',
    'tg://user?id=2)',
    'mention:@a)',
    'buttonurl:a)',
    'buttonurl://b:same)',
    '👍',
    '\ud83d',
    '\udc4d',
    '\r',
    '\u0000',
    '\\.',
  ],
};

describe.each(['html', 'markdown', 'markdownv2'] as const)('hostile %s', (mode) => {
  it('is read, or refused with a place in it; what is read can be printed and split', () => {
    // Most of the time would go into stacks that nobody reads.
    Error.stackTraceLimit = 0;
    const random = new Random(SEED);
    let read = 0;
    for (let run = 0; run < 100_000 * RUNS; run += 1) {
      let input = '';
      for (let left = random.below(12) + 1; left > 0; left -= 1) input += random.pick(PIECES[mode]);
      try {
        const formatted = parseText(input, mode);
        read += 1;
        for (const one of formatted.entities) {
          if (one.offset < 0 || one.length < 1 || one.offset + one.length > formatted.text.length) {
            throw new Error(`${JSON.stringify(input)}: an entity is outside of the text`);
          }
        }
        if (run % 64 === 0) {
          const again = parseText(printText(formatted, mode), mode);
          if (again.text !== formatted.text)
            throw new Error(`${JSON.stringify(input)}: text changed`);
          splitText(formatted, 2 + random.below(8));
        }
      } catch (error) {
        if (!(error instanceof TextError) || mode === 'markdown') throw error;
        if (!(error.offset >= 0 && error.offset <= input.length)) {
          throw new Error(`${JSON.stringify(input)}: there is no offset ${error.offset}`, {
            cause: error,
          });
        }
      }
    }
    // Neither all nor nothing: the strings are worth trying.
    expect(read).toBeGreaterThan(1000);
  });
});

/** Characters that a parser asks of its input, counted by way of the regular expressions and searches it runs. */
function work(parse: (text: string) => unknown, input: string): number {
  let steps = 0;
  const { exec } = RegExp.prototype;
  const { indexOf, slice, startsWith } = String.prototype;
  Object.assign(RegExp.prototype, {
    exec(this: RegExp, text: string): RegExpExecArray | null {
      const from = this.global || this.sticky ? this.lastIndex : 0;
      const found = exec.call(this, text);
      // A sticky expression looks at what it takes; another goes on to what it finds.
      const missed = this.sticky ? from : text.length;
      const end = found === null ? missed : found.index + found[0].length;
      steps += 1 + Math.max(0, end - from);
      return found;
    },
  });
  Object.assign(String.prototype, {
    indexOf(this: string, text: string, from = 0): number {
      const found = indexOf.call(this, text, from);
      steps += 1 + (found === -1 ? this.length : found) - from;
      return found;
    },
    startsWith(this: string, text: string, from = 0): boolean {
      steps += 1 + text.length;
      return startsWith.call(this, text, from);
    },
    slice(this: string, from?: number, to?: number): string {
      const part = slice.call(this, from, to);
      steps += 1 + part.length;
      return part;
    },
  });
  try {
    parse(input);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
  } finally {
    Object.assign(RegExp.prototype, { exec });
    Object.assign(String.prototype, { indexOf, slice, startsWith });
  }
  return steps;
}

const REPEATED = [
  '*',
  '**',
  '_',
  '__',
  '_*',
  '~',
  '~~',
  '|',
  '||',
  '`',
  '``',
  '```',
  '`\\',
  '```a\n',
  '[',
  ']',
  '![',
  '\\',

  '](',
  '[a](',
  '[a](b',
  '[](b)',
  '[a](buttonurl:b)',
  'a[b](buttonurl:c)',
  '![a](tg://emoji?id=1)',
  '!',

  '>',
  '\n>',
  '> \n',
  '>a\n\n',
  '**>a||\n',
  '<',
  '<b>',
  '<b></b>',
  '</b>',
  '<p>',
  '<p>a</p>',
  '<br>',

  '<b',
  '<b a',
  '<b a=',
  '<b a="',
  '&',
  '&#',
  '&lt',
  '&lt;',
  '&#x',
  '<a href="buttonurl:b">a</a>',
  'a\n',

  '<pre><code class="language-a">b</code></pre>',
  '*a* ',
  '_a_',
  '*a',
  '[*a](b)*',
  '||a',
  '\ud83d',
  'a',
];

describe('the work of a parser', () => {
  it.each([
    ['html', parseHtml],
    ['markdown', parseMarkdown],
    ['markdownv2', parseMarkdownV2],
  ] as const)('%s: grows no faster than what is repeated', (_, parse) => {
    for (const one of REPEATED) {
      const of = (size: number): number => work(parse, one.repeat(size / one.length));
      const small = of(1024);
      const large = of(16_384);
      // 16 times the input: 16 times the work, with some room; the square would be 256 times.
      expect(large, one).toBeLessThan(40 * small + 10_000);
    }
  });

  it.each(['html', 'markdown', 'markdownv2'] as const)(
    '%s: a megabyte of anything ends',
    (mode) => {
      for (const one of ['*', '[', '<b>', '>', '`', '](', '||', 'a[b](buttonurl:c)']) {
        const input = one.repeat(2 ** 20 / one.length);
        try {
          const { text } = parseText(input, mode);
          expect(text.length).toBeLessThanOrEqual(input.length);
        } catch (error) {
          expect(error).toBeInstanceOf(TextError);
        }
      }
    },
  );

  it('html and markdownv2: depth is bounded, with the place of what is too deep', () => {
    const deep = [
      () => parseHtml('<b>'.repeat(1000)),
      () => parseHtml(`${'<b>'.repeat(65)}a${'</b>'.repeat(65)}`),
      () => parseMarkdownV2('*_'.repeat(1000)),
      () => parseMarkdownV2('['.repeat(1000)),
    ];
    const offsets = [64 * 3, 64 * 3, 64, 64];
    for (const [at, parse] of deep.entries()) {
      expect(parse).toThrow(expect.objectContaining({ code: 'BAD_TEXT', offset: offsets[at] }));
    }
    expect(parseHtml(`${'<b>'.repeat(64)}a${'</b>'.repeat(64)}`).text).toBe('a');
  });
});
