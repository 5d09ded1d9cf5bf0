import type { CallOptions } from '@tlgen/codec';
import type { auth } from '@tlgen/telegram';
import { CallLostError, isRpcError } from '../../core/errors.js';
import { endsSignIn } from '../../core/middleware/signed-out.js';
import { orAbort } from '../../core/sleep.js';
import { construct } from '../../network/construct.js';
import type { LogOutContext } from './context.js';
import { keepToken } from './login-tokens.js';

/** The key that the connection belongs to is gone, and who was signed in with it. */
const NO_KEY = 'AUTH_KEY_PERM_EMPTY';
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
    const { before, done } = context.turns.take('log out');
    try {
      // Two at once would have the second one forget who signed in after the first.
      if (before) await orAbort(before, signal);
      if (!context.self()) return;
      await tellOthers(context, signal);
      await tellHome(context, signal);
      await context.forget();
    } finally {
      done();
    }
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
    const said = endsSignIn(error) || (isRpcError(error) && error.code === NO_KEY);
    // The server may drop the key before its answer has come through.
    const lost = error instanceof CallLostError && !context.self();
    if (!said && !lost) throw error;
  }
}
