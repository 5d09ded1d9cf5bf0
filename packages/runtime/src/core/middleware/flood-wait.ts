import { RpcError } from '../errors.js';
import { sleep } from '../sleep.js';
import type { Middleware } from '../types.js';
import type { RetryContext } from './retry-context.js';
import { sameUser } from './same-user.js';

const WAITS = new Set(['FLOOD_WAIT', 'FLOOD_PREMIUM_WAIT', 'SLOWMODE_WAIT']);

/**
 * Sleeps through waits that the server demands and repeats the call, if the wait is strictly shorter than the limit.
 * A longer one, or one too many, is the caller's to see.
 */
export function floodWait(context: RetryContext): Middleware {
  const { clock, logger, network, maxTries, floodWaitBelow } = context;
  return async (call, next) => {
    const isSame = sameUser(network);
    for (let attempt = 1; ; attempt++) {
      try {
        return await next(call);
      } catch (error) {
        const limit = call.options.floodWaitLimit ?? floodWaitBelow();
        const seconds = secondsOf(error);
        if (seconds === null || seconds >= limit || attempt >= maxTries()) throw error;
        logger.log('notice', `${call.request._} waits ${seconds} s: ${String(error)}`);
        await sleep(clock, seconds * 1000, call.signal);
        if (!isSame()) throw error;
      }
    }
  };
}

function secondsOf(error: unknown): number | null {
  return error instanceof RpcError && WAITS.has(error.code) ? error.value : null;
}
