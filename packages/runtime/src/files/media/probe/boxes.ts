import type { ProbeInput } from './types.js';

/** A box of an MP4 file. */
export interface Box {
  /** Four characters: `moov`. */
  readonly type: string;
  /** Where its content begins and ends, in the file. */
  readonly start: number;
  readonly end: number;
}

/** Boxes walked in one file: those of films are some dozens, and a hostile file has to end too. */
const MOST_BOXES = 4096;

/** Walks the boxes of one file. */
export class Boxes {
  private left = MOST_BOXES;

  constructor(private readonly input: ProbeInput) {}

  /** The boxes that lie side by side between two places. A box that cannot be ends the walk. */
  async *between(start: number, end: number): AsyncGenerator<Box, void> {
    let at = start;
    while (at + 8 <= end && this.left-- > 0) {
      const head = await this.input.read(at, 16);
      if (head.length < 8) return;
      const view = new DataView(head.buffer, head.byteOffset, head.length);
      const short = view.getUint32(0);
      let size = short;
      let header = 8;
      if (short === 1) {
        if (head.length < 16) return;
        header = 16;
        const long = view.getBigUint64(8);
        if (long > BigInt(Number.MAX_SAFE_INTEGER)) return;
        size = Number(long);
      } else if (short === 0) {
        // To the end of what it lies in.
        size = end - at;
      }
      if (size < header || at + size > Number.MAX_SAFE_INTEGER) return;
      const type = String.fromCharCode(...head.subarray(4, 8));
      // A file that was cut, or of which only the beginning is here, ends inside of a box.
      yield { type, start: at + header, end: Math.min(at + size, end) };
      at += size;
    }
  }

  /** The first `length` bytes of a box's content; undefined: it has fewer. */
  async content({ start, end }: Box, length: number): Promise<DataView | undefined> {
    if (end - start < length) return undefined;
    const bytes = await this.input.read(start, length);
    if (bytes.length < length) return undefined;
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}
