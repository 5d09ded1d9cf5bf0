import type { Ending } from '../../core/cancellation.js';

/**
 * Tells all calls of a download that it is over. The platform's signals warn of a leak when more than ten listen, and
 * more parts than that may be under way.
 */
export class Stop implements Ending {
  private stopped = false;
  private error: unknown = undefined;
  private readonly listeners = new Set<() => void>();

  get aborted(): boolean {
    return this.stopped;
  }

  get reason(): unknown {
    return this.error;
  }

  /** The first one counts. */
  abort(reason: unknown): void {
    if (this.stopped) return;
    this.stopped = true;
    this.error = reason;
    const listeners = [...this.listeners];
    this.listeners.clear();
    for (const listener of listeners) listener();
  }

  throwIfAborted(): void {
    if (this.stopped) throw this.error;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    if (!this.stopped) this.listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }
}
