import type { auth } from '@tlgen/telegram';
import { RpcError } from '../../core/errors.js';
import { construct } from '../../network/construct.js';
import { askSelf } from '../ask-self.js';
import { authorized, doneState, NO_CODE } from './authorized.js';
import type { SignInContext } from './context.js';
import { SignInError } from './errors.js';
import { START, type Progress } from './progress.js';

/** @see https://core.telegram.org/method/auth.importBotAuthorization */
export async function signInBot(
  context: SignInContext,
  token: string,
  signal: AbortSignal,
): Promise<Progress> {
  const { schema, apiId, apiHash, invoke } = context;
  const request = construct<auth.ImportBotAuthorizationRequest>(
    schema,
    'auth.importBotAuthorization',
    { flags: 0, apiId, apiHash, botAuthToken: token.trim() },
  );
  return authorized(context, await invoke(request, { signal }), NO_CODE);
}

/**
 * Whether the one who signed in here before still is: by the server's word, not by what is stored. Only its word that
 * nobody is signed in means so; what keeps it from being asked is an error.
 */
export async function checkSelf(context: SignInContext, signal: AbortSignal): Promise<Progress> {
  if (!context.self()) return START;
  try {
    return { state: doneState(await askSelf(context, { signal })) };
  } catch (error) {
    // The call itself notices that a sign-in has ended.
    if (error instanceof RpcError && !context.self()) return START;
    throw error;
  }
}

/** @throws SignInError `ALREADY_SIGNED_IN` */
export function mustBeFree(context: SignInContext): void {
  if (!context.self()) return;
  throw new SignInError('ALREADY_SIGNED_IN', 'Somebody is signed in already: log out first');
}
