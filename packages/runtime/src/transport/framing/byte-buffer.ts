const EMPTY = new Uint8Array(0);
const SMALLEST = 1024;
/** Room that an announced length may claim at once; above it, memory follows what has arrived. */
const MAX_CLAIM = 1 << 20;
/** The last chunk of a frame often brings the beginning of the next one. */
const NEXT_FRAME = 1 << 16;

/**
 * Collects a stream until a whole frame is there.
 *
 * A chunk that arrives while nothing waits is kept as it is, so that frames inside one chunk are never copied.
 * Otherwise bytes are appended to a buffer of the size that `expect` said, or one that doubles: a frame in many chunks
 * is copied once or twice in all, and memory follows what has arrived, not what a hostile header announces. Views handed out stay valid: bytes are only ever
 * written behind them.
 */
export class ByteBuffer {
  private bytes: Uint8Array = EMPTY;
  private start = 0;
  private end = 0;
  /** Whether `bytes` is ours, so that its tail may be written. */
  private owned = false;
  private expected = 0;

  /** Bytes that wait. */
  get length(): number {
    return this.end - this.start;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    if (this.start === this.end) {
      // Frames are views of it, and a Buffer's `slice` would not copy.
      this.bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
      this.start = 0;
      this.end = chunk.length;
      this.owned = false;
      return;
    }
    const needed = this.length + chunk.length;
    if (!this.owned || this.end + chunk.length > this.bytes.length) {
      const size = this.expected >= needed ? this.expected : needed * 2;
      const grown = new Uint8Array(Math.max(SMALLEST, size));
      grown.set(this.bytes.subarray(this.start, this.end));
      this.end -= this.start;
      this.start = 0;
      this.bytes = grown;
      this.owned = true;
    }
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }

  /** Says how many bytes the frame that waits has in all. */
  expect(size: number): void {
    this.expected = size <= MAX_CLAIM ? size + NEXT_FRAME : 0;
  }

  /** The byte at an offset; 0 behind the end, so check `length` before. */
  byte(offset: number): number {
    return offset < this.length ? (this.bytes[this.start + offset] ?? 0) : 0;
  }

  /** Little-endian unsigned 32-bit number; check `length` before. */
  uint32(offset: number): number {
    return (
      (this.byte(offset) |
        (this.byte(offset + 1) << 8) |
        (this.byte(offset + 2) << 16) |
        (this.byte(offset + 3) << 24)) >>>
      0
    );
  }

  /** A view of the first bytes, which stay. */
  peek(size: number): Uint8Array {
    return this.bytes.subarray(this.start, Math.min(this.start + size, this.end));
  }

  /** A view of the first bytes, which are gone afterwards. */
  take(size: number): Uint8Array {
    const taken = this.peek(size);
    this.skip(size);
    return taken;
  }

  skip(size: number): void {
    this.expected = 0;
    this.start = Math.min(this.start + size, this.end);
    if (this.start === this.end) {
      this.bytes = EMPTY;
      this.start = 0;
      this.end = 0;
      this.owned = false;
    }
  }

  /** Offset of the first occurrence within the first `limit` bytes, or -1. */
  indexOf(pattern: readonly number[], from: number, limit: number): number {
    const last = Math.min(this.length, limit) - pattern.length;
    for (let at = Math.max(0, from); at <= last; at++) {
      let matched = 0;
      while (matched < pattern.length && this.byte(at + matched) === pattern[matched]) matched++;
      if (matched === pattern.length) return at;
    }
    return -1;
  }
}
