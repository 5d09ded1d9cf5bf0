import { Backoff } from '../../network/backoff.js';
import { REPEATED_TOO_OFTEN } from '../../session/limits.js';
import { CallLostError, RpcError } from '../errors.js';
import { isRepeatable } from '../repeatable.js';
import { sleep } from '../sleep.js';
import type { ApiCall, Middleware } from '../types.js';
import type { RetryContext } from './retry-context.js';
import { OTHER_USER, sameUser } from './same-user.js';

/** Milliseconds. */
const FIRST_PAUSE = 1000;

/**
 * Repeats, after growing pauses, calls that failed inside the server (500 and above) or were lost and certainly did
 * not run. Those of which nobody knows whether they ran (lost; `Timeout`, also -503) are repeated if they may run twice.
 */
export function serverErrors(context: RetryContext): Middleware {
  const { clock, crypto, logger, network } = context;
  return async (call, next) => {
    const isSame = sameUser(network);
    const backoff = new Backoff(crypto, { base: FIRST_PAUSE, immediate: false });
    for (let attempt = 1; ; attempt++) {
      try {
        return await next(call);
      } catch (error) {
        if (!isPassing(error, call)) throw error;
        const lost = error instanceof CallLostError;
        if (attempt >= (lost ? context.maxResponses() : context.maxTries())) throw error;
        const pause = backoff.next();
        logger.log(
          'notice',
          `${call.request._} again in ${Math.round(pause)} ms: ${String(error)}`,
        );
        await sleep(clock, pause, call.signal);
        if (!isSame()) throw error;
      }
    }
  };
}

/** Errors of the class for passing failures that do not pass: what was asked for has been done before. */
const FINAL: ReadonlySet<string> = new Set(['RANDOM_ID_DUPLICATE']);

function isPassing(error: unknown, call: ApiCall): boolean {
  const mayRunTwice = call.options.repeatable ?? isRepeatable(call.request._);
  if (error instanceof RpcError) {
    const unknown = error.number < 0 || error.code === 'Timeout';
    return unknown ? mayRunTwice : error.number >= 500 && !FINAL.has(error.code);
  }
  if (!(error instanceof CallLostError) || error.cause !== undefined) return false;
  // The session has sent it as often as the caller allows.
  if (error.reason === REPEATED_TOO_OFTEN || error.reason === OTHER_USER) return false;
  return !error.mayHaveRun || mayRunTwice;
}
