import * as tl from '@tlgen/telegram';
import { badRequest, RpcFault } from '../fault.js';
import type { User } from '../types.js';
import type { World } from '../world.js';
import type { Channel, ChannelBan } from './channel.js';

/** A right that an admin can have. */
export type AdminRight =
  | 'changeInfo'
  | 'postMessages'
  | 'editMessages'
  | 'deleteMessages'
  | 'banUsers'
  | 'inviteUsers'
  | 'pinMessages'
  | 'addAdmins';

/** What the creator may. */
export const creatorRights = (): tl.ChatAdminRights =>
  new tl.ChatAdminRights({
    changeInfo: true,
    postMessages: true,
    editMessages: true,
    deleteMessages: true,
    banUsers: true,
    inviteUsers: true,
    pinMessages: true,
    addAdmins: true,
    manageCall: true,
    other: true,
  });

/** What an admin may; null for everybody else. */
export function adminRights(channel: Channel, userId: bigint): tl.ChatAdminRights | null {
  if (channel.creatorId === userId && channel.members.has(userId)) return creatorRights();
  return channel.members.get(userId)?.admin?.rights ?? null;
}

/** A ban that still holds. */
export function banOf(world: World, channel: Channel, userId: bigint): ChannelBan | undefined {
  const ban = channel.bans.get(userId);
  const until = ban?.rights.untilDate ?? 0;
  return ban && (until === 0 || until > world.now()) ? ban : undefined;
}

/** Whether somebody may look into the channel: members always, others if it is public. */
export function maySee(world: World, channel: Channel, userId: bigint): boolean {
  if (channel.deleted || banOf(world, channel, userId)?.rights.viewMessages) return false;
  return channel.members.has(userId) || channel.username !== null;
}

/** @throws RpcFault `CHAT_ADMIN_REQUIRED` (403) */
export function mustHave(channel: Channel, user: User, right: AdminRight): void {
  if (!adminRights(channel, user.id)?.[right]) throw new RpcFault(403, 'CHAT_ADMIN_REQUIRED');
}

/**
 * Whether a user may write there now.
 *
 * @throws RpcFault `CHAT_ADMIN_REQUIRED`, `CHAT_WRITE_FORBIDDEN` (403), `USER_BANNED_IN_CHANNEL`, `SLOWMODE_WAIT_n`
 * (420).
 */
export function mustWrite(world: World, channel: Channel, user: User): void {
  if (!channel.megagroup) return mustHave(channel, user, 'postMessages');
  const ban = banOf(world, channel, user.id);
  if (ban?.rights.viewMessages) throw badRequest('USER_BANNED_IN_CHANNEL');
  if (!channel.members.has(user.id) || ban?.rights.sendMessages || ban?.rights.sendPlain)
    throw new RpcFault(403, 'CHAT_WRITE_FORBIDDEN');
  const last = channel.wroteAt.get(user.id);
  if (channel.slowMode === 0 || last === undefined || adminRights(channel, user.id)) return;
  const wait = last + channel.slowMode - world.now();
  if (wait > 0) throw new RpcFault(420, `SLOWMODE_WAIT_${wait}`);
}
