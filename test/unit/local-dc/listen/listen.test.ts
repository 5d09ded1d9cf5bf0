import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { decode, encode } from '@tlgen/codec';
import * as tl from '@tlgen/mtproto';
import { registry } from '@tlgen/mtproto/registry';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { AuthKey, openMessage, sealMessageWithToken } from '@tlgen/runtime/crypto';
import { nodeCrypto as crypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import {
  createCodec,
  FakeTlsClient,
  ObfuscatedClient,
  type Frame,
  type PacketCodec,
} from '../../../../packages/runtime/src/transport/index.js';
import {
  listen,
  type Listener,
  type ListenOptions,
} from '../../../../packages/local-dc/src/listen/index.js';
import { localRsaKey } from '../../../../packages/local-dc/src/protocol/handshake/index.js';
import { ServerCore } from '../../../../packages/local-dc/src/protocol/index.js';

const key = new AuthKey(crypto, new Uint8Array(256).fill(7));
const rsaKeys = [localRsaKey(crypto)];
const secret = Buffer.alloc(16, 0x5a);
const open: { close(): unknown }[] = [];

async function start(options: Partial<ListenOptions> = {}) {
  const handler = () => ({ result: encode(new tl.DestroyAuthKeyOk()) });
  const core = new ServerCore({ crypto, clock: Date.now, rsaKeys, handler });
  core.addKey({ key, dcId: 2, expiresAt: null, salt: 1n });
  const listener = await listen(core, { dcId: 2, tlsPort: false, ...options });
  open.push(listener, core);
  return { core, listener };
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

let last = 0n;

function sealed(body: Uint8Array, sessionId: bigint, content = false) {
  const id = ((BigInt(Date.now()) << 32n) / 1000n) & ~3n;
  last = id > last ? id : last + 4n;
  const plain = { salt: 1n, sessionId, msgId: last, seqNo: content ? 1 : 0, body };
  return sealMessageWithToken(crypto, key, 'client', plain);
}

/** A ping and its pong: the whole way through. */
const ping = (pingId: bigint, sessionId = 5n) =>
  sealed(encode(new tl.PingRequest({ pingId })), sessionId);

function namesIn(packet: Uint8Array): string[] {
  const { body } = openMessage(crypto, key, 'server', packet);
  const object = decode(body, registry);
  if (object instanceof tl.MsgContainer) return object.messages.map((one) => one.body._);
  return [object._];
}

/** Reads frames off a socket until `count` packets came. */
async function packets(
  feed: (take: (bytes: Uint8Array) => void) => void,
  decodeBytes: (bytes: Uint8Array) => Frame[],
  count: number,
): Promise<Frame[]> {
  const frames: Frame[] = [];
  return new Promise((resolve) => {
    feed((bytes) => {
      frames.push(...decodeBytes(Uint8Array.from(bytes)));
      if (frames.length >= count) resolve(frames);
    });
  });
}

async function dial(listener: Listener, host = listener.host): Promise<Socket> {
  const socket = connect(listener.port, host);
  open.unshift({ close: () => socket.destroy() });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Sends a ping in pieces and waits for the session's greeting and the pong. */
async function talk(socket: Socket, codec: PacketCodec, pieces = 1): Promise<string[]> {
  const bytes = codec.encode(ping(9n).packet);
  const got = packets(
    (take) => socket.on('data', take),
    (chunk) => codec.decode(chunk),
    1,
  );
  const size = Math.ceil(bytes.length / pieces);
  for (let at = 0; at < bytes.length; at += size) {
    socket.write(bytes.subarray(at, at + size));
    if (pieces > 1) await new Promise((done) => setImmediate(done));
  }
  const [frame] = await got;
  if (frame?.type !== 'packet') throw new Error(`unexpected ${frame?.type}`);
  return namesIn(frame.bytes);
}

const GREETING = ['new_session_created', 'pong'];

describe('one port for every transport', () => {
  for (const framing of ['abridged', 'intermediate', 'padded', 'full'] as const) {
    it(`tells ${framing} by its first bytes, in one piece and in many`, async () => {
      const { core, listener } = await start();
      const codec = createCodec(framing, 'client', crypto);
      expect(await talk(await dial(listener), codec)).toEqual(GREETING);
      core.forgetSession(key.id, 5n);
      const again = createCodec(framing, 'client', crypto);
      expect(await talk(await dial(listener), again, 40)).toEqual(GREETING);
      expect(core.refusals.count).toBe(0);
    });
  }

  for (const framing of ['abridged', 'intermediate', 'padded'] as const) {
    it(`obfuscated2 with ${framing}, without a secret and with each of the proxy's`, async () => {
      const other = Buffer.alloc(16, 0x11).toString('hex');
      const { core, listener } = await start({
        proxySecrets: [other, `dd${secret.toString('hex')}`],
      });
      for (const known of [undefined, new Uint8Array(secret)]) {
        const options = { crypto, framing, dcId: 2, ...(known ? { secret: known } : {}) };
        expect(await talk(await dial(listener), new ObfuscatedClient(options))).toEqual(GREETING);
        core.forgetSession(key.id, 5n);
      }
      expect(core.refusals.count).toBe(0);
    });
  }

  it('listens on IPv6 too, where there is IPv6', async () => {
    const { listener } = await start();
    if (listener.ipv6Host === null) return;
    const socket = await dial(listener, listener.ipv6Host);
    expect(await talk(socket, createCodec('abridged', 'client', crypto))).toEqual(GREETING);
  });

  it('fake TLS with an ee secret', async () => {
    const link = `ee${secret.toString('hex')}${Buffer.from('example.com').toString('hex')}`;
    const { core, listener } = await start({ proxySecrets: [link] });
    const socket = await dial(listener);
    const unixTime = Math.floor(Date.now() / 1000);
    const known = { secret: new Uint8Array(secret), domain: 'example.com' };
    const tls = new FakeTlsClient({ crypto, ...known, unixTime });
    const inner = new ObfuscatedClient({
      crypto,
      framing: 'padded',
      dcId: 2,
      secret: new Uint8Array(secret),
    });
    let opened = false;
    const got = packets(
      (take) => socket.on('data', take),
      (chunk) => {
        const step = tls.receive(chunk);
        if (step.ready && !opened) {
          opened = true;
          socket.write(tls.wrap(inner.encode(ping(3n).packet)));
        }
        return step.data.flatMap((one) => inner.decode(one));
      },
      1,
    );
    socket.write(tls.hello);
    const [frame] = await got;
    expect(frame?.type === 'packet' && namesIn(frame.bytes)).toEqual(GREETING);
    expect(core.refusals.count).toBe(0);
  });

  it('closes what speaks nothing it knows, and says so', async () => {
    const { core, listener } = await start();
    for (const bytes of [Buffer.from('1603010200', 'hex'), Buffer.alloc(64, 0x41)]) {
      const socket = await dial(listener);
      socket.resume();
      socket.write(bytes);
      await once(socket, 'close');
    }
    expect(core.refusals.list.map((one) => one.kind)).toEqual(['frame', 'frame']);
  });

  it('−444 when the header for a proxy names another data center', async () => {
    const { core, listener } = await start({ proxySecrets: [secret] });
    const known = { secret: new Uint8Array(secret) };
    const codec = new ObfuscatedClient({ crypto, framing: 'intermediate', dcId: 4, ...known });
    const socket = await dial(listener);
    const got = packets(
      (take) => socket.on('data', take),
      (chunk) => codec.decode(chunk),
      1,
    );
    socket.write(codec.encode(ping(1n).packet));
    expect(await got).toEqual([{ type: 'error', code: -444 }]);
    expect(core.refusals.list.map((one) => one.kind)).toEqual(['wrong-dc']);
  });

  it.each([4, -2, -31_000])(
    'without a secret the header names no data center, whatever stands there: %i',
    async (dcId) => {
      const { core, listener } = await start();
      const codec = new ObfuscatedClient({ crypto, framing: 'intermediate', dcId });
      expect(await talk(await dial(listener), codec)).toEqual(GREETING);
      const [connection] = core.connections;
      expect(connection?.media).toBe(false);
      expect(core.refusals.count).toBe(0);
    },
  );

  it('−404 and quick acks travel in their own forms', async () => {
    const { core, listener } = await start();
    const socket = await dial(listener);
    const codec = createCodec('intermediate', 'client', crypto);
    const { packet, token } = ping(1n);
    const got = packets(
      (take) => socket.on('data', take),
      (chunk) => codec.decode(chunk),
      2,
    );
    socket.write(codec.encode(packet, true));
    expect((await got)[0]).toEqual({ type: 'quick-ack', token });
    core.destroyKey(key.id);
    socket.removeAllListeners('data');
    const next = packets(
      (take) => socket.on('data', take),
      (chunk) => codec.decode(chunk),
      1,
    );
    socket.write(codec.encode(ping(2n).packet));
    expect(await next).toEqual([{ type: 'error', code: -404 }]);
  });
});

async function post(
  request: typeof httpRequest,
  options: object,
  body: Uint8Array,
): Promise<{ status: number; body: Uint8Array }> {
  return new Promise((resolve, reject) => {
    const sent = request({ method: 'POST', path: '/apiw1', ...options }, (response) => {
      const chunks: Uint8Array[] = [];
      response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: new Uint8Array(Buffer.concat(chunks)) }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('HTTP and web sockets', () => {
  it('takes packets by POST at any path, many over one kept connection', async () => {
    const { core, listener } = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    open.unshift({ close: () => agent.destroy() });
    const at = { host: listener.host, port: listener.port, agent };
    const first = await post(httpRequest, at, ping(1n).packet);
    expect([first.status, namesIn(first.body)]).toEqual([200, GREETING]);
    const second = await post(httpRequest, { ...at, path: '/api' }, ping(2n).packet);
    expect(namesIn(second.body)).toContain('pong');
    expect(listener.connections).toBe(1);
    const acks = sealed(encode(new tl.MsgsAck({ msgIds: [1n] })), 5n).packet;
    expect(await post(httpRequest, at, acks)).toEqual({ status: 200, body: new Uint8Array(0) });
    core.destroyKey(key.id);
    const refused = await post(httpRequest, at, ping(3n).packet);
    expect([refused.status, new Int32Array(refused.body.buffer)[0]]).toEqual([404, -404]);
  });

  it('holds a long poll while other requests come and go', async () => {
    const { core, listener } = await start();
    const at = { host: listener.host, port: listener.port };
    await post(httpRequest, at, ping(1n).packet);
    const wait = new tl.HttpWait({ maxDelay: 0, waitAfter: 0, maxWait: 20_000 });
    const held = post(httpRequest, at, sealed(encode(wait), 5n).packet);
    while ([...core.connections].length === 0) await new Promise((done) => setImmediate(done));
    expect(namesIn((await post(httpRequest, at, ping(2n).packet)).body)).toContain('pong');
    core.push(key.id, () => encode(new tl.DestroyAuthKeyNone()));
    expect(namesIn((await held).body)).toContain('destroy_auth_key_none');
  });

  it('answers OPTIONS for browsers and refuses other methods and bodies beyond all bounds', async () => {
    const { listener } = await start();
    const at = { host: listener.host, port: listener.port };
    expect((await post(httpRequest, { ...at, method: 'OPTIONS' }, new Uint8Array(0))).status).toBe(
      204,
    );
    expect((await post(httpRequest, { ...at, method: 'GET' }, new Uint8Array(0))).status).toBe(405);
    const long = await post(httpRequest, at, new Uint8Array(2 ** 20 + 4)).catch(() => null);
    expect(long === null || long.status === 413).toBe(true);
  });

  async function overWebSocket(url: string, options: object): Promise<string[]> {
    const socket = new WebSocket(url, 'binary', options);
    open.unshift({ close: () => socket.terminate() });
    await once(socket, 'open');
    expect(socket.protocol).toBe('binary');
    const codec = new ObfuscatedClient({ crypto, framing: 'padded', dcId: 2 });
    const got = packets(
      (take) => socket.on('message', (data: Buffer) => take(data)),
      (chunk) => codec.decode(chunk),
      1,
    );
    socket.send(codec.encode(ping(1n).packet));
    const [frame] = await got;
    return frame?.type === 'packet' ? namesIn(frame.bytes) : [];
  }

  it('speaks web sockets on the same port', async () => {
    const { core, listener } = await start();
    const url = `ws://${listener.host}:${listener.port}/apiws`;
    expect(await overWebSocket(url, {})).toEqual(GREETING);
    expect(core.refusals.count).toBe(0);
  });

  it('speaks https and wss with a certificate that its CA proves', async () => {
    const { core, listener } = await start({ tlsPort: 0 });
    const { host, tlsPort: port, ca } = listener;
    const answer = await post(
      httpsRequest as typeof httpRequest,
      { host, port, ca, agent: false },
      ping(1n).packet,
    );
    expect(namesIn(answer.body)).toEqual(GREETING);
    core.forgetSession(key.id, 5n);
    expect(await overWebSocket(`wss://${host}:${port}/apiws`, { ca })).toEqual(GREETING);
    const socket = tlsConnect({ host, port: port ?? 0, ca: ca ?? '', servername: 'localhost' });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    expect(socket.getPeerCertificate().subjectaltname).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    );
    socket.destroy();
    const stranger = tlsConnect({ host, port: port ?? 0 });
    const [error] = await once(stranger, 'error');
    expect((error as NodeJS.ErrnoException).code).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/);
  });
});

describe('close', () => {
  it('conn/close-leaves-nothing: sockets, long polls and ports are gone', async () => {
    const { core, listener } = await start({ tlsPort: 0 });
    const socket = await dial(listener);
    await talk(socket, createCodec('abridged', 'client', crypto));
    const wait = new tl.HttpWait({ maxDelay: 0, waitAfter: 0, maxWait: 20_000 });
    const at = { host: listener.host, port: listener.port };
    const held = post(httpRequest, at, sealed(encode(wait), 6n).packet).catch(() => null);
    const silent = await dial(listener);
    const gone = [socket, silent].map(
      (one) => new Promise((done) => one.resume().on('close', done)),
    );
    await listener.close();
    await Promise.all([...gone, held]);
    expect(listener.connections).toBe(0);
    expect([...core.connections]).toEqual([]);
    const again = connect(listener.port, listener.host);
    const [error] = await once(again, 'error');
    expect((error as NodeJS.ErrnoException).code).toBe('ECONNREFUSED');
  });

  it('a port that is taken is an error, and nothing stays open', async () => {
    const { listener } = await start();
    await expect(start({ port: listener.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
