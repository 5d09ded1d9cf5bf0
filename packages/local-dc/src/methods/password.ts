import {
  account,
  auth,
  InputCheckPasswordSRP,
  PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow as ModPow,
  SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000 as SecureAlgo,
  type TypeInputCheckPasswordSRP,
} from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { emailPattern } from '../world/code-kinds.js';
import { badRequest, RpcFault } from '../world/fault.js';
import { challenge, newPasswordAlgo, verify } from '../world/password.js';
import type { User } from '../world/types.js';
import { welcomed } from './admitting.js';
import { passwordFor } from './new-password.js';

/** The second factor. */
export const password: readonly BuiltIn[] = [
  method(account.GetPasswordRequest, getPassword, { anonymous: true }),
  method(auth.CheckPasswordRequest, checkPassword, { anonymous: true }),
  method(account.GetPasswordSettingsRequest, getPasswordSettings),
  method(account.UpdatePasswordSettingsRequest, updatePasswordSettings),
  method(account.ConfirmPasswordEmailRequest, confirmEmail),
  method(account.ResendPasswordEmailRequest, resendEmail),
  method(account.CancelPasswordEmailRequest, cancelEmail),
];

/** Who is signed in, or whose password is awaited. */
export function owner(context: RequestContext): User {
  const { world, key } = context;
  return world.logins.awaitingPassword.get(key.key.id) ?? context.user;
}

function getPassword(_: account.GetPasswordRequest, context: RequestContext): account.TypePassword {
  const { world } = context;
  const { password: own, pendingPassword, loginEmail } = owner(context);
  const pending = pendingPassword?.email;
  const common = {
    emailUnconfirmedPattern: pending ? emailPattern(pending) : undefined,
    loginEmailPattern: loginEmail ? emailPattern(loginEmail) : undefined,
    newAlgo: new ModPow(newPasswordAlgo(world.crypto)),
    newSecureAlgo: new SecureAlgo({ salt: world.crypto.randomBytes(8) }),
    secureRandom: world.crypto.randomBytes(256),
  };
  if (!own) return new account.Password(common);
  const { id, B } = challenge(world, own);
  return new account.Password({
    ...common,
    hasPassword: true,
    hasRecovery: own.email !== null,
    currentAlgo: new ModPow(own.algo),
    srpB: B,
    srpId: id,
    hint: own.hint ?? undefined,
  });
}

/** @throws RpcFault `PASSWORD_HASH_INVALID`, `SRP_ID_INVALID` */
export function mustKnowPassword(user: User, proof: TypeInputCheckPasswordSRP): void {
  if (!user.password) return;
  if (!(proof instanceof InputCheckPasswordSRP)) throw badRequest('PASSWORD_HASH_INVALID');
  verify(user.password, proof);
}

function checkPassword(
  request: auth.CheckPasswordRequest,
  context: RequestContext,
): auth.TypeAuthorization {
  const user = context.world.logins.awaitingPassword.get(context.key.key.id);
  if (!user) throw new RpcFault(401, 'AUTH_KEY_UNREGISTERED');
  mustKnowPassword(user, request.password);
  return welcomed(context, user);
}

function getPasswordSettings(
  request: account.GetPasswordSettingsRequest,
  { user }: RequestContext,
): account.TypePasswordSettings {
  mustKnowPassword(user, request.password);
  return new account.PasswordSettings({ email: user.password?.email ?? undefined });
}

/** @throws RpcFault `EMAIL_UNCONFIRMED_n` when an address has to be confirmed by a code of n digits first. */
function updatePasswordSettings(
  request: account.UpdatePasswordSettingsRequest,
  { world, user }: RequestContext,
): boolean {
  mustKnowPassword(user, request.password);
  const chosen = passwordFor(world, user, request.newSettings);
  user.pendingPassword = null;
  if (chosen && chosen.email !== null && chosen.email !== user.password?.email) {
    user.pendingPassword = chosen;
    throw badRequest(`EMAIL_UNCONFIRMED_${world.options.loginCode.length}`);
  }
  user.password = chosen;
  return true;
}

function confirmEmail(
  { code }: account.ConfirmPasswordEmailRequest,
  { world, user }: RequestContext,
): boolean {
  if (!user.pendingPassword) throw badRequest('EMAIL_HASH_EXPIRED');
  if (code !== world.options.loginCode) throw badRequest('CODE_INVALID');
  user.password = user.pendingPassword;
  user.pendingPassword = null;
  return true;
}

function resendEmail(_: unknown, { user }: RequestContext): boolean {
  if (!user.pendingPassword) throw badRequest('EMAIL_HASH_EXPIRED');
  return true;
}

function cancelEmail(_: unknown, { user }: RequestContext): boolean {
  if (!user.pendingPassword) throw badRequest('EMAIL_HASH_EXPIRED');
  user.pendingPassword = null;
  return true;
}
