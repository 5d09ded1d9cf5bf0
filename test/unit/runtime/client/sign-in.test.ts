import { base, contacts, help, messages, users } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { LocalDc, type LocalDcOptions } from '@tlgen/local-dc';
import { afterEach, describe, expect, it } from 'vitest';
import {
  Client,
  MemoryStorage,
  type DuplexSocket,
  type PartialSettings,
} from '../../../../packages/runtime/src/index.js';

const running: { close(): Promise<void> }[] = [];
const servers: LocalDc[] = [];
afterEach(async () => {
  // The server is strict: a client that breaks a rule is in its log.
  for (const dc of servers.splice(0)) expect(dc.refusals.list).toEqual([]);
  for (const one of running.splice(0).toReversed()) await one.close();
});

async function start(options: LocalDcOptions = {}): Promise<LocalDc> {
  const dc = await LocalDc.start(options);
  running.push(dc);
  servers.push(dc);
  return dc;
}

function connectTo(
  dc: LocalDc,
  settings: PartialSettings = {},
  storage = new MemoryStorage(),
): Client {
  const client = new Client({
    schema,
    storage,
    ...dc.clientOptions,
    logger: { to: 'none' },
    ...settings,
    connection: { protocol: 'tcp_intermediate', timeout: 20_000, ...settings.connection },
  });
  running.push(client);
  return client;
}

const me = () => new users.GetUsersRequest({ id: [new base.InputUserSelf()] });

describe('a client and the embedded data center', () => {
  it('calls help.getConfig', async () => {
    const dc = await start();
    const client = connectTo(dc);
    await client.connect();
    const config = await client.invoke(new help.GetConfigRequest());
    expect(config.thisDc).toBe(2);
    expect(config.dcOptions.length).toBeGreaterThan(0);
  });

  it.each([true, false])('signs in a bot and stays signed in (PFS: %s)', async (pfs) => {
    const dc = await start();
    const bot = await dc.createUser({ bot: true, firstName: 'Robot' });
    const storage = new MemoryStorage();
    const client = connectTo(dc, { auth: { pfs } }, storage);
    const self = await client.signIn({ botToken: bot.token! });
    expect(self).toMatchObject({ id: bot.id, bot: true });
    await client.close();
    const next = connectTo(dc, { auth: { pfs } }, storage);
    await next.connect();
    expect(next.self).toEqual({ id: bot.id, bot: true });
    expect(await next.invoke(me())).toMatchObject([{ id: bot.id }]);
  });

  it('signs in a user by phone and code', async () => {
    const dc = await start();
    const user = await dc.createUser({ firstName: 'Ada' });
    const client = connectTo(dc);
    const self = await client.signIn({ phone: user.phone!, code: () => '22222' });
    expect(self).toMatchObject({ id: user.id, bot: false });
    expect(await client.invoke(me())).toMatchObject([{ firstName: 'Ada' }]);
  });

  it('signs in a user with a password', async () => {
    const dc = await start();
    const user = await dc.createUser({ password: 'secret word' });
    const client = connectTo(dc);
    const tried: string[] = [];
    const self = await client.signIn({
      phone: user.phone!,
      code: '22222',
      password: (_hint, attempt) => {
        const word = attempt === 1 ? 'wrong word' : 'secret word';
        tried.push(word);
        return word;
      },
    });
    expect(self.id).toBe(user.id);
    expect(tried).toEqual(['wrong word', 'secret word']);
  });

  it('follows a user to another data center, and works at others in the user’s name', async () => {
    const dc = await start({ dataCenters: [2, 4] });
    const user = await dc.createUser({ dcId: 4 });
    const client = connectTo(dc);
    await client.signIn({ phone: user.phone!, code: '22222' });
    expect((await client.invoke(new help.GetConfigRequest())).thisDc).toBe(4);
    const elsewhere = await Promise.all([1, 2, 3].map(() => client.invoke(me(), { dc: 2 })));
    for (const found of elsewhere) expect(found).toMatchObject([{ id: user.id }]);
  });

  it('tells of what the server pushes', async () => {
    const dc = await start();
    const [ada, bob] = await Promise.all([
      dc.createUser(),
      dc.createUser({ username: 'bob_user' }),
    ]);
    const [sender, receiver] = [connectTo(dc), connectTo(dc)];
    await sender.signIn({ phone: ada.phone!, code: '22222' });
    await receiver.signIn({ phone: bob.phone!, code: '22222' });
    const update = new Promise<string>((resolve) => {
      receiver.on('raw-update', (one) => {
        const text = /"message":"(hello [^"]*)"/.exec(JSON.stringify(one));
        if (text) resolve(text[1]!);
      });
    });
    const found = await sender.invoke(
      new contacts.ResolveUsernameRequest({ username: 'bob_user' }),
    );
    const [peer] = found.users;
    if (peer?._ !== 'user') throw new Error('not found');
    await sender.invoke(
      new messages.SendMessageRequest({
        peer: new base.InputPeerUser({ userId: peer.id, accessHash: peer.accessHash! }),
        message: 'hello bob',
        randomId: 1n,
      }),
      { queue: 'bob' },
    );
    expect(await update).toBe('hello bob');
  });

  it('comes back when the connection is cut, and answers what was asked meanwhile', async () => {
    const dc = await start();
    const bot = await dc.createUser({ bot: true });
    const { platform } = await import('../../../../packages/runtime/src/platform/node.js');
    const sockets: DuplexSocket[] = [];
    const client = connectTo(dc, {
      connection: {
        proxy: {
          connect: async (target, options) => {
            const socket = await platform.sockets!.connect(target, options);
            sockets.push(socket);
            return socket;
          },
        },
      },
    });
    await client.signIn({ botToken: bot.token! });
    for (let round = 0; round < 3; round++) {
      const call = client.invoke(me());
      sockets.at(-1)!.close();
      expect(await call).toMatchObject([{ id: bot.id }]);
    }
    expect(sockets.length).toBe(4);
  });

  it('conn/close-leaves-nothing: no socket, no timer, no pending call', async () => {
    const handles = () =>
      process.getActiveResourcesInfo().filter((name) => /TCPSocketWrap|Timeout|TLS/.test(name));
    const dc = await start();
    await settled();
    const before = handles().length;
    const client = connectTo(dc);
    await client.connect();
    const pending = client.invoke(me()).catch((error: unknown) => error);
    await client.close();
    expect(await pending).toBeInstanceOf(Error);
    await dc.close();
    await settled();
    expect(handles().length).toBeLessThanOrEqual(before);
  });
});

const settled = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};
