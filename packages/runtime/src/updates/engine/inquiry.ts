import { BARREN, FIRST_RETRY, LONGEST_RETRY } from './limits.js';

/** Whether a box wants a difference, asks for one, or waits before it asks again. One at a time. */
export class Inquiry {
  /** The request under way. */
  asking: number | null = null;
  /** Before then nothing is asked, a reading of the steady clock. */
  retryAt: number | null = null;
  #wanted = false;
  /** Nothing but silence made it want. */
  #silent = false;
  #failures = 0;
  /** Answers in a row that brought nothing, with more to come. */
  #barren = 0;
  #held = false;

  /** What is pushed waits for the answer. */
  get postponing(): boolean {
    return this.asking !== null || this.#held;
  }

  /** Asks, and lets what is pushed wait for the answer also while the request cannot be made. */
  hold(): void {
    this.#held = true;
    this.want();
  }

  /**
   * Asks, after what is asked already.
   *
   * @param silent - only because nothing was heard for long.
   */
  want(silent = false): void {
    this.#silent = silent && (this.#silent || !this.#wanted);
    this.#wanted = true;
  }

  /** Whether nothing but silence is the reason to ask; counts on until the answer is complete. */
  get silent(): boolean {
    return this.#silent;
  }

  /** How often in a row it failed. */
  get failures(): number {
    return this.#failures;
  }

  get wanted(): boolean {
    return this.#wanted;
  }

  /** Whether to ask now. */
  ready(now: number): boolean {
    if (this.retryAt !== null && now >= this.retryAt) this.retryAt = null;
    return this.#wanted && this.asking === null && this.retryAt === null;
  }

  /** When it will be ready, if it waits. */
  get wakeAt(): number | null {
    return this.#wanted && this.asking === null ? this.retryAt : null;
  }

  asked(id: number): void {
    this.asking = id;
    this.#wanted = false;
    this.retryAt = null;
  }

  /** An answer came; unless it is the last one, the next is asked for. */
  answered(final: boolean): void {
    this.asking = null;
    this.#failures = 0;
    if (final && !this.#wanted) this.#held = false;
    if (!final) this.#wanted = true;
    else if (!this.#wanted) this.#silent = false;
  }

  /**
   * What became of an answer that is not the last one: if too many in a row brought nothing, the next one is asked for
   * later.
   */
  progressed(final: boolean, brought: boolean, now: number): void {
    if (final || brought) this.#barren = 0;
    else if (++this.#barren >= BARREN) {
      const rounds = Math.min(this.#barren - BARREN, 16);
      this.retryAt = now + Math.min(FIRST_RETRY * 2 ** rounds, LONGEST_RETRY);
    }
  }

  /** Asks again later: after the time the error names, else after 1, 2, 4 … 64 seconds. */
  failed(now: number, seconds?: number): void {
    this.asking = null;
    this.#held = false;
    this.#wanted = true;
    const backOff = Math.min(FIRST_RETRY * 2 ** Math.min(this.#failures++, 16), LONGEST_RETRY);
    this.retryAt = now + (seconds === undefined ? backOff : Math.max(0, seconds) * 1000);
  }

  /** Nothing is wanted, asked or awaited. */
  reset(): void {
    this.asking = null;
    this.#held = false;
    this.retryAt = null;
    this.#wanted = false;
    this.#silent = false;
    this.#failures = 0;
  }
}
