import { frameOf } from './payload.js';
import type { Side } from './limits.js';
import { StreamCodec, type NextFrame } from './stream-codec.js';

const TAG = new Uint8Array([0xef]);
/** Length byte that says "three more bytes follow". */
const LONG = 0x7f;
/** Bit of the first byte: the client asks for a quick acknowledgement, or the server's bytes are one. */
const QUICK_ACK = 0x80;

/**
 * The abridged framing: length in words in one byte, or 0x7f and three bytes; announced by 0xef. A quick
 * acknowledgement is the token with its bytes in reverse, so that the top bit comes first.
 * See "MTProto transports", section "Abridged".
 */
export class AbridgedCodec extends StreamCodec {
  constructor(side: Side, announce: boolean) {
    super(side, announce ? TAG : null);
  }

  override encodeQuickAck(token: number): Uint8Array {
    return new Uint8Array([(token >>> 24) | QUICK_ACK, token >>> 16, token >>> 8, token]);
  }

  protected override frame(packet: Uint8Array, quickAck: boolean, room: number): Uint8Array {
    const words = packet.length >>> 2;
    const flag = quickAck ? QUICK_ACK : 0;
    const header = words < LONG ? 1 : 4;
    const framed = new Uint8Array(room + header + packet.length);
    if (header === 1) {
      framed[room] = words | flag;
    } else {
      framed[room] = LONG | flag;
      framed[room + 1] = words;
      framed[room + 2] = words >>> 8;
      framed[room + 3] = words >>> 16;
    }
    framed.set(packet, room + header);
    return framed;
  }

  protected override next(): NextFrame {
    const { buffer } = this;
    if (buffer.length < 1) return 'incomplete';
    const first = buffer.byte(0);
    const flagged = (first & QUICK_ACK) !== 0;
    if (flagged && this.side === 'client') {
      if (buffer.length < 4) return 'incomplete';
      const token =
        ((first << 24) | (buffer.byte(1) << 16) | (buffer.byte(2) << 8) | buffer.byte(3)) >>> 0;
      buffer.skip(4);
      return { type: 'quick-ack', token };
    }
    const short = first & LONG;
    const header = short === LONG ? 4 : 1;
    if (buffer.length < header) return 'incomplete';
    const length = (header === 1 ? short : buffer.uint32(0) >>> 8) * 4;
    this.checkLength(length);
    if (!this.complete(header + length)) return 'incomplete';
    buffer.skip(header);
    return frameOf(buffer.take(length), flagged) ?? 'nothing';
  }
}
