import type { base } from '@tlgen/telegram';

export type Box = 'common' | 'qts' | 'seq' | bigint;

/** Something that happened. */
export interface Happened {
  /** How a delivery of it is recognised, whichever way it comes. */
  readonly name: string;
  readonly box: Box;
  /** pts, qts or seq with it. */
  readonly pts: number;
  readonly count: number;
  readonly date: number;
  readonly update: base.TypeUpdate;
  /** Id of a new message: a difference lists it apart. */
  readonly message?: number | undefined;
  readonly secret?: base.TypeEncryptedMessage | undefined;
  /** Users in it. */
  readonly users: readonly bigint[];
  /** An own action that only its pts tells of: no update has to come. */
  silent?: boolean;
}

/** A message as the server has it. */
export interface Kept {
  readonly id: number;
  readonly box: Box;
  readonly peer: base.TypePeer;
  readonly from: bigint;
  readonly date: number;
  readonly out: boolean;
  /** Number of the edit that is in force; 0: none. */
  version: number;
  deleted: boolean;
}

/** Names the event of an update and the number it tells; null: of no interest to the model. */
export function nameOf(
  update: base.TypeUpdate,
): { readonly name: string; readonly told: number } | null {
  switch (update._) {
    case 'updateNewMessage':
    case 'updateNewChannelMessage':
      return { name: `new ${update.message.id}`, told: update.pts };
    case 'updateEditMessage':
    case 'updateEditChannelMessage': {
      const { message } = update;
      const version = message._ === 'message' ? (message.editDate ?? 0) : 0;
      return { name: `edit ${message.id} ${version}`, told: update.pts };
    }
    case 'updateDeleteMessages':
    case 'updateDeleteChannelMessages':
      return { name: `delete ${update.messages.join(',')}`, told: update.pts };
    case 'updateReadHistoryInbox':
      return { name: `read ${update.stillUnreadCount}`, told: update.pts };
    case 'updatePinnedChannelMessages':
      return { name: `pin ${update.messages[1]}`, told: update.pts };
    case 'updateNewEncryptedMessage':
      return { name: `secret ${update.message.randomId}`, told: update.qts };
    case 'updateBotStopped':
      return { name: `stopped ${update.date}`, told: update.qts };
    case 'updateUserPhone':
      return { name: `phone ${update.phone}`, told: 0 };
    case 'updateWebPage':
      return {
        name: `page ${update.webpage._ === 'webPageEmpty' ? update.webpage.id : 0}`,
        told: update.pts,
      };
    default:
      return null;
  }
}
