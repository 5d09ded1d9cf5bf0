import type { WebSocket } from 'ws';
import { SocketError } from './errors.js';
import { Inbox } from './inbox.js';
import { withinLimits } from './node-limits.js';
import { plainBytes } from './node-socket.js';
import { nodeSockets } from './node-sockets.js';
import { SocketStream } from './node-stream.js';
import type { DuplexSocket, SocketAddress, SocketReceiver } from './sockets.js';
import type { WebSocketOpener } from './types.js';

/** Longer than any frame of the transports; a message is any part of their stream. */
const MAX_MESSAGE = 1 << 25;

/** Web sockets of `ws` over a socket of the given factory: nothing else connects. */
export const nodeWebSockets: WebSocketOpener = {
  async open(url, { signal, timeout, sockets = nodeSockets }) {
    const started = performance.now();
    const { hostname, port, protocol } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    const carrier = await sockets.connect(
      {
        host,
        port: Number(port) || (protocol === 'wss:' ? 443 : 80),
        tls: protocol === 'wss:' ? { serverName: host } : undefined,
      },
      { signal, timeout },
    );
    try {
      // Loaded when it is first needed: most programs never do, and it is the largest part of starting up.
      const { WebSocket: Socket } = await import('ws');
      const left = Math.max(0, timeout - (performance.now() - started));
      return await upgrade(Socket, url, carrier, { signal, timeout: left });
    } catch (error) {
      carrier.close();
      throw error;
    }
  },
};

function upgrade(
  Socket: typeof WebSocket,
  url: string,
  carrier: DuplexSocket,
  limits: { readonly signal: AbortSignal; readonly timeout: number },
): Promise<DuplexSocket> {
  return withinLimits(limits, `Opening a web socket at ${url}`, (done, fail) => {
    const socket = new Socket(url, 'binary', {
      // ws asks for a TCP socket; it uses it as the stream it is.
      createConnection: (() => new SocketStream(carrier)) as unknown as NonNullable<
        WebSocket.ClientOptions['createConnection']
      >,
      perMessageDeflate: false,
      followRedirects: false,
      maxPayload: MAX_MESSAGE,
    });
    const open = new OpenWebSocket(socket, carrier);
    socket.once('open', () => done(open));
    socket.once('error', fail);
    socket.once('close', () => fail(new Error('closed by the other side')));
    return () => open.close();
  });
}

class OpenWebSocket implements DuplexSocket {
  readonly remoteAddress: SocketAddress;
  readonly localAddress: SocketAddress;
  private readonly inbox = new Inbox();
  private failure: Error | undefined;

  constructor(
    private readonly socket: WebSocket,
    private readonly carrier: DuplexSocket,
  ) {
    this.remoteAddress = carrier.remoteAddress;
    this.localAddress = carrier.localAddress;
    socket.on('message', (message, binary) => {
      if (binary && message instanceof Buffer) this.inbox.data(plainBytes(message));
    });
    socket.on('error', (error) => {
      this.failure ??= new SocketError('connection', `The web socket broke: ${error.message}`, {
        cause: error,
      });
    });
    socket.on('close', () => {
      carrier.close();
      this.inbox.close(this.failure);
    });
  }

  get buffered(): number {
    return this.socket.bufferedAmount + this.carrier.buffered;
  }

  write(bytes: Uint8Array): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(bytes);
  }

  listen(receiver: SocketReceiver): void {
    this.inbox.listen(receiver);
  }

  close(): void {
    this.socket.terminate();
    this.carrier.close();
    this.inbox.discard();
  }
}
