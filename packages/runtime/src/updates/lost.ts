import type { base } from '@tlgen/telegram';

/**
 * Updates that no handler will see. `too-long`: more was missed than the server keeps; messages can be read with
 * `client.peers.history`. `dropped`: they waited to be read, more came, and the setting `updates.overflow` says
 * `drop-oldest`.
 */
export interface UpdatesLost {
  readonly reason: 'too-long' | 'dropped';
  /** The channel in which it happened, as a marked id; null: private chats, basic groups and the account itself. */
  readonly chatId: bigint | null;
  /** pts before the hole; null: not known. */
  readonly from: number | null;
  /** pts after the hole; null: not known. */
  readonly to: number | null;
  /** How many were dropped; null: not known. */
  readonly count: number | null;
  /** The latest messages of the channel, where the server sent them along, and who is in them. */
  readonly messages: readonly base.TypeMessage[];
  readonly users: readonly base.TypeUser[];
  readonly chats: readonly base.TypeChat[];
}
