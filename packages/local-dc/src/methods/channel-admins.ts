import * as tl from '@tlgen/telegram';
import { channels } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { ban } from '../world/channels/banning.js';
import { enter } from '../world/channels/members.js';
import { tellChannel, tellMembers } from '../world/channels/posting.js';
import { adminRights, mustHave, type AdminRight } from '../world/channels/rights.js';
import { updatesFor } from '../world/deliveries.js';
import { badRequest, RpcFault } from '../world/fault.js';
import { inputChannel, inputPeer, inputUser } from '../world/input.js';
import { checkedUsername } from './users.js';

/** What people may do in a channel, and its public name. */
export const channelAdminMethods: readonly BuiltIn[] = [
  method(channels.EditAdminRequest, editAdmin),
  method(channels.EditBannedRequest, editBanned),
  method(channels.CheckUsernameRequest, checkUsername),
  method(channels.UpdateUsernameRequest, updateUsername),
];

/** The rights that are set. */
const namesOf = (rights: object): string[] =>
  Object.entries(rights).flatMap(([name, value]) => (value === true ? [name] : []));

/** @throws RpcFault `USER_CREATOR`, `CHAT_ADMIN_REQUIRED` (403), `RIGHT_FORBIDDEN` (403), `ADMIN_RANK_INVALID` */
function editAdmin(
  { channel: input, userId, adminRights: rights, rank }: channels.EditAdminRequest,
  { world, user, session }: RequestContext,
): tl.TypeUpdates {
  const channel = inputChannel(world, user, input);
  mustHave(channel, user, 'addAdmins');
  const target = inputUser(world, user, userId);
  if (target.id === channel.creatorId) throw badRequest('USER_CREATOR');
  if (rank !== undefined && rank.length > 16) throw badRequest('ADMIN_RANK_INVALID');
  const own = adminRights(channel, user.id);
  const wanted = namesOf(rights);
  if (wanted.some((name) => own?.[name as AdminRight] !== true && channel.creatorId !== user.id))
    throw new RpcFault(403, 'RIGHT_FORBIDDEN');
  if (!channel.members.has(target.id)) enter(world, channel, target, user.id);
  const member = channel.members.get(target.id);
  if (member)
    member.admin =
      wanted.length === 0 ? null : { rights, promotedBy: user.id, rank: rank || undefined };
  const update = tellChannel(world, target, channel, session.id);
  return updatesFor(world, user, [update]);
}

/** @throws RpcFault `PARTICIPANT_ID_INVALID`, `USER_ADMIN_INVALID`, `CHAT_ADMIN_REQUIRED` (403) */
function editBanned(
  { channel: input, participant, bannedRights: rights }: channels.EditBannedRequest,
  { world, user, session }: RequestContext,
): tl.TypeUpdates {
  const channel = inputChannel(world, user, input);
  mustHave(channel, user, 'banUsers');
  const found = inputPeer(world, user, participant);
  if (!('user' in found)) throw badRequest('PARTICIPANT_ID_INVALID');
  const { user: target } = found;
  const member = channel.members.get(target.id);
  // Admins are safe from all but the creator and whoever made them admins.
  const above = [channel.creatorId, member?.admin?.promotedBy];
  if (target.id === channel.creatorId || (member?.admin && !above.includes(user.id)))
    throw badRequest('USER_ADMIN_INVALID');
  return updatesFor(world, user, ban(world, user, channel, target, rights, session.id));
}

function checkUsername(
  { channel: input, username }: channels.CheckUsernameRequest,
  { world, user }: RequestContext,
): boolean {
  const name = checkedUsername(username);
  const channel =
    input instanceof tl.InputChannelEmpty ? undefined : inputChannel(world, user, input);
  const owner = world.names.owner(name);
  return owner === undefined || owner === channel?.key;
}

/** @throws RpcFault `CHAT_ADMIN_REQUIRED` (403), `USERNAME_NOT_MODIFIED`, `USERNAME_OCCUPIED` */
function updateUsername(
  { channel: input, username }: channels.UpdateUsernameRequest,
  { world, user, session }: RequestContext,
): boolean {
  const channel = inputChannel(world, user, input);
  if (channel.creatorId !== user.id) throw new RpcFault(403, 'CHAT_ADMIN_REQUIRED');
  const name = username === '' ? null : checkedUsername(username);
  if (name === channel.username) throw badRequest('USERNAME_NOT_MODIFIED');
  const owner = name === null ? undefined : world.names.owner(name);
  if (owner && owner !== channel.key) throw badRequest('USERNAME_OCCUPIED');
  world.names.give(channel.key, channel.username, name);
  channel.username = name;
  const update = new tl.UpdateChannel({ channelId: channel.id });
  tellMembers(world, channel, () => update, { userId: user.id, session: session.id });
  return true;
}
