import * as tl from '@tlgen/telegram';
import {
  chatOf,
  plainly,
  userOf,
  type ChatLike,
  type TestChat,
  type TestMessage,
  type UserLike,
} from './scene.js';
import { deleteMessages, editMessage, readHistory } from './world/changing.js';
import { deletePosts, editPost, readChannel } from './world/channels/changing.js';
import { ban } from './world/channels/banning.js';
import { join, leave } from './world/channels/members.js';
import { messageFor } from './world/channels/view.js';
import { addChatUser, deleteChatUser } from './world/groups.js';
import { boxOf, targetOf, type Target } from './world/input.js';
import { migrateChat } from './world/migrating.js';
import { closeChannel } from './world/removing.js';
import { keptText } from './world/texts.js';
import type { Letter, User } from './world/types.js';
import type { World } from './world/world.js';

/** A message as one user has it. */
export interface Copy {
  readonly target: Target;
  readonly letter: Letter;
}

/** What a message that a test sent is for `viewer`. @throws TypeError when it is not there. */
export function copyOf(world: World, { id, from, chat }: TestMessage, viewer: User): Copy {
  const target = chatOf(world, chat);
  const letter = boxOf(userOf(world, from), target).letters.get(id);
  const own = 'channel' in target || !letter ? letter : viewer.box.byUid(letter.uid);
  if (!own) throw new TypeError(`${viewer.id} has no message ${id} of ${from} (it may be deleted)`);
  return { target: targetOf(world, own.peer), letter: own };
}

/** Changes what a message says, as whoever wrote it. */
export function edit(
  world: World,
  message: TestMessage,
  text: string,
  change: Partial<Pick<tl.Message, 'entities' | 'replyMarkup'>>,
): void {
  const editor = userOf(world, message.from);
  const { target, letter } = copyOf(world, message, editor);
  plainly(`edit the message ${message.id}`, () => {
    const before = letter.message instanceof tl.Message ? letter.message : undefined;
    const kept = keptText(text, change.entities, { empty: before?.media !== undefined });
    const replyMarkup = change.replyMarkup ?? before?.replyMarkup;
    const changed = { message: kept.text, entities: kept.entities, replyMarkup };
    if ('channel' in target) editPost(world, editor, target.channel, letter, changed);
    else editMessage(world, editor, letter, changed);
  });
}

/** Deletes messages at once: those of one box or channel make one update. */
export function remove(
  world: World,
  messages: readonly TestMessage[],
  {
    as,
    revoke = true,
  }: { readonly as?: UserLike | undefined; readonly revoke?: boolean | undefined },
): void {
  const boxes = new Map<unknown, { user: User; target: Target; ids: number[] }>();
  for (const message of messages) {
    const user = userOf(world, as ?? message.from);
    const { target, letter } = copyOf(world, message, user);
    const box = boxOf(user, target);
    const one = boxes.get(box) ?? { user, target, ids: [] };
    one.ids.push(letter.message.id);
    boxes.set(box, one);
  }
  for (const { user, target, ids } of boxes.values())
    plainly(`delete as ${user.id}`, () => {
      if ('channel' in target) deletePosts(world, user, target.channel, ids);
      else deleteMessages(world, user, ids, revoke);
    });
}

/** Reads all that is there. */
export function read(world: World, user: UserLike, chat: ChatLike): void {
  const reader = userOf(world, user);
  const target = chatOf(world, chat);
  if ('channel' in target) readChannel(world, reader, target.channel, 0);
  else readHistory(world, reader, target.key, 0);
}

/** What a user sees in a chat, oldest first. */
export function messagesOf(world: World, user: UserLike, chat: ChatLike): tl.TypeMessage[] {
  const viewer = userOf(world, user);
  const target = chatOf(world, chat);
  const letters = boxOf(viewer, target).with(target.key).reverse();
  return letters.map((letter) => messageFor(viewer, letter));
}

/** Somebody comes: by themselves, or into a basic group by its creator. */
export function enterChat(world: World, user: UserLike, chat: TestChat): void {
  const who = userOf(world, user);
  const target = chatOf(world, chat);
  plainly(`let ${who.id} into ${target.key}`, () => {
    if ('channel' in target) join(world, who, target.channel, null);
    else if ('chat' in target)
      addChatUser(world, userOf(world, target.chat.creatorId), target.chat, who);
  });
}

/** Somebody goes. */
export function leaveChat(world: World, user: UserLike, chat: TestChat): void {
  const who = userOf(world, user);
  const target = chatOf(world, chat);
  plainly(`let ${who.id} out of ${target.key}`, () => {
    if ('channel' in target) leave(world, who, target.channel);
    else if ('chat' in target) deleteChatUser(world, who, target.chat, who);
  });
}

/** The creator throws somebody out. */
export function kick(world: World, user: UserLike, chat: TestChat): void {
  const who = userOf(world, user);
  const target = chatOf(world, chat);
  plainly(`kick ${who.id} out of ${target.key}`, () => {
    if ('channel' in target) {
      const { channel } = target;
      const rights = new tl.ChatBannedRights({ viewMessages: true, untilDate: 0 });
      ban(world, userOf(world, channel.creatorId), channel, who, rights);
    } else if ('chat' in target)
      deleteChatUser(world, userOf(world, target.chat.creatorId), target.chat, who);
  });
}

/** The creator makes a supergroup of a basic group. @throws TypeError when it is none, or was done before. */
export function migrate(world: World, chat: TestChat): TestChat {
  const target = chatOf(world, chat);
  if (!('chat' in target)) throw new TypeError(`${target.key} is no basic group`);
  const { channel } = plainly(`make a supergroup of ${target.key}`, () =>
    migrateChat(world, userOf(world, target.chat.creatorId), target.chat),
  );
  return { type: 'supergroup', id: channel.id, title: channel.title, username: null };
}

/** The creator deletes a channel. @throws TypeError when it is none. */
export function deleteChannel(world: World, chat: TestChat): void {
  const target = chatOf(world, chat);
  if (!('channel' in target)) throw new TypeError(`${target.key} is no channel`);
  closeChannel(world, userOf(world, target.channel.creatorId), target.channel);
}
