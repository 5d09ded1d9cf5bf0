import { CryptoError, equalBytes } from '@tlgen/runtime/crypto';
import {
  account,
  auth,
  InputCheckPasswordSRP,
  PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow as ModPow,
  SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000 as SecureAlgo,
  type TypeInputCheckPasswordSRP,
} from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { signIn } from '../world/authorizations.js';
import { badRequest, RpcFault } from '../world/fault.js';
import {
  accountPassword,
  challenge,
  newPasswordAlgo,
  verify,
  type AccountPassword,
} from '../world/password.js';
import type { User } from '../world/types.js';
import { userFor } from '../world/users.js';

/** The second factor. */
export const password: readonly BuiltIn[] = [
  method(account.GetPasswordRequest, getPassword, { anonymous: true }),
  method(auth.CheckPasswordRequest, checkPassword, { anonymous: true }),
  method(account.GetPasswordSettingsRequest, getPasswordSettings),
  method(account.UpdatePasswordSettingsRequest, updatePasswordSettings),
];

/** Who is signed in, or whose password is awaited. */
function owner(context: RequestContext): User {
  const { world, key } = context;
  return world.logins.awaitingPassword.get(key.key.id) ?? context.user;
}

function getPassword(_: account.GetPasswordRequest, context: RequestContext): account.TypePassword {
  const { world } = context;
  const own = owner(context).password;
  const common = {
    newAlgo: new ModPow(newPasswordAlgo(world.crypto)),
    newSecureAlgo: new SecureAlgo({ salt: world.crypto.randomBytes(8) }),
    secureRandom: world.crypto.randomBytes(256),
  };
  if (!own) return new account.Password(common);
  const { id, B } = challenge(world, own);
  return new account.Password({
    ...common,
    hasPassword: true,
    currentAlgo: new ModPow(own.algo),
    srpB: B,
    srpId: id,
    hint: own.hint ?? undefined,
  });
}

/** @throws RpcFault `PASSWORD_HASH_INVALID`, `SRP_ID_INVALID` */
function mustKnowPassword(user: User, proof: TypeInputCheckPasswordSRP): void {
  if (!user.password) return;
  if (!(proof instanceof InputCheckPasswordSRP)) throw badRequest('PASSWORD_HASH_INVALID');
  verify(user.password, proof);
}

function checkPassword(
  request: auth.CheckPasswordRequest,
  { world, key, session }: RequestContext,
): auth.TypeAuthorization {
  const user = world.logins.awaitingPassword.get(key.key.id);
  if (!user) throw new RpcFault(401, 'AUTH_KEY_UNREGISTERED');
  mustKnowPassword(user, request.password);
  signIn(world, key, user, session.apiId ?? 0);
  return new auth.Authorization({ user: userFor(world, user, user) });
}

function getPasswordSettings(
  request: account.GetPasswordSettingsRequest,
  { user }: RequestContext,
): account.TypePasswordSettings {
  mustKnowPassword(user, request.password);
  return new account.PasswordSettings({});
}

/** @throws RpcFault `NEW_SETTINGS_INVALID` for another group than was offered, or a verifier outside of it. */
function updatePasswordSettings(
  request: account.UpdatePasswordSettingsRequest,
  { world, user }: RequestContext,
): boolean {
  mustKnowPassword(user, request.password);
  const { newAlgo, newPasswordHash, hint } = request.newSettings;
  if (newAlgo === undefined || newPasswordHash === undefined) return true;
  if (newPasswordHash.length === 0) {
    user.password = null;
    return true;
  }
  if (!(newAlgo instanceof ModPow) || newPasswordHash.length !== 256)
    throw badRequest('NEW_SETTINGS_INVALID');
  if (newAlgo.salt1.length < 8 + 32) throw badRequest('NEW_SALT_INVALID');
  const { salt1, salt2, g, p } = newAlgo;
  const offered = newPasswordAlgo(world.crypto);
  if (g !== offered.g || !equalBytes(p, offered.p)) throw badRequest('NEW_SETTINGS_INVALID');
  const chosen = accountPassword(
    { salt1: salt1.slice(), salt2: salt2.slice(), g, p: offered.p },
    newPasswordHash.slice(),
    hint || null,
  );
  mustBeUsable(world, chosen);
  user.password = chosen;
  return true;
}

/** A verifier with which nobody could ever sign in is not taken. */
function mustBeUsable(world: RequestContext['world'], chosen: AccountPassword): void {
  try {
    challenge(world, chosen);
  } catch (thrown) {
    if (thrown instanceof CryptoError) throw badRequest('NEW_SETTINGS_INVALID');
    throw thrown;
  }
}
