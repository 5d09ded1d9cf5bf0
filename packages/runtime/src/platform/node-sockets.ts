import * as net from 'node:net';
import * as tls from 'node:tls';
import { withinLimits } from './node-limits.js';
import { NodeSocket } from './node-socket.js';
import { SocketStream } from './node-stream.js';
import type { SocketFactory, SocketTarget } from './sockets.js';
import type { TlsUpgrade } from './types.js';

const KEEP_ALIVE_DELAY = 30_000;

/** Direct connections by TCP and TLS. */
export const nodeSockets: SocketFactory = {
  connect(target, options) {
    const { host, port } = target;
    return withinLimits(options, `Connecting to ${host}:${port}`, (done, fail) => {
      const tcp = {
        host,
        port,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: KEEP_ALIVE_DELAY,
      };
      const socket =
        target.tls === undefined
          ? net.connect(tcp, () => done(new NodeSocket(socket)))
          : tls.connect({ ...tcp, ...tlsOptions(target.tls) }, () => done(new NodeSocket(socket)));
      return watch(socket, fail);
    });
  },
};

/** TLS over a socket that is open already. */
export const nodeSecure: TlsUpgrade = (inner, settings, options) =>
  withinLimits(options, `TLS with ${settings.serverName}`, (done, fail) => {
    const socket = tls.connect({ socket: new SocketStream(inner), ...tlsOptions(settings) }, () =>
      done(new NodeSocket(socket, inner)),
    );
    const giveUp = watch(socket, fail);
    socket.on('close', () => inner.close());
    return () => {
      giveUp();
      inner.close();
    };
  });

/** Tells a failure before the connection stands. @returns what gives it up. */
function watch(socket: net.Socket, fail: (error: Error) => void): () => void {
  socket.once('error', fail);
  socket.once('close', () => fail(new Error('closed by the other side')));
  return () => {
    // An error may still come while it is torn down, and an `error` nobody hears would end the process.
    socket.on('error', () => {});
    socket.destroy();
  };
}

function tlsOptions({ serverName, ca }: NonNullable<SocketTarget['tls']>): tls.ConnectionOptions {
  return {
    // An address is not allowed in the hello, yet the certificate is checked against it.
    servername: net.isIP(serverName) === 0 ? serverName : '',
    checkServerIdentity: (_host, certificate) => tls.checkServerIdentity(serverName, certificate),
    ...(ca === undefined ? {} : { ca }),
  };
}
