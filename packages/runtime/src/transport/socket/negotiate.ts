import { Inbox } from '../../platform/inbox.js';
import type { DuplexSocket, SocketAddress, SocketReceiver } from '../../platform/sockets.js';
import { withLimits, type Limits } from './limits.js';

/** One side of a conversation that comes before the stream proper: with a proxy, with an imitation of TLS. */
export interface Conversation {
  /** For messages: `The SOCKS5 proxy 1.2.3.4:1080`. */
  readonly name: string;
  /** What is said first. */
  readonly opening: Uint8Array;
  /**
   * Takes the next bytes.
   *
   * @param say - sends an answer.
   * @returns null while it goes on; when it is over, the bytes that already belong to the stream.
   */
  receive(chunk: Uint8Array, say: (bytes: Uint8Array) => void): Uint8Array | null;
  /** What an end in the middle is. */
  closed(error?: Error): Error;
}

/**
 * Has a conversation, then hands the socket on. When it fails in any way, the socket is closed.
 *
 * @throws what `receive` throws, what `closed` gives, TransportError `timeout`, or the signal's reason.
 */
export function negotiate(
  socket: DuplexSocket,
  conversation: Conversation,
  limits: Limits,
): Promise<DuplexSocket> {
  return withLimits<DuplexSocket>(limits, conversation.name, (done, fail) => {
    const handed = new HandedSocket(socket);
    handed.listen({
      onData(bytes) {
        let rest: Uint8Array | null;
        try {
          rest = conversation.receive(bytes, (answer) => socket.write(answer));
        } catch (error) {
          fail(error);
          return;
        }
        if (rest === null) return;
        handed.release(rest);
        done(handed);
      },
      onClose: (error) => fail(conversation.closed(error)),
    });
    socket.write(conversation.opening);
    return () => socket.close();
  }).catch((error: unknown) => {
    socket.close();
    throw error;
  });
}

/** A socket whose receiver changes, without a byte lost. */
class HandedSocket implements DuplexSocket {
  private readonly inbox = new Inbox();

  constructor(private readonly inner: DuplexSocket) {
    inner.listen({
      onData: (bytes) => this.inbox.data(bytes),
      onClose: (error) => this.inbox.close(error),
    });
  }

  get remoteAddress(): SocketAddress {
    return this.inner.remoteAddress;
  }

  get localAddress(): SocketAddress {
    return this.inner.localAddress;
  }

  get buffered(): number {
    return this.inner.buffered;
  }

  write(bytes: Uint8Array): void {
    this.inner.write(bytes);
  }

  listen(receiver: SocketReceiver): void {
    this.inbox.listen(receiver);
  }

  /** The present receiver is done; the next one gets these bytes first. */
  release(rest: Uint8Array): void {
    this.inbox.unshift(rest);
  }

  close(): void {
    this.inner.close();
  }
}
