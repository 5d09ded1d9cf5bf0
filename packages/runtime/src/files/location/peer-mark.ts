import { isPeerId, markedId } from '../../peers/marked-id.js';
import type { PeerType } from '../../peers/types.js';
import { Fields } from './fields.js';

/** The marked id of what a `Peer` names; undefined for what names none. Nothing of it is trusted. */
export function markOf(peer: unknown): bigint | undefined {
  const fields = Fields.of(peer);
  switch (fields?.name) {
    case 'peerUser':
      return marked('user', fields.raw('userId'));
    case 'peerChat':
      return marked('chat', fields.raw('chatId'));
    case 'peerChannel':
      return marked('channel', fields.raw('channelId'));
    default:
      return undefined;
  }
}

/** The marked id of an id without a mark; undefined when no peer has it. */
export function marked(type: PeerType, id: unknown): bigint | undefined {
  const value = typeof id === 'number' && Number.isSafeInteger(id) ? BigInt(id) : id;
  return typeof value === 'bigint' && isPeerId(type, value) ? markedId(type, value) : undefined;
}
