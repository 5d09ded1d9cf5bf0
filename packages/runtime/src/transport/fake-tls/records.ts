import { ByteBuffer } from '../framing/byte-buffer.js';
import { badFrame } from '../framing/payload.js';
import { concat } from '../../crypto/bytes.js';

/** Types of TLS records. */
export const CHANGE_CIPHER_SPEC = 0x14;
export const ALERT = 0x15;
export const HANDSHAKE = 0x16;
export const APPLICATION_DATA = 0x17;

const HEADER = 5;
/** 2^14 and what TLS 1.3 allows encryption to add. */
const MAX_RECORD = (1 << 14) + 256;
/** Clients of MTProxy cut their data this small, as browsers' first records are. */
const MAX_SENT = 2878;

/** The record that ends the clear part of a TLS 1.3 handshake. */
export const CHANGE_CIPHER_SPEC_RECORD: readonly number[] = [0x14, 3, 3, 0, 1, 1];

export interface TlsRecord {
  readonly type: number;
  /** 0x0301 in a ClientHello, else 0x0303. */
  readonly version: number;
  readonly body: Uint8Array;
  /** With its header. */
  readonly raw: Uint8Array;
}

/** Cuts a byte stream into TLS records, sans-IO. */
export class RecordReader {
  private readonly buffer = new ByteBuffer();

  push(chunk: Uint8Array): void {
    this.buffer.push(chunk);
  }

  /**
   * The next record; null while it is incomplete.
   *
   * @throws TransportError `bad-frame` for what is no TLS record.
   */
  next(): TlsRecord | null {
    const { buffer } = this;
    if (buffer.length < HEADER) return null;
    const type = buffer.byte(0);
    const version = (buffer.byte(1) << 8) | buffer.byte(2);
    const length = (buffer.byte(3) << 8) | buffer.byte(4);
    if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA || (version & 0xff00) !== 0x0300) {
      throw badFrame('the other side does not speak TLS');
    }
    if (length === 0 || length > MAX_RECORD) {
      throw badFrame(`a TLS record cannot have ${length} bytes`);
    }
    if (buffer.length < HEADER + length) return null;
    const raw = buffer.take(HEADER + length);
    return { type, version, body: raw.subarray(HEADER), raw };
  }

  /** What stays when nobody reads records any more. */
  rest(): Uint8Array {
    return this.buffer.take(this.buffer.length);
  }
}

/** A TLS record of version 1.2, which TLS 1.3 writes too. */
export function tlsRecord(type: number, body: Uint8Array, version = 0x0303): Uint8Array {
  const raw = new Uint8Array(HEADER + body.length);
  raw.set([type, version >> 8, version & 0xff, body.length >> 8, body.length & 0xff]);
  raw.set(body, HEADER);
  return raw;
}

/** Puts bytes into application data records. */
export function applicationData(bytes: Uint8Array): Uint8Array {
  const records: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += MAX_SENT) {
    records.push(tlsRecord(APPLICATION_DATA, bytes.subarray(at, at + MAX_SENT)));
  }
  return concat(...records);
}

/**
 * What a record brings after the handshake: its data, or null for a change_cipher_spec, which carries none.
 *
 * @throws TransportError `bad-frame` for an alert or a handshake record.
 */
export function dataOf(record: TlsRecord): Uint8Array | null {
  if (record.type === APPLICATION_DATA) return record.body;
  if (record.type === CHANGE_CIPHER_SPEC) return null;
  if (record.type === ALERT) throw badFrame(`TLS alert ${record.body[1] ?? 0}`);
  throw badFrame('a TLS handshake record where data belongs');
}
