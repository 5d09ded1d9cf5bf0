import type { Log } from '../../core/logger.js';
import type { Clock, Timer } from '../../platform/types.js';
import type { Deliveries } from './deliveries.js';

/** Milliseconds that an update may be with its handlers before somebody is told; and the least between two warnings. */
const SLOW = 60_000;

/** Warns of updates whose handlers don't come to an end: what is saved does not go past them. */
export class SlowWatch {
  #timer: Timer | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly deliveries: Pick<Deliveries, 'openSince' | 'oldest'>,
  ) {}

  /** An update was given to its handlers. */
  given(): void {
    this.#timer ??= this.clock.after(SLOW, () => this.#look());
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #look(): void {
    this.#timer = null;
    const { oldest } = this.deliveries;
    if (oldest === null) return;
    const { steady } = this.clock.now();
    const slow = this.deliveries.openSince(steady - SLOW);
    if (slow > 0) {
      const text = `updates: ${slow} not done for a minute or longer: a handler waits, or nobody reads`;
      this.log.log('warning', text);
    }
    const next = slow > 0 ? SLOW : Math.max(1, oldest + SLOW - steady);
    this.#timer = this.clock.after(next, () => this.#look());
  }
}
