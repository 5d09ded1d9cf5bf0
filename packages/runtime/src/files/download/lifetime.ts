import type { CallOptions } from '@tlgen/codec';
import { AbortError } from '../../core/errors.js';
import { orAbort } from '../../core/sleep.js';
import type { FilesContext } from '../types.js';
import { Stop } from './stop.js';

/**
 * The time during which a download that runs step by step may ask for anything: from {@link begin} to {@link end}, or to
 * what the caller's signal, its timeout or the client's `close()` make of it, whether somebody waits for a step or not.
 */
export class Lifetime {
  /** For all that runs in this time. */
  readonly signal = new Stop();
  private outer: { readonly reason: unknown } | null = null;
  private done: (() => void) | null = null;

  constructor(
    private readonly context: Pick<FilesContext, 'cancellable'>,
    private readonly options: CallOptions,
    private readonly what: string,
  ) {}

  /** Resolves when the client is there for it; rejects with what keeps it from beginning. */
  begin(): Promise<void> {
    const { signal, timeout } = this.options;
    const begun = new Promise<void>((resolve, reject) => {
      const work = (given: AbortSignal): Promise<void> =>
        new Promise((done) => {
          this.done = done;
          const onAbort = (): void => this.abort(given);
          given.addEventListener('abort', onAbort, { once: true });
          if (given.aborted) onAbort();
          if (this.signal.aborted) done();
          resolve();
        });
      // Settles before `work` is called when it is not called at all; later, nobody is told twice.
      this.context.cancellable({ signal, timeout }, this.what, work).then(() => resolve(), reject);
    });
    return orAbort(begun, this.signal);
  }

  /** What to throw for an error that came out of a step: why it was ended from outside, if it was. */
  errorOf(error: unknown): unknown {
    return this.outer ? this.outer.reason : error;
  }

  /** Cancels what is under way; nothing may be asked for any more. May be called again. */
  end(): void {
    this.signal.abort(new AbortError(`${this.what} has ended`));
    this.done?.();
  }

  private abort({ reason }: AbortSignal): void {
    if (this.signal.aborted) return;
    this.outer = { reason };
    this.signal.abort(reason);
    this.done?.();
  }
}
