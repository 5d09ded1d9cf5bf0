import * as tl from '@tlgen/telegram';
import { channels, messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { deletePosts, readChannel, unreadIn } from '../world/channels/changing.js';
import type { Channel } from '../world/channels/channel.js';
import { channelDifference } from '../world/channels/difference.js';
import { createChannel, noteAction } from '../world/channels/members.js';
import { noteKnown } from '../world/channels/news.js';
import { tellMembers } from '../world/channels/posting.js';
import { adminRights, mustHave } from '../world/channels/rights.js';
import { channelFor } from '../world/channels/view.js';
import { updatesFor } from '../world/deliveries.js';
import { badRequest } from '../world/fault.js';
import { fullPhotoOf } from '../world/files/chat-photos.js';
import { inputChannel } from '../world/input.js';
import { pinnedWith } from '../world/pinning.js';

/** Channels and supergroups as such, and the messages in them. */
export const channelMethods: readonly BuiltIn[] = [
  method(channels.CreateChannelRequest, create),
  method(channels.GetChannelsRequest, getChannels),
  method(channels.GetFullChannelRequest, getFullChannel),
  method(channels.EditTitleRequest, editTitle),
  method(channels.ToggleSlowModeRequest, toggleSlowMode),
  method(channels.DeleteMessagesRequest, ({ channel: input, id }, { world, user, session }) => {
    const channel = inputChannel(world, user, input);
    return new messages.AffectedMessages(deletePosts(world, user, channel, id, session.id));
  }),
  method(channels.ReadHistoryRequest, ({ channel, maxId }, { world, user, session }) => {
    readChannel(world, user, inputChannel(world, user, channel), maxId, session.id);
    return true;
  }),
  method(tl.updates.GetChannelDifferenceRequest, (request, { world, user, authorization }) => {
    const channel = inputChannel(world, user, request.channel);
    const difference = channelDifference(world, user, channel, request);
    // What the answer tells may be lost with it: only who asks from there has it for certain.
    noteKnown(authorization, channel.id, request.pts);
    return difference;
  }),
];

function create(
  { megagroup, title, about }: channels.CreateChannelRequest,
  { world, user, session }: RequestContext,
): tl.TypeUpdates {
  const channel = createChannel(world, user, { title, about, megagroup });
  const action = new tl.MessageActionChannelCreate({ title });
  const told = noteAction(world, user, channel, action, session.id);
  return updatesFor(world, user, [new tl.UpdateChannel({ channelId: channel.id }), ...told]);
}

function getChannels(
  { id }: channels.GetChannelsRequest,
  { world, user }: RequestContext,
): messages.TypeChats {
  const chats = id.map((one) => channelFor(world, user, inputChannel(world, user, one)));
  return new messages.Chats({ chats });
}

function getFullChannel(
  { channel: input }: channels.GetFullChannelRequest,
  { world, user }: RequestContext,
): messages.TypeChatFull {
  const channel = inputChannel(world, user, input);
  const member = channel.members.get(user.id);
  const isAdmin = adminRights(channel, user.id) !== null;
  const bans = [...channel.bans.values()];
  const kicked = bans.filter(({ rights }) => rights.viewMessages).length;
  const admins = [...channel.members.values()].filter(
    ({ admin, userId }) => admin !== null || userId === channel.creatorId,
  );
  return new messages.ChatFull({
    fullChat: new tl.ChannelFull({
      id: channel.id,
      about: channel.about,
      canViewParticipants: channel.megagroup || isAdmin,
      canSetUsername: channel.creatorId === user.id,
      canDeleteChannel: channel.creatorId === user.id,
      participantsCount: channel.members.size,
      adminsCount: isAdmin ? admins.length : undefined,
      kickedCount: isAdmin ? kicked : undefined,
      bannedCount: isAdmin ? bans.length - kicked : undefined,
      readInboxMaxId: member?.readInbox ?? 0,
      readOutboxMaxId: member?.readOutbox ?? 0,
      unreadCount: unreadIn(channel, user),
      chatPhoto: fullPhotoOf(world, channel) ?? new tl.PhotoEmpty({ id: 0n }),
      notifySettings: new tl.PeerNotifySettings({}),
      botInfo: [],
      pinnedMsgId: pinnedWith(user, { key: channel.key, channel })[0]?.message.id,
      slowmodeSeconds: channel.slowMode || undefined,
      ...originOf(channel, user),
      pts: channel.box.pts,
    }),
    chats: [channelFor(world, user, channel)],
    users: [],
  });
}

/** Where the messages from before are, for who was in the basic group. */
function originOf(
  { migratedFrom }: Channel,
  { box }: RequestContext['user'],
): Pick<tl.ChannelFull, 'migratedFromChatId' | 'migratedFromMaxId'> {
  const key = migratedFrom && (`chat:${migratedFrom.id}` as const);
  if (!migratedFrom || !key || !box.knows(key)) return {};
  return {
    migratedFromChatId: migratedFrom.id,
    migratedFromMaxId: box.thread(key).newest?.message.id ?? 0,
  };
}

function editTitle(
  { channel: input, title }: channels.EditTitleRequest,
  { world, user, session }: RequestContext,
): tl.TypeUpdates {
  const channel = inputChannel(world, user, input);
  mustHave(channel, user, 'changeInfo');
  if (title.trim() === '' || title.length > 128) throw badRequest('CHAT_TITLE_EMPTY');
  if (title === channel.title) throw badRequest('CHAT_NOT_MODIFIED');
  channel.title = title;
  const action = new tl.MessageActionChatEditTitle({ title });
  const told = noteAction(world, user, channel, action, session.id);
  return updatesFor(world, user, [changed(channel), ...told]);
}

const changed = ({ id }: Channel): tl.UpdateChannel => new tl.UpdateChannel({ channelId: id });

function toggleSlowMode(
  { channel: input, seconds }: channels.ToggleSlowModeRequest,
  { world, user, session }: RequestContext,
): tl.TypeUpdates {
  const channel = inputChannel(world, user, input);
  mustHave(channel, user, 'banUsers');
  if (!channel.megagroup) throw badRequest('CHAT_ID_INVALID');
  if (![0, 5, 10, 30, 60, 300, 900, 3600].includes(seconds)) throw badRequest('SECONDS_INVALID');
  if (seconds === channel.slowMode) throw badRequest('CHAT_NOT_MODIFIED');
  channel.slowMode = seconds;
  channel.wroteAt.clear();
  const update = changed(channel);
  tellMembers(world, channel, () => update, { userId: user.id, session: session.id });
  return updatesFor(world, user, [update]);
}
