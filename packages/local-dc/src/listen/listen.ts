import type { Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { detectFraming, parseMtproxySecret } from '@tlgen/runtime/transport';
import type { ServerCore } from '../protocol/index.js';
import { httpServer } from './http.js';
import { selfSigned } from './self-signed.js';
import { StreamPeer, type StreamContext } from './stream.js';
import { CoreTimer } from './timer.js';
import type { ListenOptions, Listener } from './types.js';
import { acceptWebSockets } from './web-socket.js';

const IPV4 = '127.0.0.1';
const IPV6 = '::1';

/** Attempts to find a port that is free for IPv4 and IPv6. */
const ATTEMPTS = 10;

/**
 * Opens a data center to sockets: on one port every TCP framing, plain or obfuscated, MTProxy with the given secrets,
 * HTTP and web sockets, told apart by their first bytes; on another https and wss.
 *
 * @throws the system's error when a port is taken; TransportError `bad-settings` for a secret that cannot be read.
 */
export async function listen(core: ServerCore, options: ListenOptions): Promise<Listener> {
  const { dcId, host = IPV4, tlsPort = 0 } = options;
  const secrets = (options.proxySecrets ?? []).map((one) => parseMtproxySecret(one));
  const context: StreamContext = {
    core,
    crypto: core.crypto,
    dcId,
    secrets,
    now: () => core.now(),
  };
  const sockets = new Set<Socket>();
  const http = httpServer(core, dcId);
  const webSockets = acceptWebSockets(http, context);
  const servers: Server[] = [];
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const plain = (): Server =>
    createServer((socket) => {
      track(socket);
      sniff(socket, http, context);
    });
  const certificate = tlsPort === false ? null : (options.certificate ?? selfSigned());
  const secure = (): Server => {
    const { cert = '', key = '' } = certificate ?? {};
    const server = createTlsServer({ cert, key, ALPNProtocols: ['http/1.1'] }, (socket) => {
      socket.on('error', () => socket.destroy());
      http.emit('connection', socket);
    });
    server.on('tlsClientError', () => undefined);
    server.on('connection', track);
    return server;
  };
  const timer = new CoreTimer(core, core.clock);
  const close = async (): Promise<void> => {
    timer.close();
    const closed = servers.map((server) => new Promise<void>((done) => server.close(() => done())));
    webSockets.close();
    for (const socket of webSockets.clients) socket.terminate();
    http.closeAllConnections();
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
  };
  try {
    const both = options.host === undefined;
    const open = await bind(plain, host, options.port ?? 0, both, servers);
    const tls = tlsPort === false ? null : await bind(secure, host, tlsPort, both, servers);
    return {
      dcId,
      host,
      ipv6Host: open.ipv6 ? IPV6 : null,
      port: open.port,
      tlsPort: tls?.port ?? null,
      ca: certificate?.cert ?? null,
      get connections() {
        return sockets.size;
      },
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** Listens at a host and, with `both`, at the same port of IPv6's loopback, if there is such a thing. */
async function bind(
  make: () => Server,
  host: string,
  wanted: number,
  both: boolean,
  servers: Server[],
): Promise<{ readonly port: number; readonly ipv6: boolean }> {
  for (let attempt = 1; ; attempt++) {
    const first = make();
    const port = await start(first, host, wanted);
    servers.push(first);
    if (!both) return { port, ipv6: false };
    const second = make();
    try {
      await start(second, IPV6, port);
      servers.push(second);
      return { port, ipv6: true };
    } catch (thrown) {
      const taken = (thrown as NodeJS.ErrnoException).code === 'EADDRINUSE';
      // Without IPv6 on this host, or at a port that was asked for, IPv4 alone has to do.
      if (!taken || wanted !== 0 || attempt >= ATTEMPTS) return { port, ipv6: false };
      servers.pop();
      await new Promise((done) => first.close(done));
    }
  }
}

function start(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Waits for the bytes that tell HTTP from everything else, and hands the socket on. */
function sniff(socket: Socket, http: HttpServer, context: StreamContext): void {
  let head = Buffer.alloc(0);
  const decide = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const detected = detectFraming(head);
    if (detected === null) return;
    socket.off('data', decide);
    if (detected.type === 'http') {
      socket.pause();
      socket.unshift(head);
      http.emit('connection', socket);
      socket.resume();
      return;
    }
    const peer = new StreamPeer(context, {
      write: (bytes) => socket.write(bytes),
      close: () => socket.end(() => socket.destroy()),
    });
    socket.on('data', (data: Buffer) => peer.receive(Uint8Array.from(data)));
    socket.on('close', () => peer.lost());
    peer.receive(Uint8Array.from(head));
  };
  socket.on('data', decide);
}
