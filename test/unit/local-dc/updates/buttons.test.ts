import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createChannel, createGroup } from '../../../../packages/local-dc/src/scene.js';
import { press as startPress } from '../../../../packages/local-dc/src/world/pressing.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { refusal, type Device } from '../methods/harness.js';
import { common, PushedHarness } from './support.js';

let dc: PushedHarness;
let ann: User;
let bot: User;
let anns: Device;
let bots: Device;

beforeEach(async () => {
  dc = new PushedHarness();
  [ann, bot] = [await dc.user(), await dc.user({ bot: true })];
  [anns, bots] = [await dc.signedIn(ann), await dc.signedIn(bot)];
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const buttons = [
  [
    { text: 'Yes', data: 'yes' },
    { text: 'No', data: 'no' },
  ],
  [{ text: 'Site', url: 'https://example.org' }],
];
const offer = () => dc.act.send(bot, ann, 'well?', { buttons });

/** The query that the bot was asked last. */
async function asked(): Promise<tl.UpdateBotCallbackQuery> {
  const newest = (): tl.TypeUpdate | undefined => (bots.updates.at(-1) as tl.Updates).updates[0];
  await vi.waitUntil(() => newest()?._ === 'updateBotCallbackQuery');
  return newest() as tl.UpdateBotCallbackQuery;
}
const answer = (queryId: bigint, fields: object = {}) =>
  bots.call(new messages.SetBotCallbackAnswerRequest({ queryId, cacheTime: 0, ...fields }));
const press = (msgId: number, data: string) =>
  anns.call(
    new messages.GetBotCallbackAnswerRequest({ peer: anns.peer(bot), msgId, data: bytes(data) }),
  );

describe('a button', () => {
  it('asks its bot, and shows what the bot says', async () => {
    const sent = offer();
    const seen = dc.act.messagesOf(ann, bot).at(-1)?.id ?? 0;
    const pressed = press(seen, 'no');
    const query = await asked();
    expect(query).toMatchObject({
      userId: ann.id,
      peer: { _: 'peerUser', userId: ann.id },
      msgId: sent.id,
      data: bytes('no'),
    });
    expect((bots.updates.at(-1) as tl.Updates).users).toMatchObject([{ id: ann.id }]);
    expect(await answer(query.queryId, { message: 'pity', alert: true, cacheTime: 5 })).toBe(true);
    expect(await pressed).toMatchObject({
      _: 'messages.botCallbackAnswer',
      message: 'pity',
      alert: true,
      cacheTime: 5,
    });
    expect(await refusal(answer(query.queryId))).toBe('400 QUERY_ID_INVALID');
  });

  it('is pressed by the test: in a chat, under a message, by text or data', async () => {
    const sent = offer();
    for (const [where, button, data] of [
      [bot, undefined, 'yes'],
      [bot, 'No', 'no'],
      [sent, 'yes', 'yes'],
      [sent, bytes('no'), 'no'],
    ] as const) {
      const pressed = dc.act.pressButton(ann, where, button);
      const { queryId, data: got } = await asked();
      expect(got).toEqual(bytes(data));
      await answer(queryId, { url: 'https://example.org/' });
      expect(await pressed).toMatchObject({ url: 'https://example.org/', hasUrl: true });
    }
    await expect(dc.act.pressButton(ann, bot, 'Site')).rejects.toThrow(
      'has no such button: there are "Yes", "No"',
    );
    const plain = dc.act.send(bot, ann, 'no buttons');
    await expect(dc.act.pressButton(ann, plain)).rejects.toThrow('there are none');
    await expect(dc.act.pressButton(bot, ann)).rejects.toThrow('is a bot');
  });

  it('works in groups and supergroups, with one chat instance for all of one chat', async () => {
    const bob = await dc.user();
    const group = createGroup(dc.world, { title: 'G', creator: ann, members: [bot, bob] });
    const talk = createChannel(dc.world, {
      title: 'T',
      megagroup: true,
      creator: ann,
      members: [bot, bob],
    });
    const instances = [];
    for (const chat of [group, talk]) {
      dc.act.send(ann, chat, 'first');
      const { id } = dc.act.send(bot, chat, 'well?', { buttons });
      for (const user of [ann, bob]) {
        const pressed = dc.act.pressButton(user, chat);
        const query = await asked();
        expect(query).toMatchObject({ userId: user.id, msgId: id });
        instances.push(query.chatInstance);
        await answer(query.queryId);
        await pressed;
      }
    }
    expect(instances[0]).toBe(instances[1]);
    expect(instances[2]).toBe(instances[3]);
    expect(instances[1]).not.toBe(instances[2]);
  });

  it('waits for the bot for a while', async () => {
    offer();
    const pressed = refusal(press(1, 'yes'));
    const { queryId } = await asked();
    dc.pass(14_999);
    dc.pass(1);
    expect(await pressed).toBe('400 BOT_RESPONSE_TIMEOUT');
    expect(await refusal(answer(queryId))).toBe('400 QUERY_ID_INVALID');
  });

  it('is not waited for when the data center closes, nor by who has gone', async () => {
    const sent = offer();
    const pressed = expect(dc.act.pressButton(ann, sent)).rejects.toThrow(TypeError);
    const { queryId } = await asked();
    const gone = bots.updates.length;
    const target = { key: `user:${bot.id}`, user: bot } as const;
    const data = bytes('yes');
    expect(() => startPress(dc.world, ann, target, 1, data, AbortSignal.abort())).toThrow(
      'BOT_RESPONSE_TIMEOUT',
    );
    expect(bots.updates).toHaveLength(gone);
    dc.world.callbacks.close();
    await pressed;
    expect(await refusal(answer(queryId))).toBe('400 QUERY_ID_INVALID');
    await expect(dc.act.pressButton(ann, sent)).rejects.toThrow('the data center was closed');
    dc.world.callbacks.close();
  });

  it('of a channel is there for those only who may see it', async () => {
    const talk = createChannel(dc.world, {
      title: 'T',
      megagroup: true,
      creator: ann,
      members: [bot],
    });
    const sent = dc.act.send(bot, talk, 'well?', { buttons });
    const eve = await dc.user();
    const before = bots.updates.length;
    for (const where of [talk, sent])
      await expect(dc.act.pressButton(eve, where)).rejects.toThrow(
        new TypeError(`cannot press the button: ${eve.id} may not look into channel:${talk.id}`),
      );
    expect(bots.updates).toHaveLength(before);
    dc.act.join(eve, talk);
    const pressed = dc.act.pressButton(eve, talk);
    await answer((await asked()).queryId);
    await pressed;
  });

  it('comes again in a difference until it was answered', async () => {
    offer();
    dc.updates.lose({ user: bot, times: 1 });
    const pressed = dc.act.pressButton(ann, bot);
    const missed = (await common(bots, bot.box.pts)) as tl.updates.Difference;
    const [query] = missed.otherUpdates as [tl.UpdateBotCallbackQuery];
    expect(query._).toBe('updateBotCallbackQuery');
    await answer(query.queryId);
    await pressed;
    expect((await common(bots, bot.box.pts))._).toBe('updates.differenceEmpty');
  });

  it('is refused where there is none, and so are wrong answers', async () => {
    const sent = offer();
    expect(await refusal(press(99, 'yes'))).toBe('400 MESSAGE_ID_INVALID');
    expect(await refusal(press(1, 'maybe'))).toBe('400 DATA_INVALID');
    const own = await anns.send(anns.peer(bot), 'mine');
    const { id } = own as tl.UpdateShortSentMessage;
    expect(await refusal(press(id, 'yes'))).toBe('400 MESSAGE_ID_INVALID');
    const pressed = dc.act.pressButton(ann, sent);
    const { queryId } = await asked();
    const other = await dc.signedIn(await dc.user({ bot: true }));
    const foreign = new messages.SetBotCallbackAnswerRequest({ queryId, cacheTime: 0 });
    expect(await refusal(other.call(foreign))).toBe('400 QUERY_ID_INVALID');
    expect(await refusal(answer(queryId, { message: 'x'.repeat(201) }))).toBe(
      '400 MESSAGE_TOO_LONG',
    );
    expect(await refusal(answer(queryId, { url: 'nowhere' }))).toBe('400 URL_INVALID');
    expect(await refusal(anns.call(foreign))).toMatch(/^400 (USER_BOT_REQUIRED|QUERY_ID_INVALID)$/);
    await answer(queryId, { message: 'ok' });
    expect(await pressed).toMatchObject({ message: 'ok', hasUrl: false });
  });
});
