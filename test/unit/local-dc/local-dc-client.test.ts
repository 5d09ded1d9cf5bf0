import { LocalDc, RpcFault, type LocalDcOptions } from '@tlgen/local-dc';
import * as tl from '@tlgen/telegram';
import { help, messages, updates, users } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from '../../../packages/runtime/src/client/client.js';
import { MemoryStorage } from '../../../packages/runtime/src/storage/memory.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function start(options: LocalDcOptions = {}): Promise<LocalDc> {
  const dc = await LocalDc.start({ seed: 1, ...options });
  open.push(dc);
  return dc;
}

async function connect(dc: LocalDc): Promise<Client> {
  const client = new Client({ schema, storage: new MemoryStorage(), ...dc.clientOptions });
  open.push(client);
  await client.connect();
  return client;
}

async function signedIn(
  dc: LocalDc,
  user: { phone: string | null; token: string | null },
): Promise<Client> {
  const client = await connect(dc);
  if (user.token !== null) await client.signIn({ botToken: user.token });
  else await client.signIn({ phone: user.phone ?? '', code: dc.loginCode, password: 'secret' });
  return client;
}

describe('LocalDc and our client', () => {
  it('lets a user with a password and a bot sign in and exchange messages', async () => {
    const dc = await start();
    const bot = await dc.createUser({ bot: true, username: 'echo_bot' });
    const person = await dc.createUser({ firstName: 'Ann', password: 'secret' });
    const ann = await signedIn(dc, person);
    const echo = await signedIn(dc, bot);
    const found = await ann.invoke(
      new tl.contacts.ResolveUsernameRequest({ username: 'echo_bot' }),
    );
    const [user] = found.users as [tl.User];
    const peer = new tl.InputPeerUser({ userId: user.id, accessHash: user.accessHash ?? 0n });
    const message = 'hello';
    const sent = await ann.invoke(new messages.SendMessageRequest({ peer, message, randomId: 1n }));
    expect(sent).toMatchObject({ _: 'updateShortSentMessage', pts: 2 });
    const state = { pts: 1, qts: 0, date: 1 };
    const missed = await echo.invoke(new updates.GetDifferenceRequest(state));
    expect(missed).toMatchObject({ newMessages: [{ message: 'hello' }] });
    expect([...dc.refusals]).toEqual([]);
  });

  it('has several data centers, and moves users to theirs', async () => {
    const dc = await start({ dataCenters: [1, 2, 4] });
    const user = await dc.createUser({ dcId: 4 });
    const client = await signedIn(dc, user);
    const config = await client.invoke(new help.GetConfigRequest());
    expect(config).toMatchObject({ thisDc: 4 });
    expect(new Set((config as tl.Config).dcOptions.map(({ id }) => id))).toEqual(
      new Set([1, 2, 4]),
    );
  });

  it('takes overrides, flood waits and reports what nothing handles', async () => {
    const dc = await start();
    const client = await signedIn(dc, await dc.createUser());
    const remove = dc.handle(help.GetNearestDcRequest, async (_, context) => {
      const own = await context.next();
      return new tl.NearestDc({ ...own, country: String(context.user.id) });
    });
    const me = (
      await client.invoke(new users.GetUsersRequest({ id: [new tl.InputUserSelf()] }))
    )[0];
    const { country } = await client.invoke(new help.GetNearestDcRequest());
    expect(country).toBe(String((me as tl.User).id));
    remove();
    dc.handle(messages.GetAllDraftsRequest, () => {
      throw new RpcFault(400, 'PEER_FLOOD');
    });
    await expect(client.invoke(new messages.GetAllDraftsRequest())).rejects.toThrow('PEER_FLOOD');
    dc.floodWait(help.GetNearestDcRequest, 3600);
    await expect(client.invoke(new help.GetNearestDcRequest())).rejects.toThrow(/FLOOD/);
    await expect(client.invoke(new help.GetSupportNameRequest())).rejects.toThrow('METHOD_INVALID');
    expect([...dc.unhandled]).toEqual(['help.getSupportName']);
  });
});
