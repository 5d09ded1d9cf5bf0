import { Cancellation } from '../../core/cancellation.js';
import type { Clock } from '../../platform/types.js';
import type { UpdateEvent } from '../event/index.js';
import { Backlog } from './backlog.js';
import type { Entry } from './entry.js';
import type { Losses } from './losses.js';
import type { ReadOptions } from './types.js';

/**
 * Updates one by one. Each is done when the next one is asked for, or the loop is left. What has come by then and was
 * not read waits for who comes next, if nobody else listens; when the client is closed it comes again at the next
 * start. When the signal aborts, the next call of `next` rejects with an AbortError.
 */
export interface UpdateStream extends AsyncIterableIterator<UpdateEvent>, AsyncDisposable {
  next(): Promise<IteratorResult<UpdateEvent, undefined>>;
  /** Ends the reading: what was given is done. */
  return(): Promise<IteratorResult<UpdateEvent, undefined>>;
  [Symbol.asyncIterator](): UpdateStream;
}

type Result = IteratorResult<UpdateEvent, undefined>;

interface Reading {
  resolve(result: Result): void;
  reject(error: Error): void;
}

const END: Result = { value: undefined, done: true };

/** What a reader needs of the hub. */
export interface ReaderContext {
  readonly clock: Clock;
  readonly losses: Losses;
  /** The reader takes nothing more. */
  ended(reader: Reader): void;
  /** What it had not read. */
  unread(entries: readonly Entry[]): void;
}

/** One who reads updates. */
export class Reader implements UpdateStream {
  private readonly backlog = new Backlog();
  /** Given, and not known to be done. */
  private readonly given: Entry[] = [];
  /** Those who ask for more than has come. */
  private readonly readings: Reading[] = [];
  private readonly cancellation: Cancellation;
  private readonly own: boolean;
  private open = true;
  /** Why the reading ended, until that is told. */
  private failure: Error | null = null;

  constructor(
    private readonly context: ReaderContext,
    { own = false, signal }: ReadOptions,
  ) {
    this.own = own;
    this.cancellation = new Cancellation(context.clock, { signal }, 'Reading updates');
  }

  /** From now on its signal counts. */
  begin(): void {
    const onAbort = (): void => this.fail(this.cancellation.reason as Error);
    if (this.cancellation.aborted) onAbort();
    else this.cancellation.addEventListener('abort', onAbort);
  }

  offer(entry: Entry): void {
    if (!this.open || (entry.event.own && !this.own)) return;
    entry.hold();
    const reading = this.readings.shift();
    if (reading) {
      this.given.push(entry);
      reading.resolve({ value: entry.event, done: false });
    } else {
      this.backlog.push(entry);
      this.context.losses.bound(this.backlog);
    }
  }

  next(): Promise<Result> {
    this.done(this.given);
    const { failure } = this;
    if (failure) {
      this.failure = null;
      return Promise.reject(failure);
    }
    const entry = this.open ? this.backlog.shift() : null;
    if (entry) {
      this.given.push(entry);
      return Promise.resolve({ value: entry.event, done: false });
    }
    if (!this.open) return Promise.resolve(END);
    return new Promise((resolve, reject) => this.readings.push({ resolve, reject }));
  }

  return(): Promise<Result> {
    this.failure = null;
    this.end();
    this.done(this.given);
    this.giveUp();
    return Promise.resolve(END);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): UpdateStream {
    return this;
  }

  /** What was not read is of nobody's concern any more. */
  clear(): void {
    this.backlog.clear();
  }

  /** The client is closed: what was not read comes again. */
  close(): void {
    this.end();
  }

  /** Ends the reading: the next call of `next` rejects with it. */
  fail(reason: Error): void {
    const readings = this.readings.splice(0);
    if (readings.length === 0) this.failure = reason;
    this.end();
    this.giveUp();
    for (const { reject } of readings) reject(reason);
  }

  private end(): void {
    if (!this.open) return;
    this.open = false;
    this.cancellation.dispose();
    this.context.ended(this);
    for (const { resolve } of this.readings.splice(0)) resolve(END);
  }

  private giveUp(): void {
    this.context.unread(this.backlog.takeAll(() => true));
  }

  private done(entries: Entry[]): void {
    for (const entry of entries.splice(0)) entry.release();
  }
}
