import { checkOptions } from './check-options.js';
import type { SignInContext } from './context.js';
import type { SignInOptions } from './options.js';
import { Run } from './run.js';
import { sameUser } from './same-user.js';
import type { SignedIn } from './states.js';
import { SignInSteps } from './steps.js';

/**
 * Runs the sign-in of a bot or a user to its end; changes of the data center are made on the way. Where somebody is
 * signed in already it asks the server whether that is so, and resolves with that user if it may be the one who is to
 * sign in.
 *
 * @throws RpcError (`PHONE_CODE_INVALID`, `PASSWORD_HASH_INVALID`, `ACCESS_TOKEN_INVALID` …), SignInError, AbortError,
 * TimeoutError, ClosedError, and what the functions of the options throw.
 * @see https://core.telegram.org/api/auth
 */
export async function signIn(context: SignInContext, options: SignInOptions): Promise<SignedIn> {
  checkOptions(options);
  return context.cancellable(options, 'signing in', async (signal) => {
    const steps = new SignInSteps(context, { onState: options.onState });
    try {
      const found = await steps.check({ signal });
      if (found.step === 'done') return sameUser(found, options);
      return await new Run(context, options, steps, signal).toTheEnd();
    } catch (error) {
      // What ended the whole, not the step that noticed.
      signal.throwIfAborted();
      throw error;
    }
  });
}
