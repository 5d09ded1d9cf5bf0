import * as codec from '@tlgen/codec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { join, written } from '../../support/bytes.js';
import { portableCodec } from '../../support/portable-codec.js';
import { Random, RUNS, SEED } from '../../support/random.js';
import { randomText } from '../../support/random-values.js';

const hosts: [string, typeof codec][] = [
  ['with Buffer', codec],
  ['without Buffer', await portableCodec()],
];
const settings = { seed: SEED, numRuns: 500 * RUNS };

/** What the standard says a text is, U+FEFF kept. */
const standard = new TextDecoder('utf-8', { ignoreBOM: true });

/** A TL string of these bytes, made independently of the writer. */
function stringOf(content: Uint8Array): Uint8Array {
  const { length } = content;
  const head = length < 254 ? [length] : [254, length & 255, (length >> 8) & 255, length >> 16];
  const padding = new Uint8Array((4 - ((head.length + length) & 3)) & 3);
  return join(new Uint8Array(head), content, padding);
}

describe.each(hosts)('text, %s', (_name, { TlReader, TlWriter, Registry }) => {
  const read = (bytes: Uint8Array): string => new TlReader(new Registry()).reset(bytes).string();
  const write = (text: string, capacity = 1 << 18): Uint8Array => {
    const holder = { $write: (w: codec.TlWriter) => w.string(text) } as unknown as codec.TlObject;
    return new TlWriter(capacity).writeAt(holder, 0).slice();
  };

  it('is written as UTF-8 with minimal length and zero padding, and read back', () => {
    const random = new Random(SEED);
    for (let run = 0; run < 2000 * RUNS; run++) {
      const text = randomText(random);
      const expected = stringOf(new TextEncoder().encode(text));
      expect(Buffer.compare(write(text), expected), JSON.stringify(text.slice(0, 200))).toBe(0);
      expect(read(expected) === text, JSON.stringify(text.slice(0, 200))).toBe(true);
    }
  });

  it('of any length and any mixture of scripts', () => {
    const unit = fc.constantFrom('a', 'é', 'я', '語', '😀', '\u0000', '\ufeff');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 300 }), (text) => {
        expect(read(write(text, 16))).toBe(text);
        expect(Buffer.compare(write(text), stringOf(new TextEncoder().encode(text)))).toBe(0);
      }),
      settings,
    );
  });

  it('reads invalid UTF-8 as the standard decoder does', () => {
    // Bytes that begin, continue and break sequences, at all lengths the reader treats differently.
    const byte = fc.constantFrom(
      0x41,
      0x80,
      0x9f,
      0xa0,
      0xbf,
      0xc0,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xe2,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
      0xff,
    );
    const content = fc.oneof(
      fc.array(byte, { maxLength: 24 }),
      fc.array(byte, { minLength: 240, maxLength: 270 }),
    );
    fc.assert(
      fc.property(content, (bytes) => {
        const data = new Uint8Array(bytes);
        expect(read(stringOf(data))).toBe(standard.decode(data));
      }),
      settings,
    );
  });

  it('writes lone surrogates as U+FFFD', () => {
    for (const text of ['\ud800', 'a\udc00b', 'x'.repeat(300) + '\ud83d', '\ude00\ud83d']) {
      expect(write(text)).toEqual(stringOf(new TextEncoder().encode(text)));
    }
  });

  it('reads the same short words again from the cache, also after others took their slots', () => {
    const random = new Random(SEED);
    const texts = Array.from({ length: 20_000 }, () => random.next().toString(36).slice(0, 7));
    for (const text of [...texts, ...texts]) expect(read(write(text, 64))).toBe(text);
  });
});

describe('hosts', () => {
  it('write the same bytes', () => {
    const text = 'Grüße 😀 '.repeat(2000);
    expect(written((w) => w.string(text))).toHaveLength(
      stringOf(new TextEncoder().encode(text)).length,
    );
  });
});
