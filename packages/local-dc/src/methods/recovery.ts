import { auth } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { emailPattern } from '../world/code-kinds.js';
import { badRequest } from '../world/fault.js';
import type { User } from '../world/types.js';
import { welcomed } from './admitting.js';
import { passwordFor } from './new-password.js';
import { owner } from './password.js';

/** Seconds that a recovery code lives. */
const LIFETIME = 3600;

/** A forgotten password, by e-mail: https://core.telegram.org/api/srp, "Email verification". */
export const recovery: readonly BuiltIn[] = [
  method(auth.RequestPasswordRecoveryRequest, request, { anonymous: true }),
  method(auth.CheckRecoveryPasswordRequest, check, { anonymous: true }),
  method(auth.RecoverPasswordRequest, recover, { anonymous: true }),
];

function request(
  _: auth.RequestPasswordRecoveryRequest,
  context: RequestContext,
): auth.TypePasswordRecovery {
  const { world } = context;
  const user = owner(context);
  if (!user.password) throw badRequest('PASSWORD_EMPTY');
  const { email } = user.password;
  if (email === null) throw badRequest('PASSWORD_RECOVERY_NA');
  world.logins.recoveries.set(user.id, world.now() + LIFETIME);
  return new auth.PasswordRecovery({ emailPattern: emailPattern(email) });
}

/** @throws RpcFault `CODE_EMPTY`, `CODE_INVALID`, `PASSWORD_RECOVERY_EXPIRED` */
function recovering(context: RequestContext, code: string): User {
  const { world } = context;
  const user = owner(context);
  if (code === '') throw badRequest('CODE_EMPTY');
  const until = world.logins.recoveries.get(user.id);
  if (until === undefined || until <= world.now()) throw badRequest('PASSWORD_RECOVERY_EXPIRED');
  if (code !== world.options.loginCode) throw badRequest('CODE_INVALID');
  return user;
}

function check({ code }: auth.CheckRecoveryPasswordRequest, context: RequestContext): boolean {
  recovering(context, code);
  return true;
}

/** The password goes, or another takes its place; and its owner is signed in. */
function recover(
  { code, newSettings }: auth.RecoverPasswordRequest,
  context: RequestContext,
): auth.TypeAuthorization {
  const { world } = context;
  const user = recovering(context, code);
  user.password = newSettings ? passwordFor(world, user, newSettings) : null;
  world.logins.recoveries.delete(user.id);
  return welcomed(context, user);
}
