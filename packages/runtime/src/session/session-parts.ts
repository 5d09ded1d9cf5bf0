import type { ReplayWindow } from './inbox/replay-window.js';
import type { Outbox } from './outbox/outbox.js';
import type { SentMessage } from './outbox/sent-messages.js';
import type { StateQuestions } from './service/state-questions.js';
import type { SessionContext } from './session-context.js';
import type { Acks } from './timing/acks.js';
import type { Pinger } from './timing/ping.js';
import type { Salts } from './timing/salts.js';

/** How `auth.bindTempAuthKey` ended. */
export type BindOutcome =
  { readonly ok: true } | { readonly ok: false; readonly code: number; readonly message: string };

/** What the handlers of messages work on. */
export interface SessionParts {
  readonly context: SessionContext;
  readonly outbox: Outbox;
  readonly questions: StateQuestions;
  readonly salts: Salts;
  readonly acks: Acks;
  readonly replay: ReplayWindow;
  readonly pinger: Pinger;
  readonly failed: boolean;
  /** `unique_id` of the session at the server; null: it has not told. */
  created: bigint | null;
  /** The session cannot go on. */
  fail(reason: string): void;
  /** The bind request has to be sent once more. */
  bindAgain(reason: string): void;
  bound(outcome: BindOutcome): void;
  /** The session changed to another salt. */
  useSalt(salt: bigint): void;
}

/** The server refused this very message, so it did not run: its content goes into another one. */
export function refuseMessage(parts: SessionParts, message: SentMessage, reason: string): void {
  const { item } = message;
  parts.outbox.sent.delete(message.msgId);
  if (item.type === 'call') parts.context.calls.refused(item.call, reason);
  else if (item.type === 'bind') parts.bindAgain(reason);
  else parts.outbox.requestAgain(item);
}
