import type { CallOptions } from '@tlgen/codec';
import type { Log } from '../../core/logger.js';
import type { Clock } from '../../platform/types.js';
import type { EventActions, UpdateEvent } from '../event/index.js';
import type { UpdatesLost } from '../lost.js';

/** The settings `updates.*` that count for handlers and readers; read at each use. */
export interface HubSettings {
  /** Updates that may wait to be read. */
  readonly queueLimit: number;
  /** What happens when more wait: the server is not asked for more, or the oldest are given up. */
  readonly overflow: 'pause' | 'drop-oldest';
}

/** How a handler is called. */
export interface HandlerOptions {
  /** Also what this account did itself: messages that are `out`, and results of its own requests. Default false. */
  readonly own?: boolean | undefined;
}

/** How updates are read one by one. */
export interface ReadOptions extends HandlerOptions {
  /** Ends the reading. */
  readonly signal?: CallOptions['signal'];
}

/** What `getUpdates` takes. */
export interface GetUpdatesOptions extends HandlerOptions {
  /**
   * Id of the first update that is wanted, one more than that of the last one seen; those before are done with, and are
   * not told again. Negative: that many from the end, and the others are done with. Default 0: the oldest that waits.
   */
  readonly offset?: number | undefined;
  /** Most updates in the answer. Default: all that wait. */
  readonly limit?: number | undefined;
  /** Seconds to wait for the first one when there is none. Default 0. */
  readonly timeout?: number | undefined;
  readonly signal?: CallOptions['signal'];
}

/** What a hub needs of the client. */
export interface HubContext {
  readonly clock: Clock;
  readonly log: Log;
  readonly actions: EventActions;
  settings(): HubSettings;
  /** Somebody wants updates now, who did not before: the feed has to run. */
  wanted(): void;
  /** A handler threw, or rejected. */
  handlerFailed(error: unknown, event: UpdateEvent): void;
  /** Tells the event `updates-lost`. */
  lost(lost: UpdatesLost): void;
}
