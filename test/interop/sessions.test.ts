import { createRequire } from 'node:module';
import { LocalDc } from '@tlgen/local-dc';
import { Client, type ClientOptions } from '@tlgen/runtime';
import * as tl from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import type * as Telegram from 'telegram';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readSession } from '../../packages/runtime/src/storage/formats/index.js';
import { StringSession } from '../../packages/runtime/src/storage/string-session.js';
import { gramjsClient } from '../support/strangers/gramjs.js';
import { strangerSchemas } from '../support/strangers/layers.js';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { mtcuteClient } from '../support/strangers/mtcute.js';
import { newPerson } from '../support/strangers/people.js';
import type { Account } from '../support/strangers/talker.js';

/*
 * Sessions go from one library to another without a new sign-in. Never is one used by two clients at a time.
 */

const require = createRequire(import.meta.url);
const gram = require('telegram') as typeof Telegram;
const gramSessions = require('telegram/sessions') as {
  StringSession: new (text: string) => Telegram.sessions.StringSession;
};

let dc: LocalDc;
beforeAll(async () => {
  dc = await LocalDc.start({ layers: await strangerSchemas() });
});
afterAll(async () => {
  await dc.close();
  await expectNoSockets();
});

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** Where the data center is, as a session can hold it. GramJS dials port 80 whatever it holds. */
const home = (port: number) => ({ host: dc.host, port });

/** What a client of ours has to be able to do with a session; then it is closed. */
async function useOurs(storage: StringSession, settings: Partial<ClientOptions> = {}) {
  const client = new Client({
    schema,
    storage,
    logger: { to: 'none' },
    ...dc.clientOptions,
    ...settings,
  });
  open.push(client);
  await client.connect();
  const config = await client.invoke(new tl.help.GetConfigRequest());
  expect(config.thisDc).toBe(dc.clientOptions.homeDc);
  const [user] = await client.invoke(
    new tl.users.GetUsersRequest({ id: [new tl.InputUserSelf()] }),
  );
  const self = client.self;
  await client.close();
  if (!(user instanceof tl.User)) throw new TypeError('nobody is signed in');
  return { id: user.id, self };
}

/** Signs in with a client of ours. */
async function signIn(storage: StringSession, account: Account): Promise<bigint> {
  const client = new Client({ schema, storage, logger: { to: 'none' }, ...dc.clientOptions });
  open.push(client);
  await client.connect();
  const { id } = await client.signIn(
    'token' in account ? { botToken: account.token } : { ...account },
  );
  await client.close();
  return id;
}

const keyOf = (text: string): string => Buffer.from(readSession(text).authKey).toString('hex');

describe('GramJS', () => {
  async function signInGramjs(account: Account): Promise<{ id: bigint; text: string }> {
    const client = gramjsClient(dc, 'full');
    // One exchange in 256 fails in it, and it makes another.
    client.onError = () => Promise.resolve();
    open.push({ close: () => client.destroy() });
    if ('token' in account) await client.start({ botAuthToken: account.token });
    else
      await client.start({
        phoneNumber: account.phone,
        phoneCode: () => Promise.resolve(account.code),
        onError: (error) => {
          throw error;
        },
      });
    const { id } = await client.getMe();
    const text = String(client.session.save());
    await client.destroy();
    return { id: BigInt(String(id)), text };
  }

  async function useGramjs(text: string): Promise<bigint> {
    const client = gramjsClient(dc, 'full');
    client.session = new gramSessions.StringSession(text);
    open.push({ close: () => client.destroy() });
    await client.connect();
    const [user] = await client.invoke(
      new gram.Api.users.GetUsers({ id: [new gram.Api.InputUserSelf()] }),
    );
    // It still has the key it was given.
    expect(keyOf(String(client.session.save()))).toBe(keyOf(text));
    await client.destroy();
    return BigInt(String(user?.id));
  }

  it.each([false, true])('signs in, and its session goes on with us (bot: %s)', async (bot) => {
    const { account } = await newPerson(dc, { bot });
    const { id, text } = await signInGramjs(account);
    expect(readSession(text).format).toBe('gramjs');
    const storage = new StringSession(text);
    expect((await useOurs(storage)).id).toBe(id);
    expect(keyOf(await storage.export('gramjs'))).toBe(keyOf(text));
  });

  it.each(['gramjs', 'telethon'] as const)('goes on with our session as %s', async (format) => {
    const { account } = await newPerson(dc);
    const storage = new StringSession();
    const id = await signIn(storage, account);
    const text = await storage.export(format, { address: home(80) });
    expect(await useGramjs(text)).toBe(id);
    // And back again.
    expect((await useOurs(storage)).id).toBe(id);
  });
});

describe('mtcute', () => {
  async function signInMtcute(account: Account): Promise<{ id: bigint; text: string }> {
    for (;;) {
      const client = mtcuteClient(dc, 'intermediate');
      open.push({ close: () => client.destroy() });
      try {
        const { id } = await client.start(
          'token' in account
            ? { botToken: account.token }
            : { ...account, codeSentCallback: () => undefined },
        );
        const text = await client.exportSession();
        await client.destroy();
        return { id: BigInt(id), text };
      } catch (error) {
        await client.destroy();
        // One exchange in 256 fails in it.
        if (!String(error).includes('invalid nonce hash')) throw error;
      }
    }
  }

  async function useMtcute(text: string): Promise<bigint> {
    const client = mtcuteClient(dc, 'intermediate');
    open.push({ close: () => client.destroy() });
    await client.importSession(text);
    await client.connect();
    const [user] = await client.call({ _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] });
    expect(keyOf(await client.exportSession())).toBe(keyOf(text));
    await client.destroy();
    return BigInt((user as { id: number }).id);
  }

  it.each([false, true])('signs in, and its session goes on with us (bot: %s)', async (bot) => {
    const { account } = await newPerson(dc, { bot });
    const { id, text } = await signInMtcute(account);
    expect(readSession(text)).toMatchObject({ format: 'mtcute', userId: id, bot });
    const storage = new StringSession(text);
    expect(await useOurs(storage)).toEqual({ id, self: { id, bot } });
    expect(keyOf(await storage.export('mtcute'))).toBe(keyOf(text));
  });

  it('goes on with our session', async () => {
    const { account } = await newPerson(dc);
    const storage = new StringSession();
    const id = await signIn(storage, account);
    const text = await storage.export('mtcute', { address: home(dc.port) });
    expect(await useMtcute(text)).toBe(id);
    expect(await useOurs(storage)).toEqual({ id, self: { id, bot: false } });
  });
});

describe('our own', () => {
  it('session goes from client to client, as a text of each format that says whose it is', async () => {
    const { account } = await newPerson(dc);
    const first = new StringSession();
    const id = await signIn(first, account);
    const { apiId } = dc.clientOptions;
    for (const format of ['tlgen', 'mtcute', 'pyrogram', 'mtkruto'] as const) {
      const text = await first.export(format, { apiId, address: home(443) });
      expect(readSession(text)).toMatchObject({ format, userId: id });
      expect(await useOurs(new StringSession(text))).toEqual({ id, self: { id, bot: false } });
    }
  });

  it.each(['gramjs', 'telethon'] as const)(
    'session as %s: the key is the same, and signed in',
    async (format) => {
      const { account } = await newPerson(dc);
      const first = new StringSession();
      const id = await signIn(first, account);
      const text = await first.export(format, { address: home(443) });
      const second = new StringSession(text);
      expect((await useOurs(second)).id).toBe(id);
      expect(keyOf(await second.export(format))).toBe(keyOf(await first.export()));
    },
  );

  it('session can be exported while a client has it open', async () => {
    const { account } = await newPerson(dc);
    const storage = new StringSession();
    const client = new Client({ schema, storage, logger: { to: 'none' }, ...dc.clientOptions });
    open.push(client);
    await client.connect();
    await expect(storage.export()).rejects.toMatchObject({ code: 'CANNOT_EXPORT' });
    const { id } = await client.signIn('token' in account ? { botToken: account.token } : account);
    const text = await storage.export();
    await client.close();
    expect(await storage.export()).toBe(text);
    expect(await useOurs(new StringSession(text), { auth: { pfs: false } })).toMatchObject({ id });
  });
});
