import { LocalDc } from '@tlgen/local-dc';
import {
  Client,
  MemoryStorage,
  type Protocol,
  type Proxy,
  type SocketFactory,
} from '@tlgen/runtime';
import { auth } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodePlatform } from '../../packages/runtime/src/platform/node.js';
import type { Platform } from '../../packages/runtime/src/platform/types.js';
import { openTransport } from '../../packages/runtime/src/transport/open/open-transport.js';
import { startHttpProxy } from '../support/proxies/http-connect-server.js';
import type { ProxyServer } from '../support/proxies/proxy-server.js';
import { startSocks5 } from '../support/proxies/socks5-server.js';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { ownTalker, type OwnSettings } from '../support/strangers/own-talker.js';
import { newPerson } from '../support/strangers/people.js';
import { converse, type Talker } from '../support/strangers/talker.js';

const PLAIN = '000102030405060708090a0b0c0d0e0f';
const SECRETS = {
  'mtproxy plain': PLAIN,
  'mtproxy dd': `dd${PLAIN}`,
  'mtproxy ee': `ee${PLAIN}${Buffer.from('example.org').toString('hex')}`,
} as const;
const credentials = { username: 'proxy user', password: 'proxy:password' };

const TCP: readonly Protocol[] = [
  'tcp_full',
  'tcp_abridged',
  'tcp_intermediate',
  'tcp_padded_intermediate',
  'obfuscated2',
];
const WEB: readonly Protocol[] = ['websocket', 'websocket_tls', 'http', 'https'];
const ROUTES = ['direct', 'socks5', 'http proxy', 'custom sockets'] as const;
const MTPROXIES = ['mtproxy plain', 'mtproxy dd', 'mtproxy ee'] as const;
type Way = (typeof ROUTES)[number] | (typeof MTPROXIES)[number];

interface Combination {
  readonly protocol: Protocol;
  readonly way: Way;
  readonly pfs: boolean;
}

/** Every combination but MTProxy with the web protocols, which it does not carry: those must be refused. */
const COMBINATIONS: readonly Combination[] = [...TCP, ...WEB].flatMap((protocol) =>
  [...ROUTES, ...(TCP.includes(protocol) ? MTPROXIES : [])].flatMap((way) =>
    [true, false].map((pfs) => ({ protocol, way, pfs })),
  ),
);

let dc: LocalDc;
let socks5: ProxyServer;
let http: ProxyServer;
let ann: Awaited<ReturnType<typeof newPerson>>;
let bob: { talker: Talker; username: string };

beforeAll(async () => {
  dc = await LocalDc.start({ proxySecrets: Object.values(SECRETS) });
  socks5 = await startSocks5({ credentials });
  http = await startHttpProxy({ credentials });
  ann = await newPerson(dc);
  const { username, account } = await newPerson(dc);
  bob = { username, talker: await ownTalker(dc, account) };
});
afterAll(async () => {
  await bob.talker.close();
  await socks5.close();
  await http.close();
  await dc.close();
  await expectNoSockets();
});

/** The host's sockets, noting where they connect to. */
function watched(): SocketFactory & { readonly targets: string[] } {
  const targets: string[] = [];
  return {
    targets,
    connect: (target, options) => {
      targets.push(`${target.host}:${target.port}`);
      const { sockets } = nodePlatform;
      if (sockets === undefined) throw new TypeError('Node.js has sockets');
      return sockets.connect(target, options);
    },
  };
}

const placeOf = ({ host, port }: { host: string; port: number }): string => `${host}:${port}`;

/** Where the connection of that protocol ends, as the address list says. */
function direct(protocol: Protocol): string {
  const port = protocol === 'https' || protocol === 'websocket_tls' ? dc.tlsPort : dc.port;
  return placeOf({ host: dc.host, port: port ?? 0 });
}

/** The settings of a way, and the only place it may connect to. */
function wayOf(way: Way, protocol: Protocol): { proxy: Proxy | undefined; only: string } {
  switch (way) {
    case 'direct':
    case 'custom sockets':
      return { proxy: undefined, only: direct(protocol) };
    case 'socks5':
    case 'http proxy': {
      const { host, port } = way === 'socks5' ? socks5 : http;
      const type = way === 'socks5' ? 'socks5' : 'http';
      return { proxy: { type, host, port, ...credentials }, only: placeOf({ host, port }) };
    }
    default: {
      const { host, port } = dc;
      const proxy: Proxy = { type: 'mtproxy', host, port, secret: SECRETS[way] };
      return { proxy, only: placeOf(dc) };
    }
  }
}

/** A host without sockets of its own, so that a connection past the settings fails. */
const NO_SOCKETS: Platform = {
  ...nodePlatform,
  sockets: {
    connect: ({ host, port }) => {
      throw new Error(`a connection past the custom sockets, to ${host}:${port}`);
    },
  },
};

describe.each([...TCP, ...WEB])('our client over %s', (protocol) => {
  it.each(COMBINATIONS.filter((one) => one.protocol === protocol))(
    'signs in and exchanges messages: $way, PFS $pfs',
    async ({ way, pfs }) => {
      const sockets = watched();
      const { proxy, only } = wayOf(way, protocol);
      const custom = way === 'custom sockets';
      const settings: OwnSettings = {
        auth: { pfs },
        connection: { protocol, ipv6: false, proxy: custom ? sockets : proxy },
      };
      const platform = custom ? NO_SOCKETS : { ...nodePlatform, sockets };
      const temporary = new Set<boolean>();
      const remove = dc.handle(auth.SignInRequest, (_request, context) => {
        temporary.add(context.session.key.expiresAt !== null);
        return context.next();
      });
      const before = { socks5: socks5.accepted, http: http.accepted };
      const talker = await ownTalker(dc, ann.account, settings, { platform });
      try {
        await converse({ talker, username: ann.username }, bob);
      } finally {
        remove();
        await talker.close();
      }
      expect(new Set(sockets.targets)).toEqual(new Set([only]));
      expect(socks5.accepted > before.socks5).toBe(way === 'socks5');
      expect(http.accepted > before.http).toBe(way === 'http proxy');
      expect(temporary).toEqual(new Set([pfs]));
      expect([...dc.refusals]).toEqual([]);
    },
  );
});

describe('our client', () => {
  it.each(WEB.flatMap((protocol) => MTPROXIES.map((way) => ({ protocol, way }))))(
    'refuses $protocol through $way: an MTProxy carries TCP framings only',
    async ({ protocol, way }) => {
      const { proxy } = wayOf(way, protocol);
      await refused({ protocol, proxy }, 'bad-settings');
    },
  );

  it('refuses udp', () => refused({ protocol: 'udp' }, 'unsupported'));

  it.each([true, false])('connects by IPv6 only, or by IPv4 only: %s', async (ipv6) => {
    const hasIpv6 = dc.clientOptions.dataCenters.some((one) => one.ipv6);
    if (ipv6 && !hasIpv6) return;
    const sockets = watched();
    const connection = { ipv6 };
    const platform = { ...nodePlatform, sockets };
    const talker = await ownTalker(dc, ann.account, { connection }, { platform });
    try {
      await converse({ talker, username: ann.username }, bob);
    } finally {
      await talker.close();
    }
    expect(new Set(sockets.targets)).toEqual(new Set([`${ipv6 ? '::1' : '127.0.0.1'}:${dc.port}`]));
  });

  it.each(['socks5', 'http'] as const)(
    'goes to the data center where the account lives through the same %s proxy',
    async (type) => {
      await using two = await LocalDc.start({ dataCenters: [2, 4] });
      const { username, account } = await newPerson(two, { dcId: 4 });
      const { host, port } = type === 'socks5' ? socks5 : http;
      const server = type === 'socks5' ? socks5 : http;
      const before = server.targets.length;
      const sockets = watched();
      const talker = await ownTalker(
        two,
        account,
        { connection: { proxy: { type, host, port, ...credentials }, ipv6: false } },
        { platform: { ...nodePlatform, sockets } },
      );
      const known = await newPerson(two);
      const other = await ownTalker(two, known.account);
      try {
        await converse({ talker, username }, { talker: other, username: known.username });
      } finally {
        await talker.close();
        await other.close();
      }
      expect(new Set(sockets.targets)).toEqual(new Set([placeOf({ host, port })]));
      const places = two.clientOptions.dataCenters.filter(({ ipv6 }) => !ipv6);
      const asked = new Set(server.targets.slice(before));
      expect(asked).toEqual(new Set(places.map((one) => `${one.host} ${one.port}`)));
      expect([...two.refusals]).toEqual([]);
    },
  );

  it.each(['socks5', 'http'] as const)(
    'with a wrong password for a %s proxy fails with a typed error and never connects directly',
    async (type) => {
      const { host, port } = type === 'socks5' ? socks5 : http;
      const proxy: Proxy = { type, host, port, username: 'proxy user', password: 'wrong' };
      const sockets = watched();
      const platform = { ...nodePlatform, sockets };
      const endpoint = { host: dc.host, port: dc.port, dcId: 2, protocol: 'tcp_full' as const };
      await expect(openTransport(endpoint, platform, { proxy })).rejects.toMatchObject({
        name: 'TransportError',
        code: 'proxy',
      });
      const client = new Client(
        {
          schema,
          storage: new MemoryStorage(),
          logger: { to: 'none' },
          ...dc.clientOptions,
          connection: { proxy },
        },
        { platform },
      );
      const reasons: string[] = [];
      const failedTwice = new Promise<void>((resolve) => {
        client.on('connection', ({ state }) => {
          if (state.type === 'waiting' && reasons.push(state.reason) === 2) resolve();
        });
      });
      const stop = new AbortController();
      const connected = client.connect({ signal: stop.signal });
      await failedTwice;
      stop.abort();
      await expect(connected).rejects.toMatchObject({ name: 'AbortError' });
      await client.close();
      for (const reason of reasons)
        expect(reason).toMatch(/refused the user name and password|407/);
      expect(new Set(sockets.targets)).toEqual(new Set([placeOf({ host, port })]));
      expect(dc.refusals.count).toBe(0);
    },
  );

  async function refused(connection: OwnSettings['connection'], code: string): Promise<void> {
    const sockets = watched();
    const platform = { ...nodePlatform, sockets };
    const client = new Client(
      {
        schema,
        storage: new MemoryStorage(),
        logger: { to: 'none' },
        ...dc.clientOptions,
        ...(connection && { connection }),
      },
      { platform },
    );
    const error: unknown = await client.connect().catch((thrown: unknown) => thrown);
    await client.close();
    expect(error).toMatchObject({ code: 'CLOSED', cause: { name: 'TransportError', code } });
    expect(sockets.targets).toEqual([]);
  }
});
