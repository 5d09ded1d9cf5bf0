import { encode, type ApiSchema } from '@tlgen/codec';
import { account, auth, base, help } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { beforeEach, describe, expect, it } from 'vitest';
import { Client } from '../../../../packages/runtime/src/client/client.js';
import type { ClientOptions } from '../../../../packages/runtime/src/client/options.js';
import type { ConnectionEvent } from '../../../../packages/runtime/src/network/types.js';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import { TransportError } from '../../../../packages/runtime/src/transport/types.js';
import { settle } from '../network/fakes/clock.js';
import {
  ADDRESSES,
  authorization,
  FakeWorld,
  Refusal,
  type Asked,
  type Answer,
} from '../network/fakes/world.js';

let world: FakeWorld;
let storage: MemoryStorage;
beforeEach(() => {
  world = new FakeWorld();
  storage = new MemoryStorage();
});

function make(options: Partial<ClientOptions> = {}): Client {
  const { platform, engine, open } = world;
  return new Client(
    {
      schema,
      apiId: 7,
      apiHash: 'hash',
      storage,
      dataCenters: ADDRESSES,
      logger: { to: 'none' },
      ...options,
    },
    { platform, engine, open },
  );
}

/** A server for sign-in: code `22222`, bot token `1:a`. */
function signInServer({ request }: Asked): Answer | null {
  if (request instanceof auth.SendCodeRequest) {
    return new auth.SentCode({
      type: new auth.SentCodeTypeApp({ length: 5 }),
      phoneCodeHash: `hash of ${request.phoneNumber}`,
    });
  }
  if (request instanceof auth.SignInRequest) {
    if (request.phoneCode !== '22222') return new Refusal(400, 'PHONE_CODE_INVALID');
    return authorization(5n);
  }
  if (request instanceof auth.ImportBotAuthorizationRequest) {
    if (request.botAuthToken !== '1:a') return new Refusal(400, 'ACCESS_TOKEN_INVALID');
    return authorization(9n, true);
  }
  return null;
}

describe('a client', () => {
  it.each([
    ['schema', { schema: undefined }],
    ['apiId', { apiId: 0 }],
    ['apiHash', { apiHash: '' }],
    ['storage', { storage: {} }],
  ])('says that it needs %s', (key, wrong) => {
    expect(() => make(wrong as unknown as Partial<ClientOptions>)).toThrow(
      expect.objectContaining({ name: 'SettingsError', key }),
    );
  });

  it('connects, tells its states, and learns the addresses', async () => {
    const client = make();
    const states: ConnectionEvent[] = [];
    client.on('connection', (event) => states.push(event));
    await client.connect();
    expect(states.map(({ dc, kind, state }) => `${dc} ${kind} ${state.type}`)).toEqual([
      '2 main connecting',
      '2 main exchanging-keys',
      '2 main ready',
    ]);
    expect(world.names()).toEqual(['2 help.getConfig']);
    expect(world.engines[0]!.options).toMatchObject({ dcId: 2, pfs: true, tempKeyTtl: 31_557_600 });
    await client.close();
    expect(states.at(-1)!.state).toEqual({ type: 'closed', error: undefined });
    // The next one knows them.
    world.asked.length = 0;
    const next = make();
    await next.connect();
    expect(world.names()).toEqual([]);
    expect(world.engines[1]!.options.authKey).toBeDefined();
    await next.close();
  });

  it('connects by itself when something is invoked', async () => {
    const client = make();
    const config = await client.invoke(new help.GetConfigRequest());
    expect(config.thisDc).toBe(2);
    await client.close();
  });

  it('connects with a schema that has no help.getConfig', async () => {
    const poor: ApiSchema = {
      ...schema,
      constructor: schema.constructor,
      method: (name) => (name === 'help.getConfig' ? undefined : schema.method(name)),
    };
    const client = make({ schema: poor });
    await client.connect();
    expect(world.asked).toEqual([]);
    await client.close();
  });

  it('says at once what a schema lacks that every connection needs', () => {
    const poor: ApiSchema = {
      ...schema,
      constructor: schema.constructor,
      method: (name) => (name === 'invokeWithLayer' ? undefined : schema.method(name)),
    };
    expect(() => make({ schema: poor })).toThrow(
      expect.objectContaining({ code: 'NOT_IN_SCHEMA', missing: 'invokeWithLayer' }),
    );
  });

  it('gives up connecting by signal, timeout, and errors that cannot be mended', async () => {
    world.open = () => Promise.reject(new TransportError('connection', 'refused'));
    const client = make();
    const late = client.connect({ timeout: 5_000 });
    const aborted = client.connect({ signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
    void world.clock.advance(5_000);
    await expect(late).rejects.toMatchObject({ code: 'TIMEOUT' });
    await client.close();

    world.open = () => Promise.reject(new TransportError('unsupported', 'no udp'));
    const wrong = make();
    await expect(wrong.connect()).rejects.toMatchObject({
      code: 'CLOSED',
      cause: { message: 'no udp' },
    });
    await wrong.close();
  });

  it('tells of updates as objects, and of those that cannot be read', async () => {
    const client = make();
    const updates: unknown[] = [];
    const errors: Error[] = [];
    client.on('raw-update', (update) => updates.push(update));
    client.on('error', (error) => errors.push(error));
    await client.connect();
    const tooLong = new base.UpdatesTooLong();
    const body = Buffer.from(encode(tooLong)).toString('hex');
    world.transports[0]!.answer({ type: 'update', body: '01020304' }, { type: 'update', body });
    expect(updates).toEqual([tooLong]);
    expect(errors).toMatchObject([{ name: 'TlError', code: 'unknown-constructor' }]);
    // Other data centers have nothing to tell.
    await client.invoke(new account.UpdateStatusRequest({ offline: true }), { dc: 3 });
    world.transports[1]!.answer({ type: 'update', body });
    expect(updates).toHaveLength(1);
    await client.close();
  });

  it('logs nothing that is secret, and survives a log that fails', async () => {
    const lines: string[] = [];
    const client = make({
      logger: {
        level: 'ultra-verbose',
        to: (line) => {
          lines.push(line);
          throw new Error('disk full');
        },
      },
    });
    world.answer = (asked) => signInServer(asked) ?? world.usual(asked);
    await client.signIn({ phone: '+99966', code: '22222' });
    await client.close();
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.join('\n')).not.toMatch(/22222|99966|hash/);
  });

  it('survives a log that fails later', async () => {
    const rejections: unknown[] = [];
    const heard = (error: unknown): unknown => rejections.push(error);
    process.on('unhandledRejection', heard);
    const client = make({ logger: { to: () => Promise.reject(new Error('disk full')) } });
    await client.connect();
    await client.close();
    await settle();
    process.off('unhandledRejection', heard);
    expect(rejections).toEqual([]);
  });

  it('does not change between main and test servers while it runs', async () => {
    const client = make();
    await client.connect();
    client.configure({ connection: { testMode: true, timeout: 77 } });
    await client.invoke(new account.UpdateStatusRequest({ offline: true }), { dc: 3 });
    expect(world.dials.at(-1)).toMatchObject([{ dcId: 3 }]);
    expect(world.engines.at(-1)!.options.dcId).toBe(3);
    await client.close();
  });

  it('gives up by signal and timeout also with a schema that has no help.getConfig, and a slow storage', async () => {
    world.open = () => new Promise(() => undefined);
    const old: ApiSchema = {
      ...schema,
      method: (name) => (name === 'help.getConfig' ? undefined : schema.method(name)),
    };
    const client = make({ schema: old });
    const controller = new AbortController();
    const connecting = client.connect({ signal: controller.signal });
    await settle();
    controller.abort();
    await expect(connecting).rejects.toMatchObject({ code: 'ABORTED' });
    await client.close();

    const slow = new MemoryStorage();
    slow.open = () => new Promise(() => undefined);
    const waiting = make({ storage: slow });
    const late = waiting.invoke(new help.GetConfigRequest(), { timeout: 50 });
    const refused = expect(late).rejects.toMatchObject({ code: 'TIMEOUT' });
    await world.clock.advance(50);
    await refused;
  });

  it('takes new settings while it runs', async () => {
    const client = make();
    await client.connect();
    world.answer = () => new Refusal(420, 'FLOOD_WAIT_5');
    client.configure({ floodWait: { below: 5 } });
    expect(client.settings.floodWait.below).toBe(5);
    await expect(client.invoke(new help.GetConfigRequest())).rejects.toMatchObject({ value: 5 });
    expect(() => client.configure({ floodWait: { below: -1 } })).toThrow(/floodWait\.below/);
    await client.close();
  });
});

describe('signing in', () => {
  beforeEach(() => {
    world.answer = (asked) => signInServer(asked) ?? world.usual(asked);
  });

  it('as a bot', async () => {
    const client = make();
    const self = await client.signIn({ botToken: '1:a' });
    expect(self).toMatchObject({ id: 9n, bot: true, user: { _: 'user' } });
    expect(client.self).toEqual({ id: 9n, bot: true });
    await client.close();
    const next = make();
    await next.connect();
    expect(next.self).toEqual({ id: 9n, bot: true });
    await next.close();
  });

  it('with a wrong token', async () => {
    const client = make();
    await expect(client.signIn({ botToken: 'x' })).rejects.toMatchObject({
      code: 'ACCESS_TOKEN_INVALID',
    });
    expect(client.self).toBeNull();
    await client.close();
  });

  it('as a user, asking again after a wrong code', async () => {
    const client = make();
    const hints: unknown[] = [];
    const self = await client.signIn({
      phone: '+99966',
      code: (hint, attempt) => {
        hints.push([hint, attempt]);
        return attempt === 1 ? '11111' : '22222';
      },
    });
    expect(self).toMatchObject({ id: 5n, bot: false });
    expect(hints).toEqual([
      [{ type: 'auth.sentCodeTypeApp', wrong: false }, 1],
      [{ type: 'auth.sentCodeTypeApp', wrong: true }, 2],
    ]);
    await client.close();
  });

  it('does not try a given code twice, nor ask for ever', async () => {
    const client = make({ maxTries: { authorization: 3 } });
    await expect(client.signIn({ phone: '+99966', code: '1' })).rejects.toMatchObject({
      code: 'PHONE_CODE_INVALID',
    });
    let asked = 0;
    const code = () => `${++asked}`;
    await expect(client.signIn({ phone: '+99966', code })).rejects.toMatchObject({
      code: 'PHONE_CODE_INVALID',
    });
    expect(asked).toBe(3);
    await client.close();
  });

  it('ends while it waits for a person: by signal, and by close()', async () => {
    const client = make();
    const code = (): Promise<string> => new Promise(() => undefined);
    const controller = new AbortController();
    const first = client.signIn({ phone: '+1', code, signal: controller.signal });
    await settle();
    controller.abort('why');
    await expect(first).rejects.toMatchObject({ code: 'ABORTED', cause: 'why' });
    const second = client.signIn({ phone: '+1', code });
    await settle();
    await client.close();
    await expect(second).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('says what is missing: a password, an account', async () => {
    const client = make();
    let answer: Answer = new Refusal(401, 'SESSION_PASSWORD_NEEDED');
    world.answer = (asked) =>
      asked.request instanceof auth.SignInRequest
        ? answer
        : (signInServer(asked) ?? world.usual(asked));
    const options = { phone: '+99966', code: '22222' };
    await expect(client.signIn(options)).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' });
    answer = new auth.AuthorizationSignUpRequired({});
    await expect(client.signIn(options)).rejects.toMatchObject({ code: 'SIGN_UP_REQUIRED' });
    expect(client.self).toBeNull();
    await client.close();
  });

  it('follows the server to another data center', async () => {
    world.answer = (asked) =>
      asked.dc === 2 && asked.request instanceof auth.SendCodeRequest
        ? new Refusal(303, 'PHONE_MIGRATE_4')
        : (signInServer(asked) ?? world.usual(asked));
    const client = make();
    await client.signIn({ phone: '+99966', code: '22222' });
    expect(world.names()).toEqual(['2 auth.sendCode', '4 auth.sendCode', '4 auth.signIn']);
    await client.close();
    const next = make();
    await next.invoke(new account.UpdateStatusRequest({ offline: true }));
    expect(world.names().at(-1)).toBe('4 account.updateStatus');
    expect(next.self!.id).toBe(5n);
    await next.close();
  });

  it('tells once when the sign-in ends', async () => {
    const client = make();
    const ended: unknown[] = [];
    client.on('signed-out', (event) => ended.push(event));
    await client.signIn({ botToken: '1:a' });
    world.answer = () => new Refusal(401, 'SESSION_REVOKED');
    const call = () => client.invoke(new help.GetConfigRequest());
    await Promise.allSettled([call(), call(), call()]);
    expect(ended).toEqual([{ reason: 'SESSION_REVOKED' }]);
    expect(client.self).toBeNull();
    await client.close();
  });
});

describe('conn/close-leaves-nothing', () => {
  it('conn/close-leaves-nothing: at any moment of a connection', async () => {
    for (let turns = 0; turns < 12; turns++) {
      world = new FakeWorld();
      storage = new MemoryStorage();
      const client = make();
      const connecting = client.connect().catch((error: unknown) => error);
      for (let i = 0; i < turns; i++) await Promise.resolve();
      const call = client.invoke(new help.GetConfigRequest(), { timeout: 1e6 });
      const settled = call.catch((error: unknown) => error);
      await client.close();
      await Promise.all([connecting, settled]);
      await settle();
      expect(world.openTransports).toBe(0);
      expect(world.clock.pending).toBe(0);
      // The storage is free again.
      await storage.open();
      await storage.close();
    }
  });

  it('conn/close-leaves-nothing: without ever having been opened, twice, and by await using', async () => {
    const never = make();
    await never.close();
    await never.close();
    await expect(never.connect()).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(never.invoke(new help.GetConfigRequest())).rejects.toMatchObject({
      code: 'CLOSED',
    });
    const client = make();
    await client.connect();
    await client[Symbol.asyncDispose]();
    expect(world.openTransports).toBe(0);
  });

  it('a second client on the same storage is told', async () => {
    const first = make();
    await first.connect();
    const second = make();
    await expect(second.connect()).rejects.toMatchObject({ code: 'locked' });
    await second.close();
    // And does not take the storage away from the first.
    expect(await first.invoke(new help.GetConfigRequest())).toBeDefined();
    await first.close();
  });
});
