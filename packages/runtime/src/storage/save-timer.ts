import type { StoreOptions } from './store-options.js';

/** The one timer of a store: rings once, at the earliest of the times it was set to. */
export class SaveTimer {
  private timer: { readonly seconds: number; cancel(): void } | null = null;

  constructor(
    private readonly after: StoreOptions['after'],
    private readonly ring: () => void,
  ) {}

  /** Rings in so many seconds, or sooner if it is set already; Infinity: it does not ring. */
  arm(seconds: number): void {
    if (this.timer && this.timer.seconds <= seconds) return;
    this.disarm();
    if (seconds === Infinity) return;
    const timer = this.after(seconds * 1000, () => {
      this.timer = null;
      this.ring();
    });
    this.timer = { seconds, cancel: () => timer.cancel() };
  }

  disarm(): void {
    this.timer?.cancel();
    this.timer = null;
  }
}
