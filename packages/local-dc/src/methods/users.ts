import * as tl from '@tlgen/telegram';
import { account, users } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { tellShort } from '../world/deliveries.js';
import { badRequest, RpcFault } from '../world/fault.js';
import { photoFor } from '../world/files/view.js';
import { inputUser } from '../world/input.js';
import { pinnedWith } from '../world/pinning.js';
import { statusOf, userFor } from '../world/users.js';

/** Profiles. */
export const userMethods: readonly BuiltIn[] = [
  method(users.GetUsersRequest, getUsers),
  method(users.GetFullUserRequest, getFullUser),
  method(account.UpdateUsernameRequest, updateUsername),
  method(account.CheckUsernameRequest, checkUsername),
  method(account.UpdateProfileRequest, updateProfile),
  method(account.UpdateStatusRequest, updateStatus),
];

function getUsers({ id }: users.GetUsersRequest, { world, user }: RequestContext): tl.TypeUser[] {
  // Whom the caller cannot name is answered as empty, the others are not spoilt by it.
  return id.map((input) => {
    try {
      return userFor(world, user, inputUser(world, user, input));
    } catch (thrown) {
      if (!(thrown instanceof RpcFault)) throw thrown;
      return new tl.UserEmpty({ id: 'userId' in input ? input.userId : 0n });
    }
  });
}

function getFullUser(
  { id }: users.GetFullUserRequest,
  { world, user }: RequestContext,
): users.TypeUserFull {
  const target = inputUser(world, user, id);
  const photo = world.files.photo(target.photos[0] ?? 0n);
  const supergroups = [...world.channels.values()].filter(({ megagroup }) => megagroup);
  const common = [...world.chats.values(), ...supergroups].filter(
    ({ members }) => target !== user && members.has(user.id) && members.has(target.id),
  );
  return new users.UserFull({
    fullUser: new tl.UserFull({
      id: target.id,
      about: target.about ?? undefined,
      profilePhoto: photo && photoFor(world, user, photo),
      settings: new tl.PeerSettings({}),
      notifySettings: new tl.PeerNotifySettings({}),
      pinnedMsgId: pinnedWith(user, { key: `user:${target.id}`, user: target })[0]?.message.id,
      commonChatsCount: common.length,
      botInfo: !target.bot ? undefined : new tl.BotInfo({ userId: target.id }),
    }),
    chats: [],
    users: [userFor(world, user, target)],
  });
}

/** @throws RpcFault `USERNAME_INVALID` */
export function checkedUsername(username: string): string {
  if (!/^[a-z]\w{3,30}[a-z0-9]$/i.test(username) || username.includes('__'))
    throw badRequest('USERNAME_INVALID');
  return username;
}

function checkUsername(
  request: account.CheckUsernameRequest,
  { world, user }: RequestContext,
): boolean {
  const owner = world.names.owner(checkedUsername(request.username));
  return owner === undefined || owner === `user:${user.id}`;
}

function updateUsername(
  request: account.UpdateUsernameRequest,
  { world, user }: RequestContext,
): tl.TypeUser {
  const username = request.username === '' ? null : checkedUsername(request.username);
  if (username === user.username) throw badRequest('USERNAME_NOT_MODIFIED');
  const key = `user:${user.id}` as const;
  const owner = username === null ? undefined : world.names.owner(username);
  if (owner && owner !== key) throw badRequest('USERNAME_OCCUPIED');
  world.names.give(key, user.username, username);
  user.username = username;
  return userFor(world, user, user);
}

function updateProfile(
  { firstName, lastName, about }: account.UpdateProfileRequest,
  { world, user }: RequestContext,
): tl.TypeUser {
  if (firstName !== undefined && (firstName.trim() === '' || firstName.length > 64))
    throw badRequest('FIRSTNAME_INVALID');
  if (about !== undefined && about.length > 70) throw badRequest('ABOUT_TOO_LONG');
  if (firstName !== undefined) user.firstName = firstName.trim();
  if (lastName !== undefined) user.lastName = lastName.trim() || null;
  if (about !== undefined) user.about = about || null;
  return userFor(world, user, user);
}

function updateStatus(
  { offline }: account.UpdateStatusRequest,
  { world, user }: RequestContext,
): boolean {
  user.onlineUntil = offline ? world.now() : world.now() + 300;
  const update = new tl.UpdateUserStatus({ userId: user.id, status: statusOf(world, user) });
  for (const other of world.users.values())
    if (other !== user && other.contacts.has(user.id)) tellShort(world, other, update);
  return true;
}
