import { account, auth, Authorization } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { revoke, signOut } from '../world/authorizations.js';
import { badRequest } from '../world/fault.js';
import type { World } from '../world/world.js';
import { futureToken } from './admitting.js';

/** Where somebody is signed in, and ending it. */
export const authorizationMethods: readonly BuiltIn[] = [
  method(account.GetAuthorizationsRequest, getAuthorizations),
  method(account.ResetAuthorizationRequest, resetAuthorization),
  method(auth.ResetAuthorizationsRequest, resetAuthorizations),
  method(auth.LogOutRequest, logOut),
];

/** A sign-in as `account.getAuthorizations` lists it; the current one has no hash. */
export function sessionView(
  world: World,
  one: { readonly keyId: bigint; readonly apiId: number; readonly createdAt: number },
  current: boolean,
): Authorization {
  return new Authorization({
    current,
    hash: current ? 0n : one.keyId,
    deviceModel: '',
    platform: '',
    systemVersion: '',
    apiId: one.apiId,
    appName: '',
    appVersion: '',
    dateCreated: one.createdAt,
    dateActive: world.now(),
    ip: '127.0.0.1',
    country: '',
    region: '',
  });
}

function getAuthorizations(
  _: account.GetAuthorizationsRequest,
  { world, user, authorization }: RequestContext,
): account.TypeAuthorizations {
  const authorizations = world
    .homesOf(user.id)
    .map((one) => sessionView(world, one, one === authorization));
  return new account.Authorizations({ authorizationTtlDays: 180, authorizations });
}

/** Ends one other sign-in. @throws RpcFault `HASH_INVALID` */
function resetAuthorization(
  { hash }: account.ResetAuthorizationRequest,
  { world, user, authorization }: RequestContext,
): boolean {
  const one = world.homesOf(user.id).find(({ keyId }) => keyId === hash);
  if (!one || one === authorization) throw badRequest('HASH_INVALID');
  revoke(world, one, 'SESSION_REVOKED');
  return true;
}

/** Ends all other sign-ins; what they left to shorten a sign-in is void, too. */
function resetAuthorizations(
  _: auth.ResetAuthorizationsRequest,
  { world, user, key }: RequestContext,
): boolean {
  for (const one of world.authorizations.values())
    if (one.userId === user.id && one.keyId !== key.key.id) revoke(world, one, 'SESSION_REVOKED');
  const { futureTokens } = world.logins;
  for (const [token, id] of futureTokens) if (id === user.id) futureTokens.delete(token);
  return true;
}

function logOut(_: auth.LogOutRequest, context: RequestContext): auth.TypeLoggedOut {
  const { world, key, user } = context;
  const token = !user.bot ? futureToken(context, user) : undefined;
  signOut(world, key);
  return new auth.LoggedOut({ futureAuthToken: token });
}
