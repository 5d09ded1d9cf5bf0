import type { Socket } from 'node:net';
import { SocketError } from './errors.js';
import { Inbox } from './inbox.js';
import type { DuplexSocket, SocketAddress, SocketReceiver } from './sockets.js';

/** The same bytes as a plain Uint8Array: a Buffer's `slice` does not copy, which surprises code for every host. */
export function plainBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

/** A connected socket of Node, with or without TLS. */
export class NodeSocket implements DuplexSocket {
  readonly remoteAddress: SocketAddress;
  readonly localAddress: SocketAddress;
  private readonly inbox = new Inbox();
  private listening = false;
  private failure: Error | undefined;

  /** @param carrier - the socket that TLS runs over, for its addresses. */
  constructor(
    private readonly socket: Socket,
    carrier: { readonly remoteAddress: SocketAddress; readonly localAddress: SocketAddress } = {
      remoteAddress: { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 },
      localAddress: { host: socket.localAddress ?? '', port: socket.localPort ?? 0 },
    },
  ) {
    this.remoteAddress = carrier.remoteAddress;
    this.localAddress = carrier.localAddress;
    socket.on('error', (error) => {
      this.failure ??= new SocketError('connection', `The connection broke: ${error.message}`, {
        cause: error,
      });
    });
    socket.on('close', () => this.inbox.close(this.failure));
    if (socket.destroyed) this.inbox.close();
  }

  get buffered(): number {
    return this.socket.writableLength;
  }

  write(bytes: Uint8Array): void {
    if (this.socket.writable) this.socket.write(bytes);
  }

  listen(receiver: SocketReceiver): void {
    this.inbox.listen(receiver);
    if (this.listening) return;
    this.listening = true;
    this.socket.on('data', (bytes) => {
      if (typeof bytes !== 'string') this.inbox.data(plainBytes(bytes));
    });
  }

  close(): void {
    this.socket.destroy();
    this.inbox.discard();
  }
}
