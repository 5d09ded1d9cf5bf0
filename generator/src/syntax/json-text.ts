import type { Span } from './ast.js';

/** Places in the JSON text of a schema, which `JSON.parse` does not keep. */
export interface JsonPlaces {
  /** By key of the outermost object. */
  readonly rootKeys: ReadonlyMap<string, Span>;
  /** By `methods[3]`: the name of that entry, else where the entry begins. */
  readonly entries: ReadonlyMap<string, Span>;
  /** Keys that an object has twice: `JSON.parse` silently keeps the last. */
  readonly duplicates: readonly { readonly key: string; readonly span: Span }[];
}

/** An object or array that the scan is inside of. */
interface Frame {
  /** Null: an array. */
  readonly keys: Set<string> | null;
  key: string;
  index: number;
}

/** Scans valid JSON text once, from start to end. */
export function findPlaces(text: string): JsonPlaces {
  const rootKeys = new Map<string, Span>();
  const entries = new Map<string, Span>();
  const duplicates: { key: string; span: Span }[] = [];
  const lines = new Lines(text);
  const stack: Frame[] = [];
  const entryPath = (): string => `${stack[0]?.key ?? ''}[${String(stack[1]?.index ?? 0)}]`;
  const piece = /["{}[\],]/g;

  const readString = (start: number): void => {
    const end = endOfString(text, start);
    piece.lastIndex = end;
    const frame = stack.at(-1);
    if (frame === undefined || frame.keys === null) return;
    const span = (): Span => lines.span(start, end);
    if (!isColonNext(text, end)) {
      const isName = frame.key === 'predicate' || frame.key === 'method';
      if (isName && stack.length === 3) entries.set(entryPath(), span());
      return;
    }
    const key = unquote(text.slice(start, end));
    frame.key = key;
    if (frame.keys.has(key)) duplicates.push({ key, span: span() });
    else if (stack.length === 1) rootKeys.set(key, span());
    frame.keys.add(key);
  };

  for (let match = piece.exec(text); match !== null; match = piece.exec(text)) {
    const [sign] = match;
    const frame = stack.at(-1);
    if (sign === '"') readString(match.index);
    else if (sign === ',' && frame !== undefined) frame.index++;
    else if (sign === '}' || sign === ']') stack.pop();
    else {
      if (stack.length === 2) entries.set(entryPath(), lines.span(match.index, match.index + 1));
      stack.push({ keys: sign === '{' ? new Set() : null, key: '', index: 0 });
    }
  }
  return { rootKeys, entries, duplicates };
}

/** Lines and columns of places that are asked for in order. */
class Lines {
  #line = 1;
  #start = 0;
  #end: number;

  constructor(private readonly text: string) {
    this.#end = this.#endFrom(0);
  }

  span(start: number, end: number): Span {
    while (this.#end < start) {
      this.#line++;
      this.#start = this.#end + 1;
      this.#end = this.#endFrom(this.#start);
    }
    return { start, end, line: this.#line, column: start - this.#start + 1 };
  }

  #endFrom(start: number): number {
    const end = this.text.indexOf('\n', start);
    return end < 0 ? Infinity : end;
  }
}

/** The offset behind a string's closing quote. No regular expression: those overflow the stack on long strings. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

function isColonNext(text: string, start: number): boolean {
  let at = start;
  while (' \t\r\n'.includes(text.charAt(at)) && at < text.length) at++;
  return text[at] === ':';
}

function unquote(quoted: string): string {
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
}

/** Where `JSON.parse` stopped, told by its message. */
export function jsonErrorSpan(text: string, error: unknown): Span {
  const message = error instanceof Error ? error.message : '';
  const position = /position (\d+)/.exec(message)?.[1];
  const start = position === undefined ? text.length : Math.min(Number(position), text.length);
  return new Lines(text).span(start, start);
}
