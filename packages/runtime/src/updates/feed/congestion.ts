import type { Log } from '../../core/logger.js';
import type { Clock, Timer } from '../../platform/types.js';
import type { UpdateEngine } from '../engine/index.js';

/** Milliseconds in which nothing was taken before somebody is told; and the least between two warnings. */
const LONG = 10_000;
const MINUTE = 60_000;

/** Warns when nothing is taken because too many updates wait for those who want them. */
export class CongestionWatch {
  #timer: Timer | null = null;
  #toldAt = -Infinity;
  #stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly engine: Pick<UpdateEngine, 'congested' | 'outstanding'>,
  ) {}

  /** Something came, or was done. */
  look(): void {
    if (!this.engine.congested) {
      this.#timer?.cancel();
      this.#timer = null;
    } else if (!this.#stopped && this.#timer === null) {
      const wait = Math.max(LONG, this.#toldAt + MINUTE - this.clock.now().steady);
      this.#timer = this.clock.after(wait, () => this.#tell());
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#timer = null;
  }

  #tell(): void {
    this.#timer = null;
    if (!this.engine.congested) return;
    this.#toldAt = this.clock.now().steady;
    const waiting = `${this.engine.outstanding} wait for their handlers or readers`;
    this.log.log('warning', `updates: ${waiting}, no more are taken until some are done`);
    this.look();
  }
}
