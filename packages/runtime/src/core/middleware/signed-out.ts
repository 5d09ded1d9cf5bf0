import type { Network } from '../../network/network.js';
import { RpcError } from '../errors.js';
import type { Middleware } from '../types.js';

/** Errors after which nothing works until the user signs in again. */
const FINAL = new Set([
  'AUTH_KEY_UNREGISTERED',
  'AUTH_KEY_INVALID',
  'AUTH_KEY_DUPLICATED',
  'SESSION_REVOKED',
  'SESSION_EXPIRED',
  'USER_DEACTIVATED',
  'USER_DEACTIVATED_BAN',
]);
/** With these the key itself is of no more use. */
const KEY_GONE = new Set(['AUTH_KEY_DUPLICATED', 'AUTH_KEY_INVALID']);

/** Whether the server says that nobody is signed in any more. */
export function endsSignIn(error: unknown): error is RpcError {
  return error instanceof RpcError && FINAL.has(error.code);
}

/** Whether an error that ends the sign-in is one of the key. */
export function endsKey({ code }: RpcError): boolean {
  return KEY_GONE.has(code);
}

export interface SignedOutContext {
  readonly network: Network;
  /** Told once for each sign-in that ends. */
  onSignedOut(reason: string): void;
  /** Storage that could not be written. */
  onError(error: unknown): void;
}

/** Notices that the server has ended the sign-in. The error itself goes on to the caller; nothing is repeated. */
export function signedOut({ network, onSignedOut, onError }: SignedOutContext): Middleware {
  return async (call, next) => {
    const { userId } = network.store.account;
    try {
      return await next(call);
    } catch (error) {
      const atHome = call.dc === undefined || call.dc === network.homeDc;
      const { account } = network.store;
      // Calls that were under way when the user signed out, or before another signed in, say nothing new.
      if (endsSignIn(error) && atHome && userId !== null && account.userId === userId) {
        network.signedOut(endsKey(error)).catch(onError);
        onSignedOut(error.code);
      }
      throw error;
    }
  };
}
