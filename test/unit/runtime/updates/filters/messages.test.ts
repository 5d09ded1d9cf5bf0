import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { filters } from '../../../../../packages/runtime/src/updates/filters/index.js';
import {
  channel,
  edit,
  eventOf,
  group,
  message,
  newMessage,
  post,
  serviceMessage,
  user,
} from '../event/kit.js';
import { found, passes } from './kit.js';

const pin = serviceMessage(new base.MessageActionPinMessage());
const gone = new base.UpdateNewMessage({
  message: new base.MessageEmpty({ id: 1 }),
  pts: 1,
  ptsCount: 1,
});
const deletion = new base.UpdateDeleteMessages({ messages: [3, 4], pts: 1, ptsCount: 1 });
const editedService = new base.UpdateEditMessage({ message: pin.message, pts: 1, ptsCount: 1 });

describe('kinds of messages', () => {
  it('message', () => {
    const update = newMessage();
    expect(found(filters.message, update)).toEqual({ message: update.message, chatId: 100n });
    expect(passes(filters.message, post())).toBe(true);
    for (const other of [edit(), pin, gone, deletion]) {
      expect(passes(filters.message, other)).toBe(false);
    }
  });

  it('edited', () => {
    expect(found(filters.edited, edit())).toEqual({ message: edit().message, chatId: 100n });
    for (const other of [newMessage(), pin, gone, deletion, editedService]) {
      expect(passes(filters.edited, other)).toBe(false);
    }
  });

  it('editedTo turns filters of new messages to edited ones', () => {
    const start = filters.editedTo(filters.command('start').and(filters.private));
    expect(found(start, edit({ message: '/start x' }))?.command.args).toBe('x');
    expect(passes(start, newMessage({ message: '/start x' }))).toBe(false);
    expect(passes(start, edit({ message: 'hello' }))).toBe(false);
    expect(passes(filters.editedTo(filters.service()), editedService)).toBe(true);
    expect(passes(filters.editedTo(filters.all), deletion)).toBe(false);
    expect(passes(filters.text(), edit())).toBe(false);
  });

  it('service', () => {
    expect(found(filters.service(), pin)).toEqual({
      message: pin.message,
      chatId: -9n,
      action: new base.MessageActionPinMessage(),
    });
    expect(passes(filters.service('messageActionPinMessage'), pin)).toBe(true);
    expect(passes(filters.service('messageActionHistoryClear'), pin)).toBe(false);
    for (const other of [newMessage(), edit(), gone, editedService]) {
      expect(passes(filters.service(), other)).toBe(false);
    }
  });

  it('deleted', () => {
    expect(found(filters.deleted, deletion)).toEqual({ update: deletion, messageIds: [3, 4] });
    const inChannel = new base.UpdateDeleteChannelMessages({
      channelId: 5n,
      messages: [1],
      pts: 1,
      ptsCount: 1,
    });
    expect(found(filters.deleted, inChannel)?.messageIds).toEqual([1]);
    expect(passes(filters.deleted, newMessage())).toBe(false);
  });

  it('pinned', () => {
    const init = { peer: user(1n), messages: [7], pts: 1, ptsCount: 1 };
    const pinned = new base.UpdatePinnedMessages({ ...init, pinned: true });
    expect(found(filters.pinned, pinned)).toEqual({
      update: pinned,
      chatId: 1n,
      messageIds: [7],
    });
    expect(passes(filters.pinned, new base.UpdatePinnedMessages(init))).toBe(false);
    expect(passes(filters.pinned, pin)).toBe(false);
    const inChannel = new base.UpdatePinnedChannelMessages({
      ...init,
      channelId: 5n,
      pinned: true,
    });
    expect(passes(filters.pinned, inChannel)).toBe(true);
  });

  it('incoming and outgoing', () => {
    const out = edit({ out: true });
    expect(found(filters.incoming, newMessage())).toEqual({
      message: newMessage().message,
      chatId: 100n,
    });
    expect(found(filters.outgoing, out)).toEqual({ message: out.message, chatId: 100n });
    expect(passes(filters.incoming, out)).toBe(false);
    expect(passes(filters.outgoing, newMessage())).toBe(false);
    expect(passes(filters.incoming, pin)).toBe(true);
    for (const other of [gone, deletion]) {
      expect(passes(filters.incoming.or(filters.outgoing), other)).toBe(false);
    }
  });

  it('album', () => {
    const messages = [message({ groupedId: 1n }), message({ id: 2, groupedId: 1n })];
    const first = newMessage({ groupedId: 1n });
    expect(found(filters.album, first, { album: messages })).toEqual({
      message: first.message,
      chatId: 100n,
      messages,
    });
    expect(passes(filters.album, first)).toBe(false);
  });
});

describe('what messages are to others', () => {
  const header = (init: object): base.MessageReplyHeader => new base.MessageReplyHeader(init);

  it('reply', () => {
    const answer = newMessage({ replyTo: header({ replyToMsgId: 9 }) });
    expect(found(filters.reply, answer)).toEqual({
      replyTo: 9,
      message: answer.message,
      chatId: 100n,
    });
    expect(passes(filters.reply, newMessage())).toBe(false);
    const inTopic = post({ replyTo: header({ replyToMsgId: 9, forumTopic: true }) });
    expect(passes(filters.reply, inTopic)).toBe(false);
    const answerInTopic = post({
      replyTo: header({ replyToMsgId: 10, replyToTopId: 9, forumTopic: true }),
    });
    expect(found(filters.reply, answerInTopic)?.replyTo).toBe(10);
    const toStory = newMessage({
      replyTo: new base.MessageReplyStoryHeader({ peer: user(1n), storyId: 1 }),
    });
    expect(passes(filters.reply, toStory)).toBe(false);
    expect(passes(filters.reply, newMessage({ replyTo: header({ quote: true }) }))).toBe(false);
  });

  it('forwarded, mentioned, viaBot', () => {
    const fwdFrom = new base.MessageFwdHeader({ date: 1, fromName: 'Ann' });
    expect(found(filters.forwarded, newMessage({ fwdFrom }))?.forward).toBe(fwdFrom);
    expect(passes(filters.forwarded, newMessage())).toBe(false);
    expect(passes(filters.mentioned, newMessage({ mentioned: true }))).toBe(true);
    expect(passes(filters.mentioned, newMessage())).toBe(false);
    expect(found(filters.viaBot, newMessage({ viaBotId: 4n }))?.viaBotId).toBe(4n);
    expect(passes(filters.viaBot, newMessage())).toBe(false);
    const all = edit({
      fwdFrom,
      mentioned: true,
      viaBotId: 4n,
      replyTo: header({ replyToMsgId: 1 }),
    });
    for (const one of [filters.forwarded, filters.mentioned, filters.viaBot, filters.reply]) {
      expect(passes(one, all)).toBe(false);
    }
  });
});

describe('members', () => {
  const who = { channelId: 5n, date: 1, actorId: 4n, userId: 3n, qts: 1 };
  const member = new base.ChannelParticipant({ userId: 3n, date: 1 });
  const banned = (left: boolean): base.ChannelParticipantBanned =>
    new base.ChannelParticipantBanned({
      left,
      peer: user(3n),
      kickedBy: 4n,
      date: 1,
      bannedRights: new base.ChatBannedRights({ untilDate: 0 }),
    });
  const gone = new base.ChannelParticipantLeft({ peer: user(3n) });
  const change = (
    prevParticipant: base.TypeChannelParticipant | undefined,
    newParticipant: base.TypeChannelParticipant | undefined,
  ): base.UpdateChannelParticipant =>
    new base.UpdateChannelParticipant({ ...who, prevParticipant, newParticipant });

  it.each([
    ['comes', change(undefined, member), 'joined'],
    ['comes back', change(gone, member), 'joined'],
    ['comes back from a ban', change(banned(true), member), 'joined'],
    ['is restricted', change(member, banned(false)), null],
    ['goes', change(member, undefined), 'left'],
    ['goes, told', change(member, gone), 'left'],
    ['is banned', change(member, banned(true)), 'left'],
    ['is banned from outside', change(undefined, banned(true)), null],
    [
      'comes to a group',
      new base.UpdateChatParticipant({
        chatId: 9n,
        date: 1,
        actorId: 3n,
        userId: 3n,
        newParticipant: new base.ChatParticipant({ userId: 3n, inviterId: 3n, date: 1 }),
        qts: 1,
      }),
      'joined',
    ],
    [
      'is added',
      new base.UpdateChatParticipantAdd({
        chatId: 9n,
        userId: 3n,
        inviterId: 4n,
        date: 1,
        version: 1,
      }),
      'joined',
    ],
    [
      'is removed',
      new base.UpdateChatParticipantDelete({ chatId: 9n, userId: 3n, version: 1 }),
      'left',
    ],
    [
      'is added, by message',
      serviceMessage(new base.MessageActionChatAddUser({ users: [3n] })),
      'joined',
    ],
    [
      'comes by a link',
      serviceMessage(new base.MessageActionChatJoinedByLink({ inviterId: 4n }), {
        fromId: user(3n),
      }),
      'joined',
    ],
    [
      'comes by a request',
      serviceMessage(new base.MessageActionChatJoinedByRequest(), { fromId: user(3n) }),
      'joined',
    ],
    [
      'is removed, by message',
      serviceMessage(new base.MessageActionChatDeleteUser({ userId: 3n })),
      'left',
    ],
    ['pins', pin, null],
    ['writes', newMessage(), null],
  ] as const)('%s', (_title, update, expected) => {
    const who = { members: [3n], chatId: eventOf(update).chatId };
    expect(typeof who.chatId).toBe('bigint');
    expect(found(filters.joined, update)).toEqual(expected === 'joined' ? who : null);
    expect(found(filters.left, update)).toEqual(expected === 'left' ? who : null);
  });

  it('does not take a channel for who came', () => {
    const update = serviceMessage(new base.MessageActionChatJoinedByRequest(), {
      fromId: channel(5n),
      peerId: group(9n),
    });
    expect(passes(filters.joined, update)).toBe(false);
  });
});

describe('where', () => {
  it('sees what was found before', () => {
    const two = filters.command('add').where(({ command }) => command.argv.length === 2);
    expect(found(two, newMessage({ message: '/add 1 2' }))?.command.argv).toEqual(['1', '2']);
    expect(passes(two, newMessage({ message: '/add 1' }))).toBe(false);
    expect(passes(two, newMessage())).toBe(false);
    const long = filters.where((event) => event.text.length > 4);
    expect(passes(long, newMessage())).toBe(true);
    expect(passes(long, newMessage({ message: 'hi' }))).toBe(false);
    expect(eventOf(newMessage()).text).toBe('hello');
  });
});
