import type { Clock } from '../../platform/types.js';

/** A sleep that something may end early; what happens while nobody sleeps ends the next one at once. */
export class Wake {
  private called = false;
  private resume: (() => void) | null = null;

  constructor(private readonly clock: Clock) {}

  up(): void {
    this.called = true;
    this.resume?.();
  }

  /** Resolves after that many milliseconds, or by {@link up}; rejects with the signal's reason when it aborts. */
  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.called) await this.wait(milliseconds, signal);
    this.called = false;
    signal.throwIfAborted();
  }

  private wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        timer.cancel();
        signal.removeEventListener('abort', done);
        this.resume = null;
        resolve();
      };
      const timer = this.clock.after(milliseconds, done);
      signal.addEventListener('abort', done);
      this.resume = done;
    });
  }
}
