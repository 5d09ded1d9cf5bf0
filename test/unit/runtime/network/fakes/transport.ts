import type {
  Endpoint,
  Transport,
  TransportReceiver,
} from '../../../../../packages/runtime/src/transport/types.js';
import { fromPacket, toPacket, type FakeEvent, type Wire } from './engine.js';

/** A connection whose other end is the test. */
export class FakeTransport implements Transport {
  readonly remoteAddress = { host: 'fake', port: 1 };
  readonly buffered = 0;
  polling = false;
  closed = false;
  readonly sent: Wire[] = [];
  private receiver: TransportReceiver | null = null;

  constructor(
    readonly endpoint: Endpoint,
    private readonly onSent: (wire: Wire, transport: FakeTransport) => void = () => undefined,
  ) {}

  send(packet: Uint8Array): void {
    if (this.closed) return;
    const wire = fromPacket(packet);
    this.sent.push(wire);
    this.onSent(wire, this);
  }

  listen(receiver: TransportReceiver): void {
    this.receiver = receiver;
  }

  /** The server sends events of the session. */
  answer(...events: FakeEvent[]): void {
    if (this.closed) return;
    this.receiver?.onFrame({ type: 'packet', bytes: toPacket({ kind: 'events', events }) });
  }

  idle(): void {
    this.receiver?.onIdle?.();
  }

  /** The server, or the way to it, ends the connection. */
  cut(error?: Error): void {
    if (this.closed) return;
    this.closed = true;
    this.receiver?.onClose(error);
  }

  close(): void {
    this.cut();
  }
}
