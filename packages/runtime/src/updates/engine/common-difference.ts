import type { base, updates } from '@tlgen/telegram';
import { classify } from './classify.js';
import type { CommonState } from './common-state.js';
import type { BoxContext } from './settings.js';
import type { Entities } from './types.js';

/**
 * Delivers what a common difference brings: first the ids of own messages, then messages, then what happened to
 * messages. What belongs to channels goes to their boxes, as if it had been pushed.
 */
export function deliverDifference(
  context: BoxContext,
  state: CommonState,
  answer: updates.Difference | updates.DifferenceSlice,
  now: number,
): void {
  const { out, expander } = context;
  const entities: Entities = { users: answer.users, chats: answer.chats };
  const item = (update: base.TypeUpdate) => ({ update, entities, from: 'difference' }) as const;
  const give = (update: base.TypeUpdate): void => {
    const { box } = classify(update);
    if (box === 'common') out.deliver(item(update), box, state.ptsLedger);
    else if (box === 'qts') out.deliver(item(update), box, state.qtsLedger);
    else if (box === 'seq') out.deliver(item(update), box, state.seqLedger);
    else if (box === 'none') out.deliver(item(update), 'seq', null);
    else context.route(item(update), now);
  };
  for (const update of answer.otherUpdates) if (update._ === 'updateMessageID') give(update);
  for (const message of answer.newMessages) give(expander.found(message));
  for (const message of answer.newEncryptedMessages) give(expander.foundSecret(message));
  for (const update of answer.otherUpdates) if (update._ !== 'updateMessageID') give(update);
}
