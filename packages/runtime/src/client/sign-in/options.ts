import type { CallOptions } from '@tlgen/codec';
import type {
  Ask,
  AskAccount,
  AskCode,
  AskEmail,
  AskPassword,
  AskPhone,
  PlainHint,
} from './ask.js';
import type { QrCode, SignInState } from './states.js';

/** Shows a QR code; called anew when it is replaced. What it throws, or rejects with, ends the sign-in. */
export type ShowQr = (qr: QrCode) => unknown;

/** Answers to what the server may ask of a user. What is left out and asked for is a SignInError. */
export interface UserAnswers {
  /** The password of two-step verification. */
  readonly password?: AskPassword | undefined;
  /** Name of a new user, if the number has no account. */
  readonly signUp?: AskAccount | undefined;
  /** The e-mail address to set up, if the server demands one. */
  readonly email?: AskEmail | undefined;
  /** The code that was sent to that address. */
  readonly emailCode?: AskEmail | undefined;
}

/** A bot signs in by its token. */
export interface BotOptions {
  readonly botToken: string;
}

/** A user signs in by phone. */
export interface PhoneOptions extends UserAnswers {
  /** International format. */
  readonly phone: AskPhone;
  /** May answer {@link RESEND}. */
  readonly code: AskCode;
}

/** A user signs in by a QR code that one of the user's apps scans. */
export interface QrOptions extends Pick<UserAnswers, 'password'> {
  readonly qr: ShowQr;
}

/** Who signs in. */
export type Identity =
  { readonly botToken: string } | { readonly phone: string } | { readonly qr: ShowQr };

/** Who signs in is asked as well. */
export interface AskingOptions extends UserAnswers {
  readonly who: Ask<PlainHint, Identity, { readonly step: 'start' }>;
  readonly code: AskCode;
}

/** Who signs in, and the answers to what the server asks: values, or functions that ask a person. */
export type SignInOptions = CallOptions & {
  /** Called with each new state. What it throws rejects the sign-in. */
  readonly onState?: ((state: SignInState) => void) | undefined;
} & (BotOptions | PhoneOptions | QrOptions | AskingOptions);
