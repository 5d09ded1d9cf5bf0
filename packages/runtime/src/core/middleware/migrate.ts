import { RpcError } from '../errors.js';
import { orAbort } from '../sleep.js';
import type { ApiCall, Middleware } from '../types.js';

/** Where a `…_MIGRATE_X` sends a call, and whether the user goes with it. */
const ACCOUNT = new Set(['PHONE_MIGRATE', 'NETWORK_MIGRATE', 'USER_MIGRATE']);
const CALL = new Set(['FILE_MIGRATE', 'STATS_MIGRATE']);

/** Data centers that send calls to each other in a circle are at fault, and this ends it. */
const MAX_MIGRATIONS = 4;
/** Higher numbers are no data center. */
const MAX_DC = 999;

export interface MigrateContext {
  /** The user, whether signed in yet or not, belongs to that data center from now on. */
  moveHome(dc: number, code: string): Promise<void>;
  /** Whether it is a data center of the CDN. Those are not trusted: they send nobody anywhere. */
  isCdn(dc: number): boolean;
}

/** Repeats a call at the data center that the server names. */
export function migrate({ moveHome, isCdn }: MigrateContext): Middleware {
  return async (call, next) => {
    let current: ApiCall = call;
    for (let moves = 0; ; moves++) {
      try {
        return await next(current);
      } catch (error) {
        if (!(error instanceof RpcError) || moves >= MAX_MIGRATIONS) throw error;
        const dc = error.value;
        if (dc === null || dc < 1 || dc > MAX_DC) throw error;
        if (current.dc !== undefined && isCdn(current.dc)) throw error;
        if (CALL.has(error.code)) {
          call.options.onMoved?.(dc);
          current = { ...current, dc };
        } else if (ACCOUNT.has(error.code)) {
          await orAbort(moveHome(dc, error.code), call.signal);
          current = { ...current, dc: undefined };
        } else throw error;
      }
    }
  };
}
