import type { base } from '@tlgen/telegram';
import type { Delivery } from '../engine/index.js';

type Chats = Delivery['entities']['chats'];

/** Finds the channels that updates say one has left, or was thrown out of. */
export class LeftChannels {
  /** Those that came together with the last update. */
  #chats: Chats = [];
  #byId: ReadonlyMap<bigint, base.TypeChat> = new Map();

  constructor(private readonly isPolled: (channel: bigint) => boolean) {}

  /** The channel's bare id; null: none. */
  find({ update, entities }: Pick<Delivery, 'update' | 'entities'>): bigint | null {
    if (update._ !== 'updateChannel') return null;
    const { channelId } = update;
    const chat = this.#of(entities.chats).get(channelId);
    if (chat?._ === 'channelForbidden') return channelId;
    // A min one does not tell.
    if (chat?._ !== 'channel' || !chat.left || chat.min) return null;
    return this.isPolled(channelId) ? null : channelId;
  }

  /** Many updates share one list: it is gone through once. */
  #of(chats: Chats): ReadonlyMap<bigint, base.TypeChat> {
    if (chats !== this.#chats) {
      this.#chats = chats;
      const channels = chats.filter(({ _ }) => _ === 'channel' || _ === 'channelForbidden');
      this.#byId = new Map(channels.map((chat) => [chat.id, chat]));
    }
    return this.#byId;
  }
}
