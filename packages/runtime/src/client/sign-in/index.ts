/** Signing in and out: step by step, in one go, and what each needs. */
export {
  RESEND,
  type Ask,
  type AskAccount,
  type AskCode,
  type Asked,
  type AskEmail,
  type AskPassword,
  type AskPhone,
  type CodeHint,
  type PasswordHint,
  type PlainHint,
} from './ask.js';
export type { CodeType, NextCodeType } from './code-type.js';
export type { CodeSettings } from './code.js';
export {
  signInContext,
  type LogOutContext,
  type SignInContext,
  type SignInParts,
} from './context.js';
export {
  SignInError,
  type PaymentDemand,
  type SignInErrorCode,
  type SignInErrorDetails,
} from './errors.js';
export { logOut } from './log-out.js';
export { storedTokens, type LoginTokens, type TokenStorage } from './login-tokens.js';
export type {
  AskingOptions,
  BotOptions,
  Identity,
  PhoneOptions,
  QrOptions,
  ShowQr,
  SignInOptions,
  UserAnswers,
} from './options.js';
export { signIn } from './sign-in.js';
export type { NewAccount } from './sign-up.js';
export type {
  CodeState,
  DoneState,
  EmailState,
  PasswordState,
  QrCode,
  QrState,
  SignedIn,
  SignInState,
  SignInStep,
  SignUpState,
  TermsOfService,
} from './states.js';
export { SignInSteps, type SignInStepsOptions } from './steps.js';
