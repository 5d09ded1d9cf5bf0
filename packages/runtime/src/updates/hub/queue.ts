import type { base } from '@tlgen/telegram';
import { Cancellation } from '../../core/cancellation.js';
import { ClosedError } from '../../network/errors.js';
import type { Clock } from '../../platform/types.js';
import type { UpdateEvent } from '../event/index.js';
import { Backlog } from './backlog.js';
import type { Entry } from './entry.js';
import type { Losses } from './losses.js';
import type { GetUpdatesOptions } from './types.js';

/** An update as `getUpdates` gives it. */
export interface NumberedUpdate {
  /** Ascending, from 0 at each start of the program; not every number comes. */
  readonly updateId: number;
  readonly update: base.TypeUpdate;
  readonly event: UpdateEvent;
}

/** The call that waits for the first update. */
interface Waiter {
  readonly own: boolean;
  /** Ends the wait: with what there is (`come`), without anything, or with an error. */
  settle(how: 'come' | 'over' | Error): void;
}

/** The updates that `getUpdates` has to give, from the first call on. */
export class UpdateQueue {
  private readonly backlog = new Backlog();
  private waiter: Waiter | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly losses: Losses,
  ) {}

  offer(entry: Entry): void {
    // Whoever waits has skipped it already.
    if (this.waiter && !this.waiter.own && entry.event.own) return;
    entry.hold();
    this.backlog.push(entry);
    this.losses.bound(this.backlog);
    this.waiter?.settle('come');
  }

  /** Options are checked already. @throws AbortError, ClosedError. */
  async get(options: GetUpdatesOptions): Promise<NumberedUpdate[]> {
    const { offset = 0, limit = Number.MAX_SAFE_INTEGER, timeout = 0, own = false } = options;
    this.waiter?.settle('over');
    this.skipOwn(own);
    this.forget(offset);
    if (this.backlog.size === 0 && timeout > 0) {
      const come = await this.wait(own, timeout, options.signal);
      if (!come) return [];
      this.skipOwn(own);
    }
    return this.backlog.list(limit).map(({ event }) => {
      return { updateId: event.id, update: event.update, event };
    });
  }

  clear(): void {
    this.backlog.clear();
  }

  /** The client is closed: what was not read comes again. */
  close(): void {
    this.waiter?.settle(new ClosedError());
  }

  private skipOwn(own: boolean): void {
    if (own) return;
    for (const entry of this.backlog.takeAll(({ event }) => event.own)) entry.release();
  }

  /** What comes before the offset is done with. */
  private forget(offset: number): void {
    const isBefore = (entry: Entry): boolean =>
      offset < 0 ? this.backlog.size > -offset : entry.event.id < offset;
    for (let entry = this.backlog.peek(); entry && isBefore(entry); entry = this.backlog.peek()) {
      this.backlog.shift()?.release();
    }
  }

  /** @returns whether something came. */
  private async wait(
    own: boolean,
    seconds: number,
    signal: GetUpdatesOptions['signal'],
  ): Promise<boolean> {
    const { clock } = this;
    const cancellation = new Cancellation(clock, { signal }, 'getUpdates');
    cancellation.throwIfAborted();
    const how = await new Promise<'come' | 'over' | Error>((resolve) => {
      const over = (): void => waiter.settle('over');
      const timer = Number.isFinite(seconds) ? clock.after(seconds * 1000, over) : null;
      const waiter: Waiter = {
        own,
        settle: (outcome) => {
          this.waiter = null;
          timer?.cancel();
          cancellation.dispose();
          resolve(outcome);
        },
      };
      this.waiter = waiter;
      cancellation.addEventListener('abort', () => waiter.settle(cancellation.reason as Error));
    });
    if (how instanceof Error) throw how;
    return how === 'come';
  }
}
