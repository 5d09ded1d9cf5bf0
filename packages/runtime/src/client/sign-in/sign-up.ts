import type { auth, base, help } from '@tlgen/telegram';
import { construct } from '../../network/construct.js';
import { authorized } from './authorized.js';
import type { PhoneLogin } from './code.js';
import type { SignInContext } from './context.js';
import { mustBeText, SignInError } from './errors.js';
import type { Progress } from './progress.js';
import type { SignUpState } from './states.js';

/** Who a new user is. */
export interface NewAccount {
  readonly firstName: string;
  readonly lastName?: string | undefined;
  /** The user has read the terms of service, if there are any, and accepts them. Default false. */
  readonly acceptTerms?: boolean | undefined;
  /** Those who have the number in their contacts are not told. Default false. */
  readonly silent?: boolean | undefined;
}

/** @throws SignInError `TERMS_NOT_ACCEPTED`, `BAD_INPUT`, before anything is sent. */
export function checkAccount({ termsOfService }: SignUpState, account: NewAccount): void {
  mustBeText((account as NewAccount | undefined)?.firstName, 'firstName');
  if (!termsOfService || account.acceptTerms) return;
  throw new SignInError(
    'TERMS_NOT_ACCEPTED',
    'New users have to accept the terms of service: show them, then pass { acceptTerms: true }',
  );
}

/** @see https://core.telegram.org/method/auth.signUp */
export async function signUp(
  context: SignInContext,
  login: PhoneLogin,
  { firstName, lastName = '', silent }: NewAccount,
  signal: AbortSignal,
): Promise<Progress> {
  const request = construct<auth.SignUpRequest>(context.schema, 'auth.signUp', {
    noJoinedNotifications: silent,
    phoneNumber: login.phone,
    phoneCodeHash: login.codeHash,
    firstName: firstName.trim(),
    lastName: lastName.trim(),
  });
  return authorized(context, await context.invoke(request, { signal }), login);
}

/** The new user accepts the terms: only one who is signed in can. */
export async function acceptTerms(
  { schema, invoke }: SignInContext,
  termsId: unknown,
  signal: AbortSignal,
): Promise<void> {
  const request = construct<help.AcceptTermsOfServiceRequest>(schema, 'help.acceptTermsOfService', {
    id: termsId as base.TypeDataJSON,
  });
  await invoke(request, { signal });
}
