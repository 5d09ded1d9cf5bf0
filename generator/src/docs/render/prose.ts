import type { PageKind, PageRef } from '../types.js';
import { codeSpan, escapeStart, escapeText } from './escape.js';

/** Where names in a text lead. */
export interface ProseLinks {
  /** URL of the page that a name means; null: the name stays text. */
  readonly named: (name: string) => string | null;
  /** URL of a page of that kind. */
  readonly page: (kind: PageKind, name: string) => string | null;
}

/** Code span, link or image, bold, italics. */
const MARKS =
  /(?<ticks>`+)(?<code>[^`](?:[\s\S]*?[^`])?)\k<ticks>(?!`)|!?\[(?<label>[^\]\n]*)\]\((?<url>(?:[^()\s]|\([^()\s]*\))*)\)|\*\*(?=\S)(?<bold>[^*\n]+?)(?<=\S)\*\*|(?<![\w*])\*(?=[^\s*])(?<italics>[^*\n]+?)(?<=\S)\*(?![\w*])/g;

/** A word with a dot or a capital inside: `messages.sendMessage`, `InputPeer`. Common words have neither. */
const NAME = /(?<![\w.@/#])[A-Za-z]\w*(?:\.[A-Za-z]\w*)*(?!\w)/g;

const TELEGRAM_PAGE =
  /^https:\/\/core(?:fork)?\.telegram\.org\/(method|constructor|type)\/([\w.]+)$/;

/** Light Markdown of a description, within one line: its marks are kept, names become links, all else is text. */
export function inlineProse(text: string, links: ProseLinks): string {
  let out = '';
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    out += words(text.slice(end, match.index), links);
    out = joined(out, marked(match.groups ?? {}, links));
    end = match.index + match[0].length;
  }
  return out + words(text.slice(end), links);
}

/** The same as paragraphs. */
export function blockProse(text: string, links: ProseLinks): string {
  return text
    .split(/\s*\n\s*/)
    .filter((line) => line !== '')
    .map((line) => escapeStart(inlineProse(line, links)))
    .join('\n\n');
}

function marked(groups: Readonly<Record<string, string | undefined>>, links: ProseLinks): string {
  const { code, label, url, bold, italics } = groups;
  if (code !== undefined) {
    const target = links.named(code);
    return target === null ? codeSpan(code.trim()) : `[${codeSpan(code)}](${target})`;
  }
  if (bold !== undefined) return `**${inlineProse(bold, links)}**`;
  if (italics !== undefined) return `*${inlineProse(italics, links)}*`;
  // No link within a link.
  const inner = inlineProse(label ?? '', NO_LINKS);
  const target = targetOf(url ?? '', links);
  return target === null || inner === '' ? inner : `[${inner}](${target})`;
}

/** Text and a link or mark behind it; a `!` before a link would make it an image. */
const joined = (text: string, link: string): string =>
  link.startsWith('[') ? text.replace(/!$/, '\\!') + link : text + link;

const NO_LINKS: ProseLinks = { named: () => null, page: () => null };

/** Where a link of a description leads: a page of this set if there is one; nowhere when it is relative to somewhere else. */
function targetOf(url: string, links: ProseLinks): string | null {
  const [, kind, name] = TELEGRAM_PAGE.exec(url) ?? [];
  const own = kind && name ? links.page(kind as PageRef['kind'], name) : null;
  if (own !== null) return own;
  return /^(?:https?|mailto|tg):/i.test(url) ? url.replace(/[<>"\\]/g, encodeURIComponent) : null;
}

function words(text: string, links: ProseLinks): string {
  let out = '';
  let end = 0;
  for (const match of text.matchAll(NAME)) {
    const [name] = match;
    if (!/\.|.[A-Z]/.test(name)) continue;
    const target = links.named(name);
    if (target === null) continue;
    out = joined(
      out + escapeText(text.slice(end, match.index)),
      `[${escapeText(name)}](${target})`,
    );
    end = match.index + name.length;
  }
  return out + escapeText(end === 0 ? text : text.slice(end));
}
