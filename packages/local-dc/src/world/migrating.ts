import * as tl from '@tlgen/telegram';
import type { Channel } from './channels/channel.js';
import { createChannel, enter, noteAction } from './channels/members.js';
import { tellChannel } from './channels/posting.js';
import { badRequest, RpcFault } from './fault.js';
import { announce, place } from './sending.js';
import type { Chat, User } from './types.js';
import type { World } from './world.js';

/** What a basic group became, and what the one who did it is answered. */
export interface Migration {
  readonly channel: Channel;
  readonly updates: readonly tl.TypeUpdate[];
}

/**
 * Makes a supergroup of a basic group: its members are in the supergroup from now on, whose messages have ids and pts
 * of their own; the group keeps what was said, and nobody can write there any more
 * (https://core.telegram.org/api/channel#migration).
 *
 * @throws RpcFault `CHAT_ADMIN_REQUIRED` for all but the creator, `CHAT_ID_INVALID` when it was done before.
 */
export function migrateChat(
  world: World,
  actor: User,
  chat: Chat,
  exceptSession?: bigint,
): Migration {
  if (chat.migratedTo !== null) throw badRequest('CHAT_ID_INVALID');
  if (chat.creatorId !== actor.id || !chat.members.has(actor.id))
    throw new RpcFault(400, 'CHAT_ADMIN_REQUIRED');
  const { title } = chat;
  const channel = createChannel(world, actor, { title, megagroup: true });
  channel.photo = chat.photo;
  channel.migratedFrom = chat;
  const users = [...chat.members.keys()].flatMap((id) => world.user(id) ?? []);
  const others = users.filter((user) => user !== actor);
  for (const user of others)
    enter(world, channel, user, chat.members.get(user.id)?.inviterId ?? actor.id);
  // The last message of the group goes to all who were in it.
  const action = new tl.MessageActionChatMigrateTo({ channelId: channel.id });
  const placed = place(world, actor, { key: `chat:${chat.id}`, chat }, { text: '', action });
  chat.migratedTo = channel.id;
  chat.members.clear();
  chat.version++;
  for (const one of placed) announce(world, one, one.user === actor ? exceptSession : undefined);
  for (const user of others) tellChannel(world, user, channel);
  const update = tellChannel(world, actor, channel, exceptSession);
  const from = new tl.MessageActionChannelMigrateFrom({ title, chatId: chat.id });
  const posted = noteAction(world, actor, channel, from, exceptSession);
  const own = placed.flatMap(({ user, letter: { message }, pts }) =>
    user === actor ? [new tl.UpdateNewMessage({ message, pts, ptsCount: 1 })] : [],
  );
  return { channel, updates: [update, ...own, ...posted] };
}
