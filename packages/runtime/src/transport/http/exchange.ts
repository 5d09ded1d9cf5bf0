import type { SocketAddress, SocketFactory, SocketTarget } from '../../platform/sockets.js';
import { TransportError } from '../types.js';
import { transportErrorOf } from '../socket/limits.js';
import { BrokenConnection, HttpConnection } from './connection.js';

/** An answer to a posted packet. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** Posts packets, several at a time. */
export interface HttpExchange {
  readonly remoteAddress: SocketAddress;
  /** Bytes not taken by the host yet. */
  readonly buffered: number;
  /** @throws TransportError `connection`, `timeout`, `bad-frame`. */
  post(packet: Uint8Array): Promise<HttpAnswer>;
  /** Ends everything under way. */
  close(): void;
}

export interface SocketExchangeOptions {
  readonly sockets: SocketFactory;
  readonly target: SocketTarget;
  /** Value of the `Host` header. */
  readonly hostHeader: string;
  readonly path: string;
  /** For connections made later, in milliseconds. */
  readonly connectTimeout: number;
}

/** Posts over kept-alive connections of a socket factory; as many as there are requests at a time. */
export class SocketExchange implements HttpExchange {
  private readonly idle: HttpConnection[] = [];
  private readonly all = new Set<HttpConnection>();
  private readonly closing = new AbortController();

  private constructor(
    private readonly options: SocketExchangeOptions,
    readonly remoteAddress: SocketAddress,
  ) {}

  /** Makes the first connection, which shows that the server can be reached. */
  static async open(
    options: SocketExchangeOptions,
    signal: AbortSignal,
    timeout: number,
  ): Promise<SocketExchange> {
    const socket = await options.sockets.connect(options.target, { signal, timeout });
    const exchange = new SocketExchange(options, socket.remoteAddress);
    exchange.idle.push(exchange.adopt(socket));
    return exchange;
  }

  get buffered(): number {
    let sum = 0;
    for (const { socket } of this.all) sum += socket.buffered;
    return sum;
  }

  async post(packet: Uint8Array): Promise<HttpAnswer> {
    const kept = this.idle.pop();
    if (kept !== undefined) {
      try {
        return await this.postOn(kept, packet);
      } catch (error) {
        // A server may close a kept connection just when a request goes out. The same bytes may go again: a message
        // that comes twice is carried out once, by its message id.
        if (!(error instanceof BrokenConnection) || error.answering) throw plain(error);
      }
    }
    try {
      return await this.postOn(await this.connect(), packet);
    } catch (error) {
      throw plain(error);
    }
  }

  close(): void {
    this.closing.abort(new TransportError('connection', 'The transport was closed'));
    for (const connection of this.all) connection.close();
    this.all.clear();
    this.idle.length = 0;
  }

  private async postOn(connection: HttpConnection, packet: Uint8Array): Promise<HttpAnswer> {
    try {
      return await connection.request(this.head(packet.length), packet);
    } finally {
      if (connection.reusable && !this.closing.signal.aborted) this.idle.push(connection);
      else this.forget(connection);
    }
  }

  private async connect(): Promise<HttpConnection> {
    const { sockets, target, connectTimeout: timeout } = this.options;
    const { signal } = this.closing;
    const socket = await sockets.connect(target, { signal, timeout });
    if (signal.aborted) {
      socket.close();
      throw signal.reason;
    }
    return this.adopt(socket);
  }

  private adopt(socket: HttpConnection['socket']): HttpConnection {
    const connection = new HttpConnection(socket, (ended) => this.forget(ended));
    this.all.add(connection);
    return connection;
  }

  private forget(connection: HttpConnection): void {
    this.all.delete(connection);
    const at = this.idle.indexOf(connection);
    if (at >= 0) this.idle.splice(at, 1);
  }

  private head(length: number): Uint8Array {
    const { path, hostHeader } = this.options;
    return new TextEncoder().encode(
      `POST ${path} HTTP/1.1\r\nHost: ${hostHeader}\r\nConnection: keep-alive\r\n` +
        `Content-Type: application/octet-stream\r\nContent-Length: ${length}\r\n\r\n`,
    );
  }
}

function plain(error: unknown): unknown {
  return transportErrorOf(error);
}
