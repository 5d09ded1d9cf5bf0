import { UpdatesTooLong } from '@tlgen/telegram';
import { EncryptedQueue } from './encrypted-queue.js';
import { KeptUpdates } from './kept-updates.js';
import { discardChatsOf } from './secret-chats.js';
import type { Revocation } from './logins.js';
import type { Authorization, SignInKey, User } from './types.js';
import type { World } from './world.js';

/** Signs a user in with a key. */
export function signIn(world: World, key: SignInKey, user: User, apiId: number): Authorization {
  const { id } = key.key;
  const before = world.authorizations.get(id);
  if (before && before.userId !== user.id) signOut(world, key);
  world.logins.awaitingPassword.delete(id);
  world.logins.revoked.delete(id);
  const authorization: Authorization = (before?.userId === user.id ? before : undefined) ?? {
    keyId: id,
    key,
    userId: user.id,
    dcId: key.dcId,
    createdAt: world.now(),
    apiId,
    home: key.dcId === user.dcId,
    seq: 0,
    encrypted: new EncryptedQueue(),
    kept: new KeptUpdates(),
    missed: new Map(),
  };
  key.userId = user.id;
  world.authorizations.set(id, authorization);
  return authorization;
}

/** Signs whoever it is out of a key; their secret chats end, for they lived on that device only. */
export function signOut(world: World, key: SignInKey): void {
  const { id } = key.key;
  world.logins.awaitingPassword.delete(id);
  discardChatsOf(world, id);
  world.authorizations.delete(id);
  key.userId = null;
}

/** Ends a sign-in by force: its device is told to look again, and what it then asks fails with `why`. */
export function revoke(world: World, authorization: Authorization, why: Revocation): void {
  world.deliverToKey(authorization.keyId, new UpdatesTooLong());
  signOut(world, authorization.key);
  world.logins.revoked.set(authorization.keyId, why);
}
