import { RpcError } from '../errors.js';
import type { Ticket } from '../ordered-queue.js';
import { orAbort } from '../sleep.js';
import type { Middleware } from '../types.js';

/** Failures of calls before this one that it is sent again after. */
const MAX_REPETITIONS = 100;

/**
 * Calls of a queue depend on their order, not on each other's success: when the call before failed, and the server
 * therefore refused this one (`MSG_WAIT_FAILED`), it is sent again as soon as that one is settled for good.
 */
export function ordered(ticket: Ticket): Middleware {
  return async (call, next) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await next(call);
      } catch (error) {
        const refused = error instanceof RpcError && error.code === 'MSG_WAIT_FAILED';
        if (!refused || attempt >= MAX_REPETITIONS) throw error;
        await orAbort(ticket.afterPrevious(), call.signal);
      }
    }
  };
}
