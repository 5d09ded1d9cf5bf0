import fc from 'fast-check';
import type { FormattedText, TextEntity } from '../../../../packages/runtime/src/text/index.js';

/** Characters that mean something in one of the modes, and those that are hard to count or to show. */
const HARD = [
  ...'_*[]()~`>#+-=|{}.!\\<&"\'/:;?@ \n\r\t',
  '\n',
  '\n',
  '\u0000',
  '\u0007',
  '\u00a0',
  '\u200b',
  '\u200f',
  '\u202e',
  'א',
  'ع',
  'é',
  'e\u0301',
  'ß',
  '漢',
  '👍',
  '👍🏽',
  '👨‍👩‍👧‍👦',
  '🇩🇪',
  '𝒳',
  '\ud83d',
  '\udc4d',
  'a',
  'b',
  'Z',
  '0',
  '&lt;',
  '&amp;',
  '<b>',
  '**',
  '__',
  '||',
  '```',
  '](',
  '![',
];

export const anyText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...HARD), { maxLength: 24 })
  .map((parts) => parts.join(''));

const address = fc
  .array(fc.constantFrom(...HARD.filter((one) => one !== '\n')), { minLength: 1, maxLength: 5 })
  .map((parts) => `https://x.org/${parts.join('')}`);
const user = fc.oneof(
  fc.bigInt(0n, 2n ** 53n),
  fc.constantFrom('@durov', 'durov', 'a)b\\c', '<"&'),
);
const language = fc.constantFrom('', 'ts', 'c++', 'objective-c', '"<&>', 'a\\b');

const STYLES = ['bold', 'italic', 'underline', 'strike', 'spoiler'] as const;

type Kind = TextEntity extends infer One
  ? One extends TextEntity
    ? Omit<One, 'offset' | 'length'>
    : never
  : never;

const kind: fc.Arbitrary<Kind> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...STYLES).map((type) => ({ type })) },
  fc.constant({ type: 'code' as const }),
  language.map((one) => ({ type: 'pre' as const, language: one })),
  {
    weight: 2,
    arbitrary: fc.boolean().map((collapsed) => ({ type: 'blockquote' as const, collapsed })),
  },
  address.map((url) => ({ type: 'textUrl' as const, url })),
  user.map((one) => ({ type: 'textMention' as const, user: one })),
  fc
    .bigInt(1n, 2n ** 63n - 1n)
    .map((customEmojiId) => ({ type: 'customEmoji' as const, customEmojiId })),
);

/** Any text with any entities: overlapping, empty, outside of the text. */
export const anyFormatted: fc.Arbitrary<FormattedText> = anyText.chain((text) =>
  fc
    .array(
      fc.tuple(
        kind,
        fc.integer({ min: -2, max: text.length + 2 }),
        fc.integer({ min: 0, max: text.length }),
      ),
      { maxLength: 8 },
    )
    .map((list) => ({
      text,
      entities: list.map(([one, offset, length]) => ({ ...one, offset, length }) as TextEntity),
    })),
);
