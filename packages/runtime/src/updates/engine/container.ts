import type { base } from '@tlgen/telegram';
import type { Entities, ReceiveOptions } from './types.js';
import type { Expander } from './expand.js';

/** Updates that came together, whatever form they came in. */
export interface Container {
  readonly updates: readonly base.TypeUpdate[];
  readonly entities: Entities;
  readonly date: number;
  /** 0: the container has no number. */
  readonly seq: number;
  /** How many numbers it takes. */
  readonly seqCount: number;
}

/** Of nobody. */
export const NO_ENTITIES: Entities = { users: [], chats: [] };

/** Brings the seven forms of `Updates` into one; null: it only says that updates are missing. */
export function openContainer(
  expander: Expander,
  updates: base.TypeUpdates,
  options: ReceiveOptions,
): Container | null {
  switch (updates._) {
    case 'updates':
      return numbered(updates, updates.seq);
    case 'updatesCombined':
      return numbered(updates, updates.seqStart);
    case 'updateShort':
      return alone(updates.update, updates.date);
    case 'updateShortMessage':
      return alone(expander.shortMessage(updates), updates.date);
    case 'updateShortChatMessage':
      return alone(expander.shortChatMessage(updates), updates.date);
    case 'updateShortSentMessage':
      if (options.sent === undefined) return null;
      return alone(expander.shortSentMessage(updates, options.sent), updates.date);
    default:
      return null;
  }
}

function numbered(from: base.Updates | base.UpdatesCombined, seqStart: number): Container {
  const { updates, users, chats, date, seq } = from;
  const ordered = seq > 0 && seqStart > 0 && seqStart <= seq;
  return {
    updates,
    entities: { users, chats },
    date,
    seq: ordered ? seq : 0,
    seqCount: ordered ? seq - seqStart + 1 : 0,
  };
}

function alone(update: base.TypeUpdate, date: number): Container {
  return { updates: [update], entities: NO_ENTITIES, date, seq: 0, seqCount: 0 };
}
