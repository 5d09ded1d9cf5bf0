/** The bytes end before what is to be read, or hold what cannot be. */
export class NotThatFormat extends Error {}

/** Reads the fields of a session one after the other. What does not fit is {@link NotThatFormat}. */
export class ByteReader {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly data: Uint8Array) {
    this.view = new DataView(data.buffer, data.byteOffset, data.length);
  }

  get left(): number {
    return this.data.length - this.at;
  }

  bytes(length: number): Uint8Array {
    const start = this.advance(length);
    return this.data.slice(start, start + length);
  }

  u8(): number {
    return this.view.getUint8(this.advance(1));
  }

  /** Big-endian. */
  u16(): number {
    return this.view.getUint16(this.advance(2));
  }

  /** Big-endian. */
  u32(): number {
    return this.view.getUint32(this.advance(4));
  }

  /** Big-endian. */
  u64(): bigint {
    return this.view.getBigUint64(this.advance(8));
  }

  /** Little-endian, as TL. */
  int(): number {
    return this.view.getInt32(this.advance(4), true);
  }

  /** Little-endian, as TL. */
  long(): bigint {
    return this.view.getBigInt64(this.advance(8), true);
  }

  flag(): boolean {
    return demand(this.u8(), (value) => value < 2) === 1;
  }

  /** `bytes` of TL, with their padding. */
  tlBytes(): Uint8Array {
    let head = 1;
    let length = this.u8();
    if (length === 255) throw new NotThatFormat();
    if (length === 254) {
      length = this.u8() | (this.u8() << 8) | (this.u8() << 16);
      head = 4;
    }
    const value = this.bytes(length);
    const padding = -(head + length) & 3;
    if (!this.bytes(padding).every((byte) => byte === 0)) throw new NotThatFormat();
    return value;
  }

  tlString(): string {
    return asciiOf(this.tlBytes());
  }

  /** An IP address or host name. */
  tlHost(): string {
    return demand(this.tlString(), isHost);
  }

  /** Everything has to have been read. */
  end(): void {
    if (this.left !== 0) throw new NotThatFormat();
  }

  private advance(length: number): number {
    if (length > this.left) throw new NotThatFormat();
    const start = this.at;
    this.at += length;
    return start;
  }
}

/** The value, if it can be one. */
export function demand<T>(value: T, test: (value: T) => boolean): T {
  if (!test(value)) throw new NotThatFormat();
  return value;
}

/** What addresses consist of. */
export const isPrintable = (byte: number): boolean => byte > 0x20 && byte < 0x7f;

export function asciiOf(bytes: Uint8Array): string {
  demand(bytes, (all) => all.every(isPrintable));
  return String.fromCharCode(...bytes);
}

export const isDc = (dc: number): boolean => Number.isInteger(dc) && dc >= 1 && dc <= 99;
export const isPort = (port: number): boolean =>
  Number.isInteger(port) && port >= 1 && port <= 65_535;
export const isUserId = (id: bigint): boolean => id > 0n && id < 1n << 52n;
export const isApiId = (id: number): boolean => Number.isInteger(id) && id > 0 && id < 2 ** 31;
/** No host name is longer. */
export const isHost = (host: string): boolean => /^[\x21-\x7e]{1,253}$/.test(host);
