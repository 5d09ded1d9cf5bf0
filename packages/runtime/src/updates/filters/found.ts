import type { base } from '@tlgen/telegram';
import type { UpdateEvent } from '../event/event.js';

/** The update is about a chat that is known. */
export interface InChat {
  /** Marked id of the chat. */
  readonly chatId: bigint;
}

/** A message with a text or media. */
export interface FoundMessage extends InChat {
  readonly message: base.Message;
}

/** A message about what happened to its chat, by an action with one of these names. */
export interface FoundService<Name extends base.TypeMessageAction['_']> extends InChat {
  readonly message: base.MessageService & { readonly action: ActionNamed<Name> };
  readonly action: ActionNamed<Name>;
}

export type ActionNamed<Name extends base.TypeMessageAction['_']> = Extract<
  base.TypeMessageAction,
  { readonly _: Name }
>;

/** The new message with text or media that an event is about, in a chat that is known. */
export function newMessageOf(event: UpdateEvent): FoundMessage | null {
  const { message } = event;
  if (message?._ !== 'message' || event.edited) return null;
  const { chatId } = event;
  return chatId === null ? null : { message, chatId };
}

/** The new message about the chat itself that an event is about. */
export function newServiceOf({ message, edited }: UpdateEvent): base.MessageService | null {
  return message?._ === 'messageService' && !edited ? message : null;
}
