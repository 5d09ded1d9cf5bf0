import type { TlObject } from '@tlgen/codec';
import type { ConnectionEvent } from '../network/types.js';
import type { UpdateEvent } from '../updates/event/index.js';
import type { Silence } from '../updates/feed/index.js';
import type { UpdatesLost } from '../updates/lost.js';

/** What `client.on` tells, by name. */
export interface ClientEvents {
  /** A connection's state has changed. */
  readonly connection: ConnectionEvent;
  /** An update, each once and in order; the same as `on(filters.all, handler, { own: true })`. */
  readonly update: UpdateEvent;
  /** What the server pushed, as it came: an object of type `Updates`. Not in order, some twice, some never. */
  readonly 'raw-update': TlObject;
  /** Updates are lost for good. */
  readonly 'updates-lost': UpdatesLost;
  /** The server had stopped sending updates: they were asked for, and the connection is renewed. */
  readonly 'updates-silent': Silence;
  /** The sign-in has ended: nothing but signing in works until that is done again. */
  readonly 'signed-out': {
    /** Name of the error (`SESSION_REVOKED`), or `AUTH_KEY_LOST`: the server does not know the key any more. */
    readonly reason: string;
  };
  /** Something failed that no call is there to tell about. */
  readonly error: Error;
}
