import type { TypeUpdate, TypeUpdates } from '@tlgen/telegram';
import type { UserLike } from '../scene.js';

/** Which pushes something happens to. Without any of these: to all, until it is stopped. */
export interface PushTrigger {
  /** Only to the sessions of this user. */
  readonly user?: UserLike | undefined;
  /** Only to pushes about this channel or supergroup: what `createChannel` gave, or its bare id. */
  readonly channel?: UserLike | undefined;
  /** 0 … 1: happens to that share of the pushes, drawn from the data center's random source. Default 1. */
  readonly probability?: number | undefined;
  /** Happens that often, then no more. */
  readonly times?: number | undefined;
  /**
   * Only to pushes with an update for which it returns true. Short forms of messages are shown as the
   * `updateNewMessage` that they stand for.
   */
  readonly filter?: ((update: TypeUpdate) => boolean) | undefined;
}

/** How long a push is held back. */
export interface PushHold {
  /** Milliseconds, or a range to draw from. */
  readonly ms?: number | readonly [least: number, most: number] | undefined;
  /** Until that many later pushes to the same sign-in have come, or with `reorder` have gone out. Copies count once. */
  readonly pushes?: number | undefined;
}

/** Copies of a push that is duplicated. */
export interface PushCopies {
  /** Beside the original. Default 1. */
  readonly copies?: number | undefined;
}

/** Something that happens to pushes until it is stopped. */
export interface ActivePushFault {
  /** How often it has happened. */
  readonly count: number;
  /** Ends it. What it holds back until other pushes have passed goes out at once; what waits for its time still does. */
  stop(): void;
}

/** A push to the sessions of one sign-in. */
export interface Push {
  readonly userId: bigint;
  /** The permanent key of the sign-in. */
  readonly keyId: bigint;
  /** What it tells; empty: `updatesTooLong`. */
  readonly about: readonly TypeUpdate[];
  /** What is sent. */
  readonly updates: TypeUpdates;
}
