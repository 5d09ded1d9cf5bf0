import { TlError } from '@tlgen/codec';
import type { account, auth, base } from '@tlgen/telegram';
import { RpcError } from '../../core/errors.js';
import { checkPassword as prove } from '../../crypto/srp.js';
import { construct, constructObject } from '../../network/construct.js';
import { authorized, NO_CODE } from './authorized.js';
import type { SignInContext } from './context.js';
import { SignInError } from './errors.js';
import type { Progress } from './progress.js';
import type { PasswordState } from './states.js';

/** The server's half of the proof was not good any more, whatever the password. */
const STALE = new Set(['SRP_ID_INVALID', 'SRP_PASSWORD_CHANGED']);

/** A password of which nothing is known but that the account has one. */
export const UNKNOWN_PASSWORD: Progress = {
  state: { step: 'password', hint: null, hasRecovery: false, recoveryPattern: null },
};

/** What is known of the password that the server asks for. */
export async function passwordNeeded(
  context: SignInContext,
  signal: AbortSignal,
): Promise<Progress> {
  try {
    return { state: stateOf(await getPassword(context, signal)) };
  } catch (error) {
    // Each check asks for this again; without it only the hint is missing.
    if (!(error instanceof RpcError || error instanceof TlError)) throw error;
    return UNKNOWN_PASSWORD;
  }
}

/**
 * Proves that the user knows the password, without sending it.
 *
 * @see https://core.telegram.org/api/srp
 */
export async function checkPassword(
  context: SignInContext,
  password: string,
  signal: AbortSignal,
): Promise<Progress> {
  for (let attempt = 1; ; attempt++) {
    // New for each attempt: the server's half of the proof is good for one.
    const state = await getPassword(context, signal);
    const request = construct<auth.CheckPasswordRequest>(context.schema, 'auth.checkPassword', {
      password: await proof(context, state, password),
    });
    signal.throwIfAborted();
    try {
      return await authorized(context, await context.invoke(request, { signal }), NO_CODE);
    } catch (error) {
      const stale = error instanceof RpcError && STALE.has(error.code);
      if (!stale || attempt >= context.maxTries()) throw error;
    }
  }
}

/** @see https://core.telegram.org/method/auth.requestPasswordRecovery */
export async function requestPasswordRecovery(
  { schema, invoke }: SignInContext,
  state: PasswordState,
  signal: AbortSignal,
): Promise<Progress> {
  const request = construct<auth.RequestPasswordRecoveryRequest>(
    schema,
    'auth.requestPasswordRecovery',
    {},
  );
  const { emailPattern } = await invoke(request, { signal });
  return { state: { ...state, recoveryPattern: emailPattern } };
}

/** @see https://core.telegram.org/method/auth.recoverPassword */
export async function recoverPassword(
  context: SignInContext,
  code: string,
  signal: AbortSignal,
): Promise<Progress> {
  const request = construct<auth.RecoverPasswordRequest>(context.schema, 'auth.recoverPassword', {
    code: code.trim(),
  });
  return authorized(context, await context.invoke(request, { signal }), NO_CODE);
}

function getPassword(
  { schema, invoke }: SignInContext,
  signal: AbortSignal,
): Promise<account.Password> {
  return invoke(construct<account.GetPasswordRequest>(schema, 'account.getPassword', {}), {
    signal,
  });
}

function stateOf({ hint, hasRecovery }: account.Password): PasswordState {
  return { step: 'password', hint: hint ?? null, hasRecovery, recoveryPattern: null };
}

async function proof(
  { schema, crypto }: SignInContext,
  state: account.Password,
  password: string,
): Promise<base.InputCheckPasswordSRP> {
  const { currentAlgo, srpB, srpId } = state;
  if (!currentAlgo || !('salt1' in currentAlgo) || !srpB || srpId === undefined) {
    const name = currentAlgo?._ ?? 'no algorithm';
    throw new SignInError('UNSUPPORTED', `The account's password cannot be checked: ${name}`);
  }
  const { A, M1 } = await prove(crypto, password, currentAlgo, srpB, srpId);
  const fields = { srpId, a: A, m1: M1 };
  return constructObject<base.InputCheckPasswordSRP>(schema, 'inputCheckPasswordSRP', fields);
}
