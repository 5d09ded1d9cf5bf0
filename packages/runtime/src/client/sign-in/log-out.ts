import type { CallOptions } from '@tlgen/codec';
import type { auth } from '@tlgen/telegram';
import { CallLostError, RpcError } from '../../core/errors.js';
import { construct } from '../../network/construct.js';
import type { LogOutContext } from './context.js';
import { keepToken } from './login-tokens.js';

/** With these the server says that nobody is signed in any more. */
const GONE = new Set([
  'AUTH_KEY_UNREGISTERED',
  'AUTH_KEY_INVALID',
  'AUTH_KEY_DUPLICATED',
  'AUTH_KEY_PERM_EMPTY',
  'SESSION_REVOKED',
  'SESSION_EXPIRED',
  'USER_DEACTIVATED',
  'USER_DEACTIVATED_BAN',
]);

/** Milliseconds that other data centers are given to end their part. */
const OTHERS_TIMEOUT = 5_000;

/**
 * Ends the sign-in at the server, then forgets its keys, its authorizations at other data centers, and the peers it
 * knew. Where the server has ended it before, only the latter. The client can sign in anew. Nobody signed in: nothing
 * happens.
 *
 * @throws RpcError, CallLostError, AbortError, TimeoutError, ClosedError when the server could not be told: then
 * nothing is forgotten; StorageError.
 * @see https://core.telegram.org/method/auth.logOut
 */
export function logOut(context: LogOutContext, options: CallOptions = {}): Promise<void> {
  return context.cancellable(options, 'logging out', async (signal) => {
    if (!context.self()) return;
    await tellOthers(context, signal);
    await tellHome(context, signal);
    await context.forget();
  });
}

/**
 * The authorizations that were taken to other data centers end there. One that cannot be reached keeps nobody from
 * logging out. First, for they are taken there anew if home then cannot be told.
 */
async function tellOthers(context: LogOutContext, signal: AbortSignal): Promise<void> {
  const { schema, invoke } = context;
  const request = construct<auth.LogOutRequest>(schema, 'auth.logOut', {});
  const options = { signal, repeatable: true, timeout: OTHERS_TIMEOUT };
  await Promise.allSettled(context.elsewhere().map((dc) => invoke(request, { ...options, dc })));
  signal.throwIfAborted();
}

async function tellHome(context: LogOutContext, signal: AbortSignal): Promise<void> {
  const { schema, invoke, tokens } = context;
  try {
    const request = construct<auth.LogOutRequest>(schema, 'auth.logOut', {});
    // Twice does no harm: who is out already is what is wanted.
    const answer = await invoke(request, { signal, repeatable: true });
    // Older layers answer with a Bool.
    const { futureAuthToken } = answer as { readonly futureAuthToken?: Uint8Array | undefined };
    await keepToken(tokens, futureAuthToken);
  } catch (error) {
    signal.throwIfAborted();
    const said = error instanceof RpcError && GONE.has(error.code);
    // The server may drop the key before its answer has come through.
    const lost = error instanceof CallLostError && !context.self();
    if (!said && !lost) throw error;
  }
}
