import * as tl from '@tlgen/telegram';
import { badRequest } from './fault.js';
import type { Chat, PeerKey, User } from './types.js';
import type { World } from './world.js';

/**
 * Whom an `InputUser` means.
 *
 * @throws RpcFault `USER_ID_INVALID` when there is nobody like that or the access hash is not the viewer's.
 */
export function inputUser(world: World, viewer: User, input: tl.TypeInputUser): User {
  const user = findUser(world, viewer, input);
  if (!user) throw badRequest('USER_ID_INVALID');
  return user;
}

function findUser(
  world: World,
  viewer: User,
  input: tl.TypeInputUser | tl.TypeInputPeer,
): User | undefined {
  if (input instanceof tl.InputUserSelf || input instanceof tl.InputPeerSelf) return viewer;
  if (input instanceof tl.InputUser || input instanceof tl.InputPeerUser) {
    const key: PeerKey = `user:${input.userId}`;
    if (input.accessHash === world.accessHash(viewer.id, key) || input.userId === viewer.id)
      return world.user(input.userId);
    // Bots may leave out the hash of users who wrote to them.
    const known =
      viewer.token !== null && input.accessHash === 0n && viewer.box.with(key).length > 0;
    return known ? world.user(input.userId) : undefined;
  }
  if (input instanceof tl.InputUserFromMessage || input instanceof tl.InputPeerUserFromMessage) {
    const message = viewer.box.letters.get(input.msgId)?.message;
    const from = message?.fromId ?? message?.peerId;
    return from instanceof tl.PeerUser && from.userId === input.userId
      ? world.user(input.userId)
      : undefined;
  }
  return undefined;
}

/** Where a message may go: a user, or a basic group that the viewer is in. */
export type Target =
  { readonly key: PeerKey; readonly user: User } | { readonly key: PeerKey; readonly chat: Chat };

/**
 * Whom an `InputPeer` means.
 *
 * @throws RpcFault `PEER_ID_INVALID`, `CHAT_ID_INVALID`.
 */
export function inputPeer(world: World, viewer: User, input: tl.TypeInputPeer): Target {
  if (input instanceof tl.InputPeerChat) {
    return { key: `chat:${input.chatId}`, chat: memberChat(world, viewer, input.chatId) };
  }
  const user = findUser(world, viewer, input);
  if (!user) throw badRequest('PEER_ID_INVALID');
  return { key: `user:${user.id}`, user };
}

/** A group that the viewer is in or was in. @throws RpcFault `CHAT_ID_INVALID` */
export function memberChat(world: World, viewer: User, id: bigint): Chat {
  const chat = world.chats.get(id);
  const key: PeerKey = `chat:${id}`;
  if (!chat || (!chat.members.has(viewer.id) && viewer.box.with(key).length === 0))
    throw badRequest('CHAT_ID_INVALID');
  return chat;
}
