import { LocalDc, type TestPerson } from '@tlgen/local-dc';
import { NewSessionCreated } from '@tlgen/mtproto';
import * as tl from '@tlgen/telegram';
import { help, messages } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Client } from '../../../../packages/runtime/src/client/client.js';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';

const open: { close(): Promise<void> }[] = [];
let dc: LocalDc;
let ann: TestPerson;
let bob: TestPerson;

beforeEach(async () => {
  dc = await LocalDc.start({ seed: 1 });
  open.push(dc);
  [ann, bob] = [await dc.createUser(), await dc.createUser()];
});
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function connect(): Promise<Client> {
  const client = new Client({
    schema,
    storage: new MemoryStorage(),
    ...dc.clientOptions,
    logger: { to: 'none' },
  });
  open.push(client);
  await client.connect();
  return client;
}

async function signedIn(phone: string): Promise<Client> {
  const client = await connect();
  await client.signIn({ phone, code: dc.loginCode });
  return client;
}

/** Texts of the messages that a client was pushed. */
function pushedTo(client: Client): string[] {
  const texts: string[] = [];
  client.on('raw-update', (one: object) => {
    if (one instanceof tl.UpdateShortMessage) texts.push(one.message);
    if (!(one instanceof tl.Updates)) return;
    for (const update of one.updates)
      if ('message' in update && update.message instanceof tl.Message)
        texts.push(update.message.message);
  });
  return texts;
}

describe('a data center that closes', () => {
  it('ends the wait of who pressed a button', async () => {
    const bot = await dc.createUser({ bot: true });
    dc.send(bot, ann, 'well?', { buttons: [[{ text: 'Yes', data: 'yes' }]] });
    const pressed = expect(dc.pressButton(ann, bot)).rejects.toThrow('the data center was closed');
    await dc.close();
    await pressed;
  });
});

describe('pushes of a data center', () => {
  it('that are lost are not sent again by the session, whatever happens to the connection', async () => {
    const client = await signedIn(ann.phone);
    const texts = pushedTo(client);
    const lost = dc.updates.lose({ user: ann, times: 1 });
    dc.sendMany(bob, ann, ['lost', 'first']);
    await vi.waitUntil(() => texts.includes('first'));
    const cut = dc.faults.add({ kind: 'cut', on: 'incoming', when: 'after', times: 1 });
    await client.invoke(new help.GetConfigRequest());
    dc.send(bob, ann, 'second');
    await vi.waitUntil(() => texts.includes('second'));
    expect([lost.count, cut.count]).toEqual([1, 1]);
    expect(texts).not.toContain('lost');
    expect([...dc.refusals]).toEqual([]);
  });

  it('come late by the clock of the data center', async () => {
    const client = await signedIn(ann.phone);
    const texts = pushedTo(client);
    dc.updates.delay({ user: ann, ms: 30, times: 1 });
    dc.sendMany(bob, ann, ['late', 'early']);
    await vi.waitUntil(() => texts.includes('late'));
    expect(texts).toEqual(['early', 'late']);
  });

  it('go on after the server has forgotten the session, which it says', async () => {
    const client = await signedIn(ann.phone);
    const texts = pushedTo(client);
    const created: number[] = [];
    dc.faults.add({
      kind: 'drop',
      on: 'outgoing',
      match: ({ messages: all, connection }) => {
        if (all.some((one) => one.constructorId === NewSessionCreated.id)) created.push(connection);
        return false;
      },
    });
    await client.invoke(new help.GetConfigRequest());
    const before = created.length;
    expect(dc.updates.dropSession(ann)).toBeGreaterThan(0);
    expect(dc.updates.dropSession(bob)).toBe(0);
    dc.send(bob, ann, 'to nobody');
    await client.invoke(new help.GetConfigRequest());
    expect(created.length).toBeGreaterThan(before);
    dc.send(bob, ann, 'hello again');
    await vi.waitUntil(() => texts.includes('hello again'));
    expect(texts).not.toContain('to nobody');
    expect([...dc.refusals]).toEqual([]);
  });
});

describe('a bot', () => {
  it('is asked by a button, and its answer comes to who pressed', async () => {
    const bot = await dc.createUser({ bot: true });
    const client = await connect();
    await client.signIn({ botToken: bot.token });
    const answers: Promise<boolean>[] = [];
    client.on('raw-update', (one: object) => {
      if (!(one instanceof tl.Updates)) return;
      for (const update of one.updates)
        if (update instanceof tl.UpdateBotCallbackQuery)
          answers.push(
            client.invoke(
              new messages.SetBotCallbackAnswerRequest({
                queryId: update.queryId,
                message: `you said ${new TextDecoder().decode(update.data)}`,
                cacheTime: 0,
              }),
            ),
          );
    });
    const sent = dc.send(bot, ann, 'well?', { buttons: [[{ text: 'Yes', data: 'yes' }]] });
    const { message } = await dc.pressButton(ann, sent, 'Yes');
    expect(message).toBe('you said yes');
    expect(await Promise.all(answers)).toEqual([true]);
    dc.edit(sent, 'done');
    dc.read(ann, bot);
    const [seen] = dc.messagesOf(ann, bot) as [tl.Message];
    expect([seen.message, seen.replyMarkup?._]).toEqual(['done', 'replyInlineMarkup']);
    expect([...dc.unhandled]).toEqual([]);
  });
});
