import type { base } from '@tlgen/telegram';
import type { SentText } from '../text/sending.js';
import { eachUpdate } from './each-update.js';

/** The message that the request with this random id made. */
export function sentOf(updates: base.TypeUpdates, randomId: bigint): SentText {
  if (updates._ === 'updateShortSentMessage') {
    return { id: updates.id, date: updates.date, updates };
  }
  const date = 'date' in updates ? updates.date : 0;
  const own = (eachUpdate(updates) as readonly base.TypeUpdate[]).find(
    (one) => one._ === 'updateMessageID' && one.randomId === randomId,
  );
  return { id: own?._ === 'updateMessageID' ? own.id : 0, date, updates };
}

/** What the server made of the media of a message; null: it did not tell. */
export function mediaOf(updates: base.TypeUpdates, id: number): base.TypeMessageMedia | null {
  if (updates._ === 'updateShortSentMessage') return updates.media ?? null;
  for (const one of eachUpdate(updates) as readonly base.TypeUpdate[]) {
    if (!('message' in one) || typeof one.message !== 'object') continue;
    const { message } = one;
    if (message._ === 'message' && message.id === id) return message.media ?? null;
  }
  return null;
}
