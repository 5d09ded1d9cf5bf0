import { formatId, TlError, type TlErrorCode } from './errors.js';
import { gunzip } from './gunzip.js';
import * as limits from './limits.js';
import type { TlMethod, TlObject } from './object.js';
import { readText, readWord } from './read-string.js';
import { METHOD, Registry } from './registry.js';

const scratch = /* @__PURE__ */ new Int32Array(2);
const scratchLong = /* @__PURE__ */ new BigInt64Array(scratch.buffer);
const scratchDouble = /* @__PURE__ */ new Float64Array(scratch.buffer);

/** Longest `bytes` of a small packet that get memory of their own. */
const SHORT_BYTES = 64;

/** Holds the longer `bytes` of many small packets. */
let pool = /* @__PURE__ */ new Uint8Array(0);
let poolUsed = 0;

/** Copies a packet into the pool; where it stands there. */
function pooled(packet: Uint8Array): number {
  // Also when somebody transferred the buffer away: then its length is 0.
  if (poolUsed + packet.length > pool.length) {
    pool = new Uint8Array(limits.POOL_SIZE);
    poolUsed = 0;
  }
  const at = poolUsed;
  pool.set(packet, at);
  poolUsed = at + packet.length;
  return at;
}

/**
 * Reads TL values one after the other from a packet. Generated classes drive it; `decode` is the way in.
 *
 * Nothing is read outside the packet and no vector is made larger than the packet can fill; every failure is a
 * `TlError`.
 */
export class TlReader {
  /** Byte offset of the next value. */
  pos = 0;
  /** Where the packet ends. */
  protected end = 0;
  protected depth = 0;
  protected u8!: Uint8Array;
  protected i32!: Int32Array;
  /** Whether `bytes` must be copied because the buffer will be used again. */
  protected copies = false;
  /** Where in the pool the packet was copied to, for the first of its long `bytes`; -1: not yet. */
  private keptAt = -1;
  /** What `gzip_packed` may still inflate to. */
  protected inflatable: number = limits.MAX_INFLATED;
  /** How many more items without bytes vectors may have. */
  protected emptyItems: number = limits.MAX_EMPTY_ITEMS;

  /** @param registry - constructors that boxed fields may hold. */
  constructor(public registry: Registry) {}

  /**
   * Starts on a packet. A packet that is 4-byte aligned is read in place, and its `bytes` fields are views of it;
   * another one is copied first.
   */
  reset(packet: Uint8Array): this {
    const { buffer, byteOffset, length } = packet;
    // A plain Uint8Array even when given a Buffer, whose slice() does not copy.
    const plain = new Uint8Array(buffer, byteOffset, length);
    const data = byteOffset & 3 ? plain.slice() : plain;
    this.u8 = data;
    this.i32 = new Int32Array(data.buffer, data.byteOffset, length >> 2);
    this.end = data.length;
    this.copies = false;
    return this.rewind();
  }

  /** @internal Starts on a packet that was copied into a long-lived buffer: `bytes` fields become copies. */
  $resetShared(u8: Uint8Array, i32: Int32Array, length: number): this {
    this.u8 = u8;
    this.i32 = i32;
    this.end = length;
    this.copies = true;
    return this.rewind();
  }

  protected rewind(): this {
    this.pos = 0;
    this.keptAt = -1;
    this.depth = 0;
    this.inflatable = limits.MAX_INFLATED;
    this.emptyItems = limits.MAX_EMPTY_ITEMS;
    return this;
  }

  /** Bytes not read yet. */
  get left(): number {
    return this.end - this.pos;
  }

  /** A signed 32-bit number. */
  int(): number {
    const at = this.pos;
    if (at + 4 > this.end) this.failEnd(4);
    this.pos = at + 4;
    return this.i32[at >> 2] as number;
  }

  /** A flag word, as a signed number for bit tests. */
  flags(): number {
    return this.int();
  }

  /** An unsigned 32-bit number (`#`). */
  nat(): number {
    return this.int() >>> 0;
  }

  /** A signed 64-bit number. */
  long(): bigint {
    const at = this.pos;
    if (at + 8 > this.end) this.failEnd(8);
    this.pos = at + 8;
    scratch[0] = this.i32[at >> 2] as number;
    scratch[1] = this.i32[(at >> 2) + 1] as number;
    return scratchLong[0] as bigint;
  }

  /** A 64-bit number that fits a double exactly. */
  int53(): number {
    const at = this.pos;
    const value = Number(this.long());
    if (!Number.isSafeInteger(value)) this.fail('bad-value', `${value} is not an int53`, at);
    return value;
  }

  /** An IEEE double. */
  double(): number {
    const at = this.pos;
    if (at + 8 > this.end) this.failEnd(8);
    this.pos = at + 8;
    scratch[0] = this.i32[at >> 2] as number;
    scratch[1] = this.i32[(at >> 2) + 1] as number;
    return scratchDouble[0] as number;
  }

  /** UTF-8 text; invalid sequences read as U+FFFD. */
  string(): string {
    const at = this.pos;
    if (at + 4 > this.end) this.failEnd(4);
    const first = this.i32[at >> 2] as number;
    const length = first & 0xff;
    if (length <= 3) {
      this.pos = at + 4;
      return length === 0 ? '' : readWord(this.u8, at + 1, length, first, 0);
    }
    if (length <= 7) {
      if (at + 8 > this.end) this.failEnd(8);
      this.pos = at + 8;
      return readWord(this.u8, at + 1, length, first, this.i32[(at >> 2) + 1] as number);
    }
    const start = this.$span(first);
    return readText(this.u8, this.i32, start, this.spanEnd);
  }

  /** Where the last `$span` ended. */
  protected spanEnd = 0;

  /** @internal Steps over a string or bytes whose first word is `first`; returns where its content starts. */
  $span(first: number): number {
    const at = this.pos;
    let length = first & 0xff;
    let start = at + 1;
    if (length >= 254) {
      if (length === 255) this.fail('bad-length', 'the length of a string begins with 255', at);
      length = first >>> 8;
      start = at + 4;
    }
    const next = (start + length + 3) & ~3;
    if (next > this.end) this.failEnd(next - at);
    this.pos = next;
    this.spanEnd = start + length;
    return start;
  }

  /** Raw bytes. */
  bytes(): Uint8Array {
    const at = this.pos;
    if (at + 4 > this.end) this.failEnd(4);
    const start = this.$span(this.i32[at >> 2] as number);
    const end = this.spanEnd;
    if (!this.copies) return this.u8.subarray(start, end);
    // Short arrays live in the engine's own heap; a longer one would cost an allocation outside of it.
    if (end - start <= SHORT_BYTES) return this.u8.slice(start, end);
    if (this.keptAt < 0) this.keptAt = pooled(this.u8.subarray(0, this.end));
    return pool.subarray(this.keptAt + start, this.keptAt + end);
  }

  /** Exactly `length` bytes: int128, int256, int512. */
  fixed(length: number): Uint8Array {
    const at = this.pos;
    if (at + length > this.end) this.failEnd(length);
    this.pos = at + length;
    return this.u8.slice(at, at + length);
  }

  /** `boolTrue` or `boolFalse`. */
  bool(): boolean {
    const at = this.pos;
    const id = this.int();
    if (id === limits.ID_BOOL_TRUE) return true;
    if (id !== limits.ID_BOOL_FALSE) this.failType(id, 'Bool', at);
    return false;
  }

  /** Boxed `True`. */
  true(): true {
    const at = this.pos;
    const id = this.int();
    if (id !== limits.ID_TRUE) this.failType(id, 'True', at);
    return true;
  }

  /**
   * A boxed object: its id, then its fields. `gzip_packed` is inflated on the way, unless the registry knows it as an
   * object of its own.
   *
   * @param type - `typeHash` of the expected type; 0 accepts any constructor.
   */
  object<T = TlObject>(type: number): T {
    const at = this.pos;
    const id = this.int();
    const index = this.registry.$find(id);
    if (index < 0) return id === limits.ID_GZIP_PACKED ? this.inflated(type) : this.failId(id, at);
    if (type !== 0 && this.registry.$types[index] !== type) {
      this.failType(id, this.registry.$typeName(type), at);
    }
    return this.body(index) as T;
  }

  /** A method call inside another one (`!X`). */
  method<T = TlMethod>(): T {
    return this.object<T>(METHOD);
  }

  /** The fields of the constructor with this id; the id itself is not on the wire. */
  bare<T = TlObject>(id: number): T {
    const index = this.registry.$find(id | 0);
    if (index < 0) this.failId(id, this.pos);
    return this.body(index) as T;
  }

  protected body(index: number): TlObject {
    if (++this.depth > limits.MAX_DEPTH) {
      this.fail('too-deep', `objects nest deeper than ${limits.MAX_DEPTH}`, this.pos);
    }
    const object = (this.registry.$reads[index] as (r: TlReader) => TlObject)(this);
    this.depth--;
    return object;
  }

  /**
   * The number of items of a vector.
   *
   * @param boxed - whether the vector's id comes first.
   * @param itemSize - least bytes an item takes: bounds the count by what is left of the packet.
   */
  count(boxed: boolean, itemSize: number): number {
    const at = this.pos;
    if (boxed) {
      const id = this.int();
      if (id !== limits.ID_VECTOR) this.failType(id, 'Vector', at);
    }
    const count = this.int();
    const most = itemSize > 0 ? (this.end - this.pos) / itemSize : this.emptyItems;
    if (count < 0 || count > most) {
      this.fail(
        'vector-too-long',
        `a vector of ${count >>> 0} items in ${this.left} bytes`,
        this.pos - 4,
      );
    }
    if (itemSize === 0) this.emptyItems -= count;
    return count;
  }

  /*
   * Vectors are made in their final size, which `count` has bounded: one that grows by pushing takes room for 17 items
   * at once, and most have one or two.
   */

  /** A vector of anything. */
  vector<T>(boxed: boolean, itemSize: number, item: (r: TlReader) => T): T[] {
    const count = this.count(boxed, itemSize);
    const items = new Array<T>(count);
    for (let i = 0; i < count; i++) items[i] = item(this);
    return items;
  }

  /** `Vector<Type>` of boxed objects. */
  objects<T = TlObject>(type: number): T[] {
    const count = this.count(true, 4);
    const items = new Array<T>(count);
    for (let i = 0; i < count; i++) items[i] = this.object<T>(type);
    return items;
  }

  /** `Vector<int>`. */
  ints(): number[] {
    const count = this.count(true, 4);
    const items = new Array<number>(count);
    for (let i = 0; i < count; i++) items[i] = this.int();
    return items;
  }

  /** `Vector<long>`. */
  longs(): bigint[] {
    const count = this.count(true, 8);
    const items = new Array<bigint>(count);
    for (let i = 0; i < count; i++) items[i] = this.long();
    return items;
  }

  /** `Vector<string>`. */
  strings(): string[] {
    const count = this.count(true, 4);
    const items = new Array<string>(count);
    for (let i = 0; i < count; i++) items[i] = this.string();
    return items;
  }

  /** `N*[ T ]`: a fixed number of items. */
  tuple<T>(count: number, item: (r: TlReader) => T): T[] {
    const items = new Array<T>(count);
    for (let i = 0; i < count; i++) items[i] = item(this);
    return items;
  }

  protected inflated<T>(type: number): T {
    const at = this.pos;
    const data = gunzip(this.bytes(), this.inflatable, at);
    const inner = this.nested();
    inner.reset(data);
    inner.depth = this.depth + 1;
    inner.inflatable = this.inflatable - data.length;
    inner.emptyItems = this.emptyItems;
    if (inner.depth > limits.MAX_DEPTH) this.fail('too-deep', 'gzip_packed nests too deep', at);
    const object = inner.object<T>(type);
    if (inner.left !== 0)
      this.fail('trailing-bytes', `${inner.left} bytes follow the gzip_packed object`, at);
    this.inflatable = inner.inflatable;
    this.emptyItems = inner.emptyItems;
    return object;
  }

  protected nested(): TlReader {
    return new TlReader(this.registry);
  }

  protected fail(code: TlErrorCode, reason: string, offset: number): never {
    throw new TlError(code, reason, { offset });
  }

  protected failEnd(need: number): never {
    this.fail('end-of-data', `${need} bytes needed, ${this.left} left`, this.pos);
  }

  protected failType(id: number, expected: string, offset: number): never {
    const known = this.registry.get(id);
    if (known === undefined) return this.failId(id, offset);
    const reason = `expected ${expected}, got ${known.tl}${formatId(id)}`;
    throw new TlError('wrong-type', reason, { offset, id: id >>> 0 });
  }

  protected failId(id: number, offset: number): never {
    const reason = `no constructor ${formatId(id)} in this schema`;
    throw new TlError('unknown-constructor', reason, { offset, id: id >>> 0 });
  }
}
