import * as tl from '@tlgen/telegram';
import { chatsFor } from './chats.js';
import type { PeerKey, User } from './types.js';
import { usersFor } from './users.js';
import type { World } from './world.js';

/** The users and groups that an answer speaks of, and so has to bring along. */
export class Mentioned {
  readonly users = new Set<bigint>();
  readonly chats = new Set<bigint>();

  peer(peer: tl.TypePeer | undefined): this {
    if (peer instanceof tl.PeerUser) this.users.add(peer.userId);
    if (peer instanceof tl.PeerChat) this.chats.add(peer.chatId);
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
      else this.entities(message.entities);
    }
    return this;
  }

  private action(action: tl.TypeMessageAction): void {
    if ('users' in action) for (const id of action.users) this.users.add(id as bigint);
    if (action instanceof tl.MessageActionChatDeleteUser) this.users.add(action.userId);
  }

  private entities(entities: readonly tl.TypeMessageEntity[] | undefined): void {
    for (const one of entities ?? [])
      if (one instanceof tl.MessageEntityMentionName) this.users.add(one.userId);
  }

  /** As `viewer` sees them. */
  for(world: World, viewer: User): { users: tl.User[]; chats: tl.TypeChat[] } {
    return {
      users: usersFor(world, viewer, this.users),
      chats: chatsFor(world, viewer, this.chats),
    };
  }
}

/** The TL form of a peer. */
export function peerOf(key: PeerKey): tl.PeerUser | tl.PeerChat {
  const id = BigInt(key.slice(5));
  return key.startsWith('user:')
    ? new tl.PeerUser({ userId: id })
    : new tl.PeerChat({ chatId: id });
}
