import type { TextEntity } from '../types.js';

/** Kinds that are painted on characters: they may be split and joined without a change to what is seen. */
const STYLES = ['bold', 'italic', 'underline', 'strike', 'spoiler'] as const;

export type StyleType = (typeof STYLES)[number];
export type Style = TextEntity & { readonly type: StyleType };

/** What is outside where two have the same place. */
const OUTSIDE_FIRST: readonly TextEntity['type'][] = [
  'blockquote',
  'textUrl',
  'textMention',
  ...STYLES,
  'customEmoji',
  'pre',
  'code',
];

export function isStyle(entity: TextEntity): entity is Style {
  return STYLES.some((style) => style === entity.type);
}

export function endOf(entity: TextEntity): number {
  return entity.offset + entity.length;
}

/** Sorts by offset, then the longer first, then by kind. */
export function inOrder(a: TextEntity, b: TextEntity): number {
  return a.offset - b.offset || b.length - a.length || rank(a) - rank(b);
}

function rank(entity: TextEntity): number {
  const at = OUTSIDE_FIRST.indexOf(entity.type);
  if (at === -1) return OUTSIDE_FIRST.length;
  // Of two blocks of code with one place, the one that names its language counts.
  return entity.type === 'pre' && entity.language !== '' ? at - 0.5 : at;
}

/** Nothing can be inside these. */
export function isOpaque(entity: TextEntity): boolean {
  return entity.type === 'code' || entity.type === 'pre';
}
