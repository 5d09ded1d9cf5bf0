import { MessageActionChannelCreate } from '@tlgen/telegram';
import type * as tl from '@tlgen/telegram';
import { createChannel as makeChannel, invite, noteAction } from './world/channels/members.js';
import type { Channel } from './world/channels/channel.js';
import type { Content } from './world/content.js';
import { RpcFault } from './world/fault.js';
import { createChat } from './world/groups.js';
import { targetOf, type Target } from './world/input.js';
import { send as sendTo } from './world/outgoing.js';
import { mustWrite } from './world/channels/rights.js';
import { keptText } from './world/texts.js';
import type { PeerKey, User } from './world/types.js';
import type { World } from './world/world.js';

/** A user: an id, or what has one. */
export type UserLike = bigint | { readonly id: bigint };

/** Whom to send to: a user, or what {@link createGroup} or {@link createChannel} made. */
export type ChatLike = UserLike | TestChat;

/** A group or channel that a test made. */
export interface TestChat {
  readonly type: 'group' | 'channel' | 'supergroup';
  /** Bare id, without the marks of Bot API ids. */
  readonly id: bigint;
  readonly title: string;
  /** Public name; null: private. */
  readonly username: string | null;
}

/** What group to make. */
export interface NewTestGroup {
  readonly title: string;
  readonly creator: UserLike;
  readonly members?: readonly UserLike[] | undefined;
}

/** What channel to make. */
export interface NewTestChannel extends NewTestGroup {
  /** Public name. Default: private. */
  readonly username?: string | undefined;
  readonly about?: string | undefined;
  /** true: a supergroup. Default: a channel in which admins write. */
  readonly megagroup?: boolean | undefined;
}

/** A message that a test sent. */
export interface TestMessage {
  /** In the sender's box, or the channel's. */
  readonly id: number;
  /** Server time in seconds. */
  readonly date: number;
  /** Who wrote it. */
  readonly from: bigint;
  /** Where it was sent to. */
  readonly chat: ChatLike;
}

/** What a message may have beside its text. */
export interface MessageExtras {
  readonly entities?: readonly tl.TypeMessageEntity[] | undefined;
  readonly replyMarkup?: tl.TypeReplyMarkup | undefined;
  readonly silent?: boolean | undefined;
  /** Id of a message in the sender's box, or the channel's. */
  readonly replyTo?: number | undefined;
}

const idOf = (one: UserLike): bigint => (typeof one === 'bigint' ? one : one.id);

/** @throws TypeError when there is nobody like that. */
export function userOf(world: World, like: UserLike): User {
  const user = world.user(idOf(like));
  if (!user) throw new TypeError(`there is no user ${idOf(like)}: make one with createUser()`);
  return user;
}

/** What a request would be refused for is a mistake of the test here. */
export function plainly<T>(doing: string, act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    if (thrown instanceof RpcFault)
      throw new TypeError(`cannot ${doing}: ${thrown.text}`, { cause: thrown });
    throw thrown;
  }
}

/** Makes a basic group, as `messages.createChat` does. @throws TypeError for what the servers would refuse. */
export function createGroup(world: World, fields: NewTestGroup): TestChat {
  const { title, creator, members = [] } = fields;
  const users = members.map((one) => userOf(world, one));
  const { chat } = plainly(`make the group ${JSON.stringify(title)}`, () =>
    createChat(world, userOf(world, creator), title, users),
  );
  return { type: 'group', id: chat.id, title, username: null };
}

/** Makes a channel or supergroup with its members. @throws TypeError for what the servers would refuse. */
export function createChannel(world: World, fields: NewTestChannel): TestChat {
  const { title, creator, members = [], username, about, megagroup = false } = fields;
  const owner = userOf(world, creator);
  const users = members.map((one) => userOf(world, one)).filter((user) => user !== owner);
  if (username !== undefined && !/^[a-z]\w{3,31}$/i.test(username))
    throw new TypeError(`${JSON.stringify(username)} is no user name: a-z, 0-9, _ and 4 … 32 long`);
  if (username !== undefined && world.names.owner(username))
    throw new TypeError(`the user name ${username} is taken`);
  const channel: Channel = plainly(`make the channel ${JSON.stringify(title)}`, () => {
    const made = makeChannel(world, owner, { title, about, megagroup });
    noteAction(world, owner, made, new MessageActionChannelCreate({ title }));
    invite(world, owner, made, users);
    return made;
  });
  if (username !== undefined) {
    world.names.give(channel.key, null, username);
    channel.username = username;
  }
  const type = megagroup ? 'supergroup' : 'channel';
  return { type, id: channel.id, title, username: channel.username };
}

/**
 * Sends a text, or media with a caption, as one user to another, or to a group or channel.
 *
 * @throws TypeError when they may not write there.
 */
export function send(
  world: World,
  from: UserLike,
  to: ChatLike,
  text: string,
  media?: tl.TypeMessageMedia,
  extras: MessageExtras = {},
): TestMessage {
  const kept = (): Content => ({
    ...extras,
    ...keptText(text, extras.entities, { empty: media !== undefined }),
    media,
  });
  const sender = userOf(world, from);
  const target = chatOf(world, to);
  const { letter } = plainly(`write as ${sender.id}`, () => {
    mayWrite(world, sender, target);
    return sendTo(world, sender, target, kept());
  });
  const { id, date } = letter.message;
  return { id, date, from: sender.id, chat: to };
}

/** @throws TypeError when there is no such user or chat. */
export function chatOf(world: World, like: ChatLike): Target {
  if (typeof like === 'bigint' || !('type' in like)) {
    const user = userOf(world, like);
    return { key: `user:${user.id}`, user };
  }
  const key: PeerKey = like.type === 'group' ? `chat:${like.id}` : `channel:${like.id}`;
  return plainly(`write to ${key}`, () => targetOf(world, key));
}

function mayWrite(world: World, sender: User, target: Target): void {
  if ('channel' in target) mustWrite(world, target.channel, sender);
  else if ('chat' in target && !target.chat.members.has(sender.id))
    throw new TypeError(`${sender.id} is not in the group ${target.chat.id}`);
}
