import { checkTexts } from './check.js';
import { FilterError } from './errors.js';
import { Filter } from './filter.js';
import { finderOf, type FoundMatch } from './finder.js';
import { newMessageOf, type FoundMessage } from './found.js';

/** A new message with a text, or media with a caption. */
export interface FoundText<Text extends string = string> extends FoundMessage {
  readonly text: Text;
}

/**
 * A new message that has a text or caption; with arguments, it is one of these.
 *
 * @throws FilterError for what is no string.
 * @example `filters.text('yes', 'no')`
 */
export function text<const Text extends string = string>(
  ...texts: readonly Text[]
): Filter<FoundText<Text>> {
  checkTexts('text', texts);
  const wanted: ReadonlySet<string> = new Set(texts);
  return new Filter((event) => {
    const found = newMessageOf(event);
    const said = found?.message.message;
    if (!said || (wanted.size > 0 && !wanted.has(said))) return null;
    return { ...found, text: said as Text };
  });
}

/**
 * A new message of which the text or caption begins with one of these.
 *
 * @throws FilterError without any, and for what is no string.
 * @example `filters.startsWith('!')`
 */
export function startsWith(...prefixes: readonly string[]): Filter<FoundText> {
  if (prefixes.length === 0) throw new FilterError('startsWith', 'give at least one beginning');
  checkTexts('startsWith', prefixes);
  return text().where((event) => prefixes.some((prefix) => event.text.startsWith(prefix)));
}

/**
 * A new message in which the expression finds something in the text or caption. Adds the `match`. A message without
 * text is never searched. Flags `g` and `y` carry nothing from one message to the next.
 *
 * @throws FilterError for what is no regular expression.
 * @example `filters.regex(/^(\d+) \+ (\d+)$/)`
 */
export function regex(pattern: RegExp): Filter<FoundText & FoundMatch> {
  const find = finderOf('regex', pattern, 'filters.text(…) for a plain text');
  return new Filter((event) => {
    const found = newMessageOf(event);
    const said = found?.message.message;
    const match = said ? find(said) : null;
    return said && match ? { ...found, text: said, match } : null;
  });
}
