import { ByteBuffer } from '../framing/byte-buffer.js';
import { badFrame } from '../framing/payload.js';

/** Far above what any server of Telegram or proxy sends. */
const MAX_HEAD = 1 << 14;
const CR = 13;
const LF = 10;
const HEAD_END = [CR, LF, CR, LF];

/** Status line and headers of an HTTP/1.x response. */
export interface ResponseHead {
  readonly status: number;
  /** Whether the server means to keep the connection, as far as the head says. */
  readonly keepAlive: boolean;
  /** Values by lower-case name; repeated ones joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
}

/** Reads the head of a response from a buffer, however slowly it comes. */
export class HeadReader {
  private scanned = 0;

  /**
   * @returns null while it is incomplete; what follows it stays in the buffer.
   * @throws TransportError `bad-frame` for what is not HTTP/1.x or is longer than 16 KiB.
   */
  read(buffer: ByteBuffer): ResponseHead | null {
    const end = buffer.indexOf(HEAD_END, this.scanned, MAX_HEAD);
    if (end < 0) {
      if (buffer.length >= MAX_HEAD) throw badFrame('the head of an HTTP response does not end');
      this.scanned = Math.max(0, buffer.length - HEAD_END.length + 1);
      return null;
    }
    this.scanned = 0;
    let text = '';
    for (const byte of buffer.take(end)) text += String.fromCharCode(byte);
    buffer.skip(HEAD_END.length);
    return parseHead(text.split('\r\n'));
  }
}

function parseHead([statusLine = '', ...lines]: readonly string[]): ResponseHead {
  const match = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(statusLine);
  if (match === null) throw badFrame('the other side does not speak HTTP/1');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(line);
    if (field === null) throw badFrame('a broken header in an HTTP response');
    const name = (field[1] ?? '').toLowerCase();
    const before = headers.get(name);
    const value = field[2] ?? '';
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  const connection = (headers.get('connection') ?? '').toLowerCase();
  return {
    status: Number(match[2]),
    keepAlive: match[1] === '1' ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection),
    headers,
  };
}
