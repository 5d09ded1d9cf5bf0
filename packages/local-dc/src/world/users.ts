import * as tl from '@tlgen/telegram';
import type { User } from './types.js';
import type { World } from './world.js';

/** A user as `viewer` sees them: their access hash for that viewer, the name the viewer gave. */
export function userFor(world: World, viewer: User, user: User): tl.User {
  const self = viewer.id === user.id;
  const contact = viewer.contacts.get(user.id);
  const phone = self || contact ? user.phone : null;
  return new tl.User({
    id: user.id,
    self,
    contact: contact !== undefined,
    mutualContact: contact !== undefined && user.contacts.has(viewer.id),
    bot: user.token !== null,
    accessHash: world.accessHash(viewer.id, `user:${user.id}`),
    firstName: contact?.firstName ?? user.firstName,
    lastName: (contact ? contact.lastName : user.lastName) ?? undefined,
    username: user.username ?? undefined,
    phone: phone ?? undefined,
    ...(user.token === null ? { status: statusOf(world, user) } : { botInfoVersion: 1 }),
  });
}

/** Whether a user is online. */
export function statusOf(world: World, user: User): tl.TypeUserStatus {
  if (user.onlineUntil > world.now()) return new tl.UserStatusOnline({ expires: user.onlineUntil });
  if (user.onlineUntil > 0) return new tl.UserStatusOffline({ wasOnline: user.onlineUntil });
  return new tl.UserStatusRecently({});
}

/** Users as `viewer` sees them; ids that are no users are left out. */
export function usersFor(world: World, viewer: User, ids: Iterable<bigint>): tl.User[] {
  const users: tl.User[] = [];
  for (const id of new Set(ids)) {
    const user = world.user(id);
    if (user) users.push(userFor(world, viewer, user));
  }
  return users;
}
