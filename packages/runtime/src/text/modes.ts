import type { ParseMode } from '@tlgen/codec';
import { TextError } from './errors.js';
import { parseHtml } from './html/parse.js';
import { toHtml } from './html/print.js';
import { parseMarkdownV2 } from './markdown-v2/parse.js';
import { toMarkdownV2 } from './markdown-v2/print.js';
import { parseMarkdown } from './markdown/parse.js';
import { toMarkdown } from './markdown/print.js';
import type { FormattedText } from './types.js';

interface Mode {
  readonly parse: (text: string) => FormattedText;
  readonly print: (formatted: FormattedText) => string;
}

const MODES: Readonly<Record<ParseMode, Mode>> = {
  html: { parse: parseHtml, print: toHtml },
  markdown: { parse: parseMarkdown, print: toMarkdown },
  markdownv2: { parse: parseMarkdownV2, print: toMarkdownV2 },
};

/**
 * Reads a marked-up text: {@link parseHtml}, {@link parseMarkdown} or {@link parseMarkdownV2}. The name of the mode
 * may be in any case, as in the Bot API (`HTML`, `MarkdownV2`).
 *
 * @throws TextError with the offset of what is wrong.
 */
export function parseText(text: string, mode: ParseMode): FormattedText {
  return modeOf(mode).parse(text);
}

/** Writes a text with markup: {@link toHtml}, {@link toMarkdown} or {@link toMarkdownV2}. */
export function printText(formatted: FormattedText, mode: ParseMode): string {
  return modeOf(mode).print(formatted);
}

function modeOf(name: ParseMode): Mode {
  const known = String(name).toLowerCase();
  const mode = Object.hasOwn(MODES, known) ? MODES[known as ParseMode] : undefined;
  if (mode !== undefined) return mode;
  throw new TextError(
    `There is no parse mode ${known.slice(0, 32)}: write one of ${Object.keys(MODES).join(', ')}`,
    0,
  );
}
