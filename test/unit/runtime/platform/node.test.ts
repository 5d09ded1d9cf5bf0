import * as net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { nodePlatform } from '../../../../packages/runtime/src/platform/node.js';
import { webPlatform } from '../../../../packages/runtime/src/platform/web.js';
import type { SocketFactory } from '../../../../packages/runtime/src/platform/sockets.js';

const servers: net.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(serve: (socket: net.Socket) => void): Promise<number> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    serve(socket);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as net.AddressInfo).port;
}

const sockets = nodePlatform.sockets as SocketFactory;
const options = { signal: new AbortController().signal, timeout: 60_000 };

describe('sockets of Node', () => {
  it('say both addresses, carry bytes, and end once', async () => {
    const port = await listen((socket) => socket.pipe(socket));
    const socket = await sockets.connect({ host: '127.0.0.1', port }, options);
    expect(socket.remoteAddress).toEqual({ host: '127.0.0.1', port });
    expect(socket.localAddress.host).toBe('127.0.0.1');
    expect(socket.localAddress.port).toBeGreaterThan(0);
    const log: unknown[] = [];
    await new Promise<void>((done) => {
      socket.listen({
        onData(bytes) {
          log.push(Buffer.isBuffer(bytes), [...bytes]);
          socket.close();
          socket.close();
        },
        onClose(error) {
          log.push(error);
          done();
        },
      });
      socket.write(Uint8Array.of(1, 2, 3));
    });
    socket.write(Uint8Array.of(4));
    await new Promise((done) => setImmediate(done));
    expect(log).toEqual([false, [1, 2, 3], undefined]);
  });

  it('deliver what came before anybody listened, then the end', async () => {
    const port = await listen((socket) => socket.end('early'));
    const socket = await sockets.connect({ host: '127.0.0.1', port }, options);
    await new Promise((done) => setTimeout(done, 5));
    let text = '';
    await new Promise<void>((done) => {
      socket.listen({
        onData: (bytes) => (text += Buffer.from(bytes).toString()),
        onClose: () => done(),
      });
    });
    expect(text).toBe('early');
  });

  it('refusals, signals and time are told apart', async () => {
    const port = await listen(() => {});
    const target = { host: '127.0.0.1', port };
    const aborted = { ...options, signal: AbortSignal.abort(new Error('before')) };
    await expect(sockets.connect(target, aborted)).rejects.toThrow('before');
    await expect(sockets.connect({ ...target, port: 1 }, options)).rejects.toMatchObject({
      name: 'SocketError',
      code: 'connection',
    });
    // A server that never speaks TLS back.
    const tls = { ...target, tls: { serverName: 'dc.example.test' } };
    await expect(sockets.connect(tls, { ...options, timeout: 20 })).rejects.toMatchObject({
      code: 'timeout',
    });
    const abort = new AbortController();
    const hanging = sockets.connect(tls, { ...options, signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(hanging).rejects.toThrow('enough');
  });

  it('a broken connection is an error at the end', async () => {
    const port = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const socket = await sockets.connect({ host: '127.0.0.1', port }, options);
    const error = await new Promise((done) => {
      socket.listen({ onData: () => {}, onClose: done });
      socket.write(Uint8Array.of(1));
    });
    expect(error).toMatchObject({ name: 'SocketError', code: 'connection' });
  });
});

describe('platforms', () => {
  it('say what device they are', () => {
    expect(nodePlatform.device.model).toBe(`Node.js ${process.versions.node}`);
    expect(nodePlatform.device.system.length).toBeGreaterThan(3);
    expect(nodePlatform.device.langCode).toMatch(/^[a-z]{2,3}$/);
    expect(webPlatform.device.langCode).toMatch(/^[a-z]{2,3}$/);
    expect(webPlatform.device.model.length).toBeGreaterThan(0);
  });

  it('have what their host has', () => {
    expect([nodePlatform.name, webPlatform.name]).toEqual(['node', 'web']);
    expect([nodePlatform.crypto.name, webPlatform.crypto.name]).toEqual(['node', 'portable']);
    expect(nodePlatform.fetch).toBeUndefined();
    expect(webPlatform.sockets).toBeUndefined();
  });
});
