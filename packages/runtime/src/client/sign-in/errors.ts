import { TlgenError } from '@tlgen/codec';
import type { SignInState, SignInStep } from './states.js';

export type SignInErrorCode =
  /** The number has no account: sign-up is needed. */
  | 'SIGN_UP_REQUIRED'
  /** New users have to accept terms, and nobody did. */
  | 'TERMS_NOT_ACCEPTED'
  /** The account has a password and none was given. */
  | 'PASSWORD_REQUIRED'
  /** An e-mail address has to be set up and none was given. */
  | 'EMAIL_REQUIRED'
  /** Telegram wants a payment before it sends a code to that number. */
  | 'PAYMENT_REQUIRED'
  /** The code was not entered in time: a new one is needed. */
  | 'CODE_EXPIRED'
  /** The server does not go on with this sign-in: it has to begin anew. */
  | 'RESTART'
  /** Another user is signed in: log out first. */
  | 'ALREADY_SIGNED_IN'
  /** That step cannot be done now. */
  | 'WRONG_STEP'
  /** Another step is still under way. */
  | 'BUSY'
  /** What a step was given cannot be right. */
  | 'BAD_INPUT'
  /** The server demands something that this library does not know, or cannot do. */
  | 'UNSUPPORTED';

/** What the server wants to be paid for. Only Telegram's own apps can do that. */
export interface PaymentDemand {
  /** The product in the app store. */
  readonly storeProduct: string;
  /** Whom to ask for help, and under which subject. */
  readonly supportEmail: string;
  readonly supportSubject: string;
  /** In the smallest units of the currency (ISO 4217). */
  readonly amount: bigint;
  readonly currency: string;
}

/** What a {@link SignInError} tells beside its message. */
export interface SignInErrorDetails {
  readonly step?: SignInState['step'];
  readonly allowed?: readonly SignInStep[];
  readonly payment?: PaymentDemand;
  readonly cause?: unknown;
}

/** Sign-in cannot go on with what was given. Messages hold no code, password, token or phone number. */
export class SignInError extends TlgenError {
  override readonly name = 'SignInError';
  /** `WRONG_STEP` and `BUSY`: where the sign-in stands. */
  readonly step: SignInState['step'] | null;
  /** `WRONG_STEP`: what may be done there. */
  readonly allowed: readonly SignInStep[];
  /** `PAYMENT_REQUIRED`: what for. */
  readonly payment: PaymentDemand | null;

  constructor(
    readonly code: SignInErrorCode,
    message: string,
    { step, allowed, payment, cause }: SignInErrorDetails = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.step = step ?? null;
    this.allowed = allowed ?? [];
    this.payment = payment ?? null;
  }
}

export function wrongStep(
  tried: SignInStep,
  { step }: SignInState,
  allowed: readonly SignInStep[],
): SignInError {
  const may = allowed.map((name) => `${name}()`).join(', ');
  const what = allowed.length === 0 ? 'nothing is left to do' : `what may be done now: ${may}`;
  const text = `${tried}() cannot be done at the step "${step}" of a sign-in; ${what}`;
  return new SignInError('WRONG_STEP', text, { step, allowed });
}

/** @throws SignInError `BAD_INPUT` unless it is a text with something in it. */
export function mustBeText(value: unknown, what: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new SignInError('BAD_INPUT', `${what} has to be a string that is not empty`);
}
