import type { RpcError } from '../../core/errors.js';
import type { NewAccount } from './sign-up.js';
import type { CodeState, EmailState, PasswordState, SignUpState } from './states.js';

/** What a question is about. */
export interface Asked<State> {
  /** Where the sign-in stands. */
  readonly state: State;
  /** Aborts when the answer is not waited for any more. */
  readonly signal: AbortSignal;
  /** Why the answer before was not accepted; null: there was none, or it was. */
  readonly error: RpcError | null;
}

/** A value, or what asks a person for it; `attempt` counts from 1. */
export type Ask<Hint, Answer = string, State = unknown> =
  Answer | ((hint: Hint, attempt: number, asked: Asked<State>) => Answer | Promise<Answer>);

/** Answer to the question for the code: have it sent again, the way `state.nextType` says. */
export const RESEND: unique symbol = Symbol('resend');

/** Where the code went. */
export interface CodeHint {
  /** TL name of how it was sent: `auth.sentCodeTypeApp`; `asked.state.type` has the particulars. */
  readonly type: string;
  /** Whether the last one was wrong. */
  readonly wrong: boolean;
}

export interface PasswordHint {
  /** The hint that the user wrote for the password. */
  readonly hint: string | undefined;
  readonly wrong: boolean;
}

/** For questions where nothing is known but whether the answer before was accepted. */
export interface PlainHint {
  readonly wrong: boolean;
}

export type AskPhone = Ask<PlainHint, string, { readonly step: 'start' }>;
export type AskCode = Ask<CodeHint, string | typeof RESEND, CodeState>;
export type AskPassword = Ask<PasswordHint, string, PasswordState>;
export type AskEmail = Ask<PlainHint, string, EmailState>;
export type AskAccount = Ask<PlainHint, NewAccount, SignUpState>;
