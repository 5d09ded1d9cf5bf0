import { TlError, type TlErrorCode } from './errors.js';
import * as limits from './limits.js';
import { encodeUtf8 } from './native.js';
import type { TlObject } from './object.js';

const scratch = /* @__PURE__ */ new Int32Array(2);
const scratchLong = /* @__PURE__ */ new BigInt64Array(scratch.buffer);
const scratchDouble = /* @__PURE__ */ new Float64Array(scratch.buffer);

/** Strings up to this length are written by a loop; longer ones by the host. */
const LOOP_LENGTH = 14;

/**
 * Writes TL values one after the other. Generated classes drive it; `encode` is the way in.
 *
 * It writes optimistically: stores past the end of the buffer have no effect, `pos` still counts them, and the caller
 * compares `pos` with `capacity` at the end and starts over with a larger buffer if need be. So no value checks for
 * room and nothing is measured beforehand.
 */
export class TlWriter {
  /** Byte offset of the next value. */
  pos = 0;
  /** Objects within objects, as the reader counts them. */
  protected depth = 1;
  protected u8!: Uint8Array;
  protected i32!: Int32Array;

  /** @param capacity - initial size of the buffer, in bytes. */
  constructor(capacity = 1024) {
    this.reserve(capacity);
  }

  /** Size of the buffer, in bytes. */
  get capacity(): number {
    return this.u8.length;
  }

  /** Replaces the buffer by one of at least `capacity` bytes and starts at its beginning. */
  reserve(capacity: number): void {
    const buffer = new ArrayBuffer((capacity + 3) & ~3);
    this.u8 = new Uint8Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.pos = 0;
  }

  /**
   * Writes an object at `at` of the writer's own buffer, growing it when needed (what stood before `at` is then gone):
   * for packets whose header is filled in later, without a copy.
   *
   * @param at - offset in bytes, a multiple of 4.
   * @returns the buffer from its start to the end of the object: a view that the next write overwrites.
   */
  writeAt(object: TlObject, at: number): Uint8Array {
    for (;;) {
      this.restart(at);
      object.$write(this);
      if (this.pos <= this.u8.length) return this.u8.subarray(0, this.pos);
      this.reserve(this.pos + (this.pos >> 2));
    }
  }

  /** Sets the place of the next value, which is outermost. */
  restart(at: number): void {
    this.pos = at;
    this.depth = 1;
  }

  /** A constructor id; not checked. */
  id(id: number): void {
    const at = this.pos;
    this.i32[at >> 2] = id;
    this.pos = at + 4;
  }

  /** A signed 32-bit number. */
  int(value: number): void {
    if ((value | 0) !== value) this.fail(value, 'an int (-2147483648 … 2147483647)');
    const at = this.pos;
    this.i32[at >> 2] = value;
    this.pos = at + 4;
  }

  /** A flag word. */
  flags(word: number): void {
    const at = this.pos;
    this.i32[at >> 2] = word;
    this.pos = at + 4;
  }

  /** Checks a flag word that the user may set; 0 when left out. */
  bits(word: number | undefined): number {
    if (word === undefined) return 0;
    if (word >>> 0 !== word) this.fail(word, 'an unsigned int (0 … 4294967295)');
    return word;
  }

  /** An unsigned 32-bit number (`#`). */
  nat(value: number): void {
    if (value >>> 0 !== value) this.fail(value, 'an unsigned int (0 … 4294967295)');
    // Not by `flags`: tracing takes what goes through that for a word that governs fields.
    this.id(value);
  }

  /** A signed 64-bit number. */
  long(value: bigint): void {
    if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value)
      this.fail(value, 'a bigint of 64 bits (signed)');
    const at = this.pos;
    scratchLong[0] = value;
    this.i32[at >> 2] = scratch[0] as number;
    this.i32[(at >> 2) + 1] = scratch[1] as number;
    this.pos = at + 8;
  }

  /** A 64-bit number that fits a double exactly. */
  int53(value: number): void {
    if (!Number.isSafeInteger(value)) this.fail(value, 'an integer within ±9007199254740991');
    this.long(BigInt(value));
  }

  /** An IEEE double. */
  double(value: number): void {
    if (typeof value !== 'number') this.fail(value, 'a number');
    const at = this.pos;
    scratchDouble[0] = value;
    this.i32[at >> 2] = scratch[0] as number;
    this.i32[(at >> 2) + 1] = scratch[1] as number;
    this.pos = at + 8;
  }

  /** UTF-8 text of less than 16 MiB. */
  string(value: string): void {
    if (typeof value !== 'string') this.fail(value, 'a string');
    const length = value.length;
    if (length > LOOP_LENGTH) return this.longString(value);
    const at = this.pos;
    const u8 = this.u8;
    // Padding is zero: the last word is cleared before characters go into it.
    this.i32[(at + 1 + length) >> 2] = 0;
    u8[at] = length;
    for (let i = 0; i < length;) {
      const code = value.charCodeAt(i++);
      if (code > 127) return this.longString(value);
      u8[at + i] = code;
    }
    this.pos = (at + length + 4) & ~3;
  }

  private longString(value: string): void {
    const at = this.pos;
    const most = value.length * 3;
    // From 254 bytes on the length takes 4 bytes; a text of that many characters surely has them.
    let start = value.length >= 254 ? at + 4 : at + 1;
    if (start + most + 4 > this.u8.length) return this.skipString(value);
    let length = encodeUtf8(value, this.u8, start, most);
    if (length >= 254 && start === at + 1) {
      this.u8.copyWithin(at + 4, start, start + length);
      start = at + 4;
    }
    if (length > limits.MAX_LENGTH) this.failLength(length);
    if (start === at + 1) this.u8[at] = length;
    else this.i32[at >> 2] = 254 | (length << 8);
    for (length += start; length & 3; length++) this.u8[length] = 0;
    this.pos = length;
  }

  /** Near the end of the buffer only the size counts: the text is written for good after growing. */
  private skipString(value: string): void {
    if (value.length > limits.MAX_LENGTH) this.failLength(value.length);
    this.pos += (value.length * 3 + 8) & ~3;
    // Growing is certain to be asked for, even where the text itself would have fitted.
    if (this.pos <= this.u8.length) this.pos = this.u8.length + 4;
  }

  /** Raw bytes of less than 16 MiB. */
  bytes(value: Uint8Array): void {
    if (!(value instanceof Uint8Array)) this.fail(value, 'a Uint8Array');
    const length = value.length;
    const at = this.pos;
    let start = at + 1;
    if (length >= 254) {
      if (length > limits.MAX_LENGTH) this.failLength(length);
      this.i32[at >> 2] = 254 | (length << 8);
      start = at + 4;
    } else this.u8[at] = length;
    this.raw(value, start, start + length);
    let end = start + length;
    for (; end & 3; end++) this.u8[end] = 0;
    this.pos = end;
  }

  /** Exactly `length` bytes: int128, int256, int512. */
  fixed(value: Uint8Array, length: number): void {
    if (!(value instanceof Uint8Array) || value.length !== length) {
      this.fail(value, `a Uint8Array of ${length} bytes`);
    }
    this.raw(value, this.pos, this.pos + length);
    this.pos += length;
  }

  private raw(value: Uint8Array, start: number, end: number): void {
    if (value.length > 32) {
      if (end <= this.u8.length) this.u8.set(value, start);
    } else {
      const u8 = this.u8;
      for (let i = 0; i < value.length; i++) u8[start + i] = value[i] as number;
    }
  }

  /** `boolTrue` or `boolFalse`. */
  bool(value: boolean): void {
    if (typeof value !== 'boolean') this.fail(value, 'a boolean');
    this.id(value ? limits.ID_BOOL_TRUE : limits.ID_BOOL_FALSE);
  }

  /** Boxed `True`. */
  true(): void {
    this.id(limits.ID_TRUE);
  }

  /** A boxed object: its id, then its fields. */
  object(value: TlObject): void {
    // Loaded once: among many classes the look-up is what takes the time.
    const write = (value as TlObject | null | undefined)?.$write;
    if (write === undefined) return this.fail(value, 'a TL object');
    if (++this.depth > limits.MAX_DEPTH) this.failDepth();
    write.call(value, this);
    this.depth--;
  }

  /** The fields of an object without its id. */
  bare(value: TlObject & { $body?(w: TlWriter): void }, name: string): void {
    if (value === undefined || value === null || value._ !== name || !value.$body) {
      return this.fail(value, `a ${name}`);
    }
    if (++this.depth > limits.MAX_DEPTH) this.failDepth();
    value.$body(this);
    this.depth--;
  }

  /** The number of items of a vector; with its id first when boxed. */
  count(items: readonly unknown[], boxed: boolean): void {
    if (!Array.isArray(items)) this.fail(items, 'an array');
    if (boxed) this.id(limits.ID_VECTOR);
    this.flags(items.length);
  }

  /** A vector of anything. */
  vector<T>(items: readonly T[], boxed: boolean, item: (w: TlWriter, value: T) => void): void {
    this.count(items, boxed);
    for (let i = 0; i < items.length; i++) item(this, items[i] as T);
  }

  /** `Vector<Type>` of boxed objects. */
  objects(items: readonly TlObject[]): void {
    this.count(items, true);
    for (let i = 0; i < items.length; i++) this.object(items[i] as TlObject);
  }

  /** `Vector<int>`. */
  ints(items: readonly number[]): void {
    this.count(items, true);
    for (let i = 0; i < items.length; i++) this.int(items[i] as number);
  }

  /** `Vector<long>`. */
  longs(items: readonly bigint[]): void {
    this.count(items, true);
    for (let i = 0; i < items.length; i++) this.long(items[i] as bigint);
  }

  /** `Vector<string>`. */
  strings(items: readonly string[]): void {
    this.count(items, true);
    for (let i = 0; i < items.length; i++) this.string(items[i] as string);
  }

  /** `N*[ T ]`: a fixed number of items. */
  tuple<T>(items: readonly T[], count: number, item: (w: TlWriter, value: T) => void): void {
    if (!Array.isArray(items) || items.length !== count)
      this.fail(items, `an array of ${count} items`);
    for (let i = 0; i < count; i++) item(this, items[i] as T);
  }

  /** Fields that share a flag bit are present together or absent together. */
  unpaired(fields: string): never {
    throw new TlError('unpaired-flag', `${fields} share a flag bit: give all of them or none`, {
      offset: this.pos,
    });
  }

  protected fail(value: unknown, expected: string): never {
    const code: TlErrorCode = value === undefined ? 'missing-field' : 'bad-value';
    const reason =
      value === undefined
        ? `${expected} is required`
        : `expected ${expected}, got ${describe(value)}`;
    throw new TlError(code, reason, { offset: this.pos });
  }

  private failDepth(): never {
    throw new TlError('too-deep', `objects nest deeper than ${limits.MAX_DEPTH}`, {
      offset: this.pos,
    });
  }

  private failLength(length: number): never {
    throw new TlError('too-long', `${length} bytes; TL strings hold at most ${limits.MAX_LENGTH}`, {
      offset: this.pos,
    });
  }
}

/** Names a wrong value without showing its content, which may be secret. */
function describe(value: unknown): string {
  if (value === null) return 'null';
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return `an array of ${value.length} items`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'object')
    return (value as { _?: unknown })._ ? 'another TL object' : 'a plain object';
  return `a ${typeof value}`;
}
