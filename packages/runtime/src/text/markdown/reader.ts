/** Goes through Markdown from its beginning to its end. */
export class MarkdownReader {
  /** Where it is, in UTF-16 code units. */
  at = 0;
  /** Up to here a look for the end of an address is known to find none. */
  #noAddress = 0;

  constructor(readonly input: string) {}

  get done(): boolean {
    return this.at >= this.input.length;
  }

  /** Whether this comes next. */
  next(text: string): boolean {
    return this.input.startsWith(text, this.at);
  }

  skip(length: number): void {
    this.at += length;
  }

  /** What comes before the next character of a set (a global expression); the rest, where there is none. */
  until(characters: RegExp): string {
    characters.lastIndex = this.at;
    const found = characters.exec(this.input);
    const from = this.at;
    this.at = found === null ? this.input.length : found.index;
    return this.input.slice(from, this.at);
  }

  /** The character some places ahead, if it is of ASCII (and may be escaped); else empty. */
  ascii(ahead: number): string {
    const code = this.input.charCodeAt(this.at + ahead);
    return code > 0 && code <= 126 ? String.fromCharCode(code) : '';
  }

  /** Whether no address that begins here can end. */
  get hopeless(): boolean {
    return this.at < this.#noAddress;
  }

  /** Remembers that no address that begins before a place can end. */
  giveUp(before: number): void {
    this.#noAddress = before;
  }
}

const END_OF_ADDRESS = /[)\\]/g;
const END_OF_LINE_ADDRESS = /[)\\\n]/g;

/**
 * Reads `(address)`, from its `(` to behind its `)`. Null, and nothing is read: it does not end.
 *
 * @param lines - whether it may go on over several lines.
 */
export function readAddress(reader: MarkdownReader, lines: boolean): string | null {
  if (reader.hopeless) return null;
  const from = reader.at;
  let address = '';
  reader.skip(1);
  for (;;) {
    address += reader.until(lines ? END_OF_ADDRESS : END_OF_LINE_ADDRESS);
    if (reader.next(')')) {
      reader.skip(1);
      return address;
    }
    if (!reader.next('\\')) {
      reader.giveUp(reader.at);
      reader.at = from;
      return null;
    }
    const escaped = reader.ascii(1);
    if (escaped === '\n' && !lines) {
      address += '\\';
      reader.skip(1);
      continue;
    }
    address += escaped === '' ? '\\' : escaped;
    reader.skip(escaped === '' ? 1 : 2);
  }
}

const LANGUAGE = /([^\s`]+)(?=\s)/y;
const NEW_LINE = /\r\n|\n\r|\n|\r/y;

/** Reads what follows the fence of a block of code: the language, if white space ends it, and one new line. */
export function readLanguage(reader: MarkdownReader): string {
  LANGUAGE.lastIndex = reader.at;
  const language = LANGUAGE.exec(reader.input)?.[0] ?? '';
  reader.skip(language.length);
  NEW_LINE.lastIndex = reader.at;
  reader.skip(NEW_LINE.exec(reader.input)?.[0].length ?? 0);
  return language;
}
