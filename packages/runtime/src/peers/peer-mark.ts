import type { base } from '@tlgen/telegram';
import { isPeerId, markedId } from './marked-id.js';
import type { PeerType } from './types.js';

/** The marked id of what an answer names; null when no peer has such an id. Ids before layer 133 are numbers. */
function mark(type: PeerType, id: bigint | number): bigint | null {
  const value = BigInt(id);
  return isPeerId(type, value) ? markedId(type, value) : null;
}

/** The marked id that a `Peer` of an answer stands for; null when no peer has such an id. */
export function peerMark(peer: base.TypePeer): bigint | null {
  switch (peer._) {
    case 'peerUser':
      return mark('user', peer.userId);
    case 'peerChat':
      return mark('chat', peer.chatId);
    case 'peerChannel':
      return mark('channel', peer.channelId);
  }
}

/** The marked id of a user in an answer; null when no user has such an id. */
export const userMark = (id: bigint): bigint | null => mark('user', id);

/** The marked id of a group or channel in an answer; null for what is neither. */
export function chatMark(chat: base.TypeChat): bigint | null {
  switch (chat._) {
    case 'chat':
    case 'chatForbidden':
    case 'chatEmpty':
      return mark('chat', chat.id);
    case 'channel':
    case 'channelForbidden':
      return mark('channel', chat.id);
    default:
      return null;
  }
}
