import { describe, expect, it } from 'vitest';
import {
  ResponseReader,
  type HttpResponse,
} from '../../../../packages/runtime/src/transport/http/response.js';
import { Random } from '../../../support/random.js';
import { partitions } from './support.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const text = (body: Uint8Array): string => String.fromCharCode(...body);

/** Each stream, and what it says. */
const STREAMS: readonly [string, string, { status: number; body: string; reusable: boolean }][] = [
  [
    'Content-Length',
    'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello',
    { status: 200, body: 'hello', reusable: true },
  ],
  [
    'chunks, extensions and a trailer',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\nX: y\r\n\r\n',
    { status: 200, body: 'hello', reusable: true },
  ],
  ['no content', 'HTTP/1.1 204 No Content\r\n\r\n', { status: 204, body: '', reusable: true }],
  [
    '100 Continue before the answer',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n',
    { status: 404, body: '', reusable: true },
  ],
  [
    'Connection: close',
    'HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 2\r\n\r\nhi',
    { status: 200, body: 'hi', reusable: false },
  ],
  [
    'HTTP/1.0',
    'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi',
    { status: 200, body: 'hi', reusable: false },
  ],
];

describe('http responses', () => {
  for (const [name, stream, expected] of STREAMS) {
    it(`any partition gives the same: ${name}`, () => {
      for (const cuts of partitions(stream.length, new Random(2))) {
        const reader = new ResponseReader();
        const answers: HttpResponse[] = [];
        let from = 0;
        for (const to of [...cuts, stream.length]) {
          const answer = reader.push(bytes(stream.slice(from, to)));
          if (answer !== null) answers.push(answer);
          from = to;
        }
        expect(answers.map((one) => ({ ...one, body: text(one.body) }))).toEqual([expected]);
        expect(reader.started).toBe(false);
        expect(reader.end()).toBeNull();
      }
    });
  }

  it('a body without a length ends with the connection', () => {
    const reader = new ResponseReader();
    expect(reader.push(bytes('HTTP/1.1 200 OK\r\n\r\nhel'))).toBeNull();
    expect(reader.push(bytes('lo'))).toBeNull();
    const answer = reader.end();
    expect(answer).toMatchObject({ status: 200, reusable: false });
    expect(text(answer?.body ?? new Uint8Array())).toBe('hello');
  });

  it('an answer cut short is none', () => {
    const reader = new ResponseReader();
    expect(reader.push(bytes('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel'))).toBeNull();
    expect(reader.end()).toBeNull();
    expect(reader.started).toBe(true);
  });

  it('what is broken or beyond the limits is refused', () => {
    const ok = 'HTTP/1.1 200 OK\r\n';
    const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;
    for (const stream of [
      'SSH-2.0-OpenSSH\r\n\r\n',
      'HTTP/2 200\r\n\r\n',
      `${ok}no colon\r\n\r\n`,
      `${ok}Content-Length: -1\r\n\r\n`,
      `${ok}Content-Length: 16777217\r\n\r\n`,
      `${ok}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`,
      `${ok}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`,
      `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n`,
      `${chunked}x\r\n`,
      `${chunked}fffffff\r\n`,
      `${chunked}1\r\nab\r\n`,
      `${chunked}${'0'.repeat(300)}`,
      `${ok}X: ${'y'.repeat(1 << 14)}`,
    ]) {
      expect(() => new ResponseReader().push(bytes(stream)), stream.slice(0, 60)).toThrow(
        expect.objectContaining({ name: 'TransportError', code: 'bad-frame' }),
      );
    }
    const endless = new ResponseReader();
    endless.push(bytes(`${ok}\r\n`));
    expect(() => {
      for (let i = 0; i < 300; i++) endless.push(new Uint8Array(1 << 16));
    }).toThrow(expect.objectContaining({ code: 'bad-frame' }));
  });
});
