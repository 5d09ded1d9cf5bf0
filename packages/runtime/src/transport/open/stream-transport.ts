import type { DuplexSocket, SocketAddress } from '../../platform/sockets.js';
import { transportErrorOf } from '../socket/limits.js';
import type { Endpoint, Frame, PacketCodec, Transport, TransportReceiver } from '../types.js';

/** Packets over a stream: TCP or a web socket, with whatever stands between. */
export class StreamTransport implements Transport {
  readonly polling = false;
  private receiver: TransportReceiver | null = null;
  private ended: { readonly error: Error | undefined } | null = null;
  private told = false;

  constructor(
    readonly endpoint: Endpoint,
    private readonly socket: DuplexSocket,
    private readonly codec: PacketCodec,
  ) {}

  get remoteAddress(): SocketAddress {
    return this.socket.remoteAddress;
  }

  get buffered(): number {
    return this.socket.buffered;
  }

  send(packet: Uint8Array, quickAck?: boolean): void {
    if (this.ended !== null) return;
    try {
      this.socket.write(this.codec.encode(packet, quickAck));
    } catch (error) {
      this.end(error);
    }
  }

  listen(receiver: TransportReceiver): void {
    const first = this.receiver === null;
    this.receiver = receiver;
    if (first) {
      this.socket.listen({
        onData: (bytes) => this.receive(bytes),
        onClose: (error) => this.end(error),
      });
    }
    this.tell();
  }

  close(): void {
    this.end(undefined);
  }

  private receive(bytes: Uint8Array): void {
    if (this.ended !== null) return;
    let frames: Frame[];
    try {
      frames = this.codec.decode(bytes);
    } catch (error) {
      this.end(error);
      return;
    }
    for (const frame of frames) {
      // The receiver may close the transport in the middle; typescript cannot see that.
      if (this.isEnded()) return;
      this.receiver?.onFrame(frame);
    }
  }

  private isEnded(): boolean {
    return this.ended !== null;
  }

  private end(reason: unknown): void {
    if (this.ended !== null) return;
    const error = reason === undefined ? undefined : transportErrorOf(reason);
    this.ended = { error: error instanceof Error ? error : undefined };
    this.socket.close();
    this.tell();
  }

  private tell(): void {
    if (this.ended === null || this.told || this.receiver === null) return;
    this.told = true;
    this.receiver.onClose(this.ended.error);
  }
}
