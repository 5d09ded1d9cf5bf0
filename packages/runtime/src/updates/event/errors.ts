import { TlgenError } from '@tlgen/codec';

/**
 * `NO_MESSAGE`: the update is about no message that could be answered. `NO_CHAT`: nobody knows which chat it is about.
 * `NOT_A_CALLBACK`: nobody pressed a button.
 */
export type UpdateErrorCode = 'NO_MESSAGE' | 'NO_CHAT' | 'NOT_A_CALLBACK';

/** What was asked of an event cannot be done with its update; nothing was sent. */
export class UpdateError extends TlgenError {
  override readonly name = 'UpdateError';

  constructor(
    override readonly code: UpdateErrorCode,
    /** TL name of the update. */
    readonly update: string,
    message: string,
  ) {
    super(message);
  }
}
