import { createServer } from 'node:net';
import { account, auth, base, help, users } from '@tlgen/telegram';
import { RpcFault, type LocalDc } from '@tlgen/local-dc';
import { describe, expect, it, vi } from 'vitest';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import { telegramRsaKeys } from '../../../../packages/runtime/src/crypto/server-keys.js';
import type { ConnectionState, PartialSettings } from '../../../../packages/runtime/src/index.js';
import { startHttpProxy } from '../../../support/proxies/http-connect-server.js';
import { startSocks5 } from '../../../support/proxies/socks5-server.js';
import { clientOf, closing, Dialler, introductions, startDc } from './settings-effect-setup.js';

const nearest = () => new help.GetNearestDcRequest();
const me = () => new users.GetUsersRequest({ id: [new base.InputUserSelf()] });
const local = (dc: LocalDc) => () => ({ host: '127.0.0.1', port: dc.port });

describe('keys', () => {
  it.each([
    [true, 61],
    [true, 86_400],
    [false, 31_557_600],
  ])('auth.pfs: %s, auth.tempKeyTtl: %i', async (pfs, tempKeyTtl) => {
    const dc = await startDc();
    const lasts: number[] = [];
    const keys: (number | null)[] = [];
    dc.handle(auth.BindTempAuthKeyRequest, (request, context) => {
      lasts.push(request.expiresAt - dc.world.now());
      return context.next();
    });
    dc.handle(help.GetNearestDcRequest, (_, { session, next }) => {
      keys.push(session.key.expiresAt);
      return next();
    });
    const client = clientOf(dc, { auth: { pfs, tempKeyTtl } });
    await client.invoke(nearest());
    if (!pfs) {
      expect([lasts, keys]).toEqual([[], [null]]);
      return;
    }
    expect(lasts).toHaveLength(1);
    for (const seconds of [lasts[0]!, Number(keys[0]) - dc.world.now()]) {
      expect(seconds).toBeGreaterThan(tempKeyTtl - 30);
      expect(seconds).toBeLessThanOrEqual(tempKeyTtl + 1);
    }
  });

  it('rsaKeys: only servers with one of them', async () => {
    const dc = await startDc();
    await clientOf(dc, { rsaKeys: [...telegramRsaKeys(nodeCrypto), dc.rsaKey] }).connect();
    const stranger = clientOf(dc, { rsaKeys: [] });
    const errors: Error[] = [];
    stranger.on('error', (error) => errors.push(error));
    await expect(stranger.connect({ timeout: 10_000 })).rejects.toMatchObject({ code: 'CLOSED' });
    expect(errors.join()).toMatch(/RSA|key/);
  });
});

describe('data centers', () => {
  it('homeDc: where a client begins', async () => {
    const dc = await startDc({ dataCenters: [2, 4] });
    const client = clientOf(dc, { homeDc: 4 });
    expect(await client.invoke(nearest())).toMatchObject({ thisDc: 4 });
    // Never while it runs.
    client.configure({ homeDc: 2 });
    expect(await client.invoke(nearest())).toMatchObject({ thisDc: 4 });
  });

  it('dataCenters: none are those of Telegram, and connection.testMode its others', async () => {
    const dc = await startDc();
    for (const [testMode, host] of [
      [false, '149.154.167.51'],
      [true, '149.154.167.40'],
    ] as const) {
      const proxy = new Dialler(local(dc));
      const client = clientOf(dc, {
        dataCenters: [],
        connection: { testMode, ipv6: false, proxy },
      });
      await client.connect();
      expect(proxy.last).toMatchObject({ host, port: 443 });
    }
  });

  it('dataCenters[].mediaOnly: for files alone', async () => {
    const dc = await startDc();
    const proxy = new Dialler(({ host }) => ({
      host: '127.0.0.1',
      port: host === 'x' ? 1 : dc.port,
    }));
    const dataCenters = [
      { id: 2, host: 'files.test', port: 1, mediaOnly: true },
      { id: 2, host: 'all.test', port: 2 },
    ];
    const client = clientOf(dc, { dataCenters, connection: { proxy } });
    await client.invoke(nearest());
    expect(proxy.dialled.map(({ host }) => host)).toEqual(['all.test']);
    await client.invoke(nearest(), { connection: 'media' });
    expect(proxy.dialled.map(({ host }) => host)).toContain('files.test');
  });

  it('dataCenters[].obfuscatedOnly: nothing tells the protocol', async () => {
    const dc = await startDc();
    const starts: string[] = [];
    for (const obfuscatedOnly of [false, true]) {
      const proxy = new Dialler();
      const dataCenters = [{ id: 2, host: dc.host, port: dc.port, obfuscatedOnly }];
      await clientOf(dc, { dataCenters, connection: { proxy } }).connect();
      starts.push(proxy.last.first.subarray(0, 4).toString('hex'));
    }
    expect(starts[0]).toBe('eeeeeeee');
    expect(starts[1]).not.toBe('eeeeeeee');
  });
});

/** First bytes of the other protocols; random ones may begin as these do, but for four bytes. */
const PLAIN_STARTS = ['\xee\xee\xee\xee', '\xdd\xdd\xdd\xdd', 'POST', 'GET '];

describe('connection', () => {
  it.each([
    ['tcp_full', (first: Buffer) => first.readUInt32LE(4) === 0 && first.readUInt32LE(0) >= 12],
    ['tcp_abridged', (first: Buffer) => first[0] === 0xef],
    ['tcp_intermediate', (first: Buffer) => first.readUInt32LE(0) === 0xeeeeeeee],
    ['tcp_padded_intermediate', (first: Buffer) => first.readUInt32LE(0) === 0xdddddddd],
    ['obfuscated2', (first: Buffer) => !PLAIN_STARTS.includes(first.toString('latin1', 0, 4))],
    ['http', (first: Buffer) => first.toString('latin1').startsWith('POST /api')],
    ['https', (first: Buffer) => first.toString('latin1').startsWith('POST /api')],
    ['websocket', (first: Buffer) => first.toString('latin1').startsWith('GET /apiws')],
    ['websocket_tls', (first: Buffer) => first.toString('latin1').startsWith('GET /apiws')],
  ] as const)('connection.protocol: %s', async (protocol, isRight) => {
    const dc = await startDc();
    const proxy = new Dialler();
    const client = clientOf(dc, { connection: { protocol, proxy, ipv6: false } });
    expect(await client.invoke(nearest())).toMatchObject({ thisDc: 2 });
    const { first, tls, port } = proxy.last;
    expect(isRight(first), first.subarray(0, 16).toString('hex')).toBe(true);
    const secure = protocol === 'https' || protocol === 'websocket_tls';
    expect([tls, port]).toEqual([secure, secure ? dc.tlsPort : dc.port]);
  });

  it('connection.protocol: udp is refused', async () => {
    const dc = await startDc();
    const client = clientOf(dc, { connection: { protocol: 'udp' } });
    await expect(client.connect()).rejects.toMatchObject({ cause: { code: 'unsupported' } });
  });

  it.each([
    [undefined, ['127.0.0.1']],
    [false, ['127.0.0.1']],
    [true, ['::1']],
  ])('connection.ipv6: %s', async (ipv6, hosts) => {
    const dc = await startDc();
    const proxy = new Dialler(local(dc));
    const dataCenters = [
      { id: 2, host: '127.0.0.1', port: 5 },
      { id: 2, host: '::1', port: 5, ipv6: true },
    ];
    await clientOf(dc, { dataCenters, connection: { proxy, ipv6 } }).connect();
    expect(proxy.dialled.map(({ host }) => host)).toEqual(expect.arrayContaining(hosts));
    if (ipv6 !== undefined) expect(proxy.dialled.map(({ host }) => host)).toEqual(hosts);
  });

  it('connection.timeout: a way that does not open in time is given up', async () => {
    const dc = await startDc();
    // It takes connections, and then says nothing.
    const mute = createServer(() => undefined);
    await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done));
    const { port } = mute.address() as { port: number };
    const proxy = { type: 'socks5', host: '127.0.0.1', port } as const;
    const client = clientOf(dc, { connection: { proxy, timeout: 150 } });
    const failed = new Promise<ConnectionState>((resolve) => {
      client.on('connection', ({ state }) => {
        if (state.type === 'waiting') resolve(state);
      });
    });
    await expect(client.connect({ timeout: 1_000 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(await failed).toMatchObject({
      reason: expect.stringMatching(/took longer than 1\d\d ms/),
    });
    await client.close();
    mute.close();
  });

  it.each([
    ['socks5', startSocks5],
    ['http', startHttpProxy],
  ] as const)('connection.proxy: %s, and never past it', async (type, startProxy) => {
    const dc = await startDc();
    const server = closing(await startProxy({ credentials: { username: 'u', password: 'p' } }));
    const { host, port } = server;
    const at = { type, host, port, username: 'u' } as const;
    const client = clientOf(dc, { connection: { proxy: { ...at, password: 'p' } } });
    await client.invoke(nearest());
    expect(server.targets).toEqual([`127.0.0.1 ${dc.port}`]);
    const heard = introductions();
    const refused = clientOf(dc, { connection: { proxy: { ...at, password: 'wrong' } } });
    await expect(refused.connect({ timeout: 700 })).rejects.toMatchObject({ name: /Error/ });
    expect(heard).toEqual([]);
  });

  it('connection.proxy: mtproxy, which the server is told of', async () => {
    const secret = `dd${'5a'.repeat(16)}`;
    const dc = await startDc({ proxySecrets: [secret] });
    const heard = introductions();
    const proxy = { type: 'mtproxy', host: dc.host, port: dc.port, secret } as const;
    await clientOf(dc, { connection: { proxy } }).connect();
    expect(heard[0]!.init.proxy).toMatchObject({ address: dc.host, port: dc.port });
  });

  it('connection.perDc: of one data center go before those of all', async () => {
    const dc = await startDc({ dataCenters: [2, 4] });
    const user = await dc.createUser();
    const proxy = new Dialler();
    const perDc = { 4: { protocol: 'tcp_abridged', timeout: 19_000 } } as const;
    const client = clientOf(dc, { connection: { proxy, perDc } });
    await client.signIn({ phone: user.phone, code: '22222' });
    await client.invoke(me(), { dc: 4 });
    const starts = proxy.dialled.map(({ first, timeout }) => [first[0], timeout]);
    expect(starts).toEqual([
      [0xee, 20_000],
      [0xef, 19_000],
    ]);
  });

  it.each(['http', 'websocket'] as const)(
    'connection.subdomains: names for %s, where no address is given',
    async (protocol) => {
      const dc = await startDc();
      for (const [given, host] of [
        [{}, 'venus.web.telegram.org'],
        [{ 2: 'other' }, 'other.web.telegram.org'],
      ] as const) {
        const proxy = new Dialler(local(dc));
        const connection = { protocol, subdomains: given, proxy };
        await clientOf(dc, { dataCenters: [], connection }).invoke(nearest());
        expect(proxy.last).toMatchObject({ host, port: 80 });
      }
    },
  );
});

describe('app', () => {
  it('app.*, apiId and the layer, as the server gets them', async () => {
    const dc = await startDc();
    const heard = introductions();
    const app = { deviceModel: 'Toaster', systemVersion: 'T 2', version: '0.7', langCode: 'tlh' };
    await clientOf(dc, { app }).connect();
    expect(heard[0]!.init).toMatchObject({
      apiId: dc.clientOptions.apiId,
      deviceModel: 'Toaster',
      systemVersion: 'T 2',
      appVersion: '0.7',
      langCode: 'tlh',
      systemLangCode: 'tlh',
    });
    await clientOf(dc).connect();
    expect(heard.at(-1)!.init).toMatchObject({
      appVersion: 'Unicorn',
      deviceModel: expect.stringMatching(/^Node\.js \d/),
    });
  });
});

describe('configure', () => {
  it('counts for the next connection: connection.*, app.*', async () => {
    const dc = await startDc();
    const heard = introductions();
    const proxy = new Dialler();
    const client = clientOf(dc, { connection: { proxy } });
    await client.invoke(nearest());
    client.configure({
      connection: { protocol: 'tcp_abridged', timeout: 9_000 },
      app: { version: '2' },
    });
    await client.invoke(nearest());
    expect(proxy.dialled).toHaveLength(1);
    proxy.last.socket.close();
    await client.invoke(nearest());
    expect(proxy.dialled.map(({ first, timeout }) => [first[0], timeout])).toEqual([
      [0xee, 20_000],
      [0xef, 9_000],
    ]);
    expect(client.settings.connection.proxy).toBe(proxy);
    expect(heard.length).toBeGreaterThan(0);
  });

  it('never counts for auth, rsaKeys, dataCenters and connection.testMode', async () => {
    const dc = await startDc();
    const proxy = new Dialler();
    const client = clientOf(dc, { connection: { proxy } });
    await client.invoke(nearest());
    const changes: PartialSettings = {
      auth: { pfs: false },
      rsaKeys: [],
      dataCenters: [{ id: 2, host: '127.0.0.1', port: 1 }],
      connection: { testMode: true },
    };
    client.configure(changes);
    const bound = vi.fn();
    dc.handle(auth.BindTempAuthKeyRequest, (_, { next }) => (bound(), next()));
    dc.handle(account.UpdateStatusRequest, () => {
      throw new RpcFault(400, 'NO');
    });
    proxy.last.socket.close();
    expect(await client.invoke(nearest())).toMatchObject({ thisDc: 2 });
    expect(proxy.last).toMatchObject({ port: dc.port });
  });
});
