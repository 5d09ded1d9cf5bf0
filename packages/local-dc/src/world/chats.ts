import * as tl from '@tlgen/telegram';
import { chatPhotoOf } from './files/chat-photos.js';
import type { Chat, User } from './types.js';
import type { World } from './world.js';

/** A basic group as `viewer` sees it. */
export function chatFor(world: World, viewer: User, chat: Chat): tl.TypeChat {
  const member = chat.members.has(viewer.id);
  const channel = chat.migratedTo === null ? undefined : world.channels.get(chat.migratedTo);
  return new tl.Chat({
    id: chat.id,
    title: chat.title,
    photo: chatPhotoOf(world, chat),
    participantsCount: chat.members.size,
    date: chat.date,
    version: chat.version,
    creator: chat.creatorId === viewer.id,
    left: !member && channel === undefined,
    deactivated: channel !== undefined,
    migratedTo:
      channel &&
      new tl.InputChannel({
        channelId: channel.id,
        accessHash: world.accessHash(viewer.id, channel.key),
      }),
  });
}

/** Groups as `viewer` sees them; ids that are no groups are left out. */
export function chatsFor(world: World, viewer: User, ids: Iterable<bigint>): tl.TypeChat[] {
  const chats: tl.TypeChat[] = [];
  for (const id of new Set(ids)) {
    const chat = world.chats.get(id);
    if (chat) chats.push(chatFor(world, viewer, chat));
  }
  return chats;
}

/** Who is in a group. */
export function participantsOf(chat: Chat): tl.ChatParticipants {
  const participants = [...chat.members].map(([userId, { inviterId, date }]) =>
    userId === chat.creatorId
      ? new tl.ChatParticipantCreator({ userId })
      : new tl.ChatParticipant({ userId, inviterId, date }),
  );
  return new tl.ChatParticipants({ chatId: chat.id, participants, version: chat.version });
}
