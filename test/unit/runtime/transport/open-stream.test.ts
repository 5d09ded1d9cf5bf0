import { afterEach, describe, expect, it } from 'vitest';
import { nodePlatform } from '../../../../packages/runtime/src/platform/node.js';
import type {
  DuplexSocket,
  SocketFactory,
} from '../../../../packages/runtime/src/platform/sockets.js';
import { openTransport, raceTransports } from '../../../../packages/runtime/src/transport/index.js';
import type { Endpoint, Protocol } from '../../../../packages/runtime/src/transport/types.js';
import { Random } from '../../../support/random.js';
import { encryptedPacket, plainPacket } from './support.js';
import {
  CustomSockets,
  Listening,
  TestClock,
  echo,
  endpoint,
  isolated,
  listen,
  reversed,
  type Listener,
} from './servers.js';

const TCP = [
  'tcp_full',
  'tcp_abridged',
  'tcp_intermediate',
  'tcp_padded_intermediate',
  'obfuscated2',
] as const satisfies readonly Protocol[];

const random = new Random(81);
const SECRET = random.bytes(16);
const HEX = Buffer.from(SECRET).toString('hex');
const DOMAIN = Buffer.from('www.example.com').toString('hex');

function packet(blocks: number): Uint8Array {
  const bytes = encryptedPacket(random, blocks);
  bytes[bytes.length - 1] = 1;
  return bytes;
}

const listeners: Listener[] = [];
async function server(secret?: Uint8Array): Promise<Listener> {
  const listener = await listen((socket) => echo(socket, secret));
  listeners.push(listener);
  return listener;
}

afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()));
});

/** Sends small and large packets there and back, a quick ack, an error; then closes. */
async function exercise(
  target: Endpoint,
  options: Parameters<typeof openTransport>[2] = {},
  platform = nodePlatform,
): Promise<void> {
  const transport = await openTransport(target, platform, options);
  const listening = new Listening(transport);
  expect(transport.polling).toBe(false);
  for (const sent of [packet(2), packet(30), packet(32_000)]) {
    transport.send(sent);
    const frame = await listening.frame();
    expect(frame?.type === 'packet' && Buffer.compare(frame.bytes, reversed(sent))).toBe(0);
  }
  if (target.protocol !== 'tcp_full') {
    transport.send(packet(2), true);
    expect(await listening.frame()).toEqual({ type: 'quick-ack', token: 0x80000007 });
    expect(await listening.frame()).toMatchObject({ type: 'packet' });
  }
  transport.send(plainPacket(random, 0));
  expect(await listening.frame()).toEqual({ type: 'error', code: -404 });
  transport.close();
  await listening.until(() => listening.closed !== null);
  expect(listening.closed).toEqual({ error: undefined });
}

describe('openTransport over TCP', () => {
  for (const protocol of TCP) {
    it(`${protocol} carries packets both ways`, async () => {
      const { port } = await server();
      await exercise(endpoint(protocol, port));
      await exercise(endpoint(protocol, port, { obfuscated: true, protocol }));
    });

    for (const [kind, secret] of [
      ['plain', HEX],
      ['dd', `dd${HEX}`],
      ['ee', `ee${HEX}${DOMAIN}`],
    ] as const) {
      it(`${protocol} goes through an MTProxy with a ${kind} secret`, async () => {
        const proxy = await server(SECRET);
        await exercise(
          endpoint(protocol, 1, { host: '203.0.113.1' }),
          { proxy: { type: 'mtproxy', host: '127.0.0.1', port: proxy.port, secret } },
          nodePlatform,
        );
        expect(proxy.accepted).toBe(1);
      });
    }
  }

  it('a data center that demands a secret gets it', async () => {
    const { port } = await server(SECRET);
    await exercise(endpoint('tcp_abridged', port, { secret: SECRET }));
  });

  it('an MTProxy with another secret is a proxy error, and nothing stays open', async () => {
    const proxy = await server(random.bytes(16));
    const clock = new TestClock();
    const secret = `ee${HEX}${DOMAIN}`;
    const sockets = new CustomSockets();
    await expect(
      openTransport(
        endpoint('tcp_full', 1),
        { ...isolated, clock },
        {
          sockets,
          proxy: { type: 'mtproxy', host: '127.0.0.1', port: proxy.port, secret },
        },
      ),
    ).rejects.toMatchObject({ code: 'proxy' });
    expect(clock.pending).toBe(0);
  });

  it('every connection goes through a custom factory', async () => {
    const { port } = await server();
    const sockets = new CustomSockets();
    await exercise(endpoint('tcp_full', port), { proxy: sockets }, isolated);
    await exercise(endpoint('obfuscated2', port), { sockets }, isolated);
    expect(sockets.targets).toEqual([
      { host: '127.0.0.1', port },
      { host: '127.0.0.1', port },
    ]);
  });

  it('a custom factory that never answers is given up, and what it still brings is closed', async () => {
    const clock = new TestClock();
    let bring: (socket: DuplexSocket) => void = () => undefined;
    let signal: AbortSignal | undefined;
    const proxy: SocketFactory = {
      connect: (_target, options) => {
        ({ signal } = options);
        return new Promise((resolve) => (bring = resolve));
      },
    };
    const platform = { ...isolated, clock };
    const opening = openTransport(endpoint('tcp_full', 1), platform, { proxy, timeout: 2_000 });
    const refused = expect(opening).rejects.toMatchObject({ code: 'timeout' });
    clock.advance(2_000);
    await refused;
    expect(signal?.aborted).toBe(true);
    let closed = 0;
    bring({ close: () => closed++ } as unknown as DuplexSocket);
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('the signal a custom factory gets is for connecting only, also in a race', async () => {
    const { port } = await server();
    const sockets = new CustomSockets();
    const signals: AbortSignal[] = [];
    const proxy: SocketFactory = {
      connect: (target, options) => {
        signals.push(options.signal);
        return sockets.connect(target, options);
      },
    };
    const target = endpoint('tcp_full', port);
    const transport = await raceTransports([target, target], isolated, { proxy });
    expect(signals[0]!.aborted).toBe(false);
    transport.close();
  });

  it('a refused connection, udp and unknown settings are typed', async () => {
    const gone = await server();
    await gone.close();
    listeners.length = 0;
    const code = (target: Endpoint): Promise<unknown> =>
      openTransport(target, nodePlatform).then(
        () => 'opened',
        (error: unknown) => (error as { name: string; code: string }).code,
      );
    expect(await code(endpoint('tcp_full', gone.port))).toBe('connection');
    expect(await code(endpoint('udp', 1))).toBe('unsupported');
    expect(await code(endpoint('carrier pigeon' as Protocol, 1))).toBe('bad-settings');
  });

  it('a hanging handshake ends by the clock, and by the signal, and closes its socket', async () => {
    const silent = await listen((socket) => socket.resume());
    listeners.push(silent);
    const secret = `ee${HEX}${DOMAIN}`;
    for (const end of ['timeout', 'abort'] as const) {
      const clock = new TestClock();
      const sockets = new CustomSockets();
      const abort = new AbortController();
      const opening = openTransport(
        endpoint('tcp_full', 1),
        { ...isolated, clock },
        {
          sockets,
          signal: abort.signal,
          timeout: 5000,
          proxy: { type: 'mtproxy', host: '127.0.0.1', port: silent.port, secret },
        },
      );
      const outcome = opening.catch((error: unknown) => error);
      while (clock.pending === 0) await new Promise((done) => setImmediate(done));
      if (end === 'timeout') clock.advance(5001);
      else abort.abort(new Error('enough'));
      expect(await outcome).toMatchObject(
        end === 'timeout' ? { code: 'timeout' } : { message: 'enough' },
      );
      expect(clock.pending).toBe(0);
      while (silent.open > 0) await new Promise((done) => setImmediate(done));
    }
    const aborted = AbortSignal.abort(new Error('before'));
    await expect(
      openTransport(endpoint('tcp_full', silent.port), isolated, { signal: aborted }),
    ).rejects.toThrow('before');
  });

  it('bytes that are no frame end the transport once, with the reason', async () => {
    const hostile = await listen((socket) => socket.write(new Uint8Array(64)));
    listeners.push(hostile);
    const transport = await openTransport(endpoint('tcp_intermediate', hostile.port), nodePlatform);
    const listening = new Listening(transport);
    await listening.until(() => listening.closed !== null);
    expect(listening.closed?.error).toMatchObject({ name: 'TransportError', code: 'bad-frame' });
    transport.send(packet(2));
    transport.close();
  });

  it('a packet that cannot be framed ends the transport, and send does not throw', async () => {
    const { port } = await server();
    const transport = await openTransport(endpoint('tcp_full', port), nodePlatform);
    const listening = new Listening(transport);
    transport.send(new Uint8Array(3));
    expect(listening.closed?.error).toMatchObject({ code: 'bad-packet' });
  });

  it('the end of the connection by the server is told once', async () => {
    const rude = await listen((socket) => socket.destroy());
    listeners.push(rude);
    const transport = await openTransport(endpoint('tcp_full', rude.port), nodePlatform);
    const listening = new Listening(transport);
    await listening.until(() => listening.closed !== null);
  });
});
