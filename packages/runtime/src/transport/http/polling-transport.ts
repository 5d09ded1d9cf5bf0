import type { SocketAddress } from '../../platform/sockets.js';
import type { Clock, Timer } from '../../platform/types.js';
import { MAX_PACKET_FROM_CLIENT } from '../framing/limits.js';
import { frameOf } from '../framing/payload.js';
import {
  TransportError,
  type Endpoint,
  type Frame,
  type Transport,
  type TransportReceiver,
} from '../types.js';
import type { HttpAnswer, HttpExchange } from './exchange.js';

/**
 * Requests under way at a time. One waits in a long poll and must not hold up the others; a server may hold any
 * request that it has nothing to say to, so a few more are allowed before packets queue.
 */
const MAX_REQUESTS = 4;
/** Longer than servers hold a request (25 seconds unless `http_wait` asks for more). */
const REQUEST_TIMEOUT = 90_000;
/** Empty answers faster than this are a server that does not wait. */
const QUICK_ANSWER = 500;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5_000;
const OK = 200;

/**
 * Packets as the bodies of POST requests and their answers. See "MTProto transports", section "HTTP".
 *
 * A status other than 200 becomes a transport error of that number, negative.
 */
export class PollingTransport implements Transport {
  readonly polling = true;
  private readonly queue: Uint8Array[] = [];
  private readonly timers = new Set<Timer>();
  private receiver: TransportReceiver | null = null;
  private active = 0;
  private quickEmpty = 0;
  private pause: Timer | null = null;
  private ended: { readonly error: Error | undefined } | null = null;
  private told = false;

  constructor(
    readonly endpoint: Endpoint,
    private readonly exchange: HttpExchange,
    private readonly clock: Clock,
  ) {}

  get remoteAddress(): SocketAddress {
    return this.exchange.remoteAddress;
  }

  get buffered(): number {
    return this.queue.reduce((sum, packet) => sum + packet.length, this.exchange.buffered);
  }

  send(packet: Uint8Array): void {
    if (this.ended !== null) return;
    const size = packet.length;
    if (size === 0 || size % 4 !== 0 || size > MAX_PACKET_FROM_CLIENT) {
      this.end(new TransportError('bad-packet', `A packet of ${size} bytes cannot be sent`));
      return;
    }
    this.queue.push(packet);
    this.pump();
  }

  listen(receiver: TransportReceiver): void {
    this.receiver = receiver;
    this.pump();
    this.tell();
  }

  close(): void {
    this.end(undefined);
  }

  private pump(): void {
    if (this.receiver === null) return;
    while (this.ended === null && this.active < MAX_REQUESTS) {
      const packet = this.queue.shift();
      if (packet === undefined) return;
      this.pause?.cancel();
      this.pause = null;
      this.active += 1;
      void this.run(packet);
    }
  }

  private async run(packet: Uint8Array): Promise<void> {
    const started = this.clock.now().steady;
    const timer = this.clock.after(REQUEST_TIMEOUT, () =>
      this.end(new TransportError('timeout', `No answer in ${REQUEST_TIMEOUT} ms`)),
    );
    this.timers.add(timer);
    let frames: Frame[];
    try {
      frames = framesOf(await this.exchange.post(packet));
    } catch (error) {
      this.end(error instanceof Error ? error : new Error(String(error)));
      return;
    } finally {
      timer.cancel();
      this.timers.delete(timer);
    }
    this.active -= 1;
    if (this.ended !== null) return;
    const quick = this.clock.now().steady - started < QUICK_ANSWER;
    this.quickEmpty = frames.length === 0 && quick ? this.quickEmpty + 1 : 0;
    for (const frame of frames) this.receiver?.onFrame(frame);
    this.pump();
    this.rest();
  }

  /** Nothing is under way: says so, at once or after a pause when the server answers without waiting. */
  private rest(): void {
    if (this.ended !== null || this.active > 0 || this.queue.length > 0 || this.pause !== null) {
      return;
    }
    if (this.quickEmpty <= 1) {
      this.receiver?.onIdle?.();
      return;
    }
    const delay = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(this.quickEmpty, 16));
    this.pause = this.clock.after(delay, () => {
      this.pause = null;
      if (this.ended === null && this.active === 0) this.receiver?.onIdle?.();
    });
  }

  private end(error: Error | undefined): void {
    if (this.ended !== null) return;
    this.ended = { error };
    for (const timer of this.timers) timer.cancel();
    this.timers.clear();
    this.pause?.cancel();
    this.pause = null;
    this.queue.length = 0;
    this.exchange.close();
    this.tell();
  }

  private tell(): void {
    if (this.ended === null || this.told || this.receiver === null) return;
    this.told = true;
    this.receiver.onClose(this.ended.error);
  }
}

function framesOf({ status, body }: HttpAnswer): Frame[] {
  if (status !== OK) return [{ type: 'error', code: -status }];
  if (body.length === 0) return [];
  const frame = frameOf(body, false);
  return frame === null ? [] : [frame];
}
