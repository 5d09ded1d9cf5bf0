import type { TlObject } from '@tlgen/codec';
import type { ConnectionEvent } from '../network/types.js';

/** What `client.on` tells, by name. */
export interface ClientEvents {
  /** A connection's state has changed. */
  readonly connection: ConnectionEvent;
  /** What the server pushed: an object of type `Updates`, decoded. */
  readonly update: TlObject;
  /** The sign-in has ended: nothing but signing in works until that is done again. */
  readonly 'signed-out': {
    /** Name of the error (`SESSION_REVOKED`), or `AUTH_KEY_LOST`: the server does not know the key any more. */
    readonly reason: string;
  };
  /** Something failed that no call is there to tell about. */
  readonly error: Error;
}
