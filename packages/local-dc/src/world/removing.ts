import type { UpdateChannel } from '@tlgen/telegram';
import { revoke } from './authorizations.js';
import type { Channel } from './channels/channel.js';
import { exit } from './channels/members.js';
import { tellChannel } from './channels/posting.js';
import type { Revocation } from './logins.js';
import type { User } from './types.js';
import type { World } from './world.js';

/** Ends all sign-ins of a user, also those in other data centers. @returns how many there were. */
export function revokeAll(world: World, user: User, why: Revocation): number {
  const own = [...world.authorizations.values()].filter(({ userId }) => userId === user.id);
  for (const one of own) revoke(world, one, why);
  return own.length;
}

/** Deletes an account, or bans it, which keeps its phone from signing in again. */
export function deleteAccount(world: World, user: User, banned = false): void {
  if (banned && user.phone !== null) world.logins.banned.add(user.phone);
  revokeAll(world, user, banned ? 'USER_DEACTIVATED_BAN' : 'USER_DEACTIVATED');
  user.deleted = true;
  user.phone = null;
  world.names.give(`user:${user.id}`, user.username, null);
  user.username = null;
  user.token = null;
  user.password = null;
  for (const { contacts } of world.users.values()) contacts.delete(user.id);
}

/** Deletes a channel: nobody may look into it any more. @returns the update that tells the one who did it. */
export function closeChannel(
  world: World,
  actor: User,
  channel: Channel,
  session?: bigint,
): UpdateChannel {
  channel.deleted = true;
  world.names.give(channel.key, channel.username, null);
  channel.username = null;
  for (const [hash, { peer }] of world.invites)
    if (peer === channel.key) world.invites.delete(hash);
  const members = [...channel.members.keys()].flatMap((id) => world.user(id) ?? []);
  for (const user of members) exit(channel, user);
  for (const user of members) if (user !== actor) tellChannel(world, user, channel);
  return tellChannel(world, actor, channel, session);
}
