import { described, isPattern } from './check.js';
import { FilterError } from './errors.js';

/** What a regular expression found. */
export interface FoundMatch {
  readonly match: RegExpExecArray;
}

/**
 * Finds without a memory: where a global or sticky expression was last time is of no matter.
 *
 * @param filter - for the error.
 * @param instead - what else the filter, or another one, takes.
 * @throws FilterError for what is no regular expression.
 */
export function finderOf(
  filter: string,
  pattern: RegExp,
  instead: string,
): (text: string) => RegExpExecArray | null {
  if (!isPattern(pattern)) {
    throw new FilterError(
      filter,
      `${described(pattern)} is no regular expression: give one, as /^add (.+)$/, or ${instead}`,
    );
  }
  const own = new RegExp(pattern.source, pattern.flags);
  return (text) => {
    own.lastIndex = 0;
    return own.exec(text);
  };
}
