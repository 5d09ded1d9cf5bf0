import { auth } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { signIn } from '../world/authorizations.js';
import { badRequest, RpcFault } from '../world/fault.js';
import { userFor } from '../world/users.js';

/** Seconds that an exported authorization may be imported. */
const EXPORT_LIFETIME = 60;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Bots, several data centers, temporary keys. */
export const authKeys: readonly BuiltIn[] = [
  method(auth.ImportBotAuthorizationRequest, importBot, { anonymous: true }),
  method(auth.ExportAuthorizationRequest, exportAuthorization),
  method(auth.ImportAuthorizationRequest, importAuthorization, { anonymous: true }),
  method(auth.BindTempAuthKeyRequest, bindTempAuthKey, { anonymous: true, unbound: true }),
];

function importBot(
  request: auth.ImportBotAuthorizationRequest,
  { world, dcId, key, session }: RequestContext,
): auth.TypeAuthorization {
  if (request.apiId < 1 || request.apiHash === '') throw badRequest('API_ID_INVALID');
  const bot = world.userByToken(request.botAuthToken);
  if (!bot) throw badRequest('ACCESS_TOKEN_INVALID');
  if (bot.dcId !== dcId) throw new RpcFault(303, `USER_MIGRATE_${bot.dcId}`);
  signIn(world, key, bot, session.apiId ?? request.apiId);
  return new auth.Authorization({ user: userFor(world, bot, bot) });
}

function exportAuthorization(
  { dcId }: auth.ExportAuthorizationRequest,
  { world, user, dcId: here }: RequestContext,
): auth.TypeExportedAuthorization {
  if (dcId === here || !world.options.dataCenters.includes(dcId)) throw badRequest('DC_ID_INVALID');
  const bytes = world.crypto.randomBytes(128);
  const expiresAt = world.now() + EXPORT_LIFETIME;
  world.logins.exports.set(hex(bytes), { user, dcId, expiresAt });
  return new auth.ExportedAuthorization({ id: user.id, bytes });
}

function importAuthorization(
  request: auth.ImportAuthorizationRequest,
  { world, dcId, key, session }: RequestContext,
): auth.TypeAuthorization {
  const name = hex(request.bytes);
  const exported = world.logins.exports.get(name);
  if (!exported || exported.dcId !== dcId || exported.expiresAt < world.now())
    throw badRequest('AUTH_BYTES_INVALID');
  if (exported.user.id !== request.id) throw badRequest('USER_ID_INVALID');
  // Good for one time only.
  world.logins.exports.delete(name);
  signIn(world, key, exported.user, session.apiId ?? 0);
  return new auth.Authorization({ user: userFor(world, exported.user, exported.user) });
}

function bindTempAuthKey(request: auth.BindTempAuthKeyRequest, context: RequestContext): boolean {
  const error = context.bindTempKey(request);
  if (error !== null) throw badRequest(error);
  return true;
}
