import { encode } from '@tlgen/codec';
import { GzipPacked } from '@tlgen/mtproto';
import { concat } from '../../crypto/bytes.js';
import type { SessionSettings } from '../session-context.js';
import type { OutgoingCall } from '../types.js';

/** `invokeAfterMsg#cb9f372d msg_id:long query:!X`, which belongs to the API's schema and never changed. */
const INVOKE_AFTER_MSG = 0xcb9f372d;

/** Bytes that go before a query at most, besides `prefix`. */
export const AFTER_BYTES = 12;

/** What goes around a query in its message. */
export interface Around {
  /** Message of the call that has to run before. */
  readonly after: bigint | null;
  /** `invokeWithLayer(initConnection(`; null when the server knows. */
  readonly prefix: Uint8Array | null;
}

/** The body of a call's message: wrapped as needed, compressed when that makes it shorter. */
export function callBody(request: OutgoingCall, around: Around, how: SessionSettings): Uint8Array {
  const parts: Uint8Array[] = [];
  if (around.after !== null) parts.push(afterHead(around.after));
  if (around.prefix !== null) parts.push(around.prefix);
  parts.push(request.body);
  const plain = parts.length === 1 ? request.body : concat(...parts);
  if (request.compress === false) return plain;
  return compressed(plain, how) ?? plain;
}

function afterHead(msgId: bigint): Uint8Array {
  const head = new Uint8Array(AFTER_BYTES);
  const view = new DataView(head.buffer);
  view.setUint32(0, INVOKE_AFTER_MSG, true);
  view.setBigInt64(4, msgId, true);
  return head;
}

/** Longer bodies are tried on a piece first: most of them are parts of files, which are compressed already. */
const LONG = 16_384;
const PIECE = 1_024;

/** Null when it stays as it is. */
function compressed(plain: Uint8Array, how: SessionSettings): Uint8Array | null {
  if (how.gzip === undefined || how.gzipAbove < 0) return null;
  if (plain.length <= how.gzipAbove) return null;
  if (plain.length > LONG) {
    const middle = plain.length >> 1;
    if (how.gzip(plain.subarray(middle, middle + PIECE)).length >= PIECE) return null;
  }
  const packed = encode(new GzipPacked({ packedData: how.gzip(plain) }));
  return packed.length < plain.length ? packed : null;
}
