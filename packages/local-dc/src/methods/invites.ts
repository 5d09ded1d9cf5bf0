import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { join } from '../world/channels/members.js';
import { channelFor } from '../world/channels/view.js';
import { chatFor, participantsOf } from '../world/chats.js';
import { updatesFor } from '../world/deliveries.js';
import { badRequest, RpcFault } from '../world/fault.js';
import { joinByLink } from '../world/groups.js';
import { targetOf, type Target } from '../world/input.js';
import type { Invite } from '../world/invites.js';
import { usersFor } from '../world/users.js';

/** Links that let people in, for those who follow them: https://core.telegram.org/api/invites. */
export const inviteMethods: readonly BuiltIn[] = [
  method(messages.CheckChatInviteRequest, checkInvite),
  method(messages.ImportChatInviteRequest, importInvite),
];

/** @throws RpcFault `INVITE_HASH_EMPTY`, `INVITE_HASH_INVALID`, `INVITE_HASH_EXPIRED` (406) */
function known({ world }: RequestContext, hash: string): { one: Invite; target: Target } {
  if (hash === '') throw badRequest('INVITE_HASH_EMPTY');
  const one = world.invites.get(hash);
  if (!one) throw badRequest('INVITE_HASH_INVALID');
  const late = one.expireDate !== null && one.expireDate <= world.now();
  if (late || one.revoked || (one.usageLimit !== null && one.usage >= one.usageLimit))
    throw new RpcFault(406, 'INVITE_HASH_EXPIRED');
  return { one, target: targetOf(world, one.peer) };
}

function checkInvite(
  { hash }: messages.CheckChatInviteRequest,
  context: RequestContext,
): tl.TypeChatInvite {
  const { world, user } = context;
  const { one, target } = known(context, hash);
  if ('user' in target) throw badRequest('INVITE_HASH_INVALID');
  if ('channel' in target) {
    const { channel } = target;
    if (channel.members.has(user.id))
      return new tl.ChatInviteAlready({ chat: channelFor(world, user, channel) });
    return new tl.ChatInvite({
      channel: true,
      broadcast: !channel.megagroup,
      megagroup: channel.megagroup,
      public: channel.username !== null,
      requestNeeded: one.requestNeeded,
      title: channel.title,
      about: channel.about || undefined,
      photo: new tl.PhotoEmpty({ id: 0n }),
      participantsCount: channel.members.size,
      color: Number(channel.id % 7n),
    });
  }
  const { chat } = target;
  if (chat.members.has(user.id))
    return new tl.ChatInviteAlready({ chat: chatFor(world, user, chat) });
  return new tl.ChatInvite({
    requestNeeded: one.requestNeeded,
    title: chat.title,
    photo: new tl.PhotoEmpty({ id: 0n }),
    participantsCount: chat.members.size,
    participants: usersFor(world, user, [...chat.members.keys()].slice(0, 5)),
    color: Number(chat.id % 7n),
  });
}

/** @throws RpcFault `INVITE_REQUEST_SENT`, `USER_ALREADY_PARTICIPANT` */
function importInvite(
  { hash }: messages.ImportChatInviteRequest,
  context: RequestContext,
): messages.TypeChatInviteJoinResult {
  const { world, user, session } = context;
  const { one, target } = known(context, hash);
  if ('user' in target) throw badRequest('INVITE_HASH_INVALID');
  const { members } = 'channel' in target ? target.channel : target.chat;
  if (members.has(user.id)) throw badRequest('USER_ALREADY_PARTICIPANT');
  if (one.requestNeeded) throw badRequest('INVITE_REQUEST_SENT');
  let told: tl.TypeUpdate[];
  if ('channel' in target) {
    told = join(world, user, target.channel, one.adminId, session.id);
  } else {
    const { own } = joinByLink(world, user, target.chat, one.adminId, session.id);
    const { letter, pts } = own;
    told = [
      new tl.UpdateChatParticipants({ participants: participantsOf(target.chat) }),
      new tl.UpdateNewMessage({ message: letter.message, pts, ptsCount: 1 }),
    ];
  }
  one.usage++;
  return new messages.ChatInviteJoinResultOk({ updates: updatesFor(world, user, told) });
}
