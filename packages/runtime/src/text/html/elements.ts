import type { EntityKind } from '../builder.js';
import { TextError } from '../errors.js';
import { readEmojiId } from '../links.js';
import type { HtmlToken } from './tokenizer.js';

export type OpenTag = Extract<HtmlToken, { kind: 'open' }>;

/** What an element does: makes an entity, is a link (to its text, where the address is empty), or only groups. */
export type ElementMeaning =
  | { readonly kind: 'entity'; readonly entity: EntityKind }
  | { readonly kind: 'link'; readonly address: string }
  | { readonly kind: 'paragraph' };

const PLAIN = new Map<string, EntityKind>([
  ['b', { type: 'bold' }],
  ['strong', { type: 'bold' }],
  ['i', { type: 'italic' }],
  ['em', { type: 'italic' }],
  ['u', { type: 'underline' }],
  ['ins', { type: 'underline' }],
  ['s', { type: 'strike' }],
  ['strike', { type: 'strike' }],
  ['del', { type: 'strike' }],
  ['tg-spoiler', { type: 'spoiler' }],
  ['spoiler', { type: 'spoiler' }],
  ['code', { type: 'code' }],
]);

const KNOWN =
  'b, strong, i, em, u, ins, s, strike, del, code, pre, a, blockquote, tg-spoiler, tg-emoji, br, p';

/** What a start tag means. */
export function meaningOf(tag: OpenTag): ElementMeaning {
  const plain = PLAIN.get(tag.name);
  if (plain !== undefined) return { kind: 'entity', entity: plain };
  const { attributes } = tag;
  switch (tag.name) {
    case 'pre':
      return {
        kind: 'entity',
        entity: { type: 'pre', language: attributes.get('language') ?? '' },
      };
    case 'a':
      return { kind: 'link', address: attributes.get('href') ?? '' };
    case 'blockquote': {
      const collapsed = attributes.has('expandable') || attributes.has('collapsible');
      return { kind: 'entity', entity: { type: 'blockquote', collapsed } };
    }
    case 'span':
      if (attributes.get('class') !== 'tg-spoiler') {
        throw new TextError(
          'Tag <span> has no meaning here: write <span class="tg-spoiler"> for a spoiler',
          tag.offset,
        );
      }
      return { kind: 'entity', entity: { type: 'spoiler' } };
    case 'tg-emoji':
    case 'emoji':
      return { kind: 'entity', entity: emojiOf(tag) };
    case 'p':
      return { kind: 'paragraph' };
    default:
      throw new TextError(
        `Unknown tag <${shown(tag.name)}>: use one of ${KNOWN}, or write &lt; for a less-than sign`,
        tag.offset,
      );
  }
}

/** The language that `class="language-x"` of `<code>` names; empty: none. */
export function languageOf(tag: OpenTag): string {
  const name = tag.attributes.get('class') ?? '';
  return name.startsWith('language-') ? name.slice('language-'.length) : '';
}

/** A name as an error shows it. */
export function shown(name: string): string {
  return name.length > 32 ? `${name.slice(0, 32)}…` : name;
}

function emojiOf(tag: OpenTag): EntityKind {
  const text = tag.attributes.get('emoji-id') ?? tag.attributes.get('id') ?? '';
  const customEmojiId = readEmojiId(text);
  if (customEmojiId === null) {
    throw new TextError(
      `Tag <${tag.name}> needs the number of a custom emoji: write <tg-emoji emoji-id="5368…">`,
      tag.offset,
    );
  }
  return { type: 'customEmoji', customEmojiId };
}
