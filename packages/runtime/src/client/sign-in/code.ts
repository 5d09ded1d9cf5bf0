import type { Init } from '@tlgen/codec';
import type { auth, base } from '@tlgen/telegram';
import { construct, constructObject } from '../../network/construct.js';
import { authorized } from './authorized.js';
import { codeTypeOf, nextCodeTypeOf, normalCode } from './code-type.js';
import type { SignInContext } from './context.js';
import { SignInError } from './errors.js';
import { START, type Progress } from './progress.js';
import type { CodeState } from './states.js';

/** What this device can do with codes: fields of `codeSettings`. Login tokens are added by themselves. */
export type CodeSettings = Omit<Init<base.CodeSettings>, 'logoutTokens' | 'allowFirebase'>;

/** A sign-in by phone that is under way. */
export interface PhoneLogin {
  readonly phone: string;
  readonly codeHash: string;
}

/** Codes that were sent another way by themselves, one after the other. */
const MAX_RESENT = 5;

/** @see https://core.telegram.org/api/auth#we-send-the-code */
export async function sendCode(
  context: SignInContext,
  phone: string,
  settings: CodeSettings,
  signal: AbortSignal,
): Promise<Progress> {
  const { schema, apiId, apiHash, tokens, invoke } = context;
  const kept = await tokens.load();
  const request = construct<auth.SendCodeRequest>(schema, 'auth.sendCode', {
    phoneNumber: phone,
    apiId,
    apiHash,
    settings: constructObject<base.CodeSettings>(schema, 'codeSettings', {
      ...settings,
      logoutTokens: kept.length === 0 ? undefined : [...kept],
    }),
  });
  return afterSentCode(context, phone, await invoke(request, { signal }), signal);
}

/** @see https://core.telegram.org/method/auth.resendCode */
export async function resendCode(
  context: SignInContext,
  login: PhoneLogin,
  signal: AbortSignal,
): Promise<Progress> {
  const sent = await askAgain(context, login, signal);
  return afterSentCode(context, login.phone, sent, signal);
}

/** @see https://core.telegram.org/method/auth.cancelCode */
export async function cancelCode(
  { schema, invoke }: SignInContext,
  { phone, codeHash }: PhoneLogin,
  signal: AbortSignal,
): Promise<Progress> {
  const fields = { phoneNumber: phone, phoneCodeHash: codeHash };
  await invoke(construct<auth.CancelCodeRequest>(schema, 'auth.cancelCode', fields), { signal });
  return START;
}

/** @see https://core.telegram.org/method/auth.signIn */
export async function checkCode(
  context: SignInContext,
  { type }: CodeState,
  login: PhoneLogin,
  typed: string,
  signal: AbortSignal,
): Promise<Progress> {
  const { schema, invoke } = context;
  const code = normalCode(type, typed);
  const proof =
    type.kind === 'e-mail'
      ? {
          emailVerification: constructObject<base.EmailVerificationCode>(
            schema,
            'emailVerificationCode',
            { code },
          ),
        }
      : { phoneCode: code };
  const request = construct<auth.SignInRequest>(schema, 'auth.signIn', {
    phoneNumber: login.phone,
    phoneCodeHash: login.codeHash,
    ...proof,
  });
  return authorized(context, await invoke(request, { signal }), login);
}

/** @see https://core.telegram.org/method/auth.resetLoginEmail */
export async function resetLoginEmail(
  context: SignInContext,
  { phone, codeHash }: PhoneLogin,
  signal: AbortSignal,
): Promise<Progress> {
  const { schema, invoke } = context;
  const request = construct<auth.ResetLoginEmailRequest>(schema, 'auth.resetLoginEmail', {
    phoneNumber: phone,
    phoneCodeHash: codeHash,
  });
  return afterSentCode(context, phone, await invoke(request, { signal }), signal);
}

/** Goes on with what the server tells about a code that it sent. */
export async function afterSentCode(
  context: SignInContext,
  phone: string,
  answer: auth.TypeSentCode,
  signal: AbortSignal,
): Promise<Progress> {
  let sent = answer;
  for (let resent = 0; ; resent++) {
    if (sent._ === 'auth.sentCodeSuccess') {
      return authorized(context, sent.authorization, { phone, codeHash: '' });
    }
    if (sent._ === 'auth.sentCodePaymentRequired') throw paymentRequired(sent);
    // A server of a newer layer may have more to say than the type knows.
    if (sent._ !== 'auth.sentCode') {
      const { _ } = sent satisfies never as { readonly _: string };
      throw new SignInError('UNSUPPORTED', `The server answers a request for a code with ${_}`);
    }
    const progress = codeProgress(context, phone, sent);
    if (sent.type._ !== 'auth.sentCodeTypeFirebaseSms') return progress;
    if (!sent.nextType || resent >= MAX_RESENT) {
      throw new SignInError(
        'UNSUPPORTED',
        'Telegram would send this code through Firebase, to its own apps alone, and has no other way: sign in with one of them first, then by code or QR here',
      );
    }
    sent = await askAgain(context, { phone, codeHash: sent.phoneCodeHash }, signal);
  }
}

function codeProgress(
  { clock }: SignInContext,
  phone: string,
  { type, phoneCodeHash, nextType, timeout }: auth.SentCode,
): Progress {
  if (type._ === 'auth.sentCodeTypeSetUpEmailRequired') {
    return { state: { step: 'email', phone, sent: null }, codeHash: phoneCodeHash };
  }
  const state: CodeState = {
    step: 'code',
    phone,
    type: codeTypeOf(type),
    typeName: type._,
    nextType: nextCodeTypeOf(nextType),
    resendAt: timeout === undefined ? null : Math.ceil(clock.now().wall / 1000) + timeout,
  };
  return { state, codeHash: phoneCodeHash };
}

function askAgain(
  { schema, invoke }: SignInContext,
  { phone, codeHash }: PhoneLogin,
  signal: AbortSignal,
): Promise<auth.TypeSentCode> {
  const fields = { phoneNumber: phone, phoneCodeHash: codeHash };
  return invoke(construct<auth.ResendCodeRequest>(schema, 'auth.resendCode', fields), { signal });
}

function paymentRequired(sent: auth.SentCodePaymentRequired): SignInError {
  const payment = {
    storeProduct: sent.storeProduct,
    supportEmail: sent.supportEmailAddress,
    supportSubject: sent.supportEmailSubject,
    // Older layers do not say how much.
    amount: BigInt(sent.amount ?? 0),
    currency: sent.currency,
  };
  return new SignInError(
    'PAYMENT_REQUIRED',
    "Telegram wants a payment before it sends a code to this number, which only its own apps can make: sign in there first (the error's field payment tells what it costs and whom to ask)",
    { payment },
  );
}
