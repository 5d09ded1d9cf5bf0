import type { Clock } from '../../platform/types.js';
import type { WaitOptions } from '../event/index.js';
import type { Filter } from '../filters/filter.js';
import type { Entry } from './entry.js';
import { Wait, type Waiting } from './wait.js';

/** A lane as those see it who hold it. */
export interface HeldLane {
  readonly clock: Clock;
  /** A wait begins: it may take what is in the lane already. */
  begin(wait: Waiting): void;
  /** A wait is over. */
  forget(wait: Waiting): void;
  /** Nobody holds the lane by that hold any more. */
  letGo(hold: Hold): void;
}

/**
 * Keeps what comes in a lane from the handlers: an event that they are busy with, a conversation, or a wait that
 * belongs to neither. What its waits took is done when it ends.
 */
export class Hold {
  private readonly taken: Entry[];
  private waits: readonly Waiting[] = [];
  private ended = false;

  /** @param entry - the event that handlers are busy with; null: it is a conversation. */
  constructor(
    private readonly lane: HeldLane,
    readonly entry: Entry | null,
  ) {
    this.taken = entry ? [entry] : [];
  }

  /** Whether that event is one of those that are not done before it ends. */
  has(id: number): boolean {
    return this.taken.some(({ event }) => event.id === id);
  }

  /** @param sender - whose updates count; null: everybody's. */
  wait<Adds extends object>(
    filter: Filter<Adds>,
    sender: bigint | null,
    options: WaitOptions,
  ): Wait<Adds> {
    const wait = new Wait(filter, sender, this.lane.clock, options, (over, entry) =>
      this.over(over, entry),
    );
    this.waits = [...this.waits, wait];
    this.lane.begin(wait);
    return wait;
  }

  /** Fails what is still awaited. */
  fail(error: Error): void {
    for (const wait of this.waits) wait.fail(error);
  }

  /**
   * The lane is let go as soon as nothing is awaited any more.
   *
   * @param isBroken - what it took is to come again; else it is done.
   */
  end(isBroken = false): void {
    if (this.ended) return;
    this.ended = true;
    const taken = this.taken.splice(0);
    if (!isBroken) for (const entry of taken) entry.release();
    if (this.waits.length === 0) this.lane.letGo(this);
  }

  private over(wait: Waiting, entry: Entry | null): void {
    this.waits = this.waits.filter((one) => one !== wait);
    this.lane.forget(wait);
    if (entry && !this.ended) this.taken.push(entry);
    else entry?.release();
    if (this.ended && this.waits.length === 0) this.lane.letGo(this);
  }
}
