import * as tl from '@tlgen/telegram';
import { userPhotoOf } from './files/chat-photos.js';
import type { User } from './types.js';
import type { World } from './world.js';

/** A user as `viewer` sees them: their access hash for that viewer, the name the viewer gave. */
export function userFor(world: World, viewer: User, user: User): tl.User {
  const self = viewer.id === user.id;
  const accessHash = world.accessHash(viewer.id, `user:${user.id}`);
  if (user.deleted) return new tl.User({ id: user.id, deleted: true, accessHash });
  const contact = viewer.contacts.get(user.id);
  const phone = self || contact ? user.phone : null;
  return new tl.User({
    id: user.id,
    self,
    contact: contact !== undefined,
    mutualContact: contact !== undefined && user.contacts.has(viewer.id),
    bot: user.bot,
    accessHash,
    firstName: contact?.firstName ?? user.firstName,
    lastName: (contact ? contact.lastName : user.lastName) ?? undefined,
    username: user.username ?? undefined,
    phone: phone ?? undefined,
    photo: userPhotoOf(world, user),
    premium: user.premium,
    ...(!user.bot ? { status: statusOf(world, user) } : { botInfoVersion: 1 }),
  });
}

/** Whether a user is online. */
export function statusOf(world: World, user: User): tl.TypeUserStatus {
  if (user.onlineUntil > world.now()) return new tl.UserStatusOnline({ expires: user.onlineUntil });
  if (user.onlineUntil > 0) return new tl.UserStatusOffline({ wasOnline: user.onlineUntil });
  return new tl.UserStatusRecently({});
}

/** Whether `viewer` may name a user at any time, rather than by a message in a channel only. */
export function isAcquainted(world: World, viewer: User, user: User): boolean {
  if (viewer.id === user.id || viewer.contacts.has(user.id)) return true;
  if (viewer.box.knows(`user:${user.id}`)) return true;
  for (const { members } of world.chats.values())
    if (members.has(viewer.id) && members.has(user.id)) return true;
  return false;
}

/**
 * The short form of a user: its access hash is good for nothing but the profile photo, who wants to name the user has
 * to say in which message they were seen (https://core.telegram.org/api/min).
 */
function minUserFor(world: World, viewer: User, user: User): tl.User {
  return new tl.User({
    id: user.id,
    min: true,
    bot: user.bot,
    accessHash: world.accessHash(viewer.id, `user:${user.id}`, 'min'),
    firstName: user.firstName,
    lastName: user.lastName ?? undefined,
    username: user.username ?? undefined,
    photo: userPhotoOf(world, user),
    applyMinPhoto: true,
    premium: user.premium,
    ...(user.bot ? { botInfoVersion: 1 } : {}),
  });
}

/** Users as `viewer` sees them; ids that are no users are left out. */
export function usersFor(
  world: World,
  viewer: User,
  ids: Iterable<bigint>,
  min = false,
): tl.User[] {
  const users: tl.User[] = [];
  for (const id of new Set(ids)) {
    const user = world.user(id);
    if (!user) continue;
    const short = min && !user.deleted && !isAcquainted(world, viewer, user);
    users.push((short ? minUserFor : userFor)(world, viewer, user));
  }
  return users;
}
