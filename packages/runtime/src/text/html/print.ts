import { printEvents } from '../events.js';
import { userAddress } from '../links.js';
import { normalise } from '../normalise.js';
import type { FormattedText, TextEntity } from '../types.js';
import { escapeAttribute, escapeHtml } from './references.js';

type Tags = readonly [start: string, end: string];

/**
 * Writes a text as HTML that {@link parseHtml} reads back as it was. Entities that servers find themselves (mention,
 * hashtag, url …) and buttons are not written.
 */
export function toHtml(formatted: FormattedText): string {
  const known = formatted.entities.filter((one) => tagsOf(one) !== null);
  const text = normalise({ text: formatted.text, entities: known });
  let html = '';
  for (const event of printEvents(text)) {
    if (event.kind === 'text') html += escapeHtml(text.text.slice(event.from, event.to));
    else html += tagsOf(event.entity)?.[event.kind === 'open' ? 0 : 1] ?? '';
  }
  return html;
}

function tagsOf(entity: TextEntity): Tags | null {
  switch (entity.type) {
    case 'bold':
      return element('b');
    case 'italic':
      return element('i');
    case 'underline':
      return element('u');
    case 'strike':
      return element('s');
    case 'spoiler':
      return element('tg-spoiler');
    case 'code':
      return element('code');
    case 'pre': {
      if (entity.language === '') return element('pre');
      const [start, end] = element('code', `class="language-${escapeAttribute(entity.language)}"`);
      return [`<pre>${start}`, `${end}</pre>`];
    }
    case 'blockquote':
      return element('blockquote', entity.collapsed ? 'expandable' : '');
    case 'textUrl':
      return element('a', `href="${escapeAttribute(entity.url)}"`);
    case 'textMention':
      return element('a', `href="${escapeAttribute(userAddress(entity.user))}"`);
    case 'customEmoji':
      return element('tg-emoji', `emoji-id="${entity.customEmojiId}"`);
    default:
      return null;
  }
}

function element(name: string, attributes = ''): Tags {
  return [attributes === '' ? `<${name}>` : `<${name} ${attributes}>`, `</${name}>`];
}
