import { TlgenError } from '@tlgen/codec';

/** A conversation was closed, and something was still asked of it. */
export class ConversationError extends TlgenError {
  override readonly name = 'ConversationError';
  readonly code = 'CONVERSATION_CLOSED';

  constructor(
    /** Marked id of the chat. */
    readonly chatId: bigint,
  ) {
    super(`The conversation with ${chatId} is closed, nothing is awaited in it: begin a new one`);
  }
}
