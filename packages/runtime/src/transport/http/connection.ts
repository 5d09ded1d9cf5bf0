import { concat } from '../../crypto/bytes.js';
import type { DuplexSocket } from '../../platform/sockets.js';
import { TransportError } from '../types.js';
import { ResponseReader, type HttpResponse } from './response.js';

/** A connection ended before it answered; whether the answer had begun decides if the request may go again. */
export class BrokenConnection extends Error {
  constructor(
    readonly answering: boolean,
    cause: unknown,
  ) {
    super('The connection ended before the answer', { cause });
  }
}

/** One kept-alive connection that carries one request at a time. */
export class HttpConnection {
  private readonly reader = new ResponseReader();
  private pending: {
    readonly resolve: (response: HttpResponse) => void;
    readonly reject: (error: unknown) => void;
  } | null = null;
  private usable = true;

  /**
   * @param onIdleEnd - the server closed it, or said something unasked, between requests.
   */
  constructor(
    readonly socket: DuplexSocket,
    private readonly onIdleEnd: (connection: HttpConnection) => void,
  ) {
    socket.listen({
      onData: (bytes) => this.receive(bytes),
      onClose: (error) => {
        this.usable = false;
        const last = this.reader.end();
        if (last !== null) this.settle(last);
        else this.fail(new BrokenConnection(this.reader.started, error));
      },
    });
  }

  /** Whether another request may be sent. */
  get reusable(): boolean {
    return this.usable && this.pending === null;
  }

  /** Sends a request whose head is given. */
  request(head: Uint8Array, body: Uint8Array): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      if (!this.reusable) {
        reject(new BrokenConnection(false, undefined));
        return;
      }
      this.pending = { resolve, reject };
      this.socket.write(concat(head, body));
    });
  }

  close(): void {
    this.usable = false;
    this.socket.close();
    this.fail(new TransportError('connection', 'The connection was closed'));
  }

  private receive(bytes: Uint8Array): void {
    if (this.pending === null) {
      this.close();
      this.onIdleEnd(this);
      return;
    }
    try {
      const response = this.reader.push(bytes);
      if (response === null) return;
      const last = !response.reusable || this.reader.started;
      if (last) this.usable = false;
      // Before the socket is closed, which may be told at once and would look like an answer cut short.
      this.settle(response);
      if (last) this.socket.close();
    } catch (error) {
      this.usable = false;
      this.fail(error);
      this.socket.close();
    }
  }

  private settle(response: HttpResponse): void {
    const pending = this.pending;
    this.pending = null;
    pending?.resolve(response);
  }

  private fail(error: unknown): void {
    const pending = this.pending;
    this.pending = null;
    if (pending === null) this.onIdleEnd(this);
    else pending.reject(error);
  }
}
