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
 * @example `filters.text('yes', 'no')`
 */
export function text<const Text extends string = string>(
  ...texts: readonly Text[]
): Filter<FoundText<Text>> {
  const wanted: ReadonlySet<string> = new Set(texts);
  return new Filter((event) => {
    const message = newMessageOf(event);
    if (!message?.message || (wanted.size > 0 && !wanted.has(message.message))) return null;
    return { message, text: message.message as Text };
  });
}

/**
 * A new message of which the text or caption begins with one of these.
 *
 * @throws FilterError without any.
 * @example `filters.startsWith('!')`
 */
export function startsWith(...prefixes: readonly string[]): Filter<FoundText> {
  if (prefixes.length === 0) throw new FilterError('startsWith', 'give at least one beginning');
  return text().where((event) => prefixes.some((prefix) => event.text.startsWith(prefix)));
}

/**
 * A new message in which the expression finds something in the text or caption. Adds the `match`. A message without
 * text is never searched. Flags `g` and `y` carry nothing from one message to the next.
 *
 * @example `filters.regex(/^(\d+) \+ (\d+)$/)`
 */
export function regex(pattern: RegExp): Filter<FoundText & FoundMatch> {
  const find = finderOf(pattern);
  return new Filter((event) => {
    const message = newMessageOf(event);
    const match = message?.message ? find(message.message) : null;
    return message && match && { message, text: message.message, match };
  });
}
