import type { FutureSalt } from '@tlgen/mtproto';
import { earliest } from '../earliest.js';

/** How many salts to ask for. */
export const SALTS_ASKED = 64;

/** With fewer than this many left it is time to ask. */
const FEW = 3;

/** Not asked again before this many milliseconds, whatever the server answered. */
const PAUSE = 60_000;

/** Most that are kept of an answer. */
const KEPT = 128;

interface Scheduled {
  /** Reading of the steady clock. */
  readonly since: number;
  readonly until: number;
  readonly salt: bigint;
}

/**
 * The salt in use and those that follow it (service messages, "Request for several Salts"). The schedule is kept on
 * the steady clock, so a wall clock that jumps changes nothing.
 */
export class Salts {
  #future: Scheduled[] = [];
  #askedAt: number | null = null;

  constructor(private salt: bigint) {}

  get current(): bigint {
    return this.salt;
  }

  /** The server named the salt to use; what was scheduled cannot be trusted. */
  use(salt: bigint): void {
    this.salt = salt;
    this.#future = [];
  }

  /** An answer to the request. `serverNow`: its clock then, seconds. */
  schedule(list: readonly FutureSalt[], serverNow: number, steady: number): void {
    const at = (seconds: number): number => steady + (seconds - serverNow) * 1000;
    this.#future = list
      .slice(0, KEPT)
      .map((one) => ({ since: at(one.validSince), until: at(one.validUntil), salt: one.salt }))
      .filter((one) => one.until > steady && one.salt !== this.salt)
      .sort((a, b) => a.since - b.since);
  }

  /** Changes to the salt whose time has come. @returns whether the salt changed. */
  advance(steady: number): boolean {
    const before = this.salt;
    for (let next = this.#future[0]; next && next.since <= steady; next = this.#future[0]) {
      if (next.until > steady) this.salt = next.salt;
      this.#future.shift();
    }
    return this.salt !== before;
  }

  /** Whether to ask for more now. */
  wanted(steady: number): boolean {
    return this.#future.length < FEW && (this.#askedAt === null || steady >= this.#askedAt + PAUSE);
  }

  asked(steady: number): void {
    this.#askedAt = steady;
  }

  /**
   * When the salt changes or more have to be asked for; null: nothing to do by itself.
   *
   * @param asking - whether more may be asked for.
   */
  deadline(asking: boolean): number | null {
    const change = this.#future[0]?.since ?? null;
    const few = asking && this.#future.length < FEW && this.#askedAt !== null;
    return earliest(change, few ? (this.#askedAt ?? 0) + PAUSE : null);
  }
}
