import type { CallRecord } from './calls.js';
import type { Scheduler } from './scheduler.js';
import type { RpcFailure } from './types.js';

const FAILED: RpcFailure = { code: 400, message: 'MSG_WAIT_FAILED' };
const TIMEOUT: RpcFailure = { code: -503, message: 'MSG_WAIT_TIMEOUT' };

/** Calls that wait for other calls of their session (`invokeAfterMsg`). */
export class Waits {
  readonly #waiting = new Map<bigint, Set<() => void>>();

  constructor(
    private readonly calls: ReadonlyMap<bigint, CallRecord>,
    private readonly scheduler: Scheduler,
    private readonly clock: () => number,
    private readonly timeout: number,
  ) {}

  /**
   * Calls back, at once if possible, when all of those calls have ended, or one failed, or time is up.
   *
   * A message that has not come yet is waited for: packets may overtake each other.
   */
  after(
    msgId: bigint,
    msgIds: readonly bigint[],
    done: (failure: RpcFailure | null) => void,
  ): void {
    const left = new Set(msgIds);
    const states = (): (boolean | null)[] => [...left].map((id) => this.#succeeded(id));
    const verdict = (): RpcFailure | null | undefined => {
      if (left.has(msgId) || states().includes(false)) return FAILED;
      return states().every((one) => one === true) ? null : undefined;
    };
    const first = verdict();
    if (first !== undefined) {
      done(first);
      return;
    }
    const end = (failure: RpcFailure | null): void => {
      timer.cancel();
      for (const id of left) this.#forget(id, check);
      done(failure);
    };
    const check = (): void => {
      const now = verdict();
      if (now !== undefined) end(now);
    };
    const timer = this.scheduler.schedule(this.clock() + this.timeout, () => end(TIMEOUT));
    for (const id of left) {
      const set = this.#waiting.get(id) ?? new Set();
      this.#waiting.set(id, set.add(check));
    }
  }

  /** A call has ended. */
  ended(msgId: bigint): void {
    for (const check of this.#waiting.get(msgId) ?? []) check();
  }

  /** true: ended well; false: failed; null: not ended or not known. */
  #succeeded(msgId: bigint): boolean | null {
    const call = this.calls.get(msgId);
    return call === undefined || call.succeeded === null ? null : call.succeeded;
  }

  #forget(msgId: bigint, check: () => void): void {
    const set = this.#waiting.get(msgId);
    set?.delete(check);
    if (set?.size === 0) this.#waiting.delete(msgId);
  }
}
