import { Cancellation } from '../../core/cancellation.js';
import { checkCallOptions } from '../../core/check-options.js';
import { CallOptionError } from '../../core/errors.js';
import type { Clock } from '../../platform/types.js';
import { checkAwaited } from '../event/ask.js';
import { eventWith, type UpdateEvent, type WaitOptions } from '../event/index.js';
import type { Filter } from '../filters/filter.js';
import { run } from '../filters/run.js';
import type { Entry } from './entry.js';

/** Somebody who waits for an update of a chat. */
export interface Waiting {
  /** Whether whole albums have to be seen. */
  readonly albums: boolean;
  /** From now on its signal and its timeout count. */
  begin(): void;
  /** Takes an update if it is what is waited for: then the wait is over. */
  takes(entry: Entry): boolean;
  /** Ends the wait. */
  fail(error: Error): void;
}

/**
 * Begins a wait; what keeps it from beginning is what it rejects with. No promise is made around that of the wait: it
 * would have to be listened to.
 */
export function begun<Result>(options: WaitOptions, begin: () => Promise<Result>): Promise<Result> {
  try {
    checkWaitOptions(options, 'waitFor');
    return begin();
  } catch (error) {
    return Promise.reject(error as Error);
  }
}

/** Refuses options that would be misunderstood. @throws CallOptionError. */
export function checkWaitOptions(options: WaitOptions, what: string): void {
  checkCallOptions(options, what);
  const { from }: { readonly from?: unknown } = options;
  if (from !== undefined && from !== 'sender' && from !== 'anyone') {
    throw new CallOptionError('from', `${what}: the option from has to be 'sender' or 'anyone'`);
  }
}

/** A wait for an update that a filter lets pass. Ends once: with an event, or with an error. */
export class Wait<Adds extends object> implements Waiting {
  readonly promise: Promise<UpdateEvent & Adds>;
  private readonly cancellation: Cancellation;
  private resolve: ((event: UpdateEvent & Adds) => void) | null = null;
  private reject: ((error: Error) => void) | null = null;

  /**
   * @param sender - whose updates count; null: everybody's.
   * @param ended - called when it is over; with the update that was taken, or null.
   * @throws CallOptionError for what is no filter.
   */
  constructor(
    private readonly filter: Filter<Adds>,
    private readonly sender: bigint | null,
    clock: Clock,
    options: WaitOptions,
    private readonly ended: (wait: Waiting, entry: Entry | null) => void,
  ) {
    checkAwaited(filter, 'waitFor');
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Nobody has to listen: a wait that was forgotten must not end the process.
    this.promise.catch(() => undefined);
    this.cancellation = new Cancellation(clock, options, 'Waiting for an update');
  }

  get albums(): boolean {
    return this.filter.albums;
  }

  begin(): void {
    const onAbort = (): void => this.fail(this.cancellation.reason as Error);
    if (this.cancellation.aborted) onAbort();
    else this.cancellation.addEventListener('abort', onAbort);
  }

  takes(entry: Entry): boolean {
    const { resolve } = this;
    if (!resolve) return false;
    let adds: Adds | null;
    try {
      adds = this.match(entry.event);
    } catch (error) {
      this.fail(error as Error);
      return false;
    }
    if (adds === null) return false;
    resolve(eventWith(entry.event, adds));
    this.end(entry);
    return true;
  }

  fail(error: Error): void {
    if (!this.reject) return;
    this.reject(error);
    this.end(null);
  }

  private match(event: UpdateEvent): Adds | null {
    if (event.own || (this.sender !== null && event.senderId !== this.sender)) return null;
    return run(this.filter, event);
  }

  private end(entry: Entry | null): void {
    this.resolve = null;
    this.reject = null;
    this.cancellation.dispose();
    this.ended(this, entry);
  }
}
