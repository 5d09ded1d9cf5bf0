import type { ApiSchema } from '@tlgen/codec';
import type { base, updates } from '@tlgen/telegram';

/**
 * A sequence of numbered updates: `common` (pts of private chats and basic groups), `qts` (secret chats and events of
 * bots), `seq` (containers; also what has no number of its own), or the id of a channel (its own pts).
 */
export type BoxId = 'common' | 'qts' | 'seq' | bigint;

/** Where an account is; what is saved and given to the next start. `date`: server time, seconds. */
export interface StoredUpdates {
  readonly pts: number;
  readonly qts: number;
  readonly seq: number;
  readonly date: number;
  /** pts of each channel by its id. */
  readonly channels: ReadonlyMap<bigint, number>;
}

/** Users and chats that came with an update. */
export interface Entities {
  readonly users: readonly base.TypeUser[];
  readonly chats: readonly base.TypeChat[];
}

/** Whence an update is known: pushed by the server, asked for by a difference, or in the result of an own request. */
export type UpdateSource = 'push' | 'difference' | 'own';

/** What the sender of a message knows and `updateShortSentMessage` leaves out. */
export interface SentMessage {
  readonly peer: base.TypePeer;
  readonly message: string;
  readonly fromId?: base.TypePeer | undefined;
  readonly replyTo?: base.TypeMessageReplyHeader | undefined;
}

/** How updates came to the engine. */
export interface ReceiveOptions {
  /** Default `push`. */
  readonly from?: 'push' | 'own';
  /** The message that an `updateShortSentMessage` answers. */
  readonly sent?: SentMessage;
}

/** The pts of a result (`messages.affectedMessages` and its like), of one's own action. */
export interface Affected {
  /** Absent: the common box. */
  readonly channel?: bigint | undefined;
  readonly pts: number;
  readonly ptsCount: number;
}

/** What the engine wants to know of the server; the driver sends it and tells the answer or the failure. */
export type StateRequest = { readonly type: 'state' };
/** `updates.getDifference`. */
export interface DifferenceRequest {
  readonly type: 'difference';
  readonly pts: number;
  readonly qts: number;
  readonly date: number;
  /** `pts_limit`: updates of one slice; absent: as the server likes. */
  readonly limit?: number | undefined;
}
/** `updates.getChannelDifference`; `force` is the driver's matter. */
export interface ChannelDifferenceRequest {
  readonly type: 'channel-difference';
  readonly channel: bigint;
  readonly pts: number;
  readonly limit: number;
}
export type UpdatesRequest = StateRequest | DifferenceRequest | ChannelDifferenceRequest;
export type UpdatesAnswer =
  updates.TypeState | updates.TypeDifference | updates.TypeChannelDifference;

/** Why a request failed: the error's code as the server names it, or `unknown-channel` from the driver. */
export interface RequestFailure {
  readonly code: string;
  /** Seconds to wait, where the error says (FLOOD_WAIT). */
  readonly seconds?: number | undefined;
}

/** An update for the handlers. Acknowledge each with `delivered` (or `stored` when `durable`). */
export interface Delivery {
  readonly type: 'deliver';
  /** Names this delivery in acknowledgements; ascending within one engine. */
  readonly id: number;
  readonly box: BoxId;
  readonly update: base.TypeUpdate;
  readonly entities: Entities;
  readonly from: UpdateSource;
  /** The same for the same event whenever it comes again; null where nothing tells. */
  readonly key: string | null;
  /** A secret message: only `stored` acknowledges it, once a journal holds it. */
  readonly durable: boolean;
  /** Of interest only now (typing, who is online): nothing waits for its acknowledgement, and it never comes again. */
  readonly ephemeral: boolean;
}

/** Updates are lost for good: the server does not keep as many. Acknowledge with `delivered`. */
export interface Lost {
  readonly type: 'lost';
  readonly id: number;
  readonly box: BoxId;
  /** null: not known. */
  readonly from: number | null;
  /** Where the box goes on; null: where its next update begins. */
  readonly to: number | null;
  /** The latest messages, where the server sent them. */
  readonly messages: readonly base.TypeMessage[];
  readonly entities: Entities;
}

/** What the engine wants done, in order. */
export type UpdatesOutput =
  | Delivery
  | Lost
  | {
      readonly type: 'request';
      readonly id: number;
      readonly request: UpdatesRequest;
      /** Asked for only because nothing was heard for long, or what such a difference left to be asked. */
      readonly silent: boolean;
    }
  /** The channel is not followed any more: it cannot be reached. */
  | { readonly type: 'forgotten'; readonly channel: bigint; readonly reason: string }
  | { readonly type: 'log'; readonly level: 'info' | 'warn'; readonly text: string };

/** A number, or what tells it at each use. */
export type Live = number | (() => number);

/** What an engine is made with. */
export interface UpdateEngineOptions {
  /** Makes TL objects of the layer in use. */
  readonly schema: ApiSchema;
  /** The account's own user id: the sender of short messages that are `out`. */
  readonly self: bigint;
  readonly bot: boolean;
  /** How long a gap may fill by itself, milliseconds. Default 500. */
  readonly gapWait?: number | undefined;
  /** An account without news for so long is asked about, milliseconds; Infinity: never. Default 15 minutes. */
  readonly idle?: Live | undefined;
  /** The same of each channel; there may be thousands. Default: `idle`, at least 15 minutes. */
  readonly channelIdle?: Live | undefined;
  /** Updates of one channel difference. Default 100, for bots 100 000. */
  readonly channelLimit?: number | undefined;
  /** `pts_limit` of a common difference. Default: the server's. */
  readonly differenceLimit?: number | undefined;
  /** Channel differences under way at one time. Default 10. */
  readonly parallel?: number | undefined;
  /** Updates of one box that may wait for a gap to fill; beyond, a difference is asked for. Default 1000. */
  readonly pending?: number | undefined;
  /**
   * Deliveries, durable ones apart, not acknowledged beyond which nothing is taken or asked for. Only what no difference
   * would bring is still taken then, up to twice as many. Default 10 000.
   */
  readonly outstanding?: Live | undefined;
  /** Channels that are followed; for one more, the one that is silent longest is let go. Default 20 000. */
  readonly channels?: number | undefined;
  /**
   * Secret messages not stored that are kept track of; beyond, the qts that may be saved stays where it is until the
   * next start. Default 10 000.
   */
  readonly durable?: number | undefined;
  /** Whether all peers of an update are known in full; if not, a difference brings them. Default: all are. */
  readonly knows?: ((update: base.TypeUpdate, entities: Entities) => boolean) | undefined;
  /** Whether a channel is asked about again after the time its last difference named. Default: none is. */
  readonly poll?: ((channel: bigint) => boolean) | undefined;
}
