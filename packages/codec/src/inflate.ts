/*
 * RFC 1951 for hosts without zlib. Plain rather than fast: one table walk per symbol.
 */

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
];
const LENGTH_EXTRA = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
  3073, 4097, 6145, 8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A canonical Huffman code: how many codes of each length, and the symbols in code order. */
interface Huffman {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

function huffman(lengths: readonly number[]): Huffman {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] as number) + 1;
  counts[0] = 0;
  const starts = new Uint16Array(16);
  for (let i = 1; i < 15; i++) starts[i + 1] = (starts[i] as number) + (counts[i] as number);
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    symbols[starts[length] as number] = symbol;
    starts[length] = (starts[length] as number) + 1;
  });
  return { counts, symbols };
}

const range = (count: number, length: number): number[] => new Array<number>(count).fill(length);
let fixedCodes: [Huffman, Huffman] | null = null;

class Inflater {
  private at = 0;
  private bits = 0;
  private have = 0;
  private out: Uint8Array;
  private length = 0;

  constructor(
    private readonly data: Uint8Array,
    private readonly limit: number,
  ) {
    this.out = new Uint8Array(Math.min(limit, data.length * 4 + 64));
  }

  run(): Uint8Array {
    let last = 0;
    while (!last) {
      last = this.take(1);
      const kind = this.take(2);
      if (kind === 0) this.stored();
      else if (kind === 1) this.block(...(fixedCodes ??= this.fixed()));
      else if (kind === 2) this.block(...this.dynamic());
      else throw new TypeError('unknown block type');
    }
    return this.out.subarray(0, this.length);
  }

  private take(count: number): number {
    while (this.have < count) {
      if (this.at >= this.data.length) throw new TypeError('data ends early');
      this.bits |= (this.data[this.at++] as number) << this.have;
      this.have += 8;
    }
    const value = this.bits & ((1 << count) - 1);
    this.bits >>>= count;
    this.have -= count;
    return value;
  }

  private symbol(code: Huffman): number {
    let value = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= 15; length++) {
      value |= this.take(1);
      const count = code.counts[length] as number;
      if (value - count < first) return code.symbols[index + value - first] as number;
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    throw new TypeError('bad code');
  }

  private put(byte: number): void {
    if (this.length >= this.limit) throw new RangeError('too long');
    if (this.length >= this.out.length) {
      const larger = new Uint8Array(Math.min(this.limit, this.out.length * 2 + 64));
      larger.set(this.out);
      this.out = larger;
    }
    this.out[this.length++] = byte;
  }

  private stored(): void {
    this.bits = 0;
    this.have = 0;
    const length = (this.data[this.at] ?? 0) | ((this.data[this.at + 1] ?? 0) << 8);
    this.at += 4;
    if (this.at + length > this.data.length) throw new TypeError('data ends early');
    for (let i = 0; i < length; i++) this.put(this.data[this.at++] as number);
  }

  private fixed(): [Huffman, Huffman] {
    const lengths = [...range(144, 8), ...range(112, 9), ...range(24, 7), ...range(8, 8)];
    return [huffman(lengths), huffman(range(30, 5))];
  }

  private dynamic(): [Huffman, Huffman] {
    const literals = this.take(5) + 257;
    const distances = this.take(5) + 1;
    const lengthLengths = range(19, 0);
    const given = this.take(4) + 4;
    for (let i = 0; i < given; i++) lengthLengths[CODE_LENGTH_ORDER[i] as number] = this.take(3);
    const lengthCode = huffman(lengthLengths);
    const lengths: number[] = [];
    while (lengths.length < literals + distances) {
      const symbol = this.symbol(lengthCode);
      if (symbol < 16) lengths.push(symbol);
      else if (symbol === 16) {
        const previous = lengths.at(-1);
        if (previous === undefined) throw new TypeError('nothing to repeat');
        lengths.push(...range(this.take(2) + 3, previous));
      } else if (symbol === 17) lengths.push(...range(this.take(3) + 3, 0));
      else lengths.push(...range(this.take(7) + 11, 0));
    }
    return [
      huffman(lengths.slice(0, literals)),
      huffman(lengths.slice(literals, literals + distances)),
    ];
  }

  private block(literals: Huffman, distances: Huffman): void {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        this.put(symbol);
        continue;
      }
      const base = LENGTH_BASE[symbol - 257];
      if (base === undefined) throw new TypeError('bad length');
      const length = base + this.take(LENGTH_EXTRA[symbol - 257] as number);
      const code = this.symbol(distances);
      const distanceBase = DISTANCE_BASE[code];
      if (distanceBase === undefined) throw new TypeError('bad distance');
      const distance = distanceBase + this.take(DISTANCE_EXTRA[code] as number);
      if (distance > this.length) throw new TypeError('distance too far');
      for (let i = 0; i < length; i++) this.put(this.out[this.length - distance] as number);
    }
  }
}

/**
 * Inflates raw deflate data.
 *
 * @throws RangeError beyond `limit` bytes, TypeError when the data is damaged.
 */
export function inflate(data: Uint8Array, limit: number): Uint8Array {
  return new Inflater(data, limit).run();
}
