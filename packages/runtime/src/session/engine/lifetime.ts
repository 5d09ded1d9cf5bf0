import type { Now } from '../../platform/types.js';
import type { MessageIds } from '../message-ids.js';

/** A temporary key is renewed after this share of its time. */
const RENEW_AFTER = 0.75;

/**
 * How long a temporary key lives. Measured on the steady clock, and on server time too: a host that slept has a steady
 * clock that slept with it.
 */
export class Lifetime {
  readonly #renewAt: number;
  readonly #endAt: number;

  /**
   * @param expiresAt - server time, seconds.
   * @param ttl - seconds that were asked for.
   */
  constructor(
    readonly expiresAt: number,
    private readonly ttl: number,
    private readonly ids: MessageIds,
    now: Now,
  ) {
    this.#renewAt = now.steady + ttl * 1000 * RENEW_AFTER;
    this.#endAt = now.steady + ttl * 1000;
  }

  renewalDue(now: Now): boolean {
    return now.steady >= this.#renewAt || this.#left(now) <= this.ttl * 1000 * (1 - RENEW_AFTER);
  }

  over(now: Now): boolean {
    return now.steady >= this.#endAt || this.#left(now) <= 0;
  }

  renewalDeadline(): number {
    return this.#renewAt;
  }

  endDeadline(): number {
    return this.#endAt;
  }

  #left(now: Now): number {
    return this.expiresAt * 1000 - this.ids.serverTime(now);
  }
}
