import * as tl from '@tlgen/telegram';
import { updates } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel, createGroup } from '../../../../packages/local-dc/src/scene.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import type { Device } from '../methods/harness.js';
import { common, PushedHarness, textsOf, told } from './support.js';

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

describe('pushes', () => {
  it('that are lost are in the difference', async () => {
    const lost = dc.updates.lose({ user: ann, times: 2 });
    say('1', '2', '3');
    expect(told(anns)).toEqual(['short: 3']);
    expect(lost.count).toBe(2);
    const got = (await common(anns, 1)) as updates.Difference;
    expect(textsOf(got.newMessages)).toEqual(['1', '2', '3']);
    expect(got.state.pts).toBe(dc.updates.ptsOf(ann));
  });

  it('fall the same way every time with the same seed', async () => {
    const run = async (seed: number): Promise<string[]> => {
      const world = new PushedHarness(seed);
      const [a, b] = [await world.user(), await world.user()];
      const device = await world.signedIn(a);
      world.updates.shortForms = false;
      world.updates.lose({ probability: 0.3 });
      world.updates.duplicate({ probability: 0.3 });
      world.updates.delay({ probability: 0.3, ms: [1, 100] });
      for (let i = 0; i < 30; i++) {
        world.act.send(b, a, `${i}`);
        world.pass(10);
      }
      world.pass(100);
      return told(device);
    };
    const [first, again, other] = [await run(1), await run(1), await run(2)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(new Set(first).size).toBeLessThan(30);
    expect(first.length).toBeGreaterThan(new Set(first).size);
  });

  it('of nobody, or about no channel, cannot go wrong', () => {
    const group = createGroup(dc.world, { title: 'G', creator: bob, members: [ann] });
    for (const kind of ['lose', 'duplicate', 'delay', 'reorder'] as const) {
      expect(() => dc.updates[kind]({ user: 5n })).toThrow(TypeError);
      expect(() => dc.updates[kind]({ user: { id: 5n } })).toThrow('there is no user 5');
      expect(() => dc.updates[kind]({ channel: 5n })).toThrow(TypeError);
      expect(() => dc.updates[kind]({ channel: group })).toThrow(`no channel ${group.id}`);
      expect(() => dc.updates[kind]({ channel: ann })).toThrow(`no channel ${ann.id}`);
    }
    anns.updates.length = 0;
    say('1');
    expect(told(anns)).toEqual(['1']);
  });

  it('in another order come in swapped pairs', () => {
    dc.updates.shortForms = false;
    anns.updates.length = 0;
    dc.updates.reorder({ user: ann });
    say('1', '2', '3', '4', '5', '6');
    expect(told(anns)).toEqual(['2', '1', '4', '3', '6', '5']);
  });

  it('each sign-in has a copy of its own, which may have its own fate', async () => {
    const phone = await dc.signedIn(ann);
    anns.updates.length = 0;
    dc.updates.lose({ user: ann, times: 1 });
    say('1');
    expect([told(anns), told(phone)]).toEqual([[], ['1']]);
  });

  it('of one who signed out meanwhile reach nobody', async () => {
    dc.updates.delay({ ms: 10 });
    say('1');
    await anns.call(new tl.auth.LogOutRequest());
    dc.pass(10);
    expect(told(anns)).toEqual([]);
  });

  it('stop and begin again', () => {
    dc.updates.silence(ann);
    say('1');
    dc.updates.tooLong(ann);
    expect(told(anns)).toEqual([]);
    expect(dc.updates.resume(ann)).toBe(true);
    say('2');
    expect(told(anns)).toEqual(['short: 2']);
    expect(() => dc.updates.silence(5n)).toThrow('there is no user 5');
  });

  it('may say that it is too much to say', () => {
    const news = createChannel(dc.world, { title: 'News', creator: bob, members: [ann] });
    anns.updates.length = 0;
    dc.updates.tooLong(ann);
    dc.updates.channelTooLong(ann, news);
    dc.updates.channelTooLong(ann, news, { pts: false });
    expect(anns.updates[0]).toEqual(new tl.UpdatesTooLong());
    const [, second, third] = anns.updates as [unknown, tl.Updates, tl.Updates];
    expect(second.updates).toEqual([
      new tl.UpdateChannelTooLong({ channelId: news.id, pts: dc.updates.channelPts(news) }),
    ]);
    expect(second).toMatchObject({ seq: 0, chats: [{ id: news.id }] });
    expect(third.updates).toEqual([new tl.UpdateChannelTooLong({ channelId: news.id })]);
    expect(() => dc.updates.channelTooLong(ann, 1n)).toThrow('there is no channel 1');
  });

  it('come in short forms, unless they may not', async () => {
    const group = createGroup(dc.world, { title: 'G', creator: bob, members: [ann] });
    say('0');
    anns.updates.length = 0;
    const both = () => {
      dc.act.send(bob, ann, 'a');
      dc.act.send(bob, group, 'b');
      return anns.updates.splice(0).map((one) => one._);
    };
    expect(both()).toEqual(['updateShortMessage', 'updateShortChatMessage']);
    expect((await anns.send(anns.peer(bob), 'x'))._).toBe('updateShortSentMessage');
    dc.updates.shortForms = false;
    anns.updates.length = 0;
    expect(both()).toEqual(['updates', 'updates']);
    expect(await anns.send(anns.peer(bob), 'x')).toMatchObject({
      _: 'updates',
      updates: [{ _: 'updateMessageID' }, { _: 'updateNewMessage', message: { out: true } }],
    });
    // A filter sees the same in both.
    dc.updates.shortForms = true;
    const lost = dc.updates.lose({ user: ann, filter: (one) => one._ === 'updateNewMessage' });
    expect([both(), lost.count]).toEqual([[], 2]);
  });
});

describe('what tests compare with', () => {
  it('is the history of a box: what happened, with its pts, as it was then', async () => {
    const [first, second] = say('1', '2');
    if (!first || !second) throw new Error('nothing was sent');
    dc.act.edit(first, 'one');
    dc.act.deleteMessages([first, second]);
    const history = dc.updates.history(ann);
    expect(
      history.map(({ update, pts, ptsCount, gone }) => [update._, pts, ptsCount, gone]),
    ).toEqual([
      ['updateNewMessage', 2, 1, true],
      ['updateNewMessage', 3, 1, true],
      ['updateEditMessage', 4, 1, true],
      ['updateDeleteMessages', 6, 2, false],
    ]);
    expect(history[0]).toMatchObject({ date: dc.now, update: { message: { message: '1' } } });
    expect(history.at(-1)?.pts).toBe(dc.updates.ptsOf(ann));
  });

  it('is the history of a channel', () => {
    const talk = createChannel(dc.world, { title: 'T', megagroup: true, creator: bob });
    const sent = dc.act.send(bob, talk, 'a');
    dc.act.edit(sent, 'b');
    const history = dc.updates.channelHistory(talk);
    expect(history.some(({ gone }) => gone)).toBe(false);
    expect(history.map(({ update }) => update._)).toEqual([
      'updateNewChannelMessage',
      'updateNewChannelMessage',
      'updateEditChannelMessage',
    ]);
    expect(history[1]).toMatchObject({ gone: false, update: { message: { message: 'a' } } });
    expect(history.at(-1)?.pts).toBe(dc.updates.channelPts(talk));
    dc.act.deleteMessages(sent);
    const after = dc.updates.channelHistory(talk).map(({ gone }) => gone);
    expect(after).toEqual([false, true, true, false]);
  });

  it('is qts and seq of the newest sign-in, 0 when there is none', async () => {
    expect([dc.updates.qtsOf(bob), dc.updates.seqOf(bob)]).toEqual([0, 0]);
    const [device] = dc.world.homesOf(ann.id);
    if (device) device.encrypted.qts = 4;
    expect(dc.updates.qtsOf(ann.id)).toBe(4);
    createChannel(dc.world, { title: 'T', creator: bob, members: [ann] });
    expect(dc.updates.seqOf(ann)).toBe(1);
    await dc.signedIn(ann);
    expect([dc.updates.qtsOf(ann), dc.updates.seqOf(ann)]).toEqual([0, 0]);
  });
});
