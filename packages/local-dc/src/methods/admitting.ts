import { auth } from '@tlgen/telegram';
import type { RequestContext } from '../dispatch/types.js';
import { signIn } from '../world/authorizations.js';
import { RpcFault } from '../world/fault.js';
import type { User } from '../world/types.js';
import { userFor } from '../world/users.js';

/** Signs in, or asks for the password first. @throws RpcFault 401 `SESSION_PASSWORD_NEEDED` */
export function admitted(context: RequestContext, user: User): auth.Authorization {
  if (user.password) {
    context.world.logins.awaitingPassword.set(context.key.key.id, user);
    throw new RpcFault(401, 'SESSION_PASSWORD_NEEDED');
  }
  return welcomed(context, user);
}

/** Signs in whoever has proved everything. */
export function welcomed({ world, key, session }: RequestContext, user: User): auth.Authorization {
  signIn(world, key, user, session.apiId ?? 0);
  return new auth.Authorization({ user: userFor(world, user, user) });
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** A token by which the user's next sign-in needs no code: https://core.telegram.org/api/auth, "Future auth tokens". */
export function futureToken({ world }: RequestContext, user: User): Uint8Array {
  const token = world.crypto.randomBytes(64);
  world.logins.futureTokens.set(hex(token), user.id);
  return token;
}

/** Signs in by a token of an earlier sign-out, if one is the user's. @throws RpcFault 401 `SESSION_PASSWORD_NEEDED` */
export function welcomeBack(
  context: RequestContext,
  user: User,
  tokens: readonly Uint8Array[],
): auth.Authorization | null {
  const { futureTokens } = context.world.logins;
  const own = tokens.map(hex).find((token) => futureTokens.get(token) === user.id);
  if (own === undefined) return null;
  const authorization = admitted(context, user);
  futureTokens.delete(own);
  return authorization;
}
