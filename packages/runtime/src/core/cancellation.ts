import type { AbortSignalLike, CallOptions } from '@tlgen/codec';
import type { Clock } from '../platform/types.js';
import { AbortError, TimeoutError } from './errors.js';

/** What work has to know of its end: an AbortSignal is one, and so is a {@link Cancellation}. */
export interface Ending {
  readonly aborted: boolean;
  /** The error to reject with. */
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * One end for all that may end a piece of work: the caller's signal, its timeout, and `abort`. The first counts; its
 * reason is the error to reject with. `dispose` has to be called when the work is done.
 */
export class Cancellation implements Ending {
  private isAborted = false;
  private error: unknown = undefined;
  /** Only for those who ask: making one costs more than the rest of a small call's way through the library. */
  private controller: AbortController | null = null;
  private readonly listeners = new Set<() => void>();
  private undo: (() => void)[] | null = null;

  /** @param what - names the work in messages. */
  constructor(clock: Clock, { signal, timeout }: CallOptions, what: string) {
    if (timeout !== undefined && timeout !== Number.POSITIVE_INFINITY) {
      const timer = clock.after(timeout, () => {
        this.abort(new TimeoutError(`${what} took longer than ${timeout} ms`));
      });
      this.undo = [() => timer.cancel()];
    }
    if (signal) this.follow(signal, what);
  }

  get aborted(): boolean {
    return this.isAborted;
  }

  get reason(): unknown {
    return this.error;
  }

  /** The same as a signal, for code that is not the library's own. */
  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController();
      if (this.isAborted) this.controller.abort(this.error);
    }
    return this.controller.signal;
  }

  abort(reason: Error): void {
    if (this.isAborted) return;
    this.isAborted = true;
    this.error = reason;
    this.controller?.abort(reason);
    const listeners = [...this.listeners];
    this.listeners.clear();
    for (const listener of listeners) listener();
  }

  throwIfAborted(): void {
    if (this.isAborted) throw this.error;
  }

  /** Each listener is called once, if at all; one that comes too late is not called. */
  addEventListener(_type: 'abort', listener: () => void): void {
    if (!this.isAborted) this.listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }

  /** Leaves no timer and no listener. */
  dispose(): void {
    const { undo } = this;
    if (!undo) return;
    this.undo = null;
    for (const one of undo) one();
  }

  private follow(signal: AbortSignalLike, what: string): void {
    const onAbort = (): void => {
      const cause: unknown = (signal as AbortSignalLike & { readonly reason?: unknown }).reason;
      this.abort(new AbortError(`${what} was given up`, { cause }));
    };
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort);
    (this.undo ??= []).push(() => signal.removeEventListener('abort', onAbort));
  }
}
