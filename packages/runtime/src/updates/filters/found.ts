import type { base } from '@tlgen/telegram';
import type { UpdateEvent } from '../event/event.js';

/** A message with a text or media. */
export interface FoundMessage {
  readonly message: base.Message;
}

/** A message about what happened to its chat, by an action with one of these names. */
export interface FoundService<Name extends base.TypeMessageAction['_']> {
  readonly message: base.MessageService & { readonly action: ActionNamed<Name> };
  readonly action: ActionNamed<Name>;
}

export type ActionNamed<Name extends base.TypeMessageAction['_']> = Extract<
  base.TypeMessageAction,
  { readonly _: Name }
>;

/** The new message with text or media that an event is about. */
export function newMessageOf({ message, edited }: UpdateEvent): base.Message | null {
  return message?._ === 'message' && !edited ? message : null;
}

/** The new message about the chat itself that an event is about. */
export function newServiceOf({ message, edited }: UpdateEvent): base.MessageService | null {
  return message?._ === 'messageService' && !edited ? message : null;
}
