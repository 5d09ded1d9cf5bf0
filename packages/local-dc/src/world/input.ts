import * as tl from '@tlgen/telegram';
import type { Box } from './box.js';
import type { Channel } from './channels/channel.js';
import { maySee } from './channels/rights.js';
import { badRequest, RpcFault } from './fault.js';
import { Mentioned } from './mentioned.js';
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
    const known = viewer.bot && input.accessHash === 0n && viewer.box.knows(key);
    return known ? world.user(input.userId) : undefined;
  }
  if (input instanceof tl.InputUserFromMessage || input instanceof tl.InputPeerUserFromMessage) {
    const seen = mentionedIn(world, viewer, input.peer, input.msgId);
    return seen?.users.has(input.userId) ? world.user(input.userId) : undefined;
  }
  return undefined;
}

/** Whom a message that the viewer can see names. */
function mentionedIn(
  world: World,
  viewer: User,
  peer: tl.TypeInputPeer,
  msgId: number,
): Mentioned | null {
  const target = inputPeer(world, viewer, peer);
  const letter = boxOf(viewer, target).letters.get(msgId);
  return letter?.peer === target.key ? new Mentioned().messages([letter.message]) : null;
}

/**
 * The channel that an `InputChannel` or `InputPeer` means, if the viewer may look into it.
 *
 * @throws RpcFault `CHANNEL_INVALID` when there is none like that or the access hash is not the viewer's;
 * `CHANNEL_PRIVATE` (406).
 */
export function inputChannel(
  world: World,
  viewer: User,
  input: tl.TypeInputChannel | tl.TypeInputPeer,
): Channel {
  const channel = findChannel(world, viewer, input);
  if (!channel) throw badRequest('CHANNEL_INVALID');
  if (!maySee(world, channel, viewer.id)) throw new RpcFault(406, 'CHANNEL_PRIVATE');
  return channel;
}

function findChannel(
  world: World,
  viewer: User,
  input: tl.TypeInputChannel | tl.TypeInputPeer,
): Channel | undefined {
  if (input instanceof tl.InputChannel || input instanceof tl.InputPeerChannel) {
    const channel = world.channels.get(input.channelId);
    if (!channel) return undefined;
    if (input.accessHash === world.accessHash(viewer.id, channel.key)) return channel;
    // Bots may leave out the hash of channels that they are in.
    const known = viewer.bot && input.accessHash === 0n && channel.members.has(viewer.id);
    return known ? channel : undefined;
  }
  if (
    input instanceof tl.InputChannelFromMessage ||
    input instanceof tl.InputPeerChannelFromMessage
  ) {
    const seen = mentionedIn(world, viewer, input.peer, input.msgId);
    return seen?.channels.has(input.channelId) ? world.channels.get(input.channelId) : undefined;
  }
  return undefined;
}

/** Where a message may go: a user, a basic group that the viewer is in, or a channel. */
export type Target =
  | { readonly key: PeerKey; readonly user: User }
  | { readonly key: PeerKey; readonly chat: Chat }
  | { readonly key: PeerKey; readonly channel: Channel };

/** Where the messages with a peer are, for one viewer. */
export function boxOf(viewer: User, target: Target): Box {
  return 'channel' in target ? target.channel.box : viewer.box;
}

/**
 * Whom an `InputPeer` means.
 *
 * @throws RpcFault `PEER_ID_INVALID`, `CHAT_ID_INVALID`, `CHANNEL_INVALID`, `CHANNEL_PRIVATE` (406).
 */
export function inputPeer(world: World, viewer: User, input: tl.TypeInputPeer): Target {
  if (input instanceof tl.InputPeerChat) {
    return { key: `chat:${input.chatId}`, chat: memberChat(world, viewer, input.chatId) };
  }
  if (input instanceof tl.InputPeerChannel || input instanceof tl.InputPeerChannelFromMessage) {
    const channel = inputChannel(world, viewer, input);
    return { key: channel.key, channel };
  }
  const user = findUser(world, viewer, input);
  if (!user) throw badRequest('PEER_ID_INVALID');
  return { key: `user:${user.id}`, user };
}

/** A group that the viewer is in or was in. @throws RpcFault `CHAT_ID_INVALID` */
export function memberChat(world: World, viewer: User, id: bigint): Chat {
  const chat = world.chats.get(id);
  const key: PeerKey = `chat:${id}`;
  if (!chat || (!chat.members.has(viewer.id) && !viewer.box.knows(key)))
    throw badRequest('CHAT_ID_INVALID');
  return chat;
}

/** What a peer's key means to a viewer, whoever may name it. @throws RpcFault `PEER_ID_INVALID` */
export function targetOf(world: World, key: PeerKey): Target {
  const [type, digits = '0'] = key.split(':');
  const id = BigInt(digits);
  const user = type === 'user' ? world.users.get(id) : undefined;
  if (user) return { key, user };
  const chat = type === 'chat' ? world.chats.get(id) : undefined;
  if (chat) return { key, chat };
  const channel = type === 'channel' ? world.channels.get(id) : undefined;
  if (channel) return { key, channel };
  throw badRequest('PEER_ID_INVALID');
}
