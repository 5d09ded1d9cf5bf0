import { orAbort } from '../../core/sleep.js';

/**
 * Calls that are under way at one time, and one end for all of them: the first failure, or the abort of `outer`, ends
 * the others and everything that waits here.
 */
export class PartWindow {
  private readonly controller = new AbortController();
  /** One for each call: hosts warn of signals that many listen to. */
  private readonly calls = new Set<AbortController>();
  private wake: (() => void) | null = null;
  private readonly onAbort = (): void => this.fail(this.outer.reason);

  constructor(
    private readonly limit: number,
    private readonly outer: AbortSignal,
  ) {
    if (outer.aborted) this.onAbort();
    else outer.addEventListener('abort', this.onAbort, { once: true });
  }

  /** Aborts with the error that ends everything. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Resolves when one more may start; rejects when everything is over. */
  async room(): Promise<void> {
    await this.until(this.limit - 1);
  }

  /** Resolves when all that was started is done; rejects when anything failed. */
  async drained(): Promise<void> {
    await this.until(0);
  }

  /** Starts work for which there is {@link room}, unless all is over; what it rejects with ends everything. */
  start(work: (signal: AbortSignal) => Promise<void>): void {
    if (this.signal.aborted) return;
    const call = new AbortController();
    this.calls.add(call);
    void this.run(work, call);
  }

  /** As `promise`, but rejects as soon as anything failed. */
  orFail<T>(promise: Promise<T>): Promise<T> {
    return orAbort(promise, this.signal);
  }

  /** The first error counts. */
  fail(error: unknown): void {
    if (this.signal.aborted) return;
    this.controller.abort(error);
    for (const call of this.calls) call.abort(error);
    this.wake?.();
  }

  /** Ends what is still under way, and leaves no listener. */
  close(): void {
    this.outer.removeEventListener('abort', this.onAbort);
    this.fail(new Error('The transfer is over'));
  }

  private async run(
    work: (signal: AbortSignal) => Promise<void>,
    call: AbortController,
  ): Promise<void> {
    try {
      await work(call.signal);
    } catch (error) {
      this.fail(error);
    } finally {
      this.calls.delete(call);
      this.wake?.();
    }
  }

  private async until(active: number): Promise<void> {
    while (this.calls.size > active && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.wake = null;
    this.signal.throwIfAborted();
  }
}
