import type { account, base } from '@tlgen/telegram';
import { construct, constructObject } from '../../network/construct.js';
import { afterSentCode, type PhoneLogin } from './code.js';
import type { SignInContext } from './context.js';
import { SignInError } from './errors.js';
import type { Progress } from './progress.js';

/** @see https://core.telegram.org/api/auth#email-verification */
export async function setEmail(
  context: SignInContext,
  login: PhoneLogin,
  email: string,
  signal: AbortSignal,
): Promise<Progress> {
  const request = construct<account.SendVerifyEmailCodeRequest>(
    context.schema,
    'account.sendVerifyEmailCode',
    { purpose: purpose(context, login), email: email.trim() },
  );
  const { emailPattern, length } = await context.invoke(request, { signal });
  const { phone, codeHash } = login;
  return { state: { step: 'email', phone, sent: { emailPattern, length } }, codeHash };
}

/** The address is set up with this code; another one, for signing in, is sent at once. */
export async function checkEmailCode(
  context: SignInContext,
  login: PhoneLogin,
  code: string,
  signal: AbortSignal,
): Promise<Progress> {
  const { schema, invoke } = context;
  const verification = constructObject<base.EmailVerificationCode>(
    schema,
    'emailVerificationCode',
    { code: code.replaceAll(/[\s-]/g, '') },
  );
  const request = construct<account.VerifyEmailRequest>(schema, 'account.verifyEmail', {
    purpose: purpose(context, login),
    verification,
  });
  const verified = await invoke(request, { signal });
  if (verified._ !== 'account.emailVerifiedLogin') {
    const text = `The server has the address, but sends no code for signing in (${verified._})`;
    throw new SignInError('UNSUPPORTED', text);
  }
  return afterSentCode(context, login.phone, verified.sentCode, signal);
}

function purpose(
  { schema }: SignInContext,
  { phone, codeHash }: PhoneLogin,
): base.EmailVerifyPurposeLoginSetup {
  const fields = { phoneNumber: phone, phoneCodeHash: codeHash };
  return constructObject<base.EmailVerifyPurposeLoginSetup>(
    schema,
    'emailVerifyPurposeLoginSetup',
    fields,
  );
}
