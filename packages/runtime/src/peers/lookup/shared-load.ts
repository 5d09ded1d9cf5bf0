import type { CallOptions } from '@tlgen/codec';
import { AbortError } from '../../core/errors.js';

/** One piece of work that several callers wait for. It is given up when all of them have given up. */
export class SharedLoad<T> {
  private readonly controller = new AbortController();
  private readonly result: Promise<T>;
  private waiting = 0;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.result = work(this.controller.signal);
    // Each caller hears of an error by its own promise, and all of them may be gone by then.
    this.result.catch(() => undefined);
  }

  /** Nobody waits for it any more: what comes of it is an AbortError. */
  get isGivenUp(): boolean {
    return this.controller.signal.aborted;
  }

  /** @throws what the work throws; AbortError as soon as the signal aborts. */
  async wait(signal: CallOptions['signal'], what: string): Promise<T> {
    if (!signal) {
      this.waiting++;
      return this.result;
    }
    let onAbort = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => {
        const cause: unknown = (signal as { readonly reason?: unknown }).reason;
        reject(new AbortError(`${what} was given up`, { cause }));
        if (--this.waiting === 0) this.controller.abort();
      };
    });
    this.waiting++;
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
    try {
      return await Promise.race([this.result, aborted]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
