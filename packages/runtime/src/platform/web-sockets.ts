import { SocketError } from './errors.js';
import { Inbox } from './inbox.js';
import type { DuplexSocket, SocketAddress, SocketReceiver } from './sockets.js';
import { hostClock } from './timers.js';
import type { WebSocketOpener } from './types.js';

const OPEN = 1;
/** Closed in order. */
const NORMAL = 1000;

/** What a web socket tells, as far as it is used here. */
export interface WebSocketEvents {
  readonly open: object;
  readonly message: { readonly data: unknown };
  readonly error: object;
  readonly close: { readonly code: number; readonly wasClean: boolean };
}

/** The part of the standard WebSocket that is used here. */
export interface WebSocketLike {
  binaryType: string;
  readonly readyState: number;
  readonly bufferedAmount: number;
  addEventListener<K extends keyof WebSocketEvents>(
    type: K,
    listener: (event: WebSocketEvents[K]) => void,
  ): void;
  send(bytes: Uint8Array): void;
  close(): void;
}

/** Web sockets of the host, which connects by itself: a socket factory cannot be honoured and is refused. */
export function webSocketsOf(
  create: (url: string, protocol: string) => WebSocketLike,
): WebSocketOpener {
  return {
    open(url, { signal, timeout, sockets }) {
      return new Promise<DuplexSocket>((resolve, reject) => {
        if (sockets !== undefined) {
          reject(
            new SocketError('unsupported', 'Web sockets of this host take no proxy and no factory'),
          );
          return;
        }
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const raw = create(url, 'binary');
        const socket = new HostWebSocket(raw, url);
        let settled = false;
        const settle = (): void => {
          settled = true;
          timer.cancel();
          signal.removeEventListener('abort', onAbort);
        };
        const refuse = (reason: unknown): void => {
          // The end of an open one is the receiver's to hear, after what came before it.
          if (settled) return;
          settle();
          socket.close();
          reject(reason);
        };
        const onAbort = (): void => refuse(signal.reason);
        const timer = hostClock.after(timeout, () =>
          refuse(new SocketError('timeout', `Opening ${url} took longer than ${timeout} ms`)),
        );
        signal.addEventListener('abort', onAbort);
        raw.addEventListener('open', () => {
          settle();
          resolve(socket);
        });
        raw.addEventListener('close', () =>
          refuse(new SocketError('connection', `The web socket at ${url} did not open`)),
        );
      });
    },
  };
}

class HostWebSocket implements DuplexSocket {
  readonly remoteAddress: SocketAddress;
  /** Hosts do not tell. */
  readonly localAddress: SocketAddress = { host: '', port: 0 };
  private readonly inbox = new Inbox();

  constructor(
    private readonly socket: WebSocketLike,
    url: string,
  ) {
    const { hostname, port, protocol } = new URL(url);
    this.remoteAddress = {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (protocol === 'wss:' ? 443 : 80),
    };
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', ({ data }) => {
      if (data instanceof ArrayBuffer) this.inbox.data(new Uint8Array(data));
    });
    // What went wrong is hidden from scripts; the end follows.
    socket.addEventListener('close', ({ code, wasClean }) => {
      const orderly = wasClean || code === NORMAL;
      this.inbox.close(
        orderly ? undefined : new SocketError('connection', `The web socket broke (${code})`),
      );
    });
  }

  get buffered(): number {
    return this.socket.bufferedAmount;
  }

  write(bytes: Uint8Array): void {
    if (this.socket.readyState === OPEN) this.socket.send(bytes);
  }

  listen(receiver: SocketReceiver): void {
    this.inbox.listen(receiver);
  }

  close(): void {
    this.socket.close();
    this.inbox.discard();
  }
}
