import { LocalDc, RpcFault, type LocalDcOptions } from '@tlgen/local-dc';
import * as tl from '@tlgen/telegram';
import { auth, help, messages, users } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { Client } from '../../../packages/runtime/src/client/client.js';
import { MemoryStorage } from '../../../packages/runtime/src/storage/memory.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function start(options: LocalDcOptions = {}): Promise<LocalDc> {
  const dc = await LocalDc.start(options);
  open.push(dc);
  return dc;
}

/** A client that has signed in and gives up at the first error. */
async function signedIn(dc: LocalDc, settings: object = {}): Promise<Client> {
  const client = new Client({
    schema,
    storage: new MemoryStorage(),
    ...dc.clientOptions,
    logger: { to: 'none' },
    ...settings,
  });
  open.push(client);
  await client.connect();
  const { phone } = await dc.createUser({ firstName: 'Ann' });
  await client.signIn({ phone: phone ?? '', code: dc.loginCode });
  return client;
}

describe('overrides', () => {
  it('are typed by their method: request, result, context', async () => {
    const dc = await start();
    dc.handle(messages.SendMessageRequest, async (request, context) => {
      expectTypeOf(request).toEqualTypeOf<messages.SendMessageRequest>();
      expectTypeOf(request.message).toEqualTypeOf<string>();
      expectTypeOf(context.next).returns.resolves.toEqualTypeOf<tl.TypeUpdates>();
      expectTypeOf(context.user.firstName).toEqualTypeOf<string>();
      return context.next();
    });
    // @ts-expect-error: help.getNearestDc answers with a NearestDc.
    dc.handle(help.GetNearestDcRequest, () => true);
    // @ts-expect-error: the country is missing.
    dc.handle(help.GetNearestDcRequest, () => new tl.NearestDc({ thisDc: 2, nearestDc: 2 }));
    // @ts-expect-error: a promise of the wrong type is no better.
    dc.handle(auth.LogOutRequest, async () => true);
    // @ts-expect-error: a constructor is no method.
    dc.handle(tl.NearestDc, () => true);
    // @ts-expect-error: nor has it flood waits.
    dc.floodWait(tl.NearestDc, 5);
    // @ts-expect-error: a fault has a direction.
    expect(() => dc.faults.add({ kind: 'drop' })).toThrow(TypeError);
    dc.handle(users.GetUsersRequest, () => [new tl.UserEmpty({ id: 1n })]);
  });

  it('tell a client that an answer is of the wrong type rather than leave it waiting', async () => {
    const lines: string[] = [];
    const dc = await start({ logger: (level, line) => lines.push(`${level}: ${line}`) });
    const client = await signedIn(dc);
    dc.handle(help.GetNearestDcRequest, (() => new tl.UserEmpty({ id: 1n })) as never);
    client.invoke(new help.GetNearestDcRequest()).catch(() => undefined);
    await expect
      .poll(() => lines.filter((line) => line.startsWith('error')).join())
      .toContain('help.getNearestDc');
  });

  it('may refuse, and are taken away again', async () => {
    const dc = await start();
    const client = await signedIn(dc);
    const remove = dc.handle(help.GetNearestDcRequest, () => {
      throw new RpcFault(400, 'NOT_TODAY');
    });
    await expect(client.invoke(new help.GetNearestDcRequest())).rejects.toThrow('NOT_TODAY');
    remove();
    remove();
    expect(await client.invoke(new help.GetNearestDcRequest())).toMatchObject({ thisDc: 2 });
  });
});
