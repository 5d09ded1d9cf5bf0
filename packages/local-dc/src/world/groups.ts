import * as tl from '@tlgen/telegram';
import { badRequest } from './fault.js';
import { changePhoto } from './files/chat-photos.js';
import { announce, place, type Placed } from './sending.js';
import type { Chat, User } from './types.js';
import type { World } from './world.js';

/** Most members of a basic group. */
export const CHAT_SIZE_MAX = 200;

/** A change to a group: the group, and the actor's copy of the service message. */
export interface GroupChange {
  readonly chat: Chat;
  readonly own: Placed;
}

/** Creates a basic group. @throws RpcFault `CHAT_TITLE_EMPTY`, `USERS_TOO_MUCH` */
export function createChat(
  world: World,
  creator: User,
  title: string,
  users: readonly User[],
  exceptSession?: bigint,
): GroupChange {
  if (title.trim() === '') throw badRequest('CHAT_TITLE_EMPTY');
  if (users.length >= CHAT_SIZE_MAX) throw badRequest('USERS_TOO_MUCH');
  const date = world.now();
  const others = users.filter((user) => user.id !== creator.id);
  const members = [creator, ...others].map(
    (user) => [user.id, { inviterId: creator.id, date }] as const,
  );
  const chat: Chat = {
    id: world.nextChatId(),
    title,
    photo: null,
    date,
    creatorId: creator.id,
    members: new Map(members),
    version: 1,
    migratedTo: null,
  };
  world.chats.set(chat.id, chat);
  const action = new tl.MessageActionChatCreate({ title, users: [...chat.members.keys()] });
  return change(world, creator, chat, action, exceptSession);
}

/** @throws RpcFault `CHAT_WRITE_FORBIDDEN`, `USER_ALREADY_PARTICIPANT`, `USERS_TOO_MUCH` */
export function addChatUser(
  world: World,
  actor: User,
  chat: Chat,
  user: User,
  exceptSession?: bigint,
): GroupChange {
  mustBeMember(chat, actor);
  if (chat.members.has(user.id)) throw badRequest('USER_ALREADY_PARTICIPANT');
  if (chat.members.size >= CHAT_SIZE_MAX) throw badRequest('USERS_TOO_MUCH');
  chat.members.set(user.id, { inviterId: actor.id, date: world.now() });
  chat.version++;
  const action = new tl.MessageActionChatAddUser({ users: [user.id] });
  return change(world, actor, chat, action, exceptSession);
}

/** @throws RpcFault `USER_NOT_PARTICIPANT`, `CHAT_ADMIN_REQUIRED` */
export function deleteChatUser(
  world: World,
  actor: User,
  chat: Chat,
  user: User,
  exceptSession?: bigint,
): GroupChange {
  mustBeMember(chat, actor);
  const member = chat.members.get(user.id);
  if (!member) throw badRequest('USER_NOT_PARTICIPANT');
  const may = [chat.creatorId, member.inviterId, user.id].includes(actor.id);
  if (!may) throw badRequest('CHAT_ADMIN_REQUIRED');
  const action = new tl.MessageActionChatDeleteUser({ userId: user.id });
  // The one who is removed sees it, too: so the message goes out first.
  const result = change(world, actor, chat, action, exceptSession);
  chat.members.delete(user.id);
  chat.version++;
  return result;
}

/** @throws RpcFault `CHAT_WRITE_FORBIDDEN` for those who are not in the group. */
export function mustBeMember(chat: Chat, user: User): void {
  if (!chat.members.has(user.id)) throw badRequest('CHAT_WRITE_FORBIDDEN');
}

/** Somebody joins by a link. @throws RpcFault `USER_ALREADY_PARTICIPANT`, `USERS_TOO_MUCH` */
export function joinByLink(
  world: World,
  actor: User,
  chat: Chat,
  inviterId: bigint,
  exceptSession?: bigint,
): GroupChange {
  if (chat.members.has(actor.id)) throw badRequest('USER_ALREADY_PARTICIPANT');
  if (chat.members.size >= CHAT_SIZE_MAX) throw badRequest('USERS_TOO_MUCH');
  chat.members.set(actor.id, { inviterId, date: world.now() });
  chat.version++;
  const action = new tl.MessageActionChatJoinedByLink({ inviterId });
  return change(world, actor, chat, action, exceptSession);
}

/** @throws RpcFault `CHAT_TITLE_EMPTY`, `CHAT_NOT_MODIFIED` */
export function editChatTitle(
  world: World,
  actor: User,
  chat: Chat,
  title: string,
  exceptSession?: bigint,
): GroupChange {
  mustBeMember(chat, actor);
  if (title.trim() === '') throw badRequest('CHAT_TITLE_EMPTY');
  if (title === chat.title) throw badRequest('CHAT_NOT_MODIFIED');
  chat.title = title;
  chat.version++;
  return change(world, actor, chat, new tl.MessageActionChatEditTitle({ title }), exceptSession);
}

/** @throws RpcFault `CHAT_WRITE_FORBIDDEN`, `CHAT_NOT_MODIFIED`, and as `changePhoto`. */
export function editChatPhoto(
  world: World,
  actor: User,
  chat: Chat,
  photo: tl.TypeInputChatPhoto,
  exceptSession?: bigint,
): GroupChange {
  mustBeMember(chat, actor);
  const action = changePhoto(world, actor, chat, photo);
  chat.version++;
  return change(world, actor, chat, action, exceptSession);
}

function change(
  world: World,
  actor: User,
  chat: Chat,
  action: tl.TypeMessageAction,
  exceptSession?: bigint,
): GroupChange {
  const placed = place(world, actor, { key: `chat:${chat.id}`, chat }, { text: '', action });
  for (const one of placed) announce(world, one, one.user === actor ? exceptSession : undefined);
  const own = placed[0];
  if (!own) throw badRequest('CHAT_ID_INVALID');
  return { chat, own };
}
