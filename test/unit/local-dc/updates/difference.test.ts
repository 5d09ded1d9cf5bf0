import * as tl from '@tlgen/telegram';
import { updates } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel } from '../../../../packages/local-dc/src/scene.js';
import { tell } from '../../../../packages/local-dc/src/world/deliveries.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { refusal, type Device } from '../methods/harness.js';
import { common, PushedHarness, textsOf } from './support.js';

let dc: PushedHarness;
let ann: User;
let bob: User;
let anns: Device;

beforeEach(async () => {
  dc = new PushedHarness();
  [ann, bob] = [await dc.user(), await dc.user()];
  anns = await dc.signedIn(ann);
});

const say = (...texts: string[]) => dc.act.sendMany(bob, ann, texts);
const full = async (pts: number, fields: object = {}, date?: number) =>
  (await common(anns, pts, fields, date)) as updates.Difference;

describe('updates.getDifference', () => {
  it('comes in slices of the size that the test says, or the client', async () => {
    say('1', '2', '3', '4', '5');
    dc.updates.sliceSize = 2;
    const first = (await common(anns, 1)) as updates.DifferenceSlice;
    expect(first).toMatchObject({ _: 'updates.differenceSlice', intermediateState: { pts: 3 } });
    expect(textsOf(first.newMessages)).toEqual(['1', '2']);
    const one = (await common(anns, 3, { ptsLimit: 1 })) as updates.DifferenceSlice;
    expect(textsOf(one.newMessages)).toEqual(['3']);
    const last = await full(4, { ptsLimit: 50 });
    expect(last).toMatchObject({ _: 'updates.difference', state: { pts: 6 } });
    expect(textsOf(last.newMessages)).toEqual(['4', '5']);
    dc.updates.sliceSize = null;
    expect((await full(1)).newMessages).toHaveLength(5);
  });

  it('is too long beyond what is kept, and beyond what the client wants', async () => {
    say('1', '2', '3');
    dc.updates.keep({ common: 2 });
    expect(await common(anns, 1)).toMatchObject({ _: 'updates.differenceTooLong', pts: 4 });
    expect(await common(anns, 2)).toMatchObject({ _: 'updates.difference' });
    expect(await common(anns, 2, { ptsTotalLimit: 1 })).toMatchObject({ pts: 4 });
    expect(await common(anns, 2, { ptsTotalLimit: 2 })).toMatchObject({ _: 'updates.difference' });
    dc.updates.keep({ channel: 1 });
    expect(await common(anns, 1)).toMatchObject({ _: 'updates.differenceTooLong' });
    dc.updates.keep({ common: 0 });
    expect(await common(anns, 4)).toMatchObject({ _: 'updates.differenceEmpty' });
    expect(() => dc.updates.keep({ common: -1 })).toThrow('common takes a whole number');
    expect(() => (dc.updates.sliceSize = 0)).toThrow('sliceSize takes a whole number, 1 or more');
    expect(await refusal(common(anns, 1, {}, 0))).toBe('400 DATE_EMPTY');
  });

  it('tells edits of messages that are still there, as these are now', async () => {
    const [kept, deleted] = say('1', '2');
    if (!kept || !deleted) throw new Error('nothing was sent');
    const { pts } = ann.box;
    dc.act.edit(kept, 'one');
    dc.act.edit(deleted, 'two');
    dc.act.edit(kept, 'first');
    dc.act.deleteMessages(deleted);
    const all = await full(1);
    expect(textsOf(all.newMessages)).toEqual(['first']);
    const edits = (await full(pts)).otherUpdates;
    expect(edits).toMatchObject([
      { _: 'updateEditMessage', pts: pts + 1, message: { message: 'first' } },
      { _: 'updateEditMessage', pts: pts + 3, message: { message: 'first' } },
      { _: 'updateDeleteMessages', pts: pts + 4 },
    ]);
    expect(all.otherUpdates).toEqual(edits);
  });

  it('says which channels have news, with their pts, and brings them along', async () => {
    const news = createChannel(dc.world, { title: 'News', creator: bob, members: [ann] });
    const quiet = createChannel(dc.world, { title: 'Quiet', creator: bob, members: [ann] });
    dc.now += 100;
    const left = dc.now;
    const nothing = await common(anns, ann.box.pts, {}, left);
    expect(nothing).toMatchObject({ _: 'updates.differenceEmpty' });
    dc.act.send(bob, news, 'new');
    const got = await full(ann.box.pts, {}, left);
    expect(got.otherUpdates).toEqual([
      new tl.UpdateChannelTooLong({ channelId: news.id, pts: dc.updates.channelPts(news) }),
    ]);
    expect(got.chats).toMatchObject([{ id: news.id, title: 'News' }]);
    // Further back, there is news in both, and one learns that one is in them.
    const all = await full(ann.box.pts);
    const of = (name: string) =>
      all.otherUpdates.flatMap((one) => (one._ === name && 'channelId' in one ? [one] : []));
    expect(of('updateChannelTooLong').map(({ channelId }) => channelId)).toEqual([
      news.id,
      quiet.id,
    ]);
    expect(of('updateChannel').map(({ channelId }) => channelId)).toEqual([news.id, quiet.id]);
    dc.act.leave(ann, news);
    const after = await full(ann.box.pts, {}, left);
    expect(after.otherUpdates.map((one) => one._)).toEqual(['updateChannel']);
    expect(after.chats).toMatchObject([{ _: 'channelForbidden', id: news.id }]);
  });

  it('says so of channels whose push was lost, whatever the date, until the client knows', async () => {
    const news = createChannel(dc.world, { title: 'News', creator: bob, members: [ann] });
    const lost = dc.updates.lose({ channel: news, times: 1 });
    dc.act.send(bob, news, 'lost');
    expect(lost.count).toBe(1);
    dc.now += 100;
    const pts = dc.updates.channelPts(news);
    const told = async () => {
      const answer = await common(anns, ann.box.pts, {}, dc.now);
      return 'otherUpdates' in answer ? answer.otherUpdates : [];
    };
    const news1 = new tl.UpdateChannelTooLong({ channelId: news.id, pts });
    expect(await told()).toEqual([news1]);
    const ask = (from: number) =>
      anns.call(
        new updates.GetChannelDifferenceRequest({
          channel: anns.channel(news),
          filter: new tl.ChannelMessagesFilterEmpty(),
          pts: from,
          limit: 10,
        }),
      );
    await ask(pts - 1);
    expect(await told()).toEqual([news1]);
    await ask(pts);
    expect(await told()).toEqual([]);
  });

  it('brings what only seq numbers, once for each thing it is about', async () => {
    const talk = createChannel(dc.world, {
      title: 'Talk',
      megagroup: true,
      creator: ann,
      members: [bob],
    });
    const lost = dc.updates.lose({ filter: (one) => one._ === 'updateReadChannelOutbox' });
    const before = dc.updates.seqOf(ann);
    for (const text of ['1', '2']) {
      dc.act.send(ann, talk, text);
      dc.act.read(bob, talk);
    }
    expect([lost.count, dc.updates.seqOf(ann)]).toEqual([2, before + 2]);
    const got = await full(1);
    const reads = got.otherUpdates.filter((one) => one._ === 'updateReadChannelOutbox');
    expect(reads).toMatchObject([
      { channelId: talk.id, maxId: dc.act.messagesOf(ann, talk).length },
    ]);
    expect(got.state.seq).toBe(before + 2);
  });

  it('does not repeat what was true for a moment only', async () => {
    const typing = new tl.UpdateUserTyping({
      userId: bob.id,
      action: new tl.SendMessageTypingAction(),
    });
    const pushed = anns.updates.length;
    tell(dc.world, ann, [typing]);
    expect(anns.updates).toHaveLength(pushed + 1);
    expect(await common(anns, 1)).toMatchObject({ _: 'updates.differenceEmpty' });
  });

  it('is the same for bots', async () => {
    const bot = await dc.user({ bot: true });
    const device = await dc.signedIn(bot);
    dc.act.sendMany(ann, bot, ['/start', '/stop']);
    dc.updates.sliceSize = 1;
    const got = (await common(device, 1)) as updates.DifferenceSlice;
    expect(textsOf(got.newMessages)).toEqual(['/start']);
    expect(got.users.map(({ id }) => id)).toContain(ann.id);
  });
});
