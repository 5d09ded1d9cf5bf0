import { TransportError } from '../types.js';
import { crc32 } from './crc32.js';
import type { Side } from './limits.js';
import { badFrame, frameOf } from './payload.js';
import { StreamCodec, type NextFrame } from './stream-codec.js';
import { int32At, putInt32 } from './words.js';

/** Length and sequence number. */
const HEADER = 8;
const OVERHEAD = HEADER + 4;
/** Transport errors are HTTP-like codes; see `next`. */
const LOWEST_CODE = -999;

/**
 * The full framing: length (of everything), sequence number, payload, CRC32 of all of it. Nothing announces it.
 * See "MTProto transports", section "Full".
 */
export class FullCodec extends StreamCodec {
  private sent = 0;
  private received = 0;
  private ended = false;

  constructor(side: Side) {
    super(side, null);
  }

  override encodeQuickAck(): Uint8Array {
    throw new TransportError('bad-packet', 'The full framing has no quick acknowledgements');
  }

  protected override frame(packet: Uint8Array, _quickAck: boolean, room: number): Uint8Array {
    const length = packet.length + OVERHEAD;
    const framed = new Uint8Array(room + length);
    putInt32(framed, room, length);
    putInt32(framed, room + 4, this.sent);
    framed.set(packet, room + HEADER);
    putInt32(framed, room + length - 4, crc32(framed.subarray(room, room + length - 4)));
    this.sent = (this.sent + 1) | 0;
    return framed;
  }

  protected override next(): NextFrame {
    const { buffer } = this;
    if (this.ended) buffer.skip(buffer.length);
    if (buffer.length < 4) return 'incomplete';
    const length = buffer.uint32(0) | 0;
    // Servers have been seen to write a transport error in place of the length, and to end there.
    if (this.side === 'client' && length < 0 && length >= LOWEST_CODE) {
      this.ended = true;
      return { type: 'error', code: length };
    }
    this.checkLength(length - OVERHEAD);
    if (!this.complete(length)) return 'incomplete';
    const frame = buffer.take(length);
    const seq = int32At(frame, 4);
    if (seq !== this.received) {
      throw badFrame(`frame ${this.received} came with sequence number ${seq}`);
    }
    if (crc32(frame.subarray(0, length - 4)) !== int32At(frame, length - 4) >>> 0) {
      throw badFrame(`the checksum of frame ${seq} is wrong`);
    }
    this.received = (this.received + 1) | 0;
    return frameOf(frame.subarray(HEADER, length - 4), false) ?? 'nothing';
  }
}
