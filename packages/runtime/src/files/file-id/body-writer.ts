import { badFileId } from './bad-file-id.js';
import { MAX_BODY } from './text-form.js';

/** Writes the fields of an id, little-endian as TL has them. What does not fit is `BAD_FILE_ID`. */
export class BodyWriter {
  private readonly out: number[] = [];

  byte(value: number): void {
    this.out.push(value & 0xff);
  }

  int(value: number, field: string): void {
    if ((value | 0) !== value) throw badFileId(`The ${field} has to be a whole number of 32 bits`);
    this.put(4, (view) => view.setInt32(0, value, true));
  }

  long(value: bigint, field: string): void {
    if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value) {
      throw badFileId(`The ${field} has to be a bigint of 64 bits`);
    }
    this.put(8, (view) => view.setBigInt64(0, value, true));
  }

  /** `bytes` of TL, with their padding. */
  bytes(value: Uint8Array, field: string): void {
    if (value.length > MAX_BODY) {
      throw badFileId(`The ${field} has ${value.length} bytes: ids hold at most ${MAX_BODY}`);
    }
    const { length } = value;
    if (length < 254) this.out.push(length);
    else this.out.push(254, length & 0xff, (length >> 8) & 0xff, length >> 16);
    for (const byte of value) this.out.push(byte);
    const head = length < 254 ? 1 : 4;
    for (let pad = -(head + length) & 3; pad > 0; pad--) this.out.push(0);
  }

  /** `string` of TL. */
  string(value: string, field: string): void {
    this.bytes(new TextEncoder().encode(value), field);
  }

  /** @throws FileError `BAD_FILE_ID` when it is too long to be read again. */
  finish(): Uint8Array {
    if (this.out.length > MAX_BODY) {
      throw badFileId(`The id would hold ${this.out.length} bytes: ${MAX_BODY} is the limit`);
    }
    return Uint8Array.from(this.out);
  }

  private put(length: number, set: (view: DataView) => void): void {
    const bytes = new Uint8Array(length);
    set(new DataView(bytes.buffer));
    this.out.push(...bytes);
  }
}
