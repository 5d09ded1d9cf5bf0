import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
// The portable path: with Node's zlib at hand `decode` never takes it.
import { inflateGzip } from '../../../packages/codec/src/gunzip.js';
import { inflate } from '../../../packages/codec/src/inflate.js';
import { portableCodec } from '../../support/portable-codec.js';
import { Random, RUNS, SEED } from '../../support/random.js';
import { gzipPacked, ID_GZIP_PACKED } from '../../support/bytes.js';

const random = new Random(SEED);
const LIMIT = 1 << 24;
const concat = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const inputs: [string, Uint8Array][] = [
  ['nothing', new Uint8Array(0)],
  ['one byte', new Uint8Array([7])],
  ['zeros', new Uint8Array(200_000)],
  ['noise', random.bytes(70_000)],
  ['text', new TextEncoder().encode('Lorem ipsum dolor sit amet, 你好. '.repeat(3000))],
  ['few symbols', random.bytes(50_000).map((byte) => byte & 3)],
  ['skewed', random.bytes(50_000).map((byte) => (byte < 250 ? byte & 1 : byte))],
  ['far repeats', concat(random.bytes(32_768), random.bytes(10), new Uint8Array(3))],
  ['all bytes', Uint8Array.from({ length: 65_536 }, (_, i) => i)],
];
const block = random.bytes(32_000);
inputs.push(['window-wide repeats', concat(block, block, block)]);

const { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED } = constants;
const strategies = { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED };

describe.each(inputs)('portable inflate of %s', (_name, input) => {
  it.each(Object.entries(strategies))('at all levels, %s', (_strategy, strategy) => {
    for (const level of [0, 1, 6, 9]) {
      const data = new Uint8Array(gzipSync(input, { level, strategy, memLevel: 1 + (level % 9) }));
      expect(Buffer.compare(inflateGzip(data, LIMIT), input), `level ${level}`).toBe(0);
    }
  });

  it('stops at the limit', () => {
    const data = new Uint8Array(gzipSync(input));
    expect(inflateGzip(data, input.length)).toHaveLength(input.length);
    if (input.length > 0) expect(() => inflateGzip(data, input.length - 1)).toThrow(RangeError);
  });
});

describe('portable inflate', () => {
  it('steps over all parts of a gzip header', () => {
    const body = new Uint8Array(deflateRawSync('content'));
    const part = {
      extra: [4, [3, 0, 1, 2, 3]],
      name: [8, [65, 66, 0]],
      comment: [16, [67, 0]],
    } as const;
    const head = (flags: number, ...rest: number[]): Uint8Array =>
      new Uint8Array([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3, ...rest]);
    const all = [...part.extra[1], ...part.name[1], ...part.comment[1], 0, 0];
    const read = (header: Uint8Array): string =>
      Buffer.from(inflateGzip(concat(header, body), LIMIT)).toString();
    expect(read(head(0))).toBe('content');
    for (const [flag, bytes] of Object.values(part))
      expect(read(head(flag, ...bytes))).toBe('content');
    expect(read(head(2, 0, 0))).toBe('content');
    expect(read(head(2 + 4 + 8 + 16, ...all))).toBe('content');
  });

  it('ends with an error or a result, whatever the data', () => {
    const sound = new Uint8Array(deflateRawSync('abcabcabc'.repeat(50)));
    for (let run = 0; run < 3000 * RUNS; run++) {
      const data = run & 1 ? random.bytes(random.below(60)) : sound.slice();
      if (!(run & 1)) data[random.below(data.length)] = random.next();
      try {
        expect(inflate(data, 10_000).length).toBeLessThanOrEqual(10_000);
      } catch (thrown) {
        expect(thrown instanceof TypeError || thrown instanceof RangeError).toBe(true);
      }
    }
  });

  it('serves decoding where there is no zlib', async () => {
    const { TlReader, Registry, TlError } = await portableCodec();
    // An empty registry: what was inflated is unknown, and the error says what it found.
    const error = ((): unknown => {
      try {
        return new TlReader(new Registry())
          .reset(gzipPacked(new Uint8Array([1, 2, 3, 4])))
          .object(0);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(TlError);
    expect(error).toMatchObject({ code: 'unknown-constructor', id: 0x04030201 });
    expect(ID_GZIP_PACKED).toBe(0x3072cfa1);
  });
});
