/** `host` and `port` of one end of a connection. */
export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** A stream of bytes both ways: a TCP connection or what stands in for one. */
export interface DuplexSocket {
  readonly remoteAddress: SocketAddress;
  readonly localAddress: SocketAddress;
  /** Queues bytes; never throws: a broken connection is told by `onClose`. */
  write(bytes: Uint8Array): void;
  /** Bytes handed to `write` that the host has not taken yet. */
  readonly buffered: number;
  /** Sets the receiver. What arrived before is delivered first; `onClose` comes exactly once, and last. */
  listen(receiver: SocketReceiver): void;
  /** Closes both directions at once; `onClose` follows if a receiver is set. Calling it again does nothing. */
  close(): void;
}

/** Takes what a socket tells. */
export interface SocketReceiver {
  onData(bytes: Uint8Array): void;
  /** @param error - absent when the other side, or `close()`, ended it in order. */
  onClose(error?: Error): void;
}

/**
 * Makes every connection of a client. A custom one (a proxy of your own) replaces the host's, and then nothing
 * connects by another way.
 */
export interface SocketFactory {
  connect(target: SocketTarget, options: ConnectOptions): Promise<DuplexSocket>;
}

/** Where a socket shall lead. */
export interface SocketTarget {
  readonly host: string;
  readonly port: number;
  /** Speak TLS to the target, with this server name; `ca`: PEM of the authority to trust instead of the host's. */
  readonly tls?: { readonly serverName: string; readonly ca?: string | undefined } | undefined;
}

/** What ends an attempt to connect. */
export interface ConnectOptions {
  /** For the attempt only: a socket that stands is ended by its `close`. */
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly timeout: number;
}
