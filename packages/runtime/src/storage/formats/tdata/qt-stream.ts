import { NotThatFormat } from '../byte-reader.js';

/** Reads what Qt's QDataStream wrote: big-endian numbers, byte arrays with their length before them. */
export class QtReader {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly data: Uint8Array) {
    this.view = new DataView(data.buffer, data.byteOffset, data.length);
  }

  int(): number {
    return this.view.getInt32(this.advance(4));
  }

  u64(): bigint {
    return this.view.getBigUint64(this.advance(8));
  }

  bytes(length: number): Uint8Array {
    const start = this.advance(length);
    return this.data.slice(start, start + length);
  }

  /** A null array (length -1) reads as an empty one. */
  array(): Uint8Array {
    const length = this.view.getUint32(this.advance(4));
    return length === 0xffffffff ? new Uint8Array() : this.bytes(length);
  }

  /** A count that cannot be larger than what is left to read allows. */
  count(itemSize: number): number {
    const count = this.int();
    if (count < 0 || count * itemSize > this.data.length - this.at) throw new NotThatFormat();
    return count;
  }

  private advance(length: number): number {
    if (length > this.data.length - this.at) throw new NotThatFormat();
    const start = this.at;
    this.at += length;
    return start;
  }
}

/** Writes what {@link QtReader} reads. */
export class QtWriter {
  private readonly parts: Uint8Array[] = [];

  int(value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setInt32(0, value);
    return this.bytes(bytes);
  }

  u64(value: bigint): this {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, value);
    return this.bytes(bytes);
  }

  bytes(data: Uint8Array): this {
    this.parts.push(data);
    return this;
  }

  array(data: Uint8Array): this {
    return this.int(data.length).bytes(data);
  }

  finish(): Uint8Array {
    const all = new Uint8Array(this.parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}
