import * as net from 'node:net';

/** A proxy on the loopback interface that counts what goes through it. */
export interface ProxyServer {
  readonly host: string;
  readonly port: number;
  /** Connections that clients have made. */
  readonly accepted: number;
  /** Targets that clients asked for, as they wrote them. */
  readonly targets: readonly string[];
  /** Connections that stand now. */
  readonly open: number;
  close(): Promise<void>;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** What a client asked for: the place, and the bytes it has already sent for it. */
export interface ProxyRequest {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads exactly as many bytes as asked from a socket, so that a proxy's protocol reads like its specification.
 */
export class SocketReader {
  private buffer = Buffer.alloc(0);
  private waiting: (() => void) | null = null;
  private ended = false;
  private readonly onData = (bytes: Buffer): void => {
    this.buffer = Buffer.concat([this.buffer, bytes]);
    this.waiting?.();
  };

  constructor(private readonly socket: net.Socket) {
    socket.on('data', this.onData);
    socket.on('close', () => {
      this.ended = true;
      this.waiting?.();
    });
  }

  /** @throws Error when the client leaves before. */
  async take(size: number): Promise<Buffer> {
    await this.until(() => this.buffer.length >= size);
    const taken = this.buffer.subarray(0, size);
    this.buffer = this.buffer.subarray(size);
    return taken;
  }

  async line(): Promise<string> {
    await this.until(() => this.buffer.includes('\r\n'));
    const line = this.buffer.subarray(0, this.buffer.indexOf('\r\n')).toString('latin1');
    this.buffer = this.buffer.subarray(line.length + 2);
    return line;
  }

  /** Stops reading. @returns what has come too early. */
  rest(): Buffer {
    this.socket.off('data', this.onData);
    return this.buffer;
  }

  private async until(met: () => boolean): Promise<void> {
    while (!met()) {
      if (this.ended) throw new Error('the client left');
      await new Promise<void>((resolve) => (this.waiting = resolve));
    }
  }
}

/**
 * Starts a proxy.
 *
 * @param converse - speaks the proxy's protocol; gives the target, or null after a refusal.
 * @param answer - tells the client how connecting to the target went.
 * @param resolve - where a target really is, so that tests may use names and addresses of the outside.
 */
export async function startProxy(
  converse: (reader: SocketReader, socket: net.Socket) => Promise<ProxyRequest | null>,
  answer: (socket: net.Socket, connected: boolean) => void,
  resolve: (target: ProxyRequest) => ProxyRequest = (target) => target,
): Promise<ProxyServer> {
  const sockets = new Set<net.Socket>();
  const targets: string[] = [];
  let accepted = 0;
  const keep = (socket: net.Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const serve = async (socket: net.Socket): Promise<void> => {
    const reader = new SocketReader(socket);
    const target = await converse(reader, socket);
    if (target === null) {
      socket.end();
      return;
    }
    targets.push(`${target.host} ${target.port}`);
    const place = resolve(target);
    const upstream = net.connect({ host: place.host, port: place.port });
    keep(upstream);
    upstream.once('connect', () => {
      answer(socket, true);
      upstream.write(reader.rest());
      socket.pipe(upstream).pipe(socket);
    });
    upstream.once('error', () => {
      if (!socket.destroyed) answer(socket, false);
      socket.end();
    });
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.end());
  };
  const server = net.createServer((socket) => {
    accepted += 1;
    keep(socket);
    serve(socket).catch(() => socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as net.AddressInfo;
  return {
    host: '127.0.0.1',
    port,
    targets,
    get accepted() {
      return accepted;
    },
    get open() {
      return sockets.size;
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}
