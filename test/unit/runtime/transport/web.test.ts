import * as http from 'node:http';
import * as https from 'node:https';
import { WebSocketServer } from 'ws';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { nodePlatform } from '../../../../packages/runtime/src/platform/node.js';
import { webPlatform } from '../../../../packages/runtime/src/platform/web.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import {
  ObfuscatedServer,
  openTransport,
} from '../../../../packages/runtime/src/transport/index.js';
import type { Platform } from '../../../../packages/runtime/src/platform/types.js';
import type { Protocol } from '../../../../packages/runtime/src/transport/types.js';
import { selfSigned } from '../../../../packages/local-dc/src/listen/self-signed.js';
import { startHttpProxy } from '../../../support/proxies/http-connect-server.js';
import { startSocks5 } from '../../../support/proxies/socks5-server.js';
import { Random } from '../../../support/random.js';
import { encryptedPacket } from './support.js';
import {
  CustomSockets,
  Listening,
  TestClock,
  answer,
  endpoint,
  isolated,
  reversed,
  track,
  type Listener,
} from './servers.js';

const random = new Random(83);
let tls: ReturnType<typeof selfSigned>;
beforeAll(() => {
  tls = selfSigned();
});

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((server) => server.close()));
});

function packet(blocks: number): Uint8Array {
  const bytes = encryptedPacket(random, blocks);
  bytes[bytes.length - 1] = 1;
  return bytes;
}

/** Answers web sockets and POST requests; `handle` decides about requests. */
async function webServer(
  encrypted: boolean,
  handle: http.RequestListener = echoRequest,
): Promise<Listener & { paths: string[]; protocols: (string | undefined)[] }> {
  const paths: string[] = [];
  const protocols: (string | undefined)[] = [];
  const serve: http.RequestListener = (request, response) => {
    paths.push(request.url ?? '');
    handle(request, response);
  };
  const server = encrypted ? https.createServer(tls, serve) : http.createServer(serve);
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    paths.push(request.url ?? '');
    protocols.push(request.headers['sec-websocket-protocol']);
    const codec = new ObfuscatedServer({ crypto: nodeCrypto });
    socket.on('message', (bytes) => {
      for (const frame of codec.decode(bytes as Buffer)) {
        answer(codec, frame, (out) => {
          // Cut anywhere: messages of a web socket are no frames.
          socket.send(out.subarray(0, 5));
          socket.send(out.subarray(5));
        });
      }
    });
  });
  const listener = await track(server);
  closing.push(listener);
  return Object.defineProperties(
    { paths, protocols },
    Object.getOwnPropertyDescriptors(listener),
  ) as Listener & { paths: string[]; protocols: (string | undefined)[] };
}

function bodyOf(request: http.IncomingMessage): Promise<Buffer> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => done(Buffer.concat(chunks)));
  });
}

function echoRequest(request: http.IncomingMessage, response: http.ServerResponse): void {
  void bodyOf(request).then((body) => response.end(reversed(body)));
}

async function exercise(
  protocol: Protocol,
  port: number,
  options: Parameters<typeof openTransport>[2] = {},
  platform: Platform = nodePlatform,
  host = '127.0.0.1',
): Promise<void> {
  const target = endpoint(protocol, port, { host, tlsName: 'localhost', tlsCa: tls.cert });
  const transport = await openTransport(target, platform, options);
  const listening = new Listening(transport);
  for (const sent of [packet(2), packet(32_000), packet(3)]) {
    transport.send(sent);
    const frame = await listening.frame();
    expect(frame?.type === 'packet' && Buffer.compare(frame.bytes, reversed(sent))).toBe(0);
  }
  transport.close();
  await listening.until(() => listening.closed !== null);
  expect(listening.closed).toEqual({ error: undefined });
}

const WEB = ['websocket', 'websocket_tls', 'http', 'https'] as const;

describe('ws-http/behaviour', () => {
  for (const protocol of WEB) {
    const encrypted = protocol === 'websocket_tls' || protocol === 'https';

    it(`ws-http/behaviour: ${protocol} carries packets, all through the factory`, async () => {
      const server = await webServer(encrypted);
      const sockets = new CustomSockets();
      await exercise(protocol, server.port, { sockets }, isolated);
      expect(sockets.targets).toEqual([
        {
          host: '127.0.0.1',
          port: server.port,
          tls: encrypted ? { serverName: 'localhost', ca: tls.cert } : undefined,
        },
      ]);
      expect(new Set(server.paths)).toEqual(
        new Set([
          { http: '/api', https: '/apiw1', websocket: '/apiws', websocket_tls: '/apiws' }[protocol],
        ]),
      );
      expect(new Set(server.protocols)).toEqual(
        new Set(protocol.startsWith('websocket') ? ['binary'] : []),
      );
      while (server.open > 0) await new Promise((done) => setImmediate(done));
    });

    for (const [type, start] of [
      ['socks5', startSocks5],
      ['http', startHttpProxy],
    ] as const) {
      it(`ws-http/behaviour: ${protocol} goes through a ${type} proxy`, async () => {
        const server = await webServer(encrypted);
        const proxy = await start({ resolve: () => ({ host: '127.0.0.1', port: server.port }) });
        closing.push(proxy);
        const { host, port } = proxy;
        await exercise(protocol, 443, { proxy: { type, host, port } }, nodePlatform, '203.0.113.9');
        expect(proxy.targets).toEqual(['203.0.113.9 443']);
        expect(server.accepted).toBe(1);
        while (proxy.open > 0) await new Promise((done) => setImmediate(done));
      });
    }
  }

  it('ws-http/behaviour: test servers have paths of their own', async () => {
    const server = await webServer(false);
    for (const protocol of ['websocket', 'http'] as const) {
      const target = endpoint(protocol, server.port, { dcId: -10_002 });
      const transport = await openTransport(target, nodePlatform);
      const listening = new Listening(transport);
      transport.send(packet(2));
      await listening.frame();
      transport.close();
    }
    expect(server.paths).toEqual(['/apiws_test', '/api_test']);
  });

  it('ws-http/behaviour: a certificate that nobody vouches for is refused', async () => {
    const server = await webServer(true);
    for (const protocol of ['https', 'websocket_tls'] as const) {
      for (const more of [{}, { tlsName: 'other.example.test', tlsCa: tls.cert }]) {
        await expect(
          openTransport(endpoint(protocol, server.port, more), nodePlatform),
        ).rejects.toMatchObject({ name: 'TransportError', code: 'connection' });
      }
      const byAddress = endpoint(protocol, server.port, { tlsCa: tls.cert });
      (await openTransport(byAddress, nodePlatform)).close();
    }
    while (server.open > 0) await new Promise((done) => setImmediate(done));
  });

  it('ws-http/behaviour: a web socket that is refused or has no subprotocol is an error', async () => {
    const plain = await track(
      http.createServer((_request, response) => response.writeHead(404).end()),
    );
    closing.push(plain);
    await expect(
      openTransport(endpoint('websocket', plain.port), nodePlatform),
    ).rejects.toMatchObject({ code: 'connection' });
    while (plain.open > 0) await new Promise((done) => setImmediate(done));
  });

  it('ws-http/behaviour: a long poll does not hold up other packets', async () => {
    const held: http.ServerResponse[] = [];
    const server = await webServer(false, (request, response) => {
      void bodyOf(request).then((body) => {
        if (body.length === 40) held.push(response);
        else response.end(reversed(body));
      });
    });
    const transport = await openTransport(endpoint('http', server.port), nodePlatform);
    expect(transport.polling).toBe(true);
    const listening = new Listening(transport);
    const poll = packet(1);
    transport.send(poll);
    for (let i = 0; i < 6; i++) {
      const sent = packet(3);
      transport.send(sent);
      expect(await listening.frame()).toEqual({ type: 'packet', bytes: reversed(sent) });
    }
    expect(listening.idle).toBe(0);
    expect(server.accepted).toBe(2);
    held[0]?.end(reversed(poll));
    expect(await listening.frame()).toEqual({ type: 'packet', bytes: reversed(poll) });
    await listening.until(() => listening.idle === 1);
    for (let i = 0; i < 9; i++) transport.send(poll);
    while (held.length < 5) await new Promise((done) => setImmediate(done));
    expect(transport.buffered).toBe(5 * poll.length);
    expect(server.accepted).toBe(4);
    transport.close();
    await listening.until(() => listening.closed !== null);
  });

  it('ws-http/behaviour: statuses are transport errors, and the connection stays', async () => {
    const statuses = [404, 429, 200];
    const server = await webServer(false, (request, response) => {
      void bodyOf(request).then(() => response.writeHead(statuses.shift() ?? 500).end());
    });
    const transport = await openTransport(endpoint('http', server.port), nodePlatform);
    const listening = new Listening(transport);
    transport.send(packet(2));
    expect(await listening.frame()).toEqual({ type: 'error', code: -404 });
    transport.send(packet(2));
    expect(await listening.frame()).toEqual({ type: 'error', code: -429 });
    transport.send(packet(2));
    await listening.until(() => listening.idle === 3);
    expect(listening.frames).toEqual([]);
    expect(server.accepted).toBe(1);
    transport.close();
  });

  it('ws-http/behaviour: empty answers are throttled', async () => {
    const server = await webServer(false, (request, response) => {
      void bodyOf(request).then(() => response.end());
    });
    const clock = new TestClock();
    const transport = await openTransport(endpoint('http', server.port), {
      ...nodePlatform,
      clock,
    });
    const listening = new Listening(transport);
    const pauses: number[] = [];
    for (let poll = 1; poll <= 12; poll++) {
      transport.send(packet(1));
      // Either it is idle at once, or a pause is set in place of the request's own timer.
      while (server.paths.length < poll) await new Promise((done) => setImmediate(done));
      const idle = (): boolean => listening.idle === poll;
      for (let turn = 0; turn < 50 && !idle(); turn++)
        await new Promise((done) => setImmediate(done));
      let waited = 0;
      while (!idle() && waited < 10_000) {
        clock.advance(50);
        waited += 50;
        await new Promise((done) => setImmediate(done));
      }
      pauses.push(waited);
    }
    expect(pauses[0]).toBe(0);
    expect(pauses.slice(-1)[0]).toBeGreaterThanOrEqual(5000);
    transport.close();
    expect(clock.pending).toBe(0);
  });

  it('ws-http/behaviour: a connection that the server closed is made anew, once', async () => {
    let requests = 0;
    const server = await webServer(false, (request, response) => {
      requests += 1;
      const broken = requests === 2 || requests > 3;
      void bodyOf(request).then((body) => {
        if (broken) request.socket.destroy();
        else response.end(reversed(body));
      });
    });
    const transport = await openTransport(endpoint('http', server.port), nodePlatform);
    const listening = new Listening(transport);
    for (let i = 0; i < 2; i++) {
      transport.send(packet(2));
      expect(await listening.frame()).toMatchObject({ type: 'packet' });
    }
    expect(requests).toBe(3);
    transport.send(packet(2));
    await listening.until(() => listening.closed !== null);
    expect(listening.closed?.error).toMatchObject({ code: 'connection' });
    expect(requests).toBe(5);
  });

  it('ws-http/behaviour: a request that is never answered ends the transport', async () => {
    const server = await webServer(false, () => {});
    const clock = new TestClock();
    const transport = await openTransport(endpoint('http', server.port), {
      ...nodePlatform,
      clock,
    });
    const listening = new Listening(transport);
    transport.send(packet(2));
    while (server.paths.length === 0) await new Promise((done) => setImmediate(done));
    clock.advance(90_000);
    await listening.until(() => listening.closed !== null);
    expect(listening.closed?.error).toMatchObject({ code: 'timeout' });
    expect(clock.pending).toBe(0);
    while (server.open > 0) await new Promise((done) => setImmediate(done));
  });

  it('ws-http/behaviour: an MTProxy does not carry them', async () => {
    const proxy = { type: 'mtproxy', host: '127.0.0.1', port: 1, secret: '00'.repeat(16) } as const;
    for (const protocol of WEB) {
      await expect(openTransport(endpoint(protocol, 1), isolated, { proxy })).rejects.toMatchObject(
        { code: 'bad-settings' },
      );
    }
  });
});

describe('the platform of the web', () => {
  it('posts by fetch', async () => {
    const server = await webServer(false);
    const transport = await openTransport(endpoint('http', server.port), webPlatform);
    const listening = new Listening(transport);
    const sent = packet(4);
    transport.send(sent);
    expect(await listening.frame()).toEqual({ type: 'packet', bytes: reversed(sent) });
    transport.close();
  });

  it('has no TCP, no proxies, and never connects beside a factory', async () => {
    const sockets = new CustomSockets();
    const proxy = { type: 'socks5', host: '127.0.0.1', port: 1 } as const;
    const code = { code: 'unsupported' };
    await expect(openTransport(endpoint('tcp_full', 1), webPlatform)).rejects.toMatchObject(code);
    for (const protocol of WEB) {
      await expect(
        openTransport(endpoint(protocol, 1), webPlatform, { proxy }),
      ).rejects.toMatchObject(code);
    }
    await expect(
      openTransport(endpoint('websocket', 1), webPlatform, { sockets }),
    ).rejects.toMatchObject(code);
    expect(sockets.targets).toEqual([]);
  });
});
