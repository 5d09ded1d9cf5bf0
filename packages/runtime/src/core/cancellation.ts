import type { AbortSignalLike, CallOptions } from '@tlgen/codec';
import type { Clock } from '../platform/types.js';
import { AbortError, TimeoutError } from './errors.js';

/**
 * One signal for all that may end a piece of work: the caller's signal, its timeout, and `controller` itself.
 * The signal's reason is the error to reject with. `dispose` has to be called when the work is done.
 */
export class Cancellation {
  readonly controller = new AbortController();
  readonly signal: AbortSignal = this.controller.signal;
  private readonly undo: (() => void)[] = [];

  /** @param what - names the work in messages. */
  constructor(clock: Clock, { signal, timeout }: CallOptions, what: string) {
    if (timeout !== undefined) {
      const timer = clock.after(timeout, () => {
        this.controller.abort(new TimeoutError(`${what} took longer than ${timeout} ms`));
      });
      this.undo.push(() => timer.cancel());
    }
    if (signal) this.follow(signal, what);
  }

  /** Leaves no timer and no listener. */
  dispose(): void {
    for (const undo of this.undo.splice(0)) undo();
  }

  private follow(signal: AbortSignalLike, what: string): void {
    const onAbort = (): void => {
      const cause: unknown = (signal as AbortSignalLike & { readonly reason?: unknown }).reason;
      this.controller.abort(new AbortError(`${what} was given up`, { cause }));
    };
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort);
    this.undo.push(() => signal.removeEventListener('abort', onAbort));
  }
}
