import * as tl from '@tlgen/telegram';
import { channels, messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { createGroup, type TestChat } from '../../../../packages/local-dc/src/scene.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { refusal, type Device } from '../methods/harness.js';
import { ofChannel, PushedHarness, textsOf, told } from './support.js';

let dc: PushedHarness;
let ann: User;
let bob: User;
let anns: Device;
let bobs: Device;
let group: TestChat;

beforeEach(async () => {
  dc = new PushedHarness();
  [ann, bob] = [await dc.user(), await dc.user()];
  [anns, bobs] = [await dc.signedIn(ann), await dc.signedIn(bob)];
  group = createGroup(dc.world, { title: 'Us', creator: ann, members: [bob] });
  dc.act.send(bob, group, 'before');
});

const migrate = (device: Device) =>
  device.call(new messages.MigrateChatRequest({ chatId: group.id }));

describe('messages.migrateChat', () => {
  it('makes a supergroup of a basic group: other ids, another pts, the same people', async () => {
    bobs.updates.length = 0;
    const answer = (await migrate(anns)) as tl.Updates;
    expect(answer.updates.map((one) => one._)).toEqual([
      'updateChannel',
      'updateNewMessage',
      'updateNewChannelMessage',
    ]);
    const old = answer.chats.find((one) => one._ === 'chat') as tl.Chat;
    const fresh = answer.chats.find((one) => one._ === 'channel') as tl.Channel;
    expect(old).toMatchObject({
      id: group.id,
      deactivated: true,
      participantsCount: 0,
      migratedTo: { channelId: fresh.id, accessHash: fresh.accessHash },
    });
    expect(fresh).toMatchObject({ title: 'Us', megagroup: true, creator: true, left: false });
    expect(told(bobs)).toEqual(['updateNewMessage', 'updateChannel', 'updateNewChannelMessage']);
    // The one box ends with a message about the other, and the other begins with one.
    const before = dc.act.messagesOf(bob, group);
    expect(textsOf(before).at(-1)).toBe('messageActionChatMigrateTo');
    const { channelId } = (before.at(-1) as tl.MessageService)
      .action as tl.MessageActionChatMigrateTo;
    expect(channelId).toBe(fresh.id);
    const missed = (await ofChannel(bobs, bobs.channel(fresh), 1)) as tl.updates.ChannelDifference;
    expect(missed.newMessages).toMatchObject([
      { id: 1, action: { _: 'messageActionChannelMigrateFrom', chatId: group.id, title: 'Us' } },
    ]);
    expect(missed.chats).toMatchObject([{ id: group.id }, { id: fresh.id }]);
    const full = await bobs.call(
      new channels.GetFullChannelRequest({ channel: bobs.channel(fresh) }),
    );
    const migratedFromMaxId = (before.at(-1) as tl.MessageService).id;
    expect(full.fullChat).toMatchObject({ migratedFromChatId: group.id, migratedFromMaxId });
  });

  it('lets nobody write in what was the group, and all in what it is', async () => {
    const talk = dc.act.migrate(group);
    const peer = new tl.InputPeerChat({ chatId: group.id });
    expect(await refusal(bobs.send(peer, 'x'))).toBe('400 CHAT_WRITE_FORBIDDEN');
    expect(() => dc.act.send(bob, group, 'x')).toThrow('is not in the group');
    const { pts } = bob.box;
    await bobs.send(bobs.channelPeer(talk), 'after');
    expect(textsOf(dc.act.messagesOf(ann, talk))).toEqual([
      'messageActionChannelMigrateFrom',
      'after',
    ]);
    expect([bob.box.pts, dc.updates.channelPts(talk)]).toEqual([pts, 3]);
  });

  it('is for the creator, once', async () => {
    expect(await refusal(migrate(bobs))).toBe('400 CHAT_ADMIN_REQUIRED');
    await migrate(anns);
    expect(await refusal(migrate(anns))).toBe('400 CHAT_ID_INVALID');
    expect(() => dc.act.migrate(group)).toThrow('CHAT_ID_INVALID');
    const other = new messages.MigrateChatRequest({ chatId: 1n });
    expect(await refusal(anns.call(other))).toBe('400 CHAT_ID_INVALID');
  });
});
