import * as tl from '@tlgen/telegram';
import { channels, messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import type { Channel } from '../world/channels/channel.js';
import { invite, join, leave } from '../world/channels/members.js';
import { bannedFor, participantFor, participantsMatching } from '../world/channels/participants.js';
import { adminRights, banOf, mustHave } from '../world/channels/rights.js';
import { channelFor } from '../world/channels/view.js';
import { updatesFor } from '../world/deliveries.js';
import { badRequest, RpcFault } from '../world/fault.js';
import { inputChannel, inputPeer, inputUser } from '../world/input.js';
import type { User } from '../world/types.js';
import { usersFor } from '../world/users.js';

/** Most participants in one answer. */
const PARTICIPANTS_MAX = 200;

/** Who is in a channel. */
export const channelMemberMethods: readonly BuiltIn[] = [
  method(channels.GetParticipantsRequest, getParticipants),
  method(channels.GetParticipantRequest, getParticipant),
  method(channels.JoinChannelRequest, joinChannel),
  method(channels.LeaveChannelRequest, leaveChannel),
  method(channels.InviteToChannelRequest, inviteToChannel),
];

function getParticipants(
  { channel: input, filter, offset, limit }: channels.GetParticipantsRequest,
  { world, user }: RequestContext,
): channels.TypeChannelParticipants {
  const channel = inputChannel(world, user, input);
  const all = participantsMatching(world, user, channel, filter);
  const from = Math.max(offset, 0);
  const page = all.slice(from, from + Math.min(Math.max(limit, 0), PARTICIPANTS_MAX));
  return new channels.ChannelParticipants({
    count: all.length,
    participants: page.map(({ view }) => view),
    chats: [],
    users: usersFor(
      world,
      user,
      page.map(({ userId }) => userId),
    ),
  });
}

/** @throws RpcFault `USER_NOT_PARTICIPANT`, `PARTICIPANT_ID_INVALID`, `CHAT_ADMIN_REQUIRED` (403) */
function getParticipant(
  { channel: input, participant }: channels.GetParticipantRequest,
  { world, user }: RequestContext,
): channels.TypeChannelParticipant {
  const channel = inputChannel(world, user, input);
  const target = inputPeer(world, user, participant);
  if (!('user' in target)) throw badRequest('PARTICIPANT_ID_INVALID');
  const { id } = target.user;
  const isAdmin = adminRights(channel, user.id) !== null;
  if (!channel.megagroup && !isAdmin && id !== user.id)
    throw new RpcFault(403, 'CHAT_ADMIN_REQUIRED');
  return new channels.ChannelParticipant({
    participant: viewOf(user, channel, id, isAdmin, { world }),
    chats: [channelFor(world, user, channel)],
    users: usersFor(world, user, [id]),
  });
}

function viewOf(
  viewer: User,
  channel: Channel,
  id: bigint,
  isAdmin: boolean,
  { world }: Pick<RequestContext, 'world'>,
): tl.TypeChannelParticipant {
  const ban = banOf(world, channel, id);
  if (ban && (isAdmin || id === viewer.id)) return bannedFor(channel, ban);
  const member = channel.members.get(id);
  if (!member) throw badRequest('USER_NOT_PARTICIPANT');
  return participantFor(viewer, channel, member);
}

function joinChannel(
  { channel: input }: channels.JoinChannelRequest,
  { world, user, session }: RequestContext,
): messages.TypeChatInviteJoinResult {
  const channel = inputChannel(world, user, input);
  const told = join(world, user, channel, null, session.id);
  return new messages.ChatInviteJoinResultOk({ updates: updatesFor(world, user, told) });
}

function leaveChannel(
  { channel: input }: channels.LeaveChannelRequest,
  { world, user, session }: RequestContext,
): tl.TypeUpdates {
  const channel = inputChannel(world, user, input);
  return updatesFor(world, user, leave(world, user, channel, session.id));
}

function inviteToChannel(
  { channel: input, users }: channels.InviteToChannelRequest,
  { world, user, session }: RequestContext,
): messages.TypeInvitedUsers {
  const channel = inputChannel(world, user, input);
  // In a supergroup, any member may; in a channel, admins.
  if (!channel.megagroup) mustHave(channel, user, 'inviteUsers');
  else if (!channel.members.has(user.id)) throw new RpcFault(403, 'CHAT_WRITE_FORBIDDEN');
  else if (banOf(world, channel, user.id)?.rights.inviteUsers)
    throw new RpcFault(403, 'CHAT_ADMIN_REQUIRED');
  const invited = users.map((one) => inputUser(world, user, one));
  const told = invite(world, user, channel, invited, session.id);
  return new messages.InvitedUsers({
    updates: updatesFor(world, user, told),
    missingInvitees: [],
  });
}
