import {
  account,
  auth,
  EmailVerificationCode,
  EmailVerifyPurposeLoginChange,
  EmailVerifyPurposeLoginSetup,
  type TypeEmailVerification,
  type TypeEmailVerifyPurpose,
} from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { emailPattern } from '../world/code-kinds.js';
import { badRequest } from '../world/fault.js';
import { issue, sentCode } from './auth-code.js';

const anonymous = { anonymous: true };

/** The e-mail that login codes go to: https://core.telegram.org/api/auth, "Email verification". */
export const loginEmail: readonly BuiltIn[] = [
  method(account.SendVerifyEmailCodeRequest, sendVerifyEmailCode, anonymous),
  method(account.VerifyEmailRequest, verifyEmail, anonymous),
  method(auth.ResetLoginEmailRequest, resetLoginEmail, anonymous),
];

/** @throws RpcFault `EMAIL_INVALID`, `EMAIL_NOT_SETUP`, `PHONE_CODE_EXPIRED` */
function sendVerifyEmailCode(
  { purpose, email }: account.SendVerifyEmailCodeRequest,
  context: RequestContext,
): account.TypeSentEmailCode {
  const { world } = context;
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw badRequest('EMAIL_INVALID');
  pendingFor(purpose, context).set(email);
  const { length } = world.options.loginCode;
  return new account.SentEmailCode({ emailPattern: emailPattern(email), length });
}

/** Where the address is kept until its code was given. */
function pendingFor(purpose: TypeEmailVerifyPurpose, context: RequestContext) {
  if (purpose instanceof EmailVerifyPurposeLoginSetup) {
    const sent = sentCode(context, purpose);
    if (sent.kind !== 'set-up-email') throw badRequest('EMAIL_NOT_ALLOWED');
    return { get: () => sent.email, set: (email: string) => void (sent.email = email) };
  }
  if (!(purpose instanceof EmailVerifyPurposeLoginChange)) throw badRequest('EMAIL_NOT_ALLOWED');
  const { world, user } = context;
  if (user.loginEmail === null) throw badRequest('EMAIL_NOT_SETUP');
  const { emails } = world.logins;
  return {
    get: () => emails.get(user.id) ?? null,
    set: (email: string) => void emails.set(user.id, email),
  };
}

function mustBeRight(verification: TypeEmailVerification, { world }: RequestContext): void {
  if (!(verification instanceof EmailVerificationCode)) throw badRequest('EMAIL_TOKEN_INVALID');
  if (verification.code !== world.options.loginCode) throw badRequest('CODE_INVALID');
}

/** @throws RpcFault `EMAIL_VERIFY_EXPIRED`, `CODE_INVALID`, `EMAIL_TOKEN_INVALID` */
function verifyEmail(
  { purpose, verification }: account.VerifyEmailRequest,
  context: RequestContext,
): account.TypeEmailVerified {
  const email = pendingFor(purpose, context).get();
  if (email === null) throw badRequest('EMAIL_VERIFY_EXPIRED');
  mustBeRight(verification, context);
  if (!(purpose instanceof EmailVerifyPurposeLoginSetup)) {
    context.user.loginEmail = email;
    context.world.logins.emails.delete(context.user.id);
    return new account.EmailVerified({ email });
  }
  const { phone, rest } = sentCode(context, purpose);
  const user = context.world.userByPhone(phone);
  if (user) user.loginEmail = email;
  // The code of this sign-in goes by the next way; that of the next one by e-mail.
  const [kind = 'sms', ...after] = rest;
  const next = issue(context, phone, kind, after, email);
  return new account.EmailVerifiedLogin({ email, sentCode: next });
}

/** Who cannot read the e-mail gets the code by phone. @throws RpcFault `EMAIL_INSTALL_MISSING` */
function resetLoginEmail(
  request: auth.ResetLoginEmailRequest,
  context: RequestContext,
): auth.TypeSentCode {
  const { phone, kind, rest } = sentCode(context, request);
  const user = context.world.userByPhone(phone);
  if (kind !== 'email' || !user?.loginEmail) throw badRequest('EMAIL_INSTALL_MISSING');
  user.loginEmail = null;
  const [next = 'sms', ...after] = rest.filter((one) => one !== 'email');
  return issue(context, phone, next, after, null);
}
