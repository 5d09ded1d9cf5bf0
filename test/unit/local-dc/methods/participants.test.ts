import * as tl from '@tlgen/telegram';
import { channels, messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createChannel,
  createGroup,
  type TestChat,
} from '../../../../packages/local-dc/src/scene.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
let ann: User;
let bob: User;
let cat: User;
let anns: Device;
let bobs: Device;
let group: TestChat;

beforeEach(async () => {
  dc = new Harness();
  ann = await dc.user({ firstName: 'Ann' });
  bob = await dc.user({ firstName: 'Bob', lastName: 'Archer' });
  cat = await dc.user({ firstName: 'Cat' });
  [anns, bobs] = [await dc.signedIn(ann), await dc.signedIn(bob)];
  const robot = await dc.user({ bot: true, firstName: 'Robot' });
  const members = [bob, cat, robot];
  group = createChannel(dc.world, { title: 'Group', creator: ann, members, megagroup: true });
});

const recent = new tl.ChannelParticipantsRecent();
const list = async (
  device: Device,
  filter: tl.TypeChannelParticipantsFilter,
  page = { offset: 0, limit: 200 },
  chat = group,
) =>
  (await device.call(
    new channels.GetParticipantsRequest({
      channel: device.channel(chat),
      filter,
      hash: 0n,
      ...page,
    }),
  )) as channels.ChannelParticipants;
const names = ({ users }: { users: tl.TypeUser[] }) =>
  users.map((one) => (one as tl.User).firstName);
const ban = (device: Device, user: User, rights: object) =>
  device.call(
    new channels.EditBannedRequest({
      channel: device.channel(group),
      participant: device.peer(user),
      bannedRights: new tl.ChatBannedRights({ untilDate: 0, ...rights }),
    }),
  );
const promote = (device: Device, user: User, rights: object, rank?: string) =>
  device.call(
    new channels.EditAdminRequest({
      channel: device.channel(group),
      userId: device.input(user),
      adminRights: new tl.ChatAdminRights(rights),
      rank,
    }),
  );

describe('participants', () => {
  it('are listed by filter, newest first, in pages', async () => {
    expect(names(await list(bobs, recent))).toEqual(['Robot', 'Cat', 'Bob', 'Ann']);
    const page = await list(bobs, recent, { offset: 1, limit: 2 });
    expect([page.count, names(page)]).toEqual([4, ['Cat', 'Bob']]);
    expect(names(await list(bobs, new tl.ChannelParticipantsBots()))).toEqual(['Robot']);
    expect(await list(bobs, new tl.ChannelParticipantsAdmins())).toMatchObject({
      participants: [{ _: 'channelParticipantCreator', userId: ann.id }],
    });
    const search = (q: string) => list(bobs, new tl.ChannelParticipantsSearch({ q }));
    expect(names(await search('arch'))).toEqual(['Bob']);
    expect((await search('nobody')).count).toBe(0);
    await bobs.call(
      new tl.contacts.AddContactRequest({
        id: bobs.input(cat),
        firstName: 'Kitty',
        lastName: '',
        phone: '',
      }),
    );
    const mine = new tl.ChannelParticipantsContacts({ q: '' });
    expect(names(await list(bobs, mine))).toEqual(['Kitty']);
  });

  it('come in pages of 200 at most', async () => {
    const many = [];
    for (let i = 0; i < 250; i++) many.push(await dc.user());
    const big = createChannel(dc.world, {
      title: 'B',
      creator: ann,
      members: many,
      megagroup: true,
    });
    const first = await list(anns, recent, { offset: 0, limit: 1000 }, big);
    const second = await list(anns, recent, { offset: 200, limit: 1000 }, big);
    expect([first.count, first.participants.length, second.participants.length]).toEqual([
      251, 200, 51,
    ]);
  });

  it('of a channel are for its admins', async () => {
    const channel = createChannel(dc.world, { title: 'News', creator: ann, members: [bob] });
    const page = { offset: 0, limit: 10 };
    expect(await refusal(list(bobs, recent, page, channel))).toBe('403 CHAT_ADMIN_REQUIRED');
    expect((await list(anns, recent, page, channel)).count).toBe(2);
  });

  it('are kicked and restricted by admins', async () => {
    expect(await refusal(ban(bobs, cat, { viewMessages: true }))).toBe('403 CHAT_ADMIN_REQUIRED');
    const cats = await dc.signedIn(cat);
    await ban(anns, cat, { viewMessages: true });
    expect(cats.updates.at(-1)).toMatchObject({
      updates: [{ _: 'updateChannel', channelId: group.id }],
      chats: [{ _: 'channelForbidden', id: group.id }],
    });
    expect(await refusal(cats.send(cats.channelPeer(group), 'hey'))).toBe('406 CHANNEL_PRIVATE');
    await ban(anns, bob, { sendMessages: true });
    expect(await refusal(bobs.send(bobs.channelPeer(group), 'hey'))).toBe(
      '403 CHAT_WRITE_FORBIDDEN',
    );
    const kicked = await list(anns, new tl.ChannelParticipantsKicked({ q: '' }));
    const banned = await list(anns, new tl.ChannelParticipantsBanned({ q: '' }));
    expect([names(kicked), names(banned)]).toEqual([['Cat'], ['Bob']]);
    expect(kicked.participants).toMatchObject([{ left: true, kickedBy: ann.id }]);
    const empty = new tl.ChannelParticipantsKicked({ q: '' });
    expect(await refusal(list(bobs, empty))).toBe('403 CHAT_ADMIN_REQUIRED');
    await ban(anns, bob, {});
    await bobs.send(bobs.channelPeer(group), 'hey');
  });

  it('become admins, with the rights of who makes them', async () => {
    await promote(anns, bob, { addAdmins: true, banUsers: true }, 'boss');
    const get = (user: User) =>
      bobs.call(
        new channels.GetParticipantRequest({
          channel: bobs.channel(group),
          participant: bobs.peer(user),
        }),
      );
    expect(await get(bob)).toMatchObject({
      participant: { _: 'channelParticipantAdmin', self: true, rank: 'boss', promotedBy: ann.id },
    });
    expect(await refusal(promote(bobs, cat, { deleteMessages: true }))).toBe('403 RIGHT_FORBIDDEN');
    expect(await refusal(promote(bobs, ann, { banUsers: true }))).toBe('400 USER_CREATOR');
    expect(await refusal(ban(bobs, ann, { viewMessages: true }))).toBe('400 USER_ADMIN_INVALID');
    await promote(bobs, cat, { banUsers: true });
    expect(await get(cat)).toMatchObject({ participant: { canEdit: true } });
    await promote(anns, bob, {});
    expect(await get(bob)).toMatchObject({ participant: { _: 'channelParticipantSelf' } });
    const out = await dc.user();
    expect(await refusal(get(out))).toBe('400 USER_NOT_PARTICIPANT');
  });
});

describe('invite links', () => {
  const importing = (hash: string) => new messages.ImportChatInviteRequest({ hash });
  const checking = (hash: string) => new messages.CheckChatInviteRequest({ hash });
  const linkTo = async (peer: tl.TypeInputPeer, fields = {}) => {
    const one = await anns.call(new messages.ExportChatInviteRequest({ peer, ...fields }));
    return (one as tl.ChatInviteExported).link.replace('https://t.me/+', '');
  };

  it('let people into supergroups and basic groups', async () => {
    const dan = await dc.user();
    const dans = await dc.signedIn(dan);
    const basic = createGroup(dc.world, { title: 'Basic', creator: ann, members: [bob] });
    const chat = new tl.InputPeerChat({ chatId: basic.id });
    for (const [peer, title] of [
      [anns.channelPeer(group), 'Group'],
      [chat, 'Basic'],
    ] as const) {
      const hash = await linkTo(peer);
      expect(await dans.call(checking(hash))).toMatchObject({ _: 'chatInvite', title });
      const joined = (await dans.call(importing(hash))) as messages.ChatInviteJoinResultOk;
      const { updates } = joined.updates as tl.Updates;
      expect(updates.at(-1)).toMatchObject({
        message: { action: { _: 'messageActionChatJoinedByLink', inviterId: ann.id } },
      });
      expect(await dans.call(checking(hash))).toMatchObject({ _: 'chatInviteAlready' });
      expect(await refusal(dans.call(importing(hash)))).toBe('400 USER_ALREADY_PARTICIPANT');
    }
  });

  it('end, by time and use, and are made by admins', async () => {
    const dans = await dc.signedIn(await dc.user());
    const peer = anns.channelPeer(group);
    const late = await linkTo(peer, { expireDate: dc.now + 60 });
    const once = await linkTo(peer, { usageLimit: 1 });
    await dans.call(importing(once));
    dc.now += 60;
    const others = await dc.signedIn(await dc.user());
    expect(await refusal(others.call(importing(late)))).toBe('406 INVITE_HASH_EXPIRED');
    expect(await refusal(others.call(importing(once)))).toBe('406 INVITE_HASH_EXPIRED');
    expect(await refusal(others.call(checking('nonsense')))).toBe('400 INVITE_HASH_INVALID');
    expect(await refusal(others.call(checking('')))).toBe('400 INVITE_HASH_EMPTY');
    const asked = await linkTo(peer, { requestNeeded: true });
    expect(await refusal(others.call(importing(asked)))).toBe('400 INVITE_REQUEST_SENT');
    const request = new messages.ExportChatInviteRequest({ peer: bobs.channelPeer(group) });
    expect(await refusal(bobs.call(request))).toBe('403 CHAT_ADMIN_REQUIRED');
  });
});
