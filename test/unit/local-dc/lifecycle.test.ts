import { connect as tcp } from 'node:net';
import { LocalDc, type LocalDcOptions } from '@tlgen/local-dc';
import { help } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Client } from '../../../packages/runtime/src/client/client.js';
import { MemoryStorage } from '../../../packages/runtime/src/storage/memory.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const one of open.splice(0).reverse()) await one.close();
});

async function start(options: LocalDcOptions = {}): Promise<LocalDc> {
  const dc = await LocalDc.start(options);
  open.push(dc);
  return dc;
}

async function signedIn(dc: LocalDc): Promise<Client> {
  const client = new Client({
    schema,
    storage: new MemoryStorage(),
    ...dc.clientOptions,
    logger: { to: 'none' },
  });
  open.push(client);
  await client.connect();
  const { phone } = await dc.createUser();
  await client.signIn({ phone: phone ?? '', code: dc.loginCode });
  return client;
}

describe('options that cannot be', () => {
  const impossible: [string, object][] = [
    ['saltLifetime', { saltLifetime: 0 }],
    ['saltLifetime', { saltLifetime: Number.NaN }],
    ['window', { window: 0 }],
    ['window', { window: 1.5 }],
    ['ackDelay', { ackDelay: -1 }],
    ['resendAfter', { resendAfter: 0 }],
    ['gzipAbove', { gzipAbove: -2 }],
    ['sessionLifetime', { sessionLifetime: -1 }],
    ['tlsPort', { tlsPort: 70_000 }],
    ['port', { port: 1.5 }],
    ['port', { port: 65_535, dataCenters: [1, 2] }],
    ['tlsPort', { tlsPort: 65_535, dataCenters: [1, 2] }],
    ['tlsPort', { port: 44_000, tlsPort: 44_001, dataCenters: [1, 2] }],
    ['loginCode', { loginCode: 12_345 }],
    ['loginCode', { loginCode: '' }],
    ['clock', { clock: 5 }],
    ['strict', { strict: 'no' }],
    ['rsaKey', { rsaKey: 'old' }],
    ['seed', { seed: {} }],
    ['host', { host: '' }],
    ['layers', { layers: [{}] }],
    ['logger', { logger: 'debug' }],
    ['dataCentres', { dataCentres: [2] }],
  ];
  for (const [name, options] of impossible) {
    it(`say so: ${JSON.stringify(options)}`, async () => {
      const failure = await LocalDc.start(options as LocalDcOptions).catch((e: unknown) => e);
      expect(failure).toBeInstanceOf(TypeError);
      expect((failure as TypeError).message).toContain(name);
    });
  }

  it('are the system’s business when a port is taken', async () => {
    const { port } = await start();
    await expect(LocalDc.start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('the RSA key', () => {
  it('is the same in every data center, because making one takes long', async () => {
    const [one, two] = [await start(), await start({ seed: 3 })];
    expect(one.rsaKey).toBe(two.rsaKey);
  });

  it('is a new one when asked for, and clients get in with it', async () => {
    const [one, two] = [await start({ rsaKey: 'fresh' }), await start({ rsaKey: 'fresh' })];
    expect(one.rsaKey).not.toBe(two.rsaKey);
    await signedIn(one);
  });
});

describe('a seed', () => {
  it('gives the same tokens whatever clients have done in between', async () => {
    const tokens: (string | null)[] = [];
    for (const connected of [false, true]) {
      const dc = await start({ seed: 'same' });
      if (connected) {
        const client = new Client({
          schema,
          storage: new MemoryStorage(),
          ...dc.clientOptions,
          logger: { to: 'none' },
        });
        open.push(client);
        await client.connect();
      }
      tokens.push((await dc.createUser({ bot: true })).token);
    }
    expect(tokens[0]).toBe(tokens[1]);
  });
});

describe('close', () => {
  it('aborts handlers that still run', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const aborted = new Promise<void>((resolve) => {
      dc.handle(help.GetNearestDcRequest, (_, { signal }) => {
        signal.addEventListener('abort', () => resolve());
        return new Promise(() => undefined);
      });
    });
    const begun = new Promise<void>((resolve) => {
      dc.handle(help.GetNearestDcRequest, (_, context) => {
        resolve();
        return context.next();
      });
    });
    client.invoke(new help.GetNearestDcRequest()).catch(() => undefined);
    await begun;
    await dc.close();
    await aborted;
  });

  it('is over for everybody who waits for it', async () => {
    const dc = await start();
    const socket = tcp(dc.port, dc.host);
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = vi.fn();
    void dc.close().then(closed);
    await dc.close();
    expect(closed).toHaveBeenCalled();
    socket.destroy();
  });

  it('leaves no settings by which a client would go elsewhere', async () => {
    const dc = await start();
    await dc.close();
    expect(() => dc.clientOptions).toThrow('closed');
  });
});

describe('a handler that fails', () => {
  it('is told of on stderr when there is no logger', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const dc = await start();
    const client = await signedIn(dc);
    dc.handle(help.GetNearestDcRequest, () => {
      throw new RangeError('my own mistake');
    });
    // The client tries again and again, as it should after an error of the server.
    client.invoke(new help.GetNearestDcRequest()).catch(() => undefined);
    await vi.waitUntil(() => said.mock.calls.length > 0);
    expect(String(said.mock.calls[0])).toContain('my own mistake');
  });
});

describe('the logger', () => {
  it('sees requests and refusals', async () => {
    const lines: string[] = [];
    const dc = await start({ logger: (level, line) => lines.push(`${level} ${line}`) });
    await signedIn(dc);
    expect(lines.some((line) => /^debug .*auth\.signIn/.test(line))).toBe(true);
    const answer = await fetch(`http://${dc.host}:${dc.port}/api`, {
      method: 'POST',
      body: new Uint8Array(8),
    }).catch(() => null);
    expect(answer?.ok ?? false).toBe(false);
    expect(lines.filter((line) => line.startsWith('warn refused'))).toHaveLength(1);
  });
});
