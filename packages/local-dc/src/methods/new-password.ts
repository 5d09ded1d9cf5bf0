import { CryptoError, equalBytes } from '@tlgen/runtime/crypto';
import {
  PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow as ModPow,
  type account,
} from '@tlgen/telegram';
import { badRequest } from '../world/fault.js';
import {
  accountPassword,
  challenge,
  newPasswordAlgo,
  type AccountPassword,
} from '../world/password.js';
import type { User } from '../world/types.js';
import type { World } from '../world/world.js';

/**
 * What `account.passwordInputSettings` makes of a user's password: another one, the same with another address, or none.
 *
 * @throws RpcFault `NEW_SETTINGS_INVALID` for another group than was offered, or a verifier outside of it;
 * `NEW_SALT_INVALID`; `EMAIL_INVALID`.
 */
export function passwordFor(
  world: World,
  user: User,
  settings: account.TypePasswordInputSettings,
): AccountPassword | null {
  const { newAlgo, newPasswordHash, hint, email } = settings;
  if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw badRequest('EMAIL_INVALID');
  const address = email === undefined ? (user.password?.email ?? null) : email || null;
  if (newAlgo === undefined || newPasswordHash === undefined)
    return user.password && { ...user.password, email: address };
  if (newPasswordHash.length === 0) return null;
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
    address,
  );
  mustBeUsable(world, chosen);
  return chosen;
}

/** A verifier with which nobody could ever sign in is not taken. */
function mustBeUsable(world: World, chosen: AccountPassword): void {
  try {
    challenge(world, chosen);
  } catch (thrown) {
    if (thrown instanceof CryptoError) throw badRequest('NEW_SETTINGS_INVALID');
    throw thrown;
  }
}
