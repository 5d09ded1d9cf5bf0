import type { Authorizations } from '../../network/authorization.js';
import type { Network } from '../../network/network.js';
import { DataCenterError } from '../../network/errors.js';
import { HandshakeError } from '../../session/errors.js';
import { RpcError } from '../errors.js';
import { orAbort } from '../sleep.js';
import type { Middleware } from '../types.js';

export interface AuthorizeContext {
  readonly network: Network;
  readonly authorizations: Authorizations;
  /** Learns the addresses of all data centers. */
  fetchConfig(): Promise<void>;
  /** Learns the public keys of the CDN. */
  fetchCdnKeys(): Promise<void>;
}

/**
 * Before a call to another data center: learns where that is, and takes the user's authorization there. When that data
 * center says that it doesn't know the user, the authorization is taken there once more.
 */
export function authorize(context: AuthorizeContext): Middleware {
  const { network, authorizations, fetchConfig } = context;
  return async (call, next) => {
    const { dc } = call;
    if (dc === undefined && network.knows(network.homeDc)) return next(call);
    if (!network.knows(dc ?? network.homeDc)) await orAbort(fetchConfig(), call.signal);
    // Of a data center that does not exist, the network says so better than the server.
    if (dc === undefined || dc === network.homeDc || !network.knows(dc)) return next(call);
    if (network.isCdn(dc)) return atCdn(context, dc, () => next(call), call.signal);
    await orAbort(authorizations.ensure(dc), call.signal);
    try {
      return await next(call);
    } catch (error) {
      const unknown = error instanceof RpcError && error.code === 'AUTH_KEY_UNREGISTERED';
      if (!unknown || network.store.account.userId === null) throw error;
      await orAbort(authorizations.forget(dc), call.signal);
      await orAbort(authorizations.ensure(dc), call.signal);
      return next(call);
    }
  };
}

async function atCdn(
  { network, fetchCdnKeys }: AuthorizeContext,
  dc: number,
  run: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<unknown> {
  const known = network.cdnKeysOf(dc);
  if (!known) await orAbort(fetchCdnKeys(), signal);
  // Never with the keys of others.
  if (!network.cdnKeysOf(dc)) throw new DataCenterError(dc, 'nobody tells its public key');
  try {
    return await run();
  } catch (error) {
    if (!known || !hasOtherKey(error)) throw error;
    await orAbort(fetchCdnKeys(), signal);
    return run();
  }
}

/** The connection was given up since the data center has none of the RSA keys that are known. */
function hasOtherKey(error: unknown): boolean {
  const cause = (error as { readonly cause?: unknown } | null)?.cause;
  return cause instanceof HandshakeError && cause.code === 'unknown-key';
}
