import * as tl from '@tlgen/telegram';
import { channelsFor } from './channels/view.js';
import { chatsFor } from './chats.js';
import type { PeerKey, User } from './types.js';
import { usersFor } from './users.js';
import type { World } from './world.js';

/** The users and groups that an answer speaks of, and so has to bring along. */
export class Mentioned {
  readonly users = new Set<bigint>();
  readonly chats = new Set<bigint>();
  readonly channels = new Set<bigint>();

  peer(peer: tl.TypePeer | undefined): this {
    if (peer instanceof tl.PeerUser) this.users.add(peer.userId);
    if (peer instanceof tl.PeerChat) this.chats.add(peer.chatId);
    if (peer instanceof tl.PeerChannel) this.channels.add(peer.channelId);
    return this;
  }

  key(key: PeerKey): this {
    return this.peer(peerOf(key));
  }

  messages(messages: Iterable<tl.TypeMessage>): this {
    for (const message of messages) {
      this.peer(message.peerId);
      if (message instanceof tl.MessageEmpty) continue;
      this.peer(message.fromId);
      if (message instanceof tl.MessageService) this.action(message.action);
      else {
        this.entities(message.entities);
        this.peer(message.fwdFrom?.fromId);
        const { media, viaBotId } = message;
        if (media instanceof tl.MessageMediaContact && media.userId) this.users.add(media.userId);
        if (viaBotId !== undefined) this.users.add(viaBotId);
      }
    }
    return this;
  }

  /** Whom updates speak of. */
  updates(updates: Iterable<tl.TypeUpdate>): this {
    for (const update of updates) {
      const message: unknown = 'message' in update ? update.message : null;
      if (message instanceof tl.Message || message instanceof tl.MessageService)
        this.messages([message]);
      if ('channelId' in update && update.channelId) this.channels.add(update.channelId);
      if (update instanceof tl.UpdateChatParticipants) this.members(update.participants);
      if (update instanceof tl.UpdateEncryption && 'adminId' in update.chat)
        this.users.add(update.chat.adminId).add(update.chat.participantId);
      if (update instanceof tl.UpdateBotCallbackQuery)
        this.peer(update.peer).users.add(update.userId);
    }
    return this;
  }

  private members(participants: tl.TypeChatParticipants): void {
    this.chats.add(participants.chatId);
    if (!(participants instanceof tl.ChatParticipants)) return;
    for (const one of participants.participants) this.users.add(one.userId);
  }

  private action(action: tl.TypeMessageAction): void {
    if ('users' in action) for (const id of action.users) this.users.add(id as bigint);
    if (action instanceof tl.MessageActionChatDeleteUser) this.users.add(action.userId);
    if (action instanceof tl.MessageActionChatJoinedByLink) this.users.add(action.inviterId);
    if (action instanceof tl.MessageActionChatMigrateTo) this.channels.add(action.channelId);
    if (action instanceof tl.MessageActionChannelMigrateFrom) this.chats.add(action.chatId);
  }

  private entities(entities: readonly tl.TypeMessageEntity[] | undefined): void {
    for (const one of entities ?? [])
      if (one instanceof tl.MessageEntityMentionName) this.users.add(one.userId);
  }

  /** As `viewer` sees them. @param min - strangers come in their short form, as updates of channels bring them. */
  for(world: World, viewer: User, min = false): { users: tl.User[]; chats: tl.TypeChat[] } {
    return {
      users: usersFor(world, viewer, this.users, min),
      chats: [
        ...chatsFor(world, viewer, this.chats),
        ...channelsFor(world, viewer, this.channels, min),
      ],
    };
  }
}

/** The TL form of a peer. */
export function peerOf(key: PeerKey): tl.PeerUser | tl.PeerChat | tl.PeerChannel {
  const [type, digits = '0'] = key.split(':');
  const id = BigInt(digits);
  if (type === 'user') return new tl.PeerUser({ userId: id });
  return type === 'chat' ? new tl.PeerChat({ chatId: id }) : new tl.PeerChannel({ channelId: id });
}

/** What a peer is kept under. */
export function keyOf(peer: tl.TypePeer): PeerKey {
  if (peer instanceof tl.PeerUser) return `user:${peer.userId}`;
  return peer instanceof tl.PeerChat ? `chat:${peer.chatId}` : `channel:${peer.channelId}`;
}
