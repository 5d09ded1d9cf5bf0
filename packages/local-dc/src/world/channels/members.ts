import * as tl from '@tlgen/telegram';
import { Box } from '../box.js';
import { badRequest, RpcFault } from '../fault.js';
import type { User } from '../types.js';
import type { World } from '../world.js';
import type { Channel } from './channel.js';
import { announcePost, newMessage, post, tellChannel } from './posting.js';
import { banOf } from './rights.js';

/** What a new channel is. */
export interface NewChannel {
  readonly title: string;
  readonly about?: string | undefined;
  readonly megagroup?: boolean | undefined;
}

/** Creates a channel with one member. @throws RpcFault `CHAT_TITLE_EMPTY`, `CHAT_ABOUT_TOO_LONG` */
export function createChannel(
  world: World,
  creator: User,
  { title, about = '', megagroup = false }: NewChannel,
): Channel {
  if (title.trim() === '' || title.length > 128) throw badRequest('CHAT_TITLE_EMPTY');
  if (about.length > 255) throw badRequest('CHAT_ABOUT_TOO_LONG');
  const id = world.nextChannelId();
  const channel: Channel = {
    id,
    key: `channel:${id}`,
    megagroup,
    date: world.now(),
    creatorId: creator.id,
    title,
    photo: null,
    about,
    username: null,
    members: new Map(),
    bans: new Map(),
    box: new Box(() => world.now()),
    deleted: false,
    slowMode: 0,
    wroteAt: new Map(),
    migratedFrom: null,
  };
  world.channels.set(id, channel);
  enter(world, channel, creator, null);
  return channel;
}

/** Makes somebody a member; nobody is told. */
export function enter(world: World, channel: Channel, user: User, inviterId: bigint | null): void {
  channel.members.set(user.id, {
    userId: user.id,
    inviterId,
    date: world.now(),
    admin: null,
    // What was said before is not unread.
    readInbox: channel.box.newestId,
    readOutbox: 0,
  });
  user.channels.add(channel.id);
}

/** Ends a membership; nobody is told. */
export function exit(channel: Channel, user: User): void {
  channel.members.delete(user.id);
  user.channels.delete(channel.id);
}

/** A service message where there are any: supergroups, and the creation of channels. */
export function noteAction(
  world: World,
  actor: User,
  channel: Channel,
  action: tl.TypeMessageAction,
  exceptSession?: bigint,
): tl.TypeUpdate[] {
  if (!channel.megagroup && !(action instanceof tl.MessageActionChannelCreate)) {
    const isChange =
      action instanceof tl.MessageActionChatEditTitle ||
      action instanceof tl.MessageActionChatEditPhoto ||
      action instanceof tl.MessageActionChatDeletePhoto;
    if (!isChange) return [];
  }
  const posted = post(world, actor, channel, { text: '', action });
  announcePost(world, channel, posted, exceptSession);
  return [newMessage(actor, posted)];
}

/**
 * Somebody joins by themselves.
 *
 * @param inviterId - whose link it was.
 * @throws RpcFault `USER_ALREADY_PARTICIPANT`, `CHANNEL_PRIVATE` (406) for who was kicked.
 * @returns the updates of the answer.
 */
export function join(
  world: World,
  user: User,
  channel: Channel,
  inviterId: bigint | null,
  exceptSession?: bigint,
): tl.TypeUpdate[] {
  if (channel.members.has(user.id)) throw badRequest('USER_ALREADY_PARTICIPANT');
  if (banOf(world, channel, user.id)?.rights.viewMessages)
    throw new RpcFault(406, 'CHANNEL_PRIVATE');
  enter(world, channel, user, inviterId);
  const action =
    inviterId === null
      ? new tl.MessageActionChatAddUser({ users: [user.id] })
      : new tl.MessageActionChatJoinedByLink({ inviterId });
  const update = tellChannel(world, user, channel, exceptSession);
  return [update, ...noteAction(world, user, channel, action, exceptSession)];
}

/** Somebody leaves. @throws RpcFault `USER_NOT_PARTICIPANT`, `USER_CREATOR` */
export function leave(
  world: World,
  user: User,
  channel: Channel,
  exceptSession?: bigint,
): tl.TypeUpdate[] {
  if (!channel.members.has(user.id)) throw badRequest('USER_NOT_PARTICIPANT');
  if (channel.creatorId === user.id) throw badRequest('USER_CREATOR');
  exit(channel, user);
  const action = new tl.MessageActionChatDeleteUser({ userId: user.id });
  noteAction(world, user, channel, action);
  return [tellChannel(world, user, channel, exceptSession)];
}

/** Somebody adds others. @throws RpcFault `USER_KICKED`, `USER_BOT` */
export function invite(
  world: World,
  actor: User,
  channel: Channel,
  users: readonly User[],
  exceptSession?: bigint,
): tl.TypeUpdate[] {
  const fresh = users.filter(({ id }) => !channel.members.has(id));
  for (const user of fresh) {
    if (banOf(world, channel, user.id)?.rights.viewMessages) throw badRequest('USER_KICKED');
    if (user.deleted) throw badRequest('INPUT_USER_DEACTIVATED');
    if (user.bot && !channel.megagroup) throw badRequest('USER_BOT');
  }
  for (const user of fresh) enter(world, channel, user, actor.id);
  for (const user of fresh) tellChannel(world, user, channel);
  if (fresh.length === 0) return [];
  const action = new tl.MessageActionChatAddUser({ users: fresh.map(({ id }) => id) });
  return noteAction(world, actor, channel, action, exceptSession);
}
