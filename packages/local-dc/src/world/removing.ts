import { revoke } from './authorizations.js';
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
