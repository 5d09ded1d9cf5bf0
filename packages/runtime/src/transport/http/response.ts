import { concat } from '../../crypto/bytes.js';
import { ByteBuffer } from '../framing/byte-buffer.js';
import { MAX_PACKET_FROM_SERVER } from '../framing/limits.js';
import { badFrame } from '../framing/payload.js';
import { HeadReader, type ResponseHead } from './head.js';

const MAX_CHUNK_LINE = 256;
const LINE_END = [13, 10];

/** A whole answer to a request. */
export interface HttpResponse {
  readonly status: number;
  readonly body: Uint8Array;
  /** Whether the connection may carry another request. */
  readonly reusable: boolean;
}

type BodyState =
  | { readonly type: 'length'; readonly size: number }
  | { readonly type: 'chunk-size' | 'trailer' | 'until-close' }
  | { readonly type: 'chunk'; readonly size: number };

/** Reads the answers on one connection (HTTP/1.1, RFC 9112), sans-IO. Each answers one POST. */
export class ResponseReader {
  private readonly buffer = new ByteBuffer();
  private readonly heads = new HeadReader();
  private head: ResponseHead | null = null;
  private body: BodyState | null = null;
  private chunks: Uint8Array[] = [];
  private received = 0;

  /** Whether bytes of an answer have come that is not complete. */
  get started(): boolean {
    return this.head !== null || this.buffer.length > 0;
  }

  /**
   * Takes the next bytes, however they are cut.
   *
   * @returns the answer they complete, else null. What follows it waits for the next call.
   * @throws TransportError `bad-frame` for what is not HTTP/1.x, or a body above 16 MiB.
   */
  push(bytes: Uint8Array): HttpResponse | null {
    this.buffer.push(bytes);
    for (;;) {
      if (this.head === null) {
        const head = this.heads.read(this.buffer);
        if (head === null) return null;
        // 100 Continue and its like come before the answer.
        if (head.status < 200) continue;
        this.head = head;
        this.body = bodyOf(head);
      }
      const complete = this.readBody();
      if (complete === 'more') return null;
      if (complete === 'done') return this.finish(this.head.keepAlive);
    }
  }

  /** The connection ended. @returns the answer whose end that was, else null. */
  end(): HttpResponse | null {
    return this.head !== null && this.body?.type === 'until-close' ? this.finish(false) : null;
  }

  private finish(reusable: boolean): HttpResponse {
    const status = this.head?.status ?? 0;
    const body = this.chunks.length === 1 ? (this.chunks[0] ?? concat()) : concat(...this.chunks);
    this.head = null;
    this.body = null;
    this.chunks = [];
    this.received = 0;
    return { status, body, reusable };
  }

  private readBody(): 'more' | 'done' | 'again' {
    const { buffer, body } = this;
    if (body === null) return 'done';
    switch (body.type) {
      case 'length':
        if (buffer.length < body.size) return 'more';
        this.collect(buffer.take(body.size));
        return 'done';
      case 'until-close':
        this.collect(buffer.take(buffer.length));
        return 'more';
      case 'chunk-size': {
        const line = this.line();
        if (line === null) return 'more';
        const size = chunkSize(line);
        this.checkSize(this.received + size);
        this.body = size === 0 ? { type: 'trailer' } : { type: 'chunk', size };
        return 'again';
      }
      case 'chunk':
        if (buffer.length < body.size + 2) return 'more';
        this.collect(buffer.take(body.size));
        if (buffer.byte(0) !== 13 || buffer.byte(1) !== 10) throw badFrame('a broken HTTP chunk');
        buffer.skip(2);
        this.body = { type: 'chunk-size' };
        return 'again';
      case 'trailer': {
        const line = this.line();
        if (line === null) return 'more';
        this.received += line.length;
        this.checkSize(this.received);
        return line === '' ? 'done' : 'again';
      }
    }
  }

  private collect(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.received += bytes.length;
    this.checkSize(this.received);
    // Many tiny chunks must not cost more than their bytes: small ones are joined at once.
    const last = this.chunks[this.chunks.length - 1];
    if (last !== undefined && last.length < 1024 && bytes.length < 1024) {
      this.chunks[this.chunks.length - 1] = concat(last, bytes);
    } else {
      this.chunks.push(bytes);
    }
  }

  private checkSize(size: number): void {
    if (size > MAX_PACKET_FROM_SERVER) {
      throw badFrame(`an HTTP body of more than ${MAX_PACKET_FROM_SERVER} bytes`);
    }
  }

  private line(): string | null {
    const end = this.buffer.indexOf(LINE_END, 0, MAX_CHUNK_LINE);
    if (end < 0) {
      if (this.buffer.length >= MAX_CHUNK_LINE)
        throw badFrame('a line of an HTTP body is too long');
      return null;
    }
    let text = '';
    for (const byte of this.buffer.take(end)) text += String.fromCharCode(byte);
    this.buffer.skip(LINE_END.length);
    return text;
  }
}

/** How the body's end is told. */
function bodyOf({ status, headers }: ResponseHead): BodyState | null {
  if (status === 204 || status === 304) return null;
  const encoding = headers.get('transfer-encoding');
  const length = headers.get('content-length');
  if (encoding !== undefined) {
    if (length !== undefined || encoding.toLowerCase() !== 'chunked') {
      throw badFrame('an HTTP body with an unknown transfer encoding');
    }
    return { type: 'chunk-size' };
  }
  if (length === undefined) return { type: 'until-close' };
  if (!/^\d{1,9}$/.test(length) || Number(length) > MAX_PACKET_FROM_SERVER) {
    throw badFrame('an HTTP body with an impossible length');
  }
  return Number(length) === 0 ? null : { type: 'length', size: Number(length) };
}

function chunkSize(line: string): number {
  const match = /^([0-9a-f]{1,7})[ \t]*(?:;.*)?$/i.exec(line);
  if (match === null) throw badFrame('a broken HTTP chunk');
  return parseInt(match[1] ?? '', 16);
}
