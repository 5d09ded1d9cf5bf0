/** What a regular expression found. */
export interface FoundMatch {
  readonly match: RegExpExecArray;
}

/** Finds without a memory: where a global or sticky expression was last time is of no matter. */
export function finderOf(pattern: RegExp): (text: string) => RegExpExecArray | null {
  const own = new RegExp(pattern.source, pattern.flags);
  return (text) => {
    own.lastIndex = 0;
    return own.exec(text);
  };
}
