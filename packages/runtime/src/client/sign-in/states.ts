import type { TlObject } from '@tlgen/codec';
import type { CodeType, NextCodeType } from './code-type.js';

/** Who is signed in. */
export interface SignedIn {
  readonly id: bigint;
  readonly bot: boolean;
  /** `user` of the schema. */
  readonly user: TlObject;
}

/** A code is on its way: `checkCode()` takes it. */
export interface CodeState {
  readonly step: 'code';
  /** As it was given to `sendCode()`. */
  readonly phone: string;
  /** How it was sent. */
  readonly type: CodeType;
  /** TL name of how it was sent: `auth.sentCodeTypeApp`. */
  readonly typeName: string;
  /** How `resendCode()` would send it; null: there is no other way. */
  readonly nextType: NextCodeType | null;
  /** From when on `resendCode()` works: Unix time in seconds, by this host's clock; null: the server did not say. */
  readonly resendAt: number | null;
}

/** An e-mail address for signing in has to be set up: `setEmail()`, then `checkEmailCode()`. */
export interface EmailState {
  readonly step: 'email';
  readonly phone: string;
  /** Where the last `setEmail()` sent a code; null: none yet. */
  readonly sent: {
    /** The address, `*` for what is not told. */
    readonly emailPattern: string;
    readonly length: number;
  } | null;
}

/** The account has a password (two-step verification): `checkPassword()` takes it. */
export interface PasswordState {
  readonly step: 'password';
  /** What the user wrote to be reminded of it. */
  readonly hint: string | null;
  /** Whether `requestPasswordRecovery()` can send a code to an e-mail address. */
  readonly hasRecovery: boolean;
  /** Where it sent that code, `*` for what is not told; null: nowhere yet. */
  readonly recoveryPattern: string | null;
}

/** Terms that a new user has to accept. */
export interface TermsOfService {
  readonly text: string;
  /** `MessageEntity` objects of the text. */
  readonly entities: readonly TlObject[];
  /** The user has to confirm to be that old, in years; null: no. */
  readonly minAge: number | null;
  /** Whether they should be shown at once. */
  readonly popup: boolean;
}

/** The code was right, but the number has no account: `signUp()` makes one. */
export interface SignUpState {
  readonly step: 'sign-up';
  readonly phone: string;
  readonly termsOfService: TermsOfService | null;
}

/** What a QR code has to show. */
export interface QrCode {
  /** `tg://login?token=…`. It lets in whoever's app accepts it: show it to the user alone. */
  readonly url: string;
  /** Unix time in seconds, of the server; a new one comes in time. */
  readonly expires: number;
}

/** `qr()` waits until an app that is signed in accepts the token. */
export interface QrState extends QrCode {
  readonly step: 'qr';
}

/** Somebody is signed in. */
export interface DoneState extends SignedIn {
  readonly step: 'done';
}

/** Where a sign-in stands. */
export type SignInState =
  | { readonly step: 'start' }
  | CodeState
  | EmailState
  | PasswordState
  | SignUpState
  | QrState
  | DoneState;

/** What can be done, by the names of the methods of `SignInSteps`. */
export type SignInStep =
  | 'check'
  | 'bot'
  | 'sendCode'
  | 'qr'
  | 'resendCode'
  | 'cancelCode'
  | 'checkCode'
  | 'resetLoginEmail'
  | 'setEmail'
  | 'checkEmailCode'
  | 'checkPassword'
  | 'requestPasswordRecovery'
  | 'recoverPassword'
  | 'signUp'
  | 'restart';

const ALLOWED: Readonly<Record<SignInState['step'], readonly SignInStep[]>> = {
  start: ['check', 'bot', 'sendCode', 'qr', 'restart'],
  code: ['checkCode', 'resendCode', 'cancelCode', 'resetLoginEmail', 'restart'],
  email: ['setEmail', 'checkEmailCode', 'restart'],
  password: ['checkPassword', 'requestPasswordRecovery', 'recoverPassword', 'restart'],
  'sign-up': ['signUp', 'restart'],
  qr: [],
  done: [],
};

/** What may be done in a state. */
export function allowedSteps(state: SignInState): readonly SignInStep[] {
  const steps = ALLOWED[state.step];
  if (state.step === 'email' && !state.sent) return steps.filter((one) => one !== 'checkEmailCode');
  if (state.step === 'code' && state.type.kind !== 'e-mail')
    return steps.filter((one) => one !== 'resetLoginEmail');
  return steps;
}
