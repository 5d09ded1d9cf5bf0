import type { Span } from './ast.js';

const START: Span = { start: 0, end: 0, line: 1, column: 1 };

/**
 * Finds places in JSON text. `JSON.parse` keeps none, so entries are looked up by a quoted string
 * they hold, in order: the search goes forward only and all searches together are linear.
 */
export class JsonLocator {
  #offset = 0;
  #line = 1;
  #lineStart = 0;
  #last = START;

  constructor(private readonly text: string) {}

  /** The next place of this string value; the place found last when there is none. */
  find(value: string): Span {
    const quoted = JSON.stringify(value);
    const start = this.text.indexOf(quoted, this.#offset);
    if (start < 0) return this.#last;
    this.#last = this.at(start, quoted.length);
    this.#offset = start + quoted.length;
    return this.#last;
  }

  /** The span of `length` characters at an offset that is not before the place found last. */
  at(start: number, length: number): Span {
    for (;;) {
      const end = this.text.indexOf('\n', this.#lineStart);
      if (end < 0 || end >= start) break;
      this.#line++;
      this.#lineStart = end + 1;
    }
    const column = start - this.#lineStart + 1;
    return { start, end: start + length, line: this.#line, column };
  }
}

/** Where `JSON.parse` stopped, told by its message. */
export function jsonErrorSpan(text: string, error: unknown): Span {
  const message = error instanceof Error ? error.message : '';
  const position = /position (\d+)/.exec(message)?.[1];
  const start = position === undefined ? text.length : Math.min(Number(position), text.length);
  return new JsonLocator(text).at(start, 0);
}
