import { LocalDc } from '@tlgen/local-dc';
import { base, contacts, type messages } from '@tlgen/telegram';
import type { Api } from '@tlgen/telegram/api';
import { schema as telegram } from '@tlgen/telegram/schema';
import { afterEach, describe, expect, it } from 'vitest';
import { makeApi } from '../../../../../packages/runtime/src/client/api/index.js';
import { Client, MemoryStorage } from '../../../../../packages/runtime/src/index.js';
import { Random } from '../../../../support/random.js';
import { overlay } from './support.js';

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).toReversed()) await one.close();
});

/** A client who is signed in, and the loose form of its calls over peers that only know user names. */
async function signedIn(dc: LocalDc, phone: string): Promise<{ client: Client; api: Api }> {
  const schema = { ...telegram, overlay };
  const client = new Client({
    schema,
    storage: new MemoryStorage(),
    ...dc.clientOptions,
    connection: { protocol: 'tcp_intermediate', timeout: 20_000 },
    logger: { to: 'none' },
  });
  running.push(client);
  await client.signIn({ phone, code: '22222' });
  const inputPeer = async (username: unknown): Promise<base.InputPeerUser> => {
    const request = new contacts.ResolveUsernameRequest({ username: String(username).slice(1) });
    const { users } = await client.invoke(request);
    const user = users[0] as base.User;
    return new base.InputPeerUser({ userId: user.id, accessHash: user.accessHash! });
  };
  const random = new Random(5);
  const api = makeApi({
    schema,
    log: { log: () => undefined },
    invoke: (request, options) => client.invoke(request, options),
    cancellable: (_options, _what, work) => work(new AbortController().signal),
    random: (length) => random.bytes(length),
    now: () => Date.now(),
    settings: dc.clientOptions,
    peers: { inputPeer } as never,
    text: {
      parse: (text: string) => ({
        text: text.replaceAll('*', ''),
        entities: [{ type: 'bold', offset: 0, length: 5 }],
      }),
      entities: async () => [new base.MessageEntityBold({ offset: 0, length: 5 })],
    } as never,
  });
  return { client, api: api as Api };
}

describe('client.api and the embedded data center', () => {
  it('sends a message to a user name', async () => {
    const dc = await LocalDc.start();
    running.push(dc);
    const ada = await dc.createUser({ firstName: 'Ada' });
    const bob = await dc.createUser({ firstName: 'Bob', username: 'bobby' });
    const { api } = await signedIn(dc, ada.phone!);
    const call = { peer: '@bobby', message: '*Hello* Bob', parseMode: 'html' };
    await (api.messages.sendMessage as (p: object) => Promise<unknown>)(call);
    const peer = { _: 'inputPeerSelf' };
    const getHistory = api.messages.getHistory as (p: object) => Promise<messages.TypeMessages>;
    const range = { offsetId: 0, offsetDate: 0, addOffset: 0, limit: 10, maxId: 0, minId: 0 };
    expect(await getHistory({ peer, ...range })).toMatchObject({ messages: [] });
    const other = await signedIn(dc, bob.phone!);
    const inbox = await (other.api.messages.getDialogs as (p: object) => Promise<object>)({
      offsetDate: 0,
      offsetId: 0,
      limit: 10,
    });
    expect(inbox).toMatchObject({ messages: [{ message: 'Hello Bob' }] });
  });

  it('rejects with what the server answers', async () => {
    const dc = await LocalDc.start();
    running.push(dc);
    const ada = await dc.createUser({ firstName: 'Ada' });
    const { api } = await signedIn(dc, ada.phone!);
    const call = api.messages.sendMessage({ peer: '@nobody', message: '' });
    await expect(call).rejects.toMatchObject({ name: 'RpcError', code: 'USERNAME_NOT_OCCUPIED' });
    const empty = api.messages.sendMessage({ peer: new base.InputPeerSelf(), message: '' });
    await expect(empty).rejects.toMatchObject({ code: 'MESSAGE_EMPTY' });
  });
});
