import * as tl from '@tlgen/telegram';
import type { Box, BoxEvent } from './box.js';
import type { Letter } from './types.js';

/** The message that an update says was edited; null: it is about something else. */
function editedIn(update: tl.TypeUpdate): number | null {
  if (update instanceof tl.UpdateEditMessage || update instanceof tl.UpdateEditChannelMessage)
    return update.message.id;
  return null;
}

/** Whether an event brought or changed a message that has been deleted since. */
export function isGone(box: Box, { what }: BoxEvent): boolean {
  const id = 'messageId' in what ? what.messageId : editedIn(what.update);
  return id !== null && !box.letters.has(id);
}

/** What a difference brings of the events of a box. */
export interface Changes {
  readonly newMessages: tl.TypeMessage[];
  readonly otherUpdates: tl.TypeUpdate[];
}

/**
 * Events as they are told afterwards: new and edited messages as they are now, and nothing of those that were deleted.
 *
 * @param show - a message as who asks sees it.
 */
export function changesOf(
  box: Box,
  events: readonly BoxEvent[],
  show: (letter: Letter) => tl.Message | tl.MessageService,
): Changes {
  const newMessages: tl.TypeMessage[] = [];
  const otherUpdates: tl.TypeUpdate[] = [];
  const seen = (id: number) => {
    const letter = box.letters.get(id);
    return letter ? [show(letter)] : [];
  };
  for (const { what } of events) {
    if ('messageId' in what) newMessages.push(...seen(what.messageId));
    else otherUpdates.push(...asItIsNow(what.update, seen));
  }
  return { newMessages, otherUpdates };
}

function asItIsNow(
  update: tl.TypeUpdate,
  seen: (id: number) => readonly (tl.Message | tl.MessageService)[],
): readonly tl.TypeUpdate[] {
  if (update instanceof tl.UpdateEditMessage)
    return seen(update.message.id).map(
      (message) => new tl.UpdateEditMessage({ ...update, message }),
    );
  if (update instanceof tl.UpdateEditChannelMessage)
    return seen(update.message.id).map(
      (message) => new tl.UpdateEditChannelMessage({ ...update, message }),
    );
  return [update];
}
