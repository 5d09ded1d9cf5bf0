import { auth, type TypeCodeSettings } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { signIn } from '../world/authorizations.js';
import { badRequest, RpcFault } from '../world/fault.js';
import type { CodeKind, SentCode } from '../world/logins.js';
import { userFor } from '../world/users.js';
import type { User } from '../world/types.js';

/** Seconds that a code lives. */
const CODE_LIFETIME = 300;
const MAX_ATTEMPTS = 10;
/** What `resendCode` turns to next. */
const NEXT: Readonly<Record<CodeKind, CodeKind | null>> = { app: 'sms', sms: 'call', call: null };

const anonymous = { anonymous: true };

/** Sign-in by phone. */
export const authCode: readonly BuiltIn[] = [
  method(auth.SendCodeRequest, sendCode, anonymous),
  method(auth.ResendCodeRequest, resendCode, anonymous),
  method(auth.CancelCodeRequest, cancelCode, anonymous),
  method(auth.SignInRequest, signInByCode, anonymous),
  method(auth.SignUpRequest, signUp, anonymous),
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
  const user = world.userByPhone(phone);
  atHome(user, context, 'PHONE');
  // An app that is signed in shows the code; nobody's phone gets it by SMS.
  const kind = user && world.homesOf(user.id).length > 0 ? 'app' : 'sms';
  return issue(context, phone, kind);
}

function issue({ world }: RequestContext, phone: string, kind: CodeKind): auth.SentCode {
  const code = world.options.loginCode;
  const hash = world.token(18);
  const expiresAt = world.now() + CODE_LIFETIME;
  world.logins.codes.set(phone, {
    phone,
    hash,
    code,
    kind,
    expiresAt,
    checked: false,
    attempts: 0,
  });
  const types = {
    app: auth.SentCodeTypeApp,
    sms: auth.SentCodeTypeSms,
    call: auth.SentCodeTypeCall,
  };
  const next = NEXT[kind];
  const nextType =
    next === null ? undefined : next === 'sms' ? new auth.CodeTypeSms() : new auth.CodeTypeCall();
  return new auth.SentCode({
    type: new types[kind]({ length: code.length }),
    phoneCodeHash: hash,
    nextType,
    timeout: next === null ? undefined : 60,
  });
}

/** @throws RpcFault `PHONE_CODE_HASH_EMPTY`, `PHONE_CODE_EXPIRED` */
function sentCode(
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
  const sent = sentCode(context, request);
  const next = NEXT[sent.kind];
  if (next === null) throw new RpcFault(406, 'SEND_CODE_UNAVAILABLE');
  return issue(context, sent.phone, next);
}

function cancelCode(request: auth.CancelCodeRequest, context: RequestContext): boolean {
  return context.world.logins.codes.delete(sentCode(context, request).phone);
}

function signInByCode(
  request: auth.SignInRequest,
  context: RequestContext,
): auth.TypeAuthorization {
  const { world } = context;
  const sent = sentCode(context, request);
  if (!request.phoneCode) throw badRequest('PHONE_CODE_EMPTY');
  if (sent.attempts >= MAX_ATTEMPTS) throw badRequest('PHONE_CODE_EXPIRED');
  if (request.phoneCode !== sent.code) {
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

/** Signs in, or asks for the password first. @throws RpcFault 401 `SESSION_PASSWORD_NEEDED` */
function admitted(context: RequestContext, user: User): auth.Authorization {
  const { world, key, session } = context;
  if (user.password) {
    world.logins.awaitingPassword.set(key.key.id, user);
    throw new RpcFault(401, 'SESSION_PASSWORD_NEEDED');
  }
  signIn(world, key, user, session.apiId ?? 0);
  return new auth.Authorization({ user: userFor(world, user, user) });
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
  });
  return admitted(context, user);
}
