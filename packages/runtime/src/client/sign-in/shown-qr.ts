import { isThenable } from '../../core/thenable.js';
import type { ShowQr } from './options.js';
import type { SignInState } from './states.js';
import type { SignInSteps } from './steps.js';

/** Signs in by QR; that the code cannot be shown, at once or later, ends the wait. */
export async function signInByShownQr(
  steps: SignInSteps,
  show: ShowQr,
  signal: AbortSignal,
): Promise<SignInState> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  try {
    return await steps.qr(
      (qr) => {
        const shown = show(qr);
        if (isThenable(shown)) shown.then(undefined, (error: unknown) => failed.abort(error));
      },
      { signal: either },
    );
  } catch (error) {
    if (failed.signal.aborted && !signal.aborted) throw failed.signal.reason;
    throw error;
  }
}
