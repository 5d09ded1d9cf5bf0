import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { takeLine } from '../../../../packages/runtime/src/terminal/piped-line.js';

const { signal } = new AbortController();

const listeners = (stream: Readable): number =>
  ['readable', 'error'].reduce((sum, name) => sum + stream.listenerCount(name), 0);

describe('lines of a pipe', () => {
  it('are taken one at a time; the rest stays for whoever reads next', async () => {
    const stream = new PassThrough();
    const before = listeners(stream);
    stream.end('one\r\ntwö\n\nfour and no end');
    expect(await takeLine(stream, signal)).toBe('one');
    expect(await takeLine(stream, signal)).toBe('twö');
    expect(listeners(stream)).toBe(before);
    expect(await takeLine(stream, signal)).toBe('');
    let rest = '';
    for await (const chunk of stream) rest += String(chunk);
    expect(rest).toBe('four and no end');
    expect(await takeLine(stream, signal)).toBeNull();
  });

  it('come in any pieces', async () => {
    const bytes = Buffer.from('äöü\nβγ\n');
    for (const size of [1, 2, 3, 5]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, at * size + size),
      );
      const stream = Readable.from(pieces, { objectMode: false });
      expect(await takeLine(stream, signal)).toBe('äöü');
      expect(await takeLine(stream, signal)).toBe('βγ');
      expect(await takeLine(stream, signal)).toBeNull();
    }
  });

  it('may be strings', async () => {
    const stream = new PassThrough({ encoding: 'utf8' });
    stream.end('ä\nß');
    expect(await takeLine(stream, signal)).toBe('ä');
    expect(await takeLine(stream, signal)).toBe('ß');
  });

  it('that have no end are an error, and so are those that cannot be read', async () => {
    const long = new PassThrough({ highWaterMark: 1 << 20 });
    long.write('x'.repeat(70_000));
    await expect(takeLine(long, signal)).rejects.toThrow(RangeError);
    const broken = new PassThrough();
    const line = takeLine(broken, signal);
    const failure = new Error('broken');
    broken.destroy(failure);
    await expect(line).rejects.toBe(failure);
    expect(await takeLine(broken, signal)).toBeNull();
  });

  it('that are not waited for any more are not lost', async () => {
    const stream = new PassThrough();
    const controller = new AbortController();
    const line = takeLine(stream, controller.signal);
    stream.write('half ');
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error('enough'));
    await expect(line).rejects.toThrow('enough');
    await expect(takeLine(stream, controller.signal)).rejects.toThrow('enough');
    stream.write('a line\n');
    expect(await takeLine(stream, signal)).toBe('half a line');
  });
});
