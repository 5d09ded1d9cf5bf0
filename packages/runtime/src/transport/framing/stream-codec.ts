import { TransportError, type Frame, type PacketCodec } from '../types.js';
import { ByteBuffer } from './byte-buffer.js';
import { badFrame } from './payload.js';
import { maxPacketFrom, type Side } from './limits.js';

/** What a framing found at the start of the buffer. */
export type NextFrame = Frame | 'incomplete' | 'nothing';

/** What the framings of a byte stream have in common: buffering, limits, the announcement. */
export abstract class StreamCodec implements PacketCodec {
  protected readonly buffer = new ByteBuffer();
  private readonly maxIn: number;
  private readonly maxOut: number;
  private failure: TransportError | null = null;
  private announcement: Uint8Array | null;

  /** @param announcement - bytes before the first frame; null where something else announces the framing. */
  constructor(
    protected readonly side: Side,
    announcement: Uint8Array | null,
  ) {
    this.announcement = side === 'client' ? announcement : null;
    this.maxIn = maxPacketFrom(side === 'client' ? 'server' : 'client');
    this.maxOut = maxPacketFrom(side);
  }

  encode(packet: Uint8Array, quickAck = false): Uint8Array {
    const size = packet.length;
    if (size === 0 || size % 4 !== 0 || size > this.maxOut) {
      throw new TransportError(
        'bad-packet',
        `A packet of ${size} bytes cannot be sent: its length must be a multiple of 4 from 4 to ${this.maxOut}`,
      );
    }
    const tag = this.announcement;
    this.announcement = null;
    const room = tag?.length ?? 0;
    const framed = this.frame(packet, quickAck && this.side === 'client', room);
    if (tag !== null) framed.set(tag);
    return framed;
  }

  decode(chunk: Uint8Array): Frame[] {
    if (this.failure !== null) throw this.failure;
    this.buffer.push(chunk);
    const frames: Frame[] = [];
    try {
      for (;;) {
        const next = this.next();
        if (next === 'incomplete') return frames;
        if (next !== 'nothing') frames.push(next);
      }
    } catch (error) {
      this.buffer.skip(this.buffer.length);
      this.failure = error instanceof TransportError ? error : badFrame(String(error));
      throw this.failure;
    }
  }

  abstract encodeQuickAck(token: number): Uint8Array;

  /** Writes a frame behind `room` free bytes. */
  protected abstract frame(packet: Uint8Array, quickAck: boolean, room: number): Uint8Array;
  /** Takes one frame from the buffer. */
  protected abstract next(): NextFrame;

  /** Whether a frame of that size, header included, has arrived; else makes room for it. */
  protected complete(size: number): boolean {
    if (this.buffer.length >= size) return true;
    this.buffer.expect(size);
    return false;
  }

  /** @throws TransportError `bad-frame` unless the other side may send a payload of that length. */
  protected checkLength(length: number, slack = 0): void {
    if (length <= 0 || length > this.maxIn + slack) {
      throw badFrame(`a frame announces ${length} bytes, allowed are 1 to ${this.maxIn + slack}`);
    }
  }
}
