import { auth, EmailVerificationCode, type TypeCodeSettings } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import {
  codeKindsFor,
  codeOf,
  nextCodeType,
  sentCodeType,
  type CodeKind,
} from '../world/code-kinds.js';
import { badRequest, RpcFault } from '../world/fault.js';
import type { SentCode } from '../world/logins.js';
import type { User } from '../world/types.js';
import { admitted, welcomeBack } from './admitting.js';

/** Seconds that a code lives. */
const CODE_LIFETIME = 300;
const MAX_ATTEMPTS = 10;

const anonymous = { anonymous: true };

/** Sign-in by phone. */
export const authCode: readonly BuiltIn[] = [
  method(auth.SendCodeRequest, sendCode, anonymous),
  method(auth.ResendCodeRequest, resendCode, anonymous),
  method(auth.CancelCodeRequest, cancelCode, anonymous),
  method(auth.SignInRequest, signInByCode, anonymous),
  method(auth.SignUpRequest, signUp, anonymous),
  method(auth.RequestFirebaseSmsRequest, requestFirebaseSms, anonymous),
  method(
    auth.ReportMissingCodeRequest,
    (request, context) => Boolean(sentCode(context, request)),
    anonymous,
  ),
];

/** Digits of a phone number. @throws RpcFault `PHONE_NUMBER_INVALID` */
export function phoneOf(text: string): string {
  const digits = text.replace(/[\s()+-]/g, '');
  if (!/^[1-9]\d{5,15}$/.test(digits)) throw new RpcFault(406, 'PHONE_NUMBER_INVALID');
  return digits;
}

/** @throws RpcFault 303 when the account lives elsewhere. */
function atHome(user: User | undefined, context: RequestContext, kind: 'PHONE' | 'USER'): void {
  if (user && user.dcId !== context.dcId) throw new RpcFault(303, `${kind}_MIGRATE_${user.dcId}`);
}

function sendCode(
  request: { phoneNumber: string; apiId: number; apiHash: string; settings: TypeCodeSettings },
  context: RequestContext,
): auth.TypeSentCode {
  if (request.apiId < 1 || request.apiHash === '') throw badRequest('API_ID_INVALID');
  const { world } = context;
  const phone = phoneOf(request.phoneNumber);
  if (world.logins.banned.has(phone)) throw badRequest('PHONE_NUMBER_BANNED');
  const user = world.userByPhone(phone);
  atHome(user, context, 'PHONE');
  if (user) {
    const known = welcomeBack(context, user, request.settings.logoutTokens ?? []);
    if (known) return new auth.SentCodeSuccess({ authorization: known });
  }
  const [kind = 'sms', ...rest] = codeKindsFor(world, user, request.settings);
  return issue(context, phone, kind, rest, user?.loginEmail ?? null);
}

/** Sends a code in place of the one before. */
export function issue(
  { world }: RequestContext,
  phone: string,
  kind: CodeKind,
  rest: readonly CodeKind[],
  email: string | null,
): auth.SentCode {
  const code = codeOf(world, kind);
  const hash = world.token(18);
  const expiresAt = world.now() + CODE_LIFETIME;
  const fresh = { checked: false, attempts: 0 };
  world.logins.codes.set(phone, { phone, hash, code, kind, rest, expiresAt, email, ...fresh });
  return new auth.SentCode({
    type: sentCodeType(world, kind, code, email),
    phoneCodeHash: hash,
    nextType: nextCodeType(rest[0]),
    timeout: rest.length === 0 ? undefined : 60,
  });
}

/** @throws RpcFault `PHONE_CODE_HASH_EMPTY`, `PHONE_CODE_EXPIRED` */
export function sentCode(
  { world }: RequestContext,
  request: { phoneNumber: string; phoneCodeHash: string },
): SentCode {
  if (request.phoneCodeHash === '') throw badRequest('PHONE_CODE_HASH_EMPTY');
  const phone = phoneOf(request.phoneNumber);
  const sent = world.logins.codes.get(phone);
  if (!sent || sent.hash !== request.phoneCodeHash || sent.expiresAt <= world.now())
    throw badRequest('PHONE_CODE_EXPIRED');
  return sent;
}

function resendCode(request: auth.ResendCodeRequest, context: RequestContext): auth.TypeSentCode {
  const { phone, rest, email } = sentCode(context, request);
  const [kind, ...after] = rest;
  if (kind === undefined) throw new RpcFault(406, 'SEND_CODE_UNAVAILABLE');
  return issue(context, phone, kind, after, email);
}

function cancelCode(request: auth.CancelCodeRequest, context: RequestContext): boolean {
  return context.world.logins.codes.delete(sentCode(context, request).phone);
}

/** The app asks for the SMS after the push came; the code itself is there already. */
function requestFirebaseSms(
  request: auth.RequestFirebaseSmsRequest,
  context: RequestContext,
): boolean {
  if (sentCode(context, request).kind !== 'firebase') throw badRequest('PHONE_CODE_EMPTY');
  return true;
}

/** The code that was given: texts may be spelt in any case. */
function given(request: auth.SignInRequest, kind: CodeKind): string {
  const { phoneCode, emailVerification } = request;
  if (kind === 'email' && emailVerification) {
    if (emailVerification instanceof EmailVerificationCode) return emailVerification.code;
    throw badRequest('EMAIL_TOKEN_INVALID');
  }
  // Whose code went to an e-mail, or who has to name one, has no phone code to give.
  if (!phoneCode || kind === 'email' || kind === 'set-up-email')
    throw badRequest('PHONE_CODE_EMPTY');
  return kind === 'word' || kind === 'phrase' ? phoneCode.trim().toLowerCase() : phoneCode;
}

function signInByCode(
  request: auth.SignInRequest,
  context: RequestContext,
): auth.TypeAuthorization {
  const { world } = context;
  const sent = sentCode(context, request);
  const code = given(request, sent.kind);
  if (sent.attempts >= MAX_ATTEMPTS) throw badRequest('PHONE_CODE_EXPIRED');
  if (code !== sent.code) {
    sent.attempts++;
    throw badRequest('PHONE_CODE_INVALID');
  }
  const user = world.userByPhone(sent.phone);
  if (!user) {
    sent.checked = true;
    return new auth.AuthorizationSignUpRequired({});
  }
  atHome(user, context, 'USER');
  world.logins.codes.delete(sent.phone);
  return admitted(context, user);
}

function signUp(request: auth.SignUpRequest, context: RequestContext): auth.TypeAuthorization {
  const { world } = context;
  const sent = sentCode(context, request);
  if (!sent.checked) throw badRequest('PHONE_CODE_EMPTY');
  if (world.userByPhone(sent.phone)) throw badRequest('PHONE_NUMBER_OCCUPIED');
  const firstName = request.firstName.trim();
  if (firstName === '' || firstName.length > 64) throw badRequest('FIRSTNAME_INVALID');
  if (request.lastName.length > 64) throw badRequest('LASTNAME_INVALID');
  world.logins.codes.delete(sent.phone);
  const user = world.addUser({
    dcId: context.dcId,
    phone: sent.phone,
    firstName,
    lastName: request.lastName.trim() || null,
    loginEmail: sent.email,
  });
  return admitted(context, user);
}
