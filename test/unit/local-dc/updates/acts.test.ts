import * as tl from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel, createGroup } from '../../../../packages/local-dc/src/scene.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import type { Device } from '../methods/harness.js';
import { PushedHarness, textsOf, told } from './support.js';

let dc: PushedHarness;
let ann: User;
let bob: User;
let anns: Device;

beforeEach(async () => {
  dc = new PushedHarness();
  [ann, bob] = [await dc.user(), await dc.user()];
  anns = await dc.signedIn(ann);
});

const last = (device: Device): tl.TypeUpdate => {
  const container = device.updates.at(-1) as tl.Updates;
  return container.updates.at(-1) as tl.TypeUpdate;
};

describe('what users do without a client', () => {
  it('sending with formatting, buttons, an answer; changing that', () => {
    const first = dc.act.send(bob, ann, 'one');
    const bold = new tl.MessageEntityBold({ offset: 0, length: 3 });
    const sent = dc.act.send(bob, ann, 'two', {
      entities: [bold],
      silent: true,
      replyTo: first.id,
      buttons: [[{ text: 'Site', url: 'https://example.org' }]],
    });
    expect(sent).toMatchObject({ id: 2, from: bob.id, chat: ann });
    const seen = () => dc.act.messagesOf(ann, bob).at(-1) as tl.Message;
    expect(seen()).toMatchObject({
      message: 'two',
      silent: true,
      out: false,
      entities: [{ _: 'messageEntityBold' }],
      replyTo: { replyToMsgId: 1 },
      replyMarkup: { rows: [{ buttons: [{ text: 'Site' }] }] },
    });
    dc.act.edit(sent, 'three', { buttons: [[{ text: 'Go', data: 'go' }]] });
    expect(seen()).toMatchObject({
      message: 'three',
      replyMarkup: { rows: [{ buttons: [{ text: 'Go' }] }] },
    });
    expect(seen().entities).toBeUndefined();
    expect(last(anns)).toMatchObject({ _: 'updateEditMessage', message: { message: 'three' } });
  });

  it('deleting, several in one update, by either side, for one or both', () => {
    const [a, b, c] = dc.act.sendMany(bob, ann, ['a', 'b', 'c']);
    if (!a || !b || !c) throw new Error('nothing was sent');
    dc.act.deleteMessages([a, b]);
    expect(last(anns)).toMatchObject({ _: 'updateDeleteMessages', messages: [1, 2], ptsCount: 2 });
    dc.act.deleteMessages(c, { as: ann, revoke: false });
    expect(dc.act.messagesOf(ann, bob)).toEqual([]);
    expect(textsOf(dc.act.messagesOf(bob, ann))).toEqual(['c']);
    expect(() => dc.act.deleteMessages(a)).toThrow('it may be deleted');
    expect(() => dc.act.edit(a, 'x')).toThrow('it may be deleted');
  });

  it('all that in supergroups, where not everybody may', () => {
    const talk = createChannel(dc.world, {
      title: 'T',
      megagroup: true,
      creator: bob,
      members: [ann],
    });
    const sent = dc.act.send(bob, talk, 'a');
    dc.act.edit(sent, 'b');
    expect(last(anns)).toMatchObject({ _: 'updateEditChannelMessage', message: { message: 'b' } });
    dc.act.read(ann, talk);
    expect(last(anns)).toMatchObject({ _: 'updateReadChannelInbox', stillUnreadCount: 0 });
    expect(() => dc.act.deleteMessages(sent, { as: ann })).toThrow('MESSAGE_DELETE_FORBIDDEN');
    dc.act.deleteMessages(sent);
    expect(last(anns)).toMatchObject({ _: 'updateDeleteChannelMessages', messages: [sent.id] });
  });

  it('coming and going', async () => {
    const group = createGroup(dc.world, { title: 'G', creator: bob });
    const news = createChannel(dc.world, { title: 'N', creator: bob });
    anns.updates.length = 0;
    for (const chat of [group, news]) dc.act.join(ann, chat);
    for (const chat of [group, news]) dc.act.leave(ann, chat);
    expect(told(anns)).toEqual([
      'updateNewMessage',
      'updateChannel',
      'updateNewMessage',
      'updateChannel',
    ]);
    for (const chat of [group, news]) {
      dc.act.join(ann, chat);
      expect(() => dc.act.join(ann, chat)).toThrow('USER_ALREADY_PARTICIPANT');
      dc.act.kick(ann, chat);
      expect(() => dc.act.leave(ann, chat)).toThrow(/USER_NOT_PARTICIPANT|CHAT_WRITE_FORBIDDEN/);
    }
    expect(() => dc.act.join(ann, news)).toThrow('CHANNEL_PRIVATE');
    dc.act.deleteChannel(news);
    expect(() => dc.act.deleteChannel(group)).toThrow('is no channel');
    expect(() => dc.act.migrate(news)).toThrow('is no basic group');
  });
});
