import type { ApiSchema, TlMethod } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import type { Log } from '../../core/logger.js';
import type { InvokeOptions } from '../../core/types.js';
import type { KnownPeer } from '../../peers/types.js';
import type { Clock } from '../../platform/types.js';
import type { Store } from '../../storage/store.js';
import type { Delivery, Lost } from '../engine/index.js';
import type { SecretJournal } from '../journal.js';

/** The settings `updates.*` that count for a feed; read at each use. */
export interface FeedSettings {
  /** Whether what was missed while the program was away is asked for at the start. */
  readonly catchUp: boolean;
  /** Seconds without news after which the server is asked; 0: never. */
  readonly pollInterval: number;
  /** Updates that may wait for their handlers and readers; beyond, nothing is taken. */
  readonly queueLimit: number;
  /** Channels that are asked about although the server pushes nothing: all, none, or these (marked ids). */
  readonly pollChannels: boolean | readonly (bigint | number)[];
}

/** Who takes what a feed brings, in order. */
export interface FeedSink {
  /**
   * Takes an update.
   *
   * @param done - to be called once, when everybody who wanted the update is done with it: it will not come again.
   */
  deliver(delivery: Delivery, done: () => void): void;
  /** Takes the news that updates are lost. */
  lost(lost: Lost): void;
  /**
   * What was given and is not done comes again, because the feed starts anew in this process. The sink drops what nobody
   * has begun with, and calls `done` for each of them before it returns: they are given once more. What somebody has
   * begun with goes on, and is not given again: its `done` counts for the new run.
   */
  renewed?(): void;
}

/** What peers a feed asks about. */
export interface FeedPeers {
  /** By marked id, from memory: null: never seen; undefined: memory does not tell, {@link load} does. */
  known(marked: bigint): Pick<KnownPeer, 'type' | 'accessHash' | 'min'> | null | undefined;
  load(marked: bigint): Promise<Pick<KnownPeer, 'type' | 'accessHash' | 'min'> | null>;
  /** @param channel - bare id. @throws PeerError when it was never seen. */
  inputChannel(channel: bigint): Promise<base.TypeInputChannel>;
}

/** The watchdog found that the server had stopped sending. */
export interface Silence {
  /** Milliseconds since something was last heard. */
  readonly milliseconds: number;
  /** How many updates had not been sent. */
  readonly missed: number;
}

/** What a feed needs of the client. */
export interface FeedContext {
  readonly schema: ApiSchema;
  readonly clock: Clock;
  /** What one world tells is never used in the other. */
  readonly world: 'main' | 'test';
  readonly store: Pick<Store, 'get' | 'list' | 'commit'>;
  readonly peers: FeedPeers;
  readonly sink: FeedSink;
  readonly log: Log;
  settings(): FeedSettings;
  /** null: nobody is signed in, and a feed does not start. */
  self(): { readonly id: bigint; readonly bot: boolean } | null;
  invoke<Result>(request: TlMethod<Result>, options?: InvokeOptions): Promise<Result>;
  /** null: secret messages are delivered, and never confirmed. */
  journal(): SecretJournal | null;
  /** Tells of an error that no call is there to tell about. */
  fail(error: unknown): void;
  /** Told when silence turns out to be the server's fault: the connection is to be renewed. */
  silent(silence: Silence): void;
}
