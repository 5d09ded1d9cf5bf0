import { CryptoError } from './errors.js';

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const SEQUENCE = 0x30;

/** Reads the few kinds of DER elements that RSA public keys consist of. Each step checks tag and bounds. */
export class DerReader {
  #at = 0;

  constructor(private readonly data: Uint8Array) {}

  /** Enters a SEQUENCE. */
  sequence(): DerReader {
    return new DerReader(this.#element(SEQUENCE, 'SEQUENCE'));
  }

  /** A SEQUENCE as bytes, for comparison with a known one. */
  sequenceBytes(): Uint8Array {
    return this.#element(SEQUENCE, 'SEQUENCE');
  }

  /** A BIT STRING of whole bytes. */
  bitString(): DerReader {
    const content = this.#element(BIT_STRING, 'BIT STRING');
    if (content[0] !== 0) throw unreadable('a BIT STRING is not made of whole bytes');
    return new DerReader(content.subarray(1));
  }

  /** A positive INTEGER, big-endian without leading zeros. */
  positive(): Uint8Array {
    const content = this.#element(INTEGER, 'INTEGER');
    const [first, second] = content;
    if (first === undefined) throw unreadable('an INTEGER is empty');
    if (first >= 0x80) throw unreadable('an INTEGER is negative');
    if (first !== 0) return content;
    if (second === undefined || second < 0x80) throw unreadable('an INTEGER is not minimal');
    return content.subarray(1);
  }

  /** Refuses bytes that follow the last element. */
  end(): void {
    if (this.#at !== this.data.length) throw unreadable('bytes follow the last element');
  }

  #element(tag: number, name: string): Uint8Array {
    if (this.#byte() !== tag) throw unreadable(`expected ${name} at byte ${this.#at - 1}`);
    const size = this.#size();
    const end = this.#at + size;
    if (end > this.data.length) throw unreadable(`${name} is longer than what holds it`);
    const content = this.data.subarray(this.#at, end);
    this.#at = end;
    return content;
  }

  /** DER wants the shortest form; two bytes of length are plenty for keys. */
  #size(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count < 1 || count > 2) throw unreadable('an element has no usable length');
    let size = 0;
    for (let index = 0; index < count; index += 1) size = size * 256 + this.#byte();
    if (size < (count === 1 ? 0x80 : 0x100)) throw unreadable('a length is not minimal');
    return size;
  }

  #byte(): number {
    const byte = this.data[this.#at];
    if (byte === undefined) throw unreadable('it ends too early');
    this.#at += 1;
    return byte;
  }
}

function unreadable(why: string): CryptoError {
  return new CryptoError('bad-rsa', `unreadable RSA key: ${why}`);
}
