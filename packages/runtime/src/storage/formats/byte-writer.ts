/** Writes the fields of a session one after the other. */
export class ByteWriter {
  private readonly out: number[] = [];

  bytes(data: Iterable<number>): this {
    for (const byte of data) this.out.push(byte);
    return this;
  }

  u8(value: number): this {
    this.out.push(value & 255);
    return this;
  }

  /** Big-endian. */
  u16(value: number): this {
    return this.u8(value >> 8).u8(value);
  }

  /** Big-endian. */
  u32(value: number): this {
    return this.u16(value >>> 16).u16(value);
  }

  /** Big-endian. */
  u64(value: bigint): this {
    return this.u32(Number(value >> 32n)).u32(Number(value & 0xffffffffn));
  }

  /** Little-endian, as TL. */
  int(value: number): this {
    return this.u8(value)
      .u8(value >> 8)
      .u8(value >> 16)
      .u8(value >> 24);
  }

  /** Little-endian, as TL. */
  long(value: bigint): this {
    return this.int(Number(BigInt.asIntN(32, value))).int(Number(BigInt.asIntN(32, value >> 32n)));
  }

  /** `bytes` of TL, with their padding. */
  tlBytes(data: Uint8Array): this {
    const short = data.length < 254;
    if (short) this.u8(data.length);
    else
      this.u8(254)
        .u8(data.length)
        .u8(data.length >> 8)
        .u8(data.length >> 16);
    this.bytes(data);
    const padding = -((short ? 1 : 4) + data.length) & 3;
    return this.bytes(new Uint8Array(padding));
  }

  tlString(text: string): this {
    return this.tlBytes(new TextEncoder().encode(text));
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.out);
  }
}
