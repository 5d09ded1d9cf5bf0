import { encode, Registry, TlReader, TlWriter, type TlObject } from '@tlgen/codec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { written } from '../../support/bytes.js';
import { Random, RUNS, SEED } from '../../support/random.js';
import { tlError } from '../../support/tl-error.js';

const settings = { seed: SEED, numRuns: 1000 * RUNS };
const reader = (bytes: Uint8Array): TlReader => new TlReader(new Registry()).reset(bytes);

/** Writes and reads one value; checks the bytes against `bytes` and that nothing is left. */
function check<T>(
  value: T,
  write: (w: TlWriter, value: T) => void,
  read: (r: TlReader) => T,
  expected: Uint8Array,
): void {
  const bytes = written((w) => write(w, value), 256);
  expect(Buffer.from(bytes).toString('hex')).toBe(Buffer.from(expected).toString('hex'));
  const r = reader(bytes);
  expect(read(r)).toStrictEqual(value);
  expect(r.left).toBe(0);
}

const bytesOf = (length: number, fill: (view: DataView) => void): Uint8Array => {
  const bytes = new Uint8Array(length);
  fill(new DataView(bytes.buffer));
  return bytes;
};

describe('numbers', () => {
  it('int: every 32-bit value, little-endian', () => {
    const property = fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (value) =>
      check(
        value,
        (w, v) => w.int(v),
        (r) => r.int(),
        bytesOf(4, (view) => view.setInt32(0, value, true)),
      ),
    );
    fc.assert(property, { ...settings, examples: [[2 ** 31 - 1], [-(2 ** 31)], [0], [-1]] });
  });

  it('nat: unsigned', () => {
    const property = fc.property(fc.nat(2 ** 32 - 1), (value) =>
      check(
        value,
        (w, v) => w.nat(v),
        (r) => r.nat(),
        bytesOf(4, (view) => view.setUint32(0, value, true)),
      ),
    );
    fc.assert(property, { ...settings, examples: [[2 ** 32 - 1], [2 ** 31]] });
  });

  it('long: every 64-bit value', () => {
    const range = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
    const property = fc.property(fc.bigInt(range), (value) =>
      check(
        value,
        (w, v) => w.long(v),
        (r) => r.long(),
        bytesOf(8, (view) => view.setBigInt64(0, value, true)),
      ),
    );
    fc.assert(property, {
      ...settings,
      examples: [[range.min], [range.max], [-(2n ** 32n)], [2n ** 32n]],
    });
  });

  it('int53: safe integers, also negative multiples of 2^32', () => {
    const property = fc.property(fc.maxSafeInteger(), (value) =>
      check(
        value,
        (w, v) => w.int53(v),
        (r) => r.int53(),
        bytesOf(8, (view) => view.setBigInt64(0, BigInt(value), true)),
      ),
    );
    const examples: [number][] = [
      [-(2 ** 32)],
      [-(2 ** 33)],
      [Number.MAX_SAFE_INTEGER],
      [Number.MIN_SAFE_INTEGER],
    ];
    fc.assert(property, { ...settings, examples });
    for (const wrong of [2 ** 53, -(2 ** 53), 0.5, NaN]) {
      expect(tlError(() => written((w) => w.int53(wrong))).code).toBe('bad-value');
    }
    const large = written((w) => w.long(2n ** 53n));
    expect(tlError(() => reader(large).int53()).code).toBe('bad-value');
  });

  it('double: every value, −0, NaN and infinities among them', () => {
    const property = fc.property(fc.double(), (value) =>
      check(
        value,
        (w, v) => w.double(v),
        (r) => r.double(),
        bytesOf(8, (view) => view.setFloat64(0, value, true)),
      ),
    );
    fc.assert(property, {
      ...settings,
      examples: [[-0], [NaN], [Infinity], [-Infinity], [5e-324]],
    });
    // A NaN with a payload is still a NaN.
    expect(reader(new Uint8Array([1, 0, 0, 0, 0, 0, 0xf8, 0xff])).double()).toBeNaN();
  });

  it('Bool: its two constructors', () => {
    check(
      true,
      (w, v) => w.bool(v),
      (r) => r.bool(),
      new Uint8Array([0xb5, 0x75, 0x72, 0x99]),
    );
    check(
      false,
      (w, v) => w.bool(v),
      (r) => r.bool(),
      new Uint8Array([0x37, 0x97, 0x79, 0xbc]),
    );
  });

  it.each([16, 32, 64])('int of %d bytes: as they are', (length) => {
    const property = fc.property<[Uint8Array]>(
      fc.uint8Array({ minLength: length, maxLength: length }),
      (value) =>
        check(
          value,
          (w, v) => w.fixed(v, length),
          (r) => r.fixed(length),
          value,
        ),
    );
    fc.assert(property, { ...settings, numRuns: 100 });
  });
});

describe('bytes', () => {
  const random = new Random(SEED);
  const lengths = [
    0,
    1,
    2,
    3,
    4,
    5,
    31,
    32,
    33,
    252,
    253,
    254,
    255,
    256,
    257,
    258,
    65535,
    65536,
    2 ** 24 - 1,
  ];

  it.each(lengths)('of %d bytes: minimal length, zero padding', (length) => {
    const value = length > 100_000 ? new Uint8Array(length).fill(7) : random.bytes(length);
    // A writer full of ones: whatever is not overwritten shows.
    const writer = new TlWriter(length + 64);
    const dirty = {
      $write: (w: TlWriter) => w.fixed(new Uint8Array(length + 8).fill(255), length + 8),
    };
    writer.writeAt(dirty as unknown as TlObject, 0);
    const bytes = writer.writeAt(
      { $write: (w: TlWriter) => w.bytes(value) } as unknown as TlObject,
      0,
    );
    const head = length < 254 ? [length] : [254, length & 255, (length >> 8) & 255, length >> 16];
    expect([...bytes.subarray(0, head.length)]).toEqual(head);
    expect(Buffer.compare(bytes.subarray(head.length, head.length + length), value)).toBe(0);
    const padding = bytes.subarray(head.length + length);
    expect(padding.length).toBe((4 - ((head.length + length) & 3)) & 3);
    expect(padding.every((byte) => byte === 0)).toBe(true);
    const r = reader(bytes);
    expect(Buffer.compare(r.bytes(), value)).toBe(0);
    expect(r.left).toBe(0);
  });

  it('of 2^24 bytes are refused', () => {
    const value = new Uint8Array(2 ** 24);
    expect(tlError(() => written((w) => w.bytes(value))).code).toBe('too-long');
  });

  it('that are written longer than need be are read all the same', () => {
    expect([...reader(new Uint8Array([254, 2, 0, 0, 8, 9, 0, 0])).bytes()]).toEqual([8, 9]);
    for (const text of ['', 'H', 'Hi', 'é', 'Hello', 'Hello, w', 'Hello, world!']) {
      const content = new TextEncoder().encode(text);
      const packet = new Uint8Array((content.length + 7) & ~3);
      packet.set([254, content.length, 0, 0]);
      packet.set(content, 4);
      expect(reader(packet).string()).toBe(text);
    }
  });
});

describe('growing', () => {
  it('gives the same bytes, however small the buffer was', () => {
    const random = new Random(SEED);
    const parts = Array.from({ length: 60 }, (_, i) => random.bytes(random.below(40 + i * 4)));
    const write = (w: TlWriter): void => {
      for (const part of parts) {
        w.int(part.length);
        w.bytes(part);
        w.string(Buffer.from(part).toString('latin1'));
        w.long(-1n);
        w.double(0.5);
      }
    };
    const roomy = written(write, 1 << 20);
    for (let capacity = 0; capacity < 600; capacity += 7) {
      expect(Buffer.compare(written(write, capacity), roomy), `capacity ${capacity}`).toBe(0);
    }
  });

  it('serves objects larger than any buffer kept', () => {
    const one = { $write: (w: TlWriter) => w.bytes(new Uint8Array(3 << 20)), _: 'x' };
    expect(encode(one as unknown as TlObject)).toHaveLength((3 << 20) + 4);
    expect(encode({ $write: (w: TlWriter) => w.int(5) } as unknown as TlObject)).toHaveLength(4);
  });
});
