import { badFileId } from './bad-file-id.js';

/** Reads the fields of an id, little-endian as TL has them. Whatever does not fit is `BAD_FILE_ID`. */
export class BodyReader {
  private at = 0;
  private readonly view: DataView;

  constructor(
    private readonly data: Uint8Array,
    private readonly what: string,
  ) {
    this.view = new DataView(data.buffer, data.byteOffset, data.length);
  }

  get left(): number {
    return this.data.length - this.at;
  }

  byte(field: string): number {
    return this.view.getUint8(this.advance(1, field));
  }

  int(field: string): number {
    return this.view.getInt32(this.advance(4, field), true);
  }

  long(field: string): bigint {
    return this.view.getBigInt64(this.advance(8, field), true);
  }

  /** `bytes` of TL, with their padding. */
  bytes(field: string): Uint8Array {
    let head = 1;
    let length = this.byte(field);
    if (length === 255) throw badFileId(`The ${this.what} is damaged: ${field} has no length`);
    if (length === 254) {
      length = this.byte(field) | (this.byte(field) << 8) | (this.byte(field) << 16);
      head = 4;
    }
    const start = this.advance(length, field);
    this.advance(-(head + length) & 3, field);
    return this.data.slice(start, start + length);
  }

  /** `string` of TL. */
  string(field: string): string {
    const bytes = this.bytes(field);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw badFileId(`The ${this.what} is damaged: ${field} is not UTF-8`);
    }
  }

  /** Everything has to have been read. */
  end(): void {
    if (this.left > 0) {
      throw badFileId(`The ${this.what} is damaged: ${this.left} bytes too many at its end`);
    }
  }

  private advance(length: number, field: string): number {
    if (length > this.left) {
      throw badFileId(`The ${this.what} is cut off: it ends before its ${field} is complete`);
    }
    const start = this.at;
    this.at += length;
    return start;
  }
}
