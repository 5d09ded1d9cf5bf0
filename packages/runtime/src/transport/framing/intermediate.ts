import type { CryptoProvider } from '../../crypto/provider/types.js';
import type { Frame } from '../types.js';
import { MAX_PADDING, type Side } from './limits.js';
import { frameOf, paddedFrameOf } from './payload.js';
import { StreamCodec, type NextFrame } from './stream-codec.js';
import { putInt32 } from './words.js';

const TAG = new Uint8Array([0xee, 0xee, 0xee, 0xee]);
const PADDED_TAG = new Uint8Array([0xdd, 0xdd, 0xdd, 0xdd]);
const HEADER = 4;
/** Bit of the length: the client asks for a quick acknowledgement, or the server's word is one. */
const QUICK_ACK = 0x8000_0000;

/**
 * The intermediate framing: length in four bytes; announced by 0xeeeeeeee.
 * See "MTProto transports", section "Intermediate".
 */
export class IntermediateCodec extends StreamCodec {
  constructor(side: Side, announce: boolean, tag: Uint8Array = TAG) {
    super(side, announce ? tag : null);
  }

  override encodeQuickAck(token: number): Uint8Array {
    const word = new Uint8Array(HEADER);
    putInt32(word, 0, token | QUICK_ACK);
    return word;
  }

  protected override frame(packet: Uint8Array, quickAck: boolean, room: number): Uint8Array {
    const padding = this.padding();
    const length = packet.length + padding.length;
    const framed = new Uint8Array(room + HEADER + length);
    putInt32(framed, room, quickAck ? length | QUICK_ACK : length);
    framed.set(packet, room + HEADER);
    framed.set(padding, room + HEADER + packet.length);
    return framed;
  }

  protected override next(): NextFrame {
    const { buffer } = this;
    if (buffer.length < HEADER) return 'incomplete';
    const word = buffer.uint32(0);
    const flagged = word >= QUICK_ACK;
    if (flagged && this.side === 'client') {
      buffer.skip(HEADER);
      return { type: 'quick-ack', token: word };
    }
    const length = flagged ? word - QUICK_ACK : word;
    this.checkLength(length, this.slack);
    if (!this.complete(HEADER + length)) return 'incomplete';
    buffer.skip(HEADER);
    return this.unwrap(buffer.take(length), flagged) ?? 'nothing';
  }

  /** How much longer than a packet a payload may be. */
  protected readonly slack: number = 0;

  protected padding(): Uint8Array {
    return new Uint8Array(0);
  }

  protected unwrap(payload: Uint8Array, quickAck: boolean): Frame | null {
    return frameOf(payload, quickAck);
  }
}

/**
 * The intermediate framing with 0 … 15 random bytes behind each packet; announced by 0xdddddddd.
 * See "MTProto transports", section "Padded intermediate".
 */
export class PaddedIntermediateCodec extends IntermediateCodec {
  protected override readonly slack = MAX_PADDING;

  constructor(
    side: Side,
    announce: boolean,
    private readonly crypto: CryptoProvider,
  ) {
    super(side, announce, PADDED_TAG);
  }

  protected override padding(): Uint8Array {
    const random = this.crypto.randomBytes(MAX_PADDING + 1);
    return random.subarray(1, 1 + ((random[0] ?? 0) % (MAX_PADDING + 1)));
  }

  protected override unwrap(payload: Uint8Array, quickAck: boolean): Frame | null {
    return paddedFrameOf(payload, quickAck);
  }
}
