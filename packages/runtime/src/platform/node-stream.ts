import { Duplex } from 'node:stream';
import type { DuplexSocket } from './sockets.js';

/** A stream of Node over any socket, for the parts of Node and `ws` that want a stream: TLS, web sockets. */
export class SocketStream extends Duplex {
  constructor(private readonly inner: DuplexSocket) {
    super({ allowHalfOpen: false });
    inner.listen({
      onData: (bytes) => {
        if (!this.destroyed) this.push(bytes);
      },
      onClose: (error) => {
        if (error !== undefined) this.destroy(error);
        else if (!this.destroyed) this.push(null);
      },
    });
  }

  override _read(): void {
    // Bytes are pushed as they come; a socket of ours cannot be slowed down.
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.inner.write(chunk);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.inner.close();
    done(error);
  }

  /** The options of a TCP socket, which belong to the socket beneath. */
  setTimeout(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
