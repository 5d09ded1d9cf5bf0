import { auth, type Authorization, UpdateLoginToken, UpdateShort } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { badRequest } from '../world/fault.js';
import { TOKEN_LIFETIME, type LoginToken } from '../world/login-tokens.js';
import type { User } from '../world/types.js';
import { admitted } from './admitting.js';
import { sessionView } from './authorizations.js';

/** Sign-in by QR code: https://core.telegram.org/api/qr-login. */
export const qrLogin: readonly BuiltIn[] = [
  method(auth.ExportLoginTokenRequest, exportLoginToken, { anonymous: true }),
  method(auth.ImportLoginTokenRequest, importLoginToken, { anonymous: true }),
  method(auth.AcceptLoginTokenRequest, acceptLoginToken),
];

function exportLoginToken(
  request: auth.ExportLoginTokenRequest,
  context: RequestContext,
): auth.TypeLoginToken {
  if (request.apiId < 1 || request.apiHash === '') throw badRequest('API_ID_INVALID');
  const { world, key } = context;
  const accepted = world.logins.tokens.acceptedFor(key.key.id, world.now());
  if (accepted?.acceptedBy) return collect(context, accepted, accepted.acceptedBy);
  const token: LoginToken = {
    bytes: world.crypto.randomBytes(32),
    key,
    exceptIds: request.exceptIds,
    expiresAt: world.now() + TOKEN_LIFETIME,
    acceptedBy: null,
    used: false,
  };
  world.logins.tokens.add(token);
  return new auth.LoginToken({ expires: token.expiresAt, token: token.bytes });
}

/** @throws RpcFault `AUTH_TOKEN_INVALIDX`, `AUTH_TOKEN_EXPIRED`, `AUTH_TOKEN_ALREADY_ACCEPTED` */
function known({ world }: RequestContext, bytes: Uint8Array): LoginToken {
  const token = world.logins.tokens.find(bytes);
  if (!token) throw badRequest('AUTH_TOKEN_INVALIDX');
  if (token.used) throw badRequest('AUTH_TOKEN_ALREADY_ACCEPTED');
  if (token.expiresAt <= world.now()) throw badRequest('AUTH_TOKEN_EXPIRED');
  return token;
}

/** Hands out the sign-in, in the data center where its user lives. */
function collect(context: RequestContext, token: LoginToken, user: User): auth.TypeLoginToken {
  if (user.dcId !== context.dcId)
    return new auth.LoginTokenMigrateTo({ dcId: user.dcId, token: token.bytes });
  context.world.logins.tokens.use(token);
  return new auth.LoginTokenSuccess({ authorization: admitted(context, user) });
}

function importLoginToken(
  request: auth.ImportLoginTokenRequest,
  context: RequestContext,
): auth.TypeLoginToken {
  const token = known(context, request.token);
  if (token.acceptedBy) return collect(context, token, token.acceptedBy);
  return new auth.LoginToken({ expires: token.expiresAt, token: token.bytes });
}

function acceptLoginToken(
  request: auth.AcceptLoginTokenRequest,
  context: RequestContext,
): Authorization {
  const { world, user } = context;
  const token = known(context, request.token);
  if (token.acceptedBy) throw badRequest('AUTH_TOKEN_ALREADY_ACCEPTED');
  if (token.exceptIds.includes(user.id)) throw badRequest('AUTH_TOKEN_EXCEPTION');
  world.logins.tokens.accept(token, user, world.now());
  const update = new UpdateShort({ update: new UpdateLoginToken(), date: world.now() });
  world.deliverToKey(token.key.key.id, update);
  return sessionView(world, { keyId: token.key.key.id, apiId: 0, createdAt: world.now() }, false);
}
