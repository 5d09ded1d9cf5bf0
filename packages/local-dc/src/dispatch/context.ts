import type * as tl from '@tlgen/telegram';
import type { ProtocolCore, RpcCall, ServerKey } from '../protocol/types.js';
import { tell } from '../world/deliveries.js';
import { RpcFault } from '../world/fault.js';
import type { Authorization, User } from '../world/types.js';
import type { World } from '../world/world.js';
import type { RequestContext } from './types.js';

/** What the context asks of the protocol. */
export type ContextCore = Pick<ProtocolCore, 'permanentKeyOf' | 'bindTempKey' | 'after'>;

/** The context of one call. */
export class CallContext implements RequestContext {
  constructor(
    readonly world: World,
    readonly layer: number,
    private readonly call: RpcCall,
    private readonly core: ContextCore,
  ) {}

  get session(): RpcCall['session'] {
    return this.call.session;
  }

  get signal(): AbortSignal {
    return this.call.signal;
  }

  get dcId(): number {
    return this.session.key.dcId;
  }

  get permanentKey(): ServerKey | null {
    return this.core.permanentKeyOf(this.session.key);
  }

  get key(): ServerKey {
    const key = this.permanentKey;
    if (!key) throw new RpcFault(401, 'AUTH_KEY_PERM_EMPTY');
    return key;
  }

  get signedIn(): boolean {
    const key = this.permanentKey;
    return key !== null && this.world.authorizations.has(key.key.id);
  }

  get authorization(): Authorization {
    const { id } = this.key.key;
    const authorization = this.world.authorizations.get(id);
    if (authorization) return authorization;
    const revoked = this.world.logins.revoked.get(id);
    if (revoked !== undefined) throw new RpcFault(401, revoked);
    if (this.world.logins.awaitingPassword.has(id))
      throw new RpcFault(401, 'SESSION_PASSWORD_NEEDED');
    throw new RpcFault(401, 'AUTH_KEY_UNREGISTERED');
  }

  get user(): User {
    const user = this.world.user(this.authorization.userId);
    if (!user) throw new RpcFault(401, 'USER_DEACTIVATED');
    return user;
  }

  push(userId: bigint, updates: readonly tl.TypeUpdate[]): void {
    const user = this.world.user(userId);
    if (!user) throw new TypeError(`there is no user ${userId} to push updates to`);
    tell(this.world, user, updates);
  }

  bindTempKey(request: tl.auth.BindTempAuthKeyRequest): string | null {
    return this.core.bindTempKey(this.call, request);
  }
}
