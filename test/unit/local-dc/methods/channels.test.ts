import * as tl from '@tlgen/telegram';
import { channels, messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createChannel,
  send,
  type NewTestChannel,
} from '../../../../packages/local-dc/src/scene.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
let ann: User;
let bob: User;
let cat: User;
let anns: Device;
let bobs: Device;

beforeEach(async () => {
  dc = new Harness();
  [ann, bob, cat] = [await dc.user(), await dc.user(), await dc.user({ username: 'cat_user' })];
  [anns, bobs] = [await dc.signedIn(ann), await dc.signedIn(bob)];
});

const make = (fields: Partial<NewTestChannel> = {}) =>
  createChannel(dc.world, { title: 'News', creator: ann, members: [bob], ...fields });
const history = (device: Device, peer: tl.TypeInputPeer, fields = {}) =>
  device.call(
    new messages.GetHistoryRequest({
      peer,
      offsetId: 0,
      offsetDate: 0,
      addOffset: 0,
      limit: 10,
      maxId: 0,
      minId: 0,
      hash: 0n,
      ...fields,
    }),
  ) as Promise<messages.ChannelMessages>;
const contents = (list: readonly tl.TypeMessage[]) =>
  list.map((one) =>
    one instanceof tl.Message ? one.message : (one as tl.MessageService).action._,
  );

describe('channels', () => {
  it('are created, with ids and pts of their own', async () => {
    const made = (await anns.call(
      new channels.CreateChannelRequest({ broadcast: true, title: 'Mine', about: 'x' }),
    )) as tl.Updates;
    const [chat] = made.chats as tl.Channel[];
    expect(chat).toMatchObject({ _: 'channel', title: 'Mine', broadcast: true, creator: true });
    expect(made.updates.map((one) => one._)).toEqual(['updateChannel', 'updateNewChannelMessage']);
    expect(made.updates[1]).toMatchObject({ pts: 2, ptsCount: 1, message: { id: 1, out: true } });
    const peer = anns.channelPeer(chat as tl.Channel);
    const sent = (await anns.send(peer, 'hello')) as tl.Updates;
    expect(sent.updates.map((one) => one._)).toEqual([
      'updateMessageID',
      'updateReadChannelInbox',
      'updateNewChannelMessage',
    ]);
    expect(await history(anns, peer)).toMatchObject({ _: 'messages.channelMessages', pts: 3 });
    expect(ann.box.pts).toBe(1);
  });

  it('let admins write, and tell all members', async () => {
    const channel = make();
    bobs.updates.length = 0;
    await anns.send(anns.channelPeer(channel), 'hello');
    expect(bobs.updates).toMatchObject([
      {
        updates: [
          {
            _: 'updateNewChannelMessage',
            message: {
              message: 'hello',
              post: true,
              out: false,
              views: 1,
              peerId: { channelId: channel.id },
            },
          },
        ],
        chats: [{ id: channel.id, title: 'News' }],
      },
    ]);
    expect(await refusal(bobs.send(bobs.channelPeer(channel), 'me too'))).toBe(
      '403 CHAT_ADMIN_REQUIRED',
    );
  });

  it('are named by their viewer, or by a message; private ones by members only', async () => {
    const channel = make();
    const cats = await dc.signedIn(cat);
    const get = (device: Device, id: tl.TypeInputChannel) =>
      device.call(new channels.GetChannelsRequest({ id: [id] }));
    expect(await refusal(get(cats, anns.channel(channel)))).toBe('400 CHANNEL_INVALID');
    expect(await refusal(get(cats, cats.channel(channel)))).toBe('406 CHANNEL_PRIVATE');
    const post = send(dc.world, ann, channel, 'to be sent on');
    await bobs.call(
      new messages.ForwardMessagesRequest({
        fromPeer: bobs.channelPeer(channel),
        id: [post.id],
        randomId: [7n],
        toPeer: bobs.peer(cat),
      }),
    );
    const peer = cats.peer(bob);
    const seen = new tl.InputChannelFromMessage({ peer, msgId: 1, channelId: channel.id });
    // It is seen, but still private.
    expect(await refusal(get(cats, seen))).toBe('406 CHANNEL_PRIVATE');
    await anns.call(
      new channels.UpdateUsernameRequest({ channel: anns.channel(channel), username: 'the_news' }),
    );
    expect(await get(cats, seen)).toMatchObject({ chats: [{ id: channel.id, left: true }] });
    const other = new tl.InputChannelFromMessage({ peer, msgId: 2, channelId: channel.id });
    expect(await refusal(get(cats, other))).toBe('400 CHANNEL_INVALID');
  });

  it('share user names with users', async () => {
    const channel = make({ username: 'the_news' });
    const resolve = (username: string) =>
      bobs.call(new tl.contacts.ResolveUsernameRequest({ username }));
    expect(await resolve('THE_news')).toMatchObject({
      peer: { _: 'peerChannel', channelId: channel.id },
      chats: [{ id: channel.id, username: 'the_news' }],
    });
    const check = (username: string) =>
      anns.call(new channels.CheckUsernameRequest({ channel: anns.channel(channel), username }));
    expect([await check('cat_user'), await check('the_news'), await check('free_name')]).toEqual([
      false,
      true,
      true,
    ]);
    expect(
      await refusal(bobs.call(new tl.account.UpdateUsernameRequest({ username: 'the_news' }))),
    ).toBe('400 USERNAME_OCCUPIED');
    const drop = { channel: anns.channel(channel), username: '' };
    await anns.call(new channels.UpdateUsernameRequest(drop));
    expect(await refusal(resolve('the_news'))).toBe('400 USERNAME_NOT_OCCUPIED');
  });

  it('are joined and left', async () => {
    const channel = make({ megagroup: true, username: 'the_group' });
    const cats = await dc.signedIn(cat);
    const join = new channels.JoinChannelRequest({ channel: cats.channel(channel) });
    expect(await cats.call(join)).toMatchObject({
      updates: { updates: [{ _: 'updateChannel' }, { _: 'updateNewChannelMessage' }] },
    });
    expect(await refusal(cats.call(join))).toBe('400 USER_ALREADY_PARTICIPANT');
    await cats.call(new channels.LeaveChannelRequest({ channel: cats.channel(channel) }));
    expect(contents((await history(anns, anns.channelPeer(channel))).messages)).toEqual([
      'messageActionChatDeleteUser',
      'messageActionChatAddUser',
      'messageActionChatAddUser',
      'messageActionChannelCreate',
    ]);
    const leave = new channels.LeaveChannelRequest({ channel: anns.channel(channel) });
    expect(await refusal(anns.call(leave))).toBe('400 USER_CREATOR');
  });

  it('are edited, read and deleted from', async () => {
    const channel = make({ megagroup: true });
    const peer = bobs.channelPeer(channel);
    const one = send(dc.world, ann, channel, 'one');
    const two = send(dc.world, bob, channel, 'two');
    anns.updates.length = 0;
    await bobs.call(new messages.EditMessageRequest({ peer, id: two.id, message: 'deux' }));
    expect(anns.updates).toMatchObject([
      { updates: [{ _: 'updateEditChannelMessage', message: { message: 'deux', out: false } }] },
    ]);
    const wrong = new messages.EditMessageRequest({ peer, id: one.id, message: 'un' });
    expect(await refusal(bobs.call(wrong))).toBe('403 MESSAGE_AUTHOR_REQUIRED');
    const remove = (device: Device, id: number[]) =>
      device.call(new channels.DeleteMessagesRequest({ channel: device.channel(channel), id }));
    expect(await refusal(remove(bobs, [one.id]))).toBe('403 MESSAGE_DELETE_FORBIDDEN');
    expect(await remove(anns, [one.id, two.id, 99])).toMatchObject({ ptsCount: 2 });
    const three = send(dc.world, ann, channel, 'three');
    anns.updates.length = 0;
    const read = { channel: bobs.channel(channel), maxId: three.id };
    expect(await bobs.call(new channels.ReadHistoryRequest(read))).toBe(true);
    expect(anns.updates).toMatchObject([
      { updates: [{ _: 'updateReadChannelOutbox', maxId: three.id }] },
    ]);
  });

  it('give those who come back what they missed', async () => {
    const channel = make({ megagroup: true });
    const { pts } = await history(bobs, bobs.channelPeer(channel));
    send(dc.world, ann, channel, 'one');
    send(dc.world, bob, channel, 'two');
    const since = (from: number, limit: number) =>
      bobs.call(
        new tl.updates.GetChannelDifferenceRequest({
          channel: bobs.channel(channel),
          filter: new tl.ChannelMessagesFilterEmpty(),
          pts: from,
          limit,
        }),
      );
    const first = (await since(pts, 1)) as tl.updates.ChannelDifference;
    expect(first).toMatchObject({ pts: pts + 1, newMessages: [{ message: 'one', out: false }] });
    expect(first.final).toBeFalsy();
    const second = await since(first.pts, 10);
    expect(second).toMatchObject({ final: true, newMessages: [{ message: 'two', out: true }] });
    expect(await since(pts + 2, 10)).toMatchObject({ _: 'updates.channelDifferenceEmpty' });
    expect(await refusal(since(99, 10))).toBe('400 PERSISTENT_TIMESTAMP_INVALID');
  });
});

describe('strangers in a supergroup', () => {
  it('come short, and are named by the message', async () => {
    const group = make({ megagroup: true, members: [bob, cat] });
    bobs.updates.length = 0;
    const { id } = send(dc.world, cat, group, 'hello');
    const [pushed] = bobs.updates as [tl.Updates];
    const [seen] = pushed.users as [tl.User];
    expect(seen).toMatchObject({ id: cat.id, min: true, username: 'cat_user' });
    expect(seen.phone).toBeUndefined();
    const short = { userId: cat.id, accessHash: seen.accessHash as bigint };
    expect(await refusal(bobs.send(new tl.InputPeerUser(short), 'hi'))).toBe('400 PEER_ID_INVALID');
    const by = { peer: bobs.channelPeer(group), msgId: id, userId: cat.id };
    const wrong = new tl.InputPeerUserFromMessage({ ...by, userId: ann.id });
    expect(await refusal(bobs.send(wrong, 'hi'))).toBe('400 PEER_ID_INVALID');
    const full = new tl.users.GetUsersRequest({ id: [new tl.InputUserFromMessage(by)] });
    const [whole] = (await bobs.call(full)) as [tl.User];
    expect(whole.min).toBe(false);
    expect(whole.accessHash).toBe(bobs.peer(cat).accessHash);
    await bobs.send(new tl.InputPeerUserFromMessage(by), 'hi');
    // Now they know each other.
    bobs.updates.length = 0;
    send(dc.world, cat, group, 'again');
    expect(bobs.updates).toMatchObject([{ users: [{ id: cat.id, min: false }] }]);
  });
});

describe('slow mode', () => {
  it('makes members wait, not admins', async () => {
    const group = make({ megagroup: true });
    const slow = (seconds: number) =>
      anns.call(new channels.ToggleSlowModeRequest({ channel: anns.channel(group), seconds }));
    expect(await refusal(slow(7))).toBe('400 SECONDS_INVALID');
    await slow(30);
    const peer = bobs.channelPeer(group);
    await bobs.send(peer, 'one');
    dc.now += 10;
    expect(await refusal(bobs.send(peer, 'two'))).toBe('420 SLOWMODE_WAIT_20');
    await anns.send(anns.channelPeer(group), 'one');
    await anns.send(anns.channelPeer(group), 'two');
    dc.now += 20;
    await bobs.send(peer, 'two');
  });
});
