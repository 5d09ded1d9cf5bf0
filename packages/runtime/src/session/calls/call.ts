import type { CallId, OutgoingCall } from '../types.js';

/** A call that has not been settled. */
export interface Call {
  readonly id: CallId;
  readonly request: OutgoingCall;
  /** The message it travels in; null while it waits to be sent. */
  msgId: bigint | null;
  /** The session of that message. */
  sessionId: bigint | null;
  /** The server said that it has the message. */
  acknowledged: boolean;
  /** It was sent in a message of which nobody can say whether it ran. */
  mayHaveRun: boolean;
  /** How often the server refused its message. */
  refusals: number;
  /** In how many messages it was sent of which nobody can say whether they ran. */
  abandonments: number;
  /** Message of the call before, of which the server said that it failed or does not come: not to be named again. */
  heldBy: bigint | null;
  /** The call it has to run after came to nothing. */
  orphaned: boolean;
}
