import * as tl from '@tlgen/telegram';
import { updates } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel, type TestChat } from '../../../../packages/local-dc/src/scene.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { refusal, type Device } from '../methods/harness.js';
import { ofChannel, PushedHarness, textsOf } from './support.js';

let dc: PushedHarness;
let ann: User;
let bob: User;
let anns: Device;
let talk: TestChat;

beforeEach(async () => {
  dc = new PushedHarness();
  [ann, bob] = [await dc.user(), await dc.user()];
  anns = await dc.signedIn(ann);
  talk = createChannel(dc.world, { title: 'T', megagroup: true, creator: bob, members: [ann] });
});

const ask = (pts: number, limit = 100, force = false) =>
  ofChannel(anns, anns.channel(talk), pts, limit, force);

describe('updates.getChannelDifference', () => {
  it('comes in slices, the last of which is final, and says when to ask again', async () => {
    const pts = dc.updates.channelPts(talk);
    dc.act.sendMany(bob, talk, ['1', '2', '3']);
    dc.updates.channelTimeout = 7;
    const first = (await ask(pts, 2)) as updates.ChannelDifference;
    expect(first).toMatchObject({ final: false, pts: pts + 2, timeout: 7 });
    const last = (await ask(first.pts, 2, true)) as updates.ChannelDifference;
    expect(last).toMatchObject({ final: true, pts: pts + 3 });
    expect(textsOf([...first.newMessages, ...last.newMessages])).toEqual(['1', '2', '3']);
    expect(await ask(pts + 3)).toEqual(
      new updates.ChannelDifferenceEmpty({ final: true, pts: pts + 3, timeout: 7 }),
    );
    dc.updates.sliceSize = 1;
    expect(await ask(pts)).toMatchObject({ final: false, pts: pts + 1 });
  });

  it('of one that is too far behind is how the channel is now', async () => {
    const pts = dc.updates.channelPts(talk);
    dc.act.sendMany(bob, talk, ['1', '2', '3', '4']);
    dc.updates.keep({ channel: 3 });
    const got = (await ask(pts, 2)) as updates.ChannelDifferenceTooLong;
    expect(got).toMatchObject({
      _: 'updates.channelDifferenceTooLong',
      final: true,
      timeout: 30,
      dialog: { peer: { channelId: talk.id }, pts: pts + 4, unreadCount: 5 },
      chats: [{ id: talk.id, accessHash: anns.channel(talk).accessHash }],
      users: [{ id: bob.id }],
    });
    expect(textsOf(got.messages)).toEqual(['4', '3']);
    expect(got.dialog).toMatchObject({ topMessage: (got.messages[0] as tl.Message).id });
    expect(await ask(pts + 1)).toMatchObject({ _: 'updates.channelDifference', final: true });
  });

  it('gives bots more at once', async () => {
    const bot = await dc.user({ bot: true });
    const device = await dc.signedIn(bot);
    dc.act.join(bot, talk);
    const pts = dc.updates.channelPts(talk);
    dc.act.sendMany(
      bob,
      talk,
      Array.from({ length: 150 }, (_, at) => `${at}`),
    );
    const toBot = (await ofChannel(
      device,
      device.channel(talk),
      pts,
      100_000,
    )) as updates.ChannelDifference;
    expect([toBot.final, toBot.newMessages.length]).toEqual([true, 150]);
    const toAnn = (await ask(pts, 100_000)) as updates.ChannelDifference;
    expect([toAnn.final, toAnn.newMessages.length]).toEqual([false, 100]);
  });

  it('is refused from nowhere, from the future, and for channels that are not to be seen', async () => {
    expect(await refusal(ask(0))).toBe('400 PERSISTENT_TIMESTAMP_EMPTY');
    expect(await refusal(ask(999))).toBe('400 PERSISTENT_TIMESTAMP_INVALID');
    const wrong = new tl.InputChannel({ channelId: talk.id, accessHash: 1n });
    expect(await refusal(ofChannel(anns, wrong, 1))).toBe('400 CHANNEL_INVALID');
    dc.act.leave(ann, talk);
    expect(await refusal(ask(1))).toBe('406 CHANNEL_PRIVATE');
    dc.act.join(ann, talk);
    expect(await ask(1)).toMatchObject({ _: 'updates.channelDifference' });
    dc.act.kick(ann, talk);
    expect(await refusal(ask(1))).toBe('406 CHANNEL_PRIVATE');
    expect(() => dc.act.join(ann, talk)).toThrow('CHANNEL_PRIVATE');
  });

  it('is refused when the channel is deleted, and whoever was in it is told', async () => {
    anns.updates.length = 0;
    dc.act.deleteChannel(talk);
    expect(anns.updates).toMatchObject([
      {
        updates: [{ _: 'updateChannel', channelId: talk.id }],
        chats: [{ _: 'channelForbidden', id: talk.id }],
      },
    ]);
    expect(await refusal(ask(1))).toBe('406 CHANNEL_PRIVATE');
  });

  it('of a public channel is there for all', async () => {
    const news = createChannel(dc.world, { title: 'N', creator: bob, username: 'the_news' });
    expect(await ofChannel(anns, anns.channel(news), 1)).toMatchObject({
      final: true,
      timeout: 30,
    });
  });
});
