import { SocksClient } from 'socks';
import { afterEach, describe, expect, it } from 'vitest';
import { nodePlatform } from '../../../../packages/runtime/src/platform/node.js';
import { openTransport } from '../../../../packages/runtime/src/transport/index.js';
import { ipv4Bytes, ipv6Bytes } from '../../../../packages/runtime/src/transport/proxy/address.js';
import { HttpConnectClient } from '../../../../packages/runtime/src/transport/proxy/http-connect.js';
import { Socks5Client } from '../../../../packages/runtime/src/transport/proxy/socks5.js';
import type { Conversation } from '../../../../packages/runtime/src/transport/socket/negotiate.js';
import type { Endpoint, Proxy } from '../../../../packages/runtime/src/transport/types.js';
import { startHttpProxy } from '../../../support/proxies/http-connect-server.js';
import type { Credentials, ProxyServer } from '../../../support/proxies/proxy-server.js';
import { startSocks5 } from '../../../support/proxies/socks5-server.js';
import { Random } from '../../../support/random.js';
import { encryptedPacket, partitions } from './support.js';
import {
  CustomSockets,
  Listening,
  echo,
  endpoint,
  isolated,
  listen,
  reversed,
  type Listener,
} from './servers.js';

const CREDENTIALS: Credentials = { username: 'näme', password: 'p:w' };
const KINDS = [
  ['socks5', startSocks5],
  ['http', startHttpProxy],
] as const;

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((server) => server.close()));
});

async function start(
  kind: (typeof KINDS)[number][1],
  credentials?: Credentials,
): Promise<{ target: Listener; proxy: ProxyServer }> {
  const target = await listen((socket) => echo(socket));
  const proxy = await kind({
    ...(credentials ? { credentials } : {}),
    resolve: ({ host, port }) =>
      host === 'gone.test'
        ? { host: '127.0.0.1', port: 1 }
        : { host: '127.0.0.1', port: port && target.port },
  });
  closing.push(target, proxy);
  return { target, proxy };
}

/** A packet there and back. */
async function works(target: Endpoint, proxy: Proxy): Promise<void> {
  const sockets = new CustomSockets();
  const transport = await openTransport(target, isolated, { proxy, sockets });
  const listening = new Listening(transport);
  const packet = encryptedPacket(new Random(82), 2000);
  packet[packet.length - 1] = 1;
  transport.send(packet);
  const frame = await listening.frame();
  expect(frame?.type === 'packet' && Buffer.compare(frame.bytes, reversed(packet))).toBe(0);
  transport.close();
  await listening.until(() => listening.closed !== null);
  // The proxy is all that was connected to.
  expect(sockets.targets.map(({ port }) => port)).toEqual(['port' in proxy ? proxy.port : 0]);
}

const failure = (target: Endpoint, proxy: Proxy): Promise<{ code: string; message: string }> =>
  openTransport(target, nodePlatform, { proxy }).then(
    () => ({ code: 'opened', message: '' }),
    (error: unknown) => error as { code: string; message: string },
  );

describe('socks/http-proxy', () => {
  for (const [type, kind] of KINDS) {
    it(`socks/http-proxy: ${type} reaches IPv4, IPv6 and host names`, async () => {
      const { proxy } = await start(kind);
      const settings = { type, host: proxy.host, port: proxy.port };
      for (const host of ['203.0.113.7', '2001:db8::17', 'dc.example.test']) {
        await works(endpoint('tcp_abridged', 443, { host }), settings);
      }
      expect(proxy.targets.map((target) => target.replace(':0:0:0:0:0:', '::'))).toEqual([
        '203.0.113.7 443',
        '2001:db8::17 443',
        'dc.example.test 443',
      ]);
      expect(proxy.accepted).toBe(3);
    });

    it(`socks/http-proxy: ${type} signs in with user name and password`, async () => {
      const { proxy } = await start(kind, CREDENTIALS);
      const { host, port } = proxy;
      await works(endpoint('obfuscated2', 443), { type, host, port, ...CREDENTIALS });
    });

    it(`socks/http-proxy: ${type} refusals are typed, and nothing connects another way`, async () => {
      const { proxy, target } = await start(kind, CREDENTIALS);
      const { host, port } = proxy;
      const place = endpoint('tcp_full', target.port);
      const without = await failure(place, { type, host, port });
      expect(without).toMatchObject({ code: 'proxy' });
      expect(without.message).toMatch(/wants/);
      const wrong = { ...CREDENTIALS, password: 'other-secret' };
      const refused = await failure(place, { type, host, port, ...wrong });
      expect(refused).toMatchObject({ code: 'proxy' });
      expect(refused.message).toMatch(/refused the user name/);
      expect(refused.message).not.toContain('other-secret');
      const unreachable = await failure(endpoint('tcp_full', 443, { host: 'gone.test' }), {
        type,
        host,
        port,
        ...CREDENTIALS,
      });
      expect(unreachable).toMatchObject({ code: 'proxy' });
      const dead = await failure(place, { type, host, port: 1 });
      expect(dead).toMatchObject({ code: 'proxy' });
      expect(target.accepted).toBe(0);
    });

    it(`socks/http-proxy: ${type}: a server that is no proxy, or leaves, is a proxy error`, async () => {
      for (const words of ['SSH-2.0-OpenSSH_9.9\r\n\r\n\r\n\r\n', '']) {
        const stranger = await listen((socket) => socket.resume().end(words));
        closing.push(stranger);
        const proxy = { type, host: '127.0.0.1', port: stranger.port };
        expect(await failure(endpoint('tcp_full', 443), proxy)).toMatchObject({ code: 'proxy' });
        while (stranger.open > 0) await new Promise((done) => setImmediate(done));
      }
    });
  }

  it('socks/http-proxy: settings that cannot be carried are refused before anything connects', async () => {
    const long = 'x'.repeat(256);
    const base = { type: 'socks5', host: '127.0.0.1', port: 1 } as const;
    const place = endpoint('tcp_full', 443);
    for (const [target, proxy] of [
      [place, { ...base, username: long }],
      [place, { ...base, username: '' }],
      [endpoint('tcp_full', 443, { host: long }), base],
      [endpoint('tcp_full', 443, { host: 'a b\r\nc' }), { ...base, type: 'http' }],
    ] as const) {
      expect(await failure(target, proxy)).toMatchObject({ code: 'bad-settings' });
    }
  });

  it('socks/http-proxy: any partition of the answers gives the same', () => {
    const proxy = { host: 'p', port: 1, username: 'u', password: 'p' };
    const target = { host: 't', port: 2 };
    const text = (words: string): Uint8Array => new TextEncoder().encode(words);
    const cases: readonly [() => Conversation, Uint8Array][] = [
      [
        () => new Socks5Client(proxy, target),
        Uint8Array.of(5, 2, 1, 0, 5, 0, 0, 3, 2, 97, 98, 0, 80, 1, 2, 3),
      ],
      [
        () => new Socks5Client(proxy, target),
        Uint8Array.of(5, 0, 5, 0, 0, 1, 1, 1, 1, 1, 0, 80, 1, 2, 3),
      ],
      [
        () => new HttpConnectClient(proxy, target),
        Uint8Array.from([...text('HTTP/1.1 200 OK\r\nVia: x\r\n\r\n'), 1, 2, 3]),
      ],
    ];
    for (const [make, stream] of cases) {
      for (const cuts of partitions(stream.length, new Random(1))) {
        const client = make();
        const rest: number[] = [];
        let over = false;
        let from = 0;
        for (const to of [...cuts, stream.length]) {
          const chunk = stream.slice(from, to);
          const left = over ? chunk : client.receive(chunk, () => {});
          if (left !== null) {
            over = true;
            rest.push(...left);
          }
          from = to;
        }
        expect(rest).toEqual([1, 2, 3]);
      }
    }
  });

  it('socks/http-proxy: addresses are read as node:net reads them', () => {
    expect([...(ipv4Bytes('1.2.3.255') ?? [])]).toEqual([1, 2, 3, 255]);
    for (const text of ['1.2.3', '1.2.3.256', '1.2.3.4.5', 'a.b.c.d', '1.2.3.']) {
      expect(ipv4Bytes(text)).toBeNull();
    }
    const hex = (text: string): string => Buffer.from(ipv6Bytes(text) ?? []).toString('hex');
    expect(hex('::')).toBe('0'.repeat(32));
    expect(hex('::1')).toBe(`${'0'.repeat(31)}1`);
    expect(hex('2001:db8::ff00:42:8329')).toBe('20010db8000000000000ff0000428329');
    expect(hex('::ffff:1.2.3.4')).toBe(`${'0'.repeat(20)}ffff01020304`);
    expect(hex('1:2:3:4:5:6:7:8')).toBe('00010002000300040005000600070008');
    for (const text of [
      '1:2',
      '1::2::3',
      '1:2:3:4:5:6:7:8:9',
      '::g',
      '1:2:3:4:5:6:7::8',
      'fe80::1%eth0',
    ]) {
      expect(ipv6Bytes(text)).toBeNull();
    }
  });

  it('the SOCKS5 server of these tests serves another client too', async () => {
    const { proxy } = await start(startSocks5, CREDENTIALS);
    const { username: userId, password } = CREDENTIALS;
    const { socket } = await SocksClient.createConnection({
      proxy: { host: proxy.host, port: proxy.port, type: 5, userId, password },
      command: 'connect',
      destination: { host: 'dc.example.test', port: 443 },
    });
    expect(proxy.targets).toEqual(['dc.example.test 443']);
    socket.destroy();
  });
});
