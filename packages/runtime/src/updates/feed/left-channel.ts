import type { Delivery } from '../engine/index.js';

/** The channel that an update says one has left, or was thrown out of, by its bare id; null: none. */
export function leftChannel(
  { update, entities }: Pick<Delivery, 'update' | 'entities'>,
  isPolled: (channel: bigint) => boolean,
): bigint | null {
  if (update._ !== 'updateChannel') return null;
  const { channelId } = update;
  for (const chat of entities.chats) {
    if (chat.id !== channelId) continue;
    if (chat._ === 'channelForbidden') return channelId;
    if (chat._ === 'channel') {
      // a min one does not tell
      return chat.left && !chat.min && !isPolled(channelId) ? channelId : null;
    }
  }
  return null;
}
